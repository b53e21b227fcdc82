import { bytesFor } from './random.js';

const FIRST = [
  'alex',
  'mina',
  'leo',
  'nora',
  'kai',
  'ivy',
  'sam',
  'luna',
  'theo',
  'yuki',
  'omar',
  'zoe',
  'finn',
  'mei',
  'rafa',
  'anya',
];
const SECOND = [
  'stone',
  'river',
  'fox',
  'lane',
  'wong',
  'cloud',
  'mark',
  'dawn',
  'field',
  'chen',
  'hill',
  'ray',
  'west',
  'park',
  'vale',
  'snow',
];

/** Handles that might be anybody's, in the manner of the person's own: with digits at the end where that has some, joined as that is. */
export function decoyHandles(own: string, count: number, entropy: Uint8Array): readonly string[] {
  const joint = /[._-]/.exec(own)?.[0] ?? '';
  const digits = /[0-9]*$/.exec(own)?.[0].length ?? 0;
  const decoys: string[] = [];
  for (let round = 0; decoys.length < count; round += 1) {
    const bytes = bytesFor(entropy, `decoy.${round}`);
    const number =
      digits === 0 ? '' : String(bytes.readUInt32BE(4)).padStart(10, '1').slice(-Math.min(digits, 10));
    const decoy = `${FIRST[bytes.readUInt8(0) % FIRST.length]}${joint}${SECOND[bytes.readUInt8(1) % SECOND.length]}${number}`;
    if (decoy !== own.toLowerCase() && !decoys.includes(decoy)) decoys.push(decoy);
  }
  return decoys;
}

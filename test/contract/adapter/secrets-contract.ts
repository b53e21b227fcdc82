import { entropyToMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { expect, it } from 'vitest';
import type { Traits } from './fixture.js';
import type { Process } from './process.js';
import type { Scene } from './scene.js';
import { openEcho } from './talk.js';

const PHRASE = entropyToMnemonic(
  Uint8Array.from({ length: 16 }, (_, index) => (index * 37 + 11) % 256),
  wordlist,
);
/** Enough of it to find it anywhere. */
const PART = PHRASE.split(' ').slice(0, 3).join(' ');

/** A secret is gone, or the person is told plainly that it is not; and it stands nowhere on our side. */
export function secretsContract(scene: () => Scene, traits: Traits): void {
  const expectNoTrace = async (process: Process): Promise<void> => {
    const { platform, store } = scene();
    const items = [];
    for await (const item of store.exportItems()) items.push(item);
    expect(items.length).toBeGreaterThan(0);
    const ours = JSON.stringify([items, process.commits, process.logged], (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(ours).not.toContain(PART);
    expect(platform.transcript()).not.toContain(PART);
  };

  it('in a direct chat', async () => {
    const process = await scene().start();
    const ann = scene().platform.person();
    await openEcho(scene(), ann);
    const mayDelete = process.capabilities.deletesIn.direct === true;
    ann.says(`my phrase is ${PHRASE}`);
    await scene().heard(ann, 'en security phrase seen');
    await scene().heard(ann, mayDelete ? 'en security removed' : 'en security delete yourself');
    expect(ann.sees().some(({ from, text }) => from === 'person' && text.includes(PART))).toBe(!mayDelete);
    await expectNoTrace(process);
  });

  it('in what was written before and changed', async () => {
    const process = await scene().start();
    const ann = scene().platform.person();
    await openEcho(scene(), ann);
    const ref = ann.says('hello');
    await scene().heard(ann, 'heard «hello»');
    if (traits.edits) ann.edits(ref, `my phrase is ${PHRASE}`);
    else ann.says(`my phrase is ${PHRASE}`);
    await scene().heard(ann, 'en security phrase seen');
    await expectNoTrace(process);
  });

  it('is told of once, also when the person takes it back as they were told', async () => {
    const process = await scene().start();
    const ann = scene().platform.person();
    await openEcho(scene(), ann);
    const warnings = () =>
      scene()
        .hears(ann)
        .filter((text) => text.includes('en security phrase seen'));
    const ref = ann.says(`my phrase is ${PHRASE}`);
    await scene().heard(ann, 'en security phrase seen');
    const other = ann.says('hello');
    await scene().heard(ann, 'en common pick one');
    if (process.capabilities.deletesIn.direct === false && traits.edits) {
      ann.edits(ref, 'no phrase here');
      await scene().heard(ann, 'en common edited');
      ann.deletes(ref);
      ann.deletes(other);
    }
    const from = scene().hears(ann).length;
    ann.says('en wants fees');
    await scene().heard(ann, 'en answers fees', { from });
    expect(warnings()).toHaveLength(1);
    await expectNoTrace(process);
  });

  if (traits.rooms === null) return;

  it.each([true, false])('in a room, with the right to delete there: %s', async (isAllowed) => {
    const process = await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    const room = platform.room();
    if (isAllowed) platform.allowDeleting(room);
    const { public: deletes } = process.capabilities.deletesIn;
    ann.mentions(`my phrase is ${PHRASE}`, room);
    await scene().heard(ann, 'en security phrase seen', { room });
    // Without the right it depends on whether the platform tells of it beforehand.
    const told = deletes && isAllowed ? /security removed/ : /security delete (?:tried|yourself)/;
    await scene().until(() =>
      scene()
        .hears(ann, room)
        .some((text) => told.test(text)),
    );
    const isThere = () => ann.sees(room).some(({ from, text }) => from === 'person' && text.includes(PART));
    expect(isThere()).toBe(deletes === false || !isAllowed);
    await expectNoTrace(process);
  });
}

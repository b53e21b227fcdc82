import { LifelineError } from '../model/index.js';
import { withStore } from './tool-store.js';

const SHOWN = 100;

/** `lifeline cases`: a line a case. Works beside a running bot. */
export async function cases(): Promise<void> {
  const list = await withStore((store) => store.listCases(SHOWN));
  if (list.length === 0) process.stdout.write('No cases.\n');
  for (const entry of list) {
    const notice = entry.notified ? 'told' : '-';
    process.stdout.write(
      `${entry.number}  ${entry.state.padEnd(6)}  ${new Date(entry.openedAt).toISOString()}  ${entry.platform}  ${entry.locale}  ${entry.topic}  ${notice}\n`,
    );
  }
}

/** `lifeline cases close NUMBER`. Throws `settings-invalid` for a number that is not there. */
export async function closeCase(number: string): Promise<void> {
  const name = number.toUpperCase();
  const isThere = await withStore(async (store) => {
    const closed = await store.updateCase(name, { state: 'closed' });
    const note = { what: 'case', outcome: `${name}-closed`, bundle: null, person: null } as const;
    if (closed) await store.appendAudit(note, store.now());
    return closed;
  });
  if (!isThere) throw new LifelineError('settings-invalid', `There is no case ${number}.`);
  process.stdout.write(`${name} is closed.\n`);
}

import { LifelineError, type PersonId, PLATFORMS, personId } from '../model/index.js';
import { withStore } from './tool-store.js';

/**
 * `lifeline forget PLATFORM:USER`: deletes everything of a person in one step, beside a running bot too. Throws
 * `settings-invalid` for what is no person.
 */
export async function forget(text: string): Promise<void> {
  const person = personOf(text);
  const wasKept = await withStore(async (store) => {
    const kept = await store.forget(person, store.now());
    const note = { what: 'forget', outcome: 'by-operator', bundle: null, person } as const;
    await store.appendAudit(note, store.now());
    return kept;
  });
  process.stdout.write(
    wasKept
      ? `Everything of ${person} is deleted: conversations, unsent messages, waits, cases, dead letters, quarantine and language. The audit trail names nobody and stays. Exports and backups made before still hold it.\n`
      : `Nothing was kept of ${person}.\n`,
  );
}

/** The person that somebody wrote as PLATFORM:USER. Throws `settings-invalid` for what is none. */
export function personOf(text: string): PersonId {
  const [, name, user = ''] = /^([a-z]+):([^:\s#]{1,128})$/.exec(text) ?? [];
  const platform = PLATFORMS.find((each) => each === name);
  if (platform !== undefined) return personId(platform, user);
  throw new LifelineError(
    'settings-invalid',
    `"${text}" is no person: write PLATFORM:USER with the platform's own number of the user, such as telegram:1001. There are: ${PLATFORMS.join(', ')}.`,
  );
}

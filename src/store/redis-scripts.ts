import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The scripts stand beside the sources, one file each; the build copies nothing, so the built program reads them there
 * too (`dist/src/store` → `src/store/lua`).
 */
const FOLDER = new URL(
  import.meta.url.includes('/dist') ? '../../../src/store/lua/' : './lua/',
  import.meta.url,
);

/** A script and the hash Redis knows it by. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

function script(name: string): Script {
  const text = read(name);
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/** The text of a file, with what it includes in place. */
function read(name: string): string {
  const text = readFileSync(new URL(`${name}.lua`, FOLDER), 'utf8');
  return text.replace(/^--#include ([a-z-]+)$/gm, (_, included: string) => read(included));
}

/** Every script, by what it does; keys, arguments and results stand at the top of each file. */
export const SCRIPTS = {
  load: script('load'),
  commit: script('commit'),
  claim: script('claim'),
  renew: script('renew'),
  settle: script('settle'),
  dueLanes: script('due-lanes'),
  dueTimers: script('due-timers'),
  nextDue: script('next-due'),
  revive: script('revive'),
  forget: script('forget'),
  newest: script('newest'),
  dropFiled: script('drop-filed'),
  replace: script('replace'),
  replaceField: script('replace-field'),
  replaceItem: script('replace-item'),
  replaceAt: script('replace-at'),
  tokens: script('tokens'),
  lease: script('lease'),
  release: script('release'),
  setValue: script('set-value'),
  dropBundle: script('drop-bundle'),
  putPointer: script('put-pointer'),
  failure: script('failure'),
  dumpPerson: script('dump-person'),
  importTalk: script('import-talk'),
  importFiled: script('import-filed'),
  importPerson: script('import-person'),
  importUnanswered: script('import-unanswered'),
  appendAudit: script('append-audit'),
  importAudit: script('import-audit'),
} as const;

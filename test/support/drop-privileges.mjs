// Preloaded before the command (`node --import`): once everything is loaded, it goes on as the user of RUN_AS. So the
// checkout itself need not be readable for that user, only what the command then opens.
import { readdirSync } from 'node:fs';
import { Command } from 'commander';

const DIST = new URL('../../dist/src/', import.meta.url);

/** Has everything loaded that commands load only when they are called, from where they load it. */
async function loadAll() {
  for (const file of readdirSync(new URL('cli', DIST)))
    if (file.endsWith('.js') && file !== 'lifeline.js') await import(new URL(`cli/${file}`, DIST));
  const { openStore } = await import(new URL('store/open.js', DIST));
  // Nothing is there to be opened: it only has to be tried.
  await Promise.allSettled([openStore('lmdb:/dev/null/none', { keyring: {}, tool: true })]);
}

const { parseAsync } = Command.prototype;
Command.prototype.parseAsync = async function asUser(...args) {
  await loadAll();
  const user = Number(process.env.RUN_AS);
  process.setgroups([]);
  process.setgid(user);
  process.setuid(user);
  return parseAsync.apply(this, args);
};

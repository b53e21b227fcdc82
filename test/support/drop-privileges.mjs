// Preloaded before the command (`node --import`): once everything is loaded, it goes on as the user of RUN_AS. So the
// checkout itself need not be readable for that user, only what the command then opens.
import { readdirSync } from 'node:fs';
import { Command } from 'commander';

const DIST = new URL('../../dist/src/', import.meta.url);
/** What commands load only when they are called. */
const LATE = ['cli', 'store'];

async function loadAll() {
  for (const folder of LATE)
    for (const file of readdirSync(new URL(folder, DIST)))
      if (file.endsWith('.js') && file !== 'lifeline.js') await import(new URL(`${folder}/${file}`, DIST));
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

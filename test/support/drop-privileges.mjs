// Preloaded before the command (`node --import`): once everything is loaded, it goes on as the user of RUN_AS. So the
// checkout itself need not be readable for that user, only what the command then opens.
import { Command } from 'commander';

const { parseAsync } = Command.prototype;
Command.prototype.parseAsync = function asUser(...args) {
  const user = Number(process.env.RUN_AS);
  process.setgroups([]);
  process.setgid(user);
  process.setuid(user);
  return parseAsync.apply(this, args);
};

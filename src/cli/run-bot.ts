import type { Bot } from '../runtime/lifecycle.js';

/** Longest orderly stop before the process ends all the same. */
const STOP_MS = 20_000;

/**
 * Starts a bot, waits for SIGTERM, SIGINT or `finished`, and stops it in order; a start that waits for its connection
 * ends so too. Throws what the start threw, once everything is stopped.
 */
export async function runBot(bot: Bot, finished: Promise<void>): Promise<void> {
  const signal = new Promise<void>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve());
  });
  const alive = setInterval(() => undefined, 60_000);
  const started = bot.start();
  try {
    await Promise.race([started.then(() => finished), signal]);
  } finally {
    const deadline = setTimeout(() => process.exit(1), STOP_MS);
    deadline.unref();
    try {
      await bot.stop();
    } finally {
      clearInterval(alive);
      clearTimeout(deadline);
    }
  }
}

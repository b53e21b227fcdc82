import { readContentFiles } from '../src/content/read-files.js';
import { compile } from '../src/load-content.js';
import { benchCommits } from './commits.js';
import { benchMemory } from './memory.js';
import { benchMessages } from './messages.js';
import { startBenchRedis } from './redis-server.js';
import { benchWorkers } from './workers.js';

/**
 * Figures of the stores: messages, workers, memory, commits; with `million`, the memory of a million conversations
 * alone.
 */
export async function benchStore(part: string | undefined): Promise<void> {
  const redis = await startBenchRedis();
  try {
    if (part === 'million') {
      await benchMemory(redis, [1_000_000]);
      return;
    }
    const bundle = compile(await readContentFiles('.'));
    if (part === undefined || part === 'messages') await benchMessages(redis, bundle);
    if (part === undefined || part === 'workers') await benchWorkers(redis);
    if (part === undefined || part === 'memory') await benchMemory(redis, [10_000, 100_000]);
    if (part === undefined || part === 'commits') await benchCommits(redis);
  } finally {
    await redis.stop();
  }
}

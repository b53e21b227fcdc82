import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { createMemory } from '../../content/memory.js';
import { openModelShelf } from '../../infra/model-shelf.js';
import { judgeContent } from './judge.js';

/** The thread in which content is judged: one question, one answer, in order. */
const { cache } = z.object({ cache: z.string() }).parse(workerData);
const questionSchema = z.object({
  id: z.number(),
  files: z.map(z.string(), z.string()),
  isForReal: z.boolean(),
  isLive: z.boolean(),
});
const port = parentPort;
const memory = createMemory();
// What cannot be kept on the disk is handed over all the same.
const shelf = openModelShelf(cache, (code) => port?.postMessage({ kind: 'not-kept', code }));

port?.on('message', (message: unknown) => {
  const { id, ...question } = questionSchema.parse(message);
  memory.nextRound();
  port.postMessage({ kind: 'judged', id, judged: judgeContent(question, shelf, memory) });
});

import { readContentFiles } from '../src/content/read-files.js';
import { compile } from '../src/load-content.js';
import type { InboundMessage } from '../src/model/index.js';
import { openRedisStore } from '../src/store/redis.js';
import { messageFrom, OPENING, TALK } from './dialogue.js';
import { encryptedKeyring as keyring } from './keyrings.js';
import { rig } from './rig.js';

/*
 * A worker process of `workers.ts`: a whole runtime on Redis, and people who talk to it. It says "ready", then answers
 * each "go" with how many messages were replied to, until "end".
 */

/** People who talk at the same time. */
const PEOPLE = 64;

const [, , url = '', index = '0', runMs = '0'] = process.argv;
const bundle = compile(await readContentFiles('.'));
const store = await openRedisStore({ url, keyring });
const bot = rig(bundle, store, `bench-${index}`);
await bot.runtime.start();
let users = Number(index) * 10_000_000;

async function round(): Promise<number> {
  const end = performance.now() + Number(runMs);
  let messages = 0;
  const say = async (user: number, message: InboundMessage): Promise<void> => {
    const sent = bot.platform.sent(user);
    await bot.runtime.receiver.receive(message);
    await sent;
    messages += 1;
  };
  const talk = async (user: number): Promise<void> => {
    const opening = messageFrom(user, { kind: 'text', text: OPENING });
    await say(user, opening);
    for (const value of TALK) {
      if (performance.now() > end) return;
      const data = bot.platform.choice(opening.conversation, value);
      await say(user, messageFrom(user, { kind: 'tap', data }));
    }
  };
  await Promise.all(
    Array.from({ length: PEOPLE }, async () => {
      while (performance.now() < end) {
        users += 1;
        await talk(users);
      }
    }),
  );
  return messages;
}

process.on('message', async (order) => {
  if (order === 'go') process.send?.(await round());
  else {
    await bot.runtime.stop();
    process.disconnect();
  }
});
process.send?.('ready');

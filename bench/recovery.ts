import { createKeyring } from '../src/infra/at-rest.js';
import { conversationId, type Store } from '../src/model/index.js';
import { isOurToken, newKeySet, publicKeys, signingKey, signToken } from '../src/recovery/index.js';
import { pointerName } from '../src/runtime/pointers.js';
import { openRedisStore } from '../src/store/redis.js';
import { microsecondsEach, printFigure } from './figure.js';
import { benchIssue } from './recovery-issue.js';
import { benchMailProbe, benchPageProbes } from './recovery-probes.js';
import { ISSUER, openPageRoute, PAGE } from './recovery-route.js';
import { startBenchRedis } from './redis-server.js';

const AREA = 'recovery';
const ROUNDS = 5;
const MINUTE_MS = 60_000;

/**
 * Figures of verified hand-offs: the token, session codes, the turn that issues one, and what replies tell by their
 * time; or one `part` of them.
 */
export async function benchRecovery(part?: string): Promise<void> {
  if (part === undefined || part === 'token') await benchToken();
  if (part === undefined || part === 'mail') await benchMailProbe();
  const redis = await startBenchRedis();
  const store = await openRedisStore({ url: redis.url, keyring: createKeyring([new Uint8Array(32)]) });
  try {
    if (part === undefined || part === 'codes') await benchSessionCodes(store);
    if (part === undefined || part === 'issue') await benchIssue(store);
    if (part === undefined || part === 'probes') await benchPageProbes(store);
  } finally {
    await store.close();
    await redis.stop();
  }
}

async function benchToken(): Promise<void> {
  const keys = await newKeySet(Date.now());
  const known = { keys: publicKeys(keys).keys, issuer: ISSUER, audience: PAGE };
  const challenge = { id: 'A'.repeat(22), issuedAt: Date.now(), deadline: Date.now() + 15 * MINUTE_MS };
  const runs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const each = await microsecondsEach(500, async () => {
      const parties = { issuer: ISSUER, audience: PAGE, signingKey: await signingKey(keys) };
      if (!isOurToken(await signToken(challenge, parties), known)) throw new Error('the token is not ours');
    });
    runs.push(each / 1000);
  }
  const met = runs.every((ms) => ms < 2);
  printFigure({ area: AREA, figure: 'sign and verify a token', unit: 'ms', runs, aim: 'under 2 ms', met });
}

/** Signed requests through the route to Redis and back, 16 at a time; each visitor asks once. */
async function benchSessionCodes(store: Store): Promise<void> {
  const pageAsks = async (): Promise<never> => {
    throw new Error('nothing of this is a turn');
  };
  const { sign, post } = await openPageRoute(store, { pageAsks });
  const code = '0123456789';
  const conversation = conversationId('telegram', { channel: '5' }, '5');
  await store.putPointer(pointerName('session', code), conversation, Date.now() + 60 * MINUTE_MS, Date.now());
  const runs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const count = 1_600;
    const bodies = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        sign({ kind: 'check-session', code, address: `visitor-${round}-${index}` }, `${round}-${index}`),
      ),
    );
    const from = performance.now();
    const left = bodies.values();
    const lane = async (): Promise<void> => {
      for (const body of left) await post(body);
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    runs.push((count / (performance.now() - from)) * 1000);
  }
  const met = runs.every((rate) => rate >= 1000);
  printFigure({
    ...{ area: AREA, figure: 'checks of a session code', unit: '1/s', runs, met },
    aim: '1,000 a second on one core',
  });
}

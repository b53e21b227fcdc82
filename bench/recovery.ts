import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import { createKeyring } from '../src/infra/at-rest.js';
import { conversationId, type HttpRoute, inboundId, type Store } from '../src/model/index.js';
import {
  isOurToken,
  newKeySet,
  publicKeys,
  readPageRequest,
  signingKey,
  signToken,
} from '../src/recovery/index.js';
import { createPageDesk } from '../src/runtime/page-desk.js';
import { pointerName } from '../src/runtime/pointers.js';
import { addRecoveryRoutes, REQUESTS_PATH } from '../src/runtime/recovery-routes.js';
import { openRedisStore } from '../src/store/redis.js';
import { microsecondsEach, printFigure } from './figure.js';
import { startBenchRedis } from './redis-server.js';
import { SILENT } from './silent.js';

const AREA = 'recovery';
const ROUNDS = 5;
const ISSUER = 'https://bot.wallet.example';
const PAGE = 'https://wallet.example';
const MINUTE_MS = 60_000;

/** Figures of verified hand-offs: the token, and the check of a session code on Redis. */
export async function benchRecovery(): Promise<void> {
  await benchToken();
  const redis = await startBenchRedis();
  const store = await openRedisStore({ url: redis.url, keyring: createKeyring([new Uint8Array(32)]) });
  try {
    await benchSessionCodes(store);
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
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const pinned: JSONWebKeySet = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'page-1' }] };
  const post = routeOf(store, pinned);
  const code = '0123456789';
  const conversation = conversationId('telegram', { channel: '5' }, '5');
  await store.putPointer(pointerName('session', code), conversation, Date.now() + 60 * MINUTE_MS, Date.now());
  const runs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const count = 1_600;
    const iat = Math.floor(Date.now() / 1000);
    const bodies = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        new SignJWT({
          ...{ iss: PAGE, aud: ISSUER, iat, exp: iat + 60, jti: `${round}-${index}`.padEnd(22, '_') },
          request: { kind: 'check-session', code, address: `visitor-${round}-${index}` },
        })
          .setProtectedHeader({ alg: 'EdDSA', typ: 'recovery-request+jwt', kid: 'page-1' })
          .sign(pair.privateKey),
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

function routeOf(store: Store, pinned: JSONWebKeySet): (body: string) => Promise<void> {
  const routes: HttpRoute[] = [];
  const refuses = async (): Promise<never> => {
    throw new Error(`nothing of this is a turn: ${inboundId('telegram', 'none')}`);
  };
  addRecoveryRoutes(
    { add: (route) => void routes.push(route) },
    {
      ...{ store, log: SILENT, platform: 'telegram', hashed: (address) => address },
      note: async () => undefined,
      publicKeys: () => ({ keys: [] }),
      read: (body) =>
        readPageRequest(body, { keys: pinned, issuer: PAGE, audience: ISSUER, now: Date.now() }),
      desk: createPageDesk({ store, receiver: { pageAsks: refuses }, platform: 'telegram' }),
    },
  );
  const route = routes.find(({ path }) => path === REQUESTS_PATH);
  return async (body) => {
    const answer = await route?.answer({ headers: {}, body: Buffer.from(body), address: '127.0.0.1' });
    if (answer?.status !== 200) throw new Error(`answered ${answer?.status}`);
  };
}

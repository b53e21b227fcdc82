import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import type { HttpAnswer, HttpRoute, Store } from '../src/model/index.js';
import { readPageRequest } from '../src/recovery/index.js';
import { createPageDesk, type PageDesk } from '../src/runtime/page-desk.js';
import type { Receiver } from '../src/runtime/receive.js';
import { addRecoveryRoutes, REQUESTS_PATH } from '../src/runtime/recovery-routes.js';
import { createSparseNotes } from '../src/runtime/sparse-notes.js';
import { SILENT } from './silent.js';

export const ISSUER = 'https://bot.wallet.example';
export const PAGE = 'https://wallet.example';

/** The way in of the official page's server, without a socket, and what signs as that does. */
export interface PageRoute {
  readonly sign: (request: unknown, name: string) => Promise<string>;
  readonly post: (body: string) => Promise<HttpAnswer>;
}

/** `receiver`: who answers what is a turn. */
export async function openPageRoute(store: Store, receiver: Pick<Receiver, 'pageAsks'>): Promise<PageRoute> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const pinned: JSONWebKeySet = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'page-1' }] };
  const desk: PageDesk = createPageDesk({ store, receiver, platform: 'telegram' });
  const routes: HttpRoute[] = [];
  addRecoveryRoutes(
    { add: (route) => void routes.push(route) },
    {
      ...{ store, desk, log: SILENT, platform: 'telegram', hashed: (address) => address },
      note: createSparseNotes(store, () => 'b1'),
      publicKeys: () => ({ keys: [] }),
      read: (body) =>
        readPageRequest(body, { keys: pinned, issuer: PAGE, audience: ISSUER, now: Date.now() }),
    },
  );
  const route = routes.find(({ path }) => path === REQUESTS_PATH);
  return {
    sign: async (request, name) => {
      const iat = Math.floor(Date.now() / 1000);
      const claims = { iss: PAGE, aud: ISSUER, iat, exp: iat + 60, jti: name.padEnd(22, '_'), request };
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'recovery-request+jwt', kid: 'page-1' })
        .sign(pair.privateKey);
    },
    post: async (body) => {
      const answer = await route?.answer({ headers: {}, body: Buffer.from(body), address: '127.0.0.1' });
      if (answer?.status !== 200) throw new Error(`answered ${answer?.status}`);
      return answer;
    },
  };
}

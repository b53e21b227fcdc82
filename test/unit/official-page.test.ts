import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/infra/settings.js';
import type { HttpRoute } from '../../src/model/index.js';
import { createOfficialPage } from '../../src/official-page.js';
import { changeKeyFolder, newKeySet, publicKeys, readKeyFolder } from '../../src/recovery/index.js';
import { JWKS_PATH } from '../../src/runtime/recovery-routes.js';
import { createFakeClock } from '../../src/simulate/fake-clock.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { keptLog } from '../support/engine.js';
import { openReception } from '../support/reception.js';
import { bundleOf, edited, smallContent } from '../support/small-content.js';
import { START } from '../support/talk.js';

const folder = mkdtempSync(join(tmpdir(), 'lifeline-official-page-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
const pinned = join(folder, 'page-keys.json');
writeFileSync(pinned, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'page-1' }] }));

let count = 0;
const freshFolder = (): string => {
  count += 1;
  return join(folder, `keys-${count}`);
};

async function pageOn(store: string, keys: string, handOffs: string) {
  const settings = readSettings(
    {
      LIFELINE_STORE: store,
      RECOVERY_URL: 'https://bot.wallet.example',
      RECOVERY_PAGE_KEYS: pinned,
      RECOVERY_SIGNING_KEYS: keys,
      LIFELINE_SECRET: Buffer.alloc(32, 7).toString('base64'),
      HTTP_PORT: '8080',
    },
    '/nowhere',
  );
  return createOfficialPage(settings, {
    bundle: () => bundleOf(edited(smallContent(), 'flows/official.yaml', '{ link: reset-help }', handOffs)),
    store: createMemoryStore(),
    clock: createFakeClock(START),
    log: keptLog(),
    secret: new Uint8Array(32),
  });
}

const VERIFIED = '{ link: reset-help, verified: true, page: help-fees }';

describe('the official page of a bot', () => {
  it('makes its signing keys by itself on one machine, and publishes them', async () => {
    const keys = freshFolder();
    const page = await pageOn(`lmdb:${folder}/store`, keys, VERIFIED);
    const routes: HttpRoute[] = [];
    page?.addRoutes({ add: (route) => void routes.push(route) }, openReception().receiver, 'telegram');
    const route = routes.find(({ path }) => path === JWKS_PATH);
    const made = readKeyFolder(keys);
    expect(await route?.answer({ headers: {}, body: Buffer.alloc(0), address: '127.0.0.1' })).toMatchObject({
      status: 200,
      json: made === null ? {} : publicKeys(made),
    });
    expect(made).not.toBeNull();
  });

  it('refuses to start on Redis without keys: each worker would make its own', async () => {
    const keys = freshFolder();
    const starts = pageOn('redis://127.0.0.1:6379', keys, VERIFIED);
    await expect(starts).rejects.toMatchObject({
      code: 'settings-invalid',
      message: expect.stringContaining('lifeline keys signing rotate'),
    });
    expect(readKeyFolder(keys)).toBeNull();
    await changeKeyFolder(keys, async () => newKeySet(START));
    expect(await pageOn('redis://127.0.0.1:6379', keys, VERIFIED)).not.toBeNull();
  });

  it('is not there when no hand-off is verified', async () => {
    expect(await pageOn('memory:', freshFolder(), '{ link: reset-help, verified: false }')).toBeNull();
  });
});

import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fastify, { type FastifyInstance } from 'fastify';
import { createBrowsers } from './browser.js';
import { addCheckPage } from './check-page.js';
import { type Desk, hostOf, look, pathOf, sceneOf, send } from './desk.js';
import { addHandOffPages } from './hand-off-pages.js';
import { html } from './html.js';
import { createCounter } from './limits.js';
import { addLoginPages } from './login-pages.js';
import { addResetPages } from './reset-pages.js';
import { addStartPage } from './start-page.js';
import { createVisits } from './visits.js';
import { folder, LOCALES, readWords } from './words.js';

/** What the page is made of; everything else it makes itself. */
export interface SiteParts
  extends Pick<
    Desk,
    'origin' | 'product' | 'telegram' | 'now' | 'bot' | 'readToken' | 'accounts' | 'mailer' | 'fault'
  > {
  /** Secret of the cookies and forms. */
  readonly secret: Uint8Array;
  /** Plain HTTP on this machine. */
  readonly isLocal?: boolean;
  /** Reverse proxies before it. */
  readonly proxies?: number;
}

/** A form is small. */
const MAX_BODY_BYTES = 16 * 1024;
/** No script or style but our own files, no frames, nothing sent elsewhere. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
};
const HSTS = 'max-age=31536000; includeSubDomains';
const PUBLIC_FILES = { 'style.css': 'text/css', 'page.js': 'text/javascript', 'icon.svg': 'image/svg+xml' };

/** The official page as one server; nothing listens yet. It speaks plain HTTP: a proxy before it speaks TLS. */
export function createSite(parts: SiteParts): FastifyInstance {
  const { secret, isLocal = false, now, proxies = 0 } = parts;
  const desk: Desk = {
    ...parts,
    browsers: createBrowsers(secret, isLocal),
    visits: createVisits(now),
    counter: createCounter(now),
    wordsOf: readWords(),
    keyed: (what, value) => createHmac('sha256', secret).update(`${what}\0${value}`).digest('base64url'),
  };
  const options = {
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 15_000,
    trustProxy: (_address: string, hop: number) => hop < proxies,
  };
  const app = fastify(options);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS);
    if (!isLocal) reply.header('strict-transport-security', HSTS);
  });
  app.setErrorHandler((error: { readonly statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) parts.fault(error);
    const scene = sceneOf(desk, request);
    const { words } = scene;
    const body = html`<p>${words('fault.words')}</p>`;
    return send(reply, { title: words('fault.title'), body, status }, desk, scene, pathOf(request));
  });
  app.setNotFoundHandler((request, reply) => {
    const scene = sceneOf(desk, request);
    const { words } = scene;
    const page = { title: words('missing.title'), body: html`<p>${words('missing.words')}</p>`, status: 404 };
    return send(reply, page, desk, scene, '/');
  });
  addPublicFiles(app);
  addHome(app, desk);
  addHandOffPages(app, desk);
  addStartPage(app, desk);
  addResetPages(app, desk);
  addLoginPages(app, desk);
  addCheckPage(app, desk);
  return app;
}

function addHome(app: FastifyInstance, desk: Desk): void {
  look(app, desk, '/', ({ words }) => ({
    ...{ kind: 'page', title: words('home.title', { product: desk.product }) },
    ways: ['reset', 'start', 'login', 'check'],
    body: html`<p>${words('home.words')}</p><p class="address">${words('page.address', { host: hostOf(desk) })}</p>`,
  }));
  app.get('/language', (request, reply) => {
    const query = new URLSearchParams(request.url.split('?')[1] ?? '');
    const locale = LOCALES.find((each) => each === query.get('to'));
    const back = query.get('back') ?? '/';
    // Only to a page of ours: `//host` and `/\host` lead elsewhere.
    const path = /^\/[a-z/-]*$/.test(back) && !back.startsWith('//') ? back : '/';
    if (locale !== undefined)
      reply.header('set-cookie', `language=${locale}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`);
    return reply.redirect(path, 303);
  });
}

function addPublicFiles(app: FastifyInstance): void {
  for (const [name, type] of Object.entries(PUBLIC_FILES)) {
    const body = readFileSync(new URL(`public/${name}`, folder()));
    app.get(`/public/${name}`, (_request, reply) =>
      reply.type(`${type}; charset=utf-8`).header('cache-control', 'public, max-age=300').send(body),
    );
  }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Accounts } from './accounts.js';
import type { BotClient, BotRequest } from './bot-client.js';
import { type Browser, type Browsers, cookieOf } from './browser.js';
import type { TokenReader } from './hand-off-token.js';
import { html } from './html.js';
import { documentOf, type Page } from './layout.js';
import type { Counter } from './limits.js';
import type { Mailer } from './mail.js';
import type { Visit, Visits } from './visits.js';
import { type Locale, localeOf, type Words } from './words.js';

/** What every part of the page stands on. */
export interface Desk {
  readonly origin: string;
  readonly product: string;
  readonly telegram: string | null;
  readonly now: () => number;
  readonly bot: BotClient;
  readonly readToken: TokenReader;
  readonly accounts: Accounts;
  readonly mailer: Mailer;
  readonly browsers: Browsers;
  readonly visits: Visits;
  readonly counter: Counter;
  readonly wordsOf: (locale: Locale) => Words;
  /** A keyed name for something that is not kept as it is. */
  readonly keyed: (what: string, value: string) => string;
  /** Told of a fault; nothing a person typed is in it. */
  readonly fault: (error: unknown) => void;
}

/** One request of a browser. */
export interface Scene {
  readonly words: Words;
  readonly locale: Locale;
  readonly browser: Browser;
  readonly visit: Visit;
  readonly change: (change: Partial<Visit>) => void;
  /** What was sent by a form; `''` for what was not. */
  readonly typed: (name: string) => string;
  readonly query: (name: string) => string;
  /** Whose tries are counted together. */
  readonly address: string;
}

export type Answer =
  | (Page & { readonly kind: 'page'; readonly status?: number })
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'json'; readonly value: unknown };

type Handler = (scene: Scene) => Answer | Promise<Answer>;

/** The host as people read it in the address bar. */
export function hostOf({ origin }: Pick<Desk, 'origin'>): string {
  return new URL(origin).host;
}

/** Adds a page that is only looked at: it changes nothing but what a browser sees. */
export function look(app: FastifyInstance, desk: Desk, path: string, handler: Handler): void {
  app.get(path, (request, reply) => answer(desk, request, reply, handler));
}

/** Adds what a form does; a form that is not ours does nothing. */
export function act(app: FastifyInstance, desk: Desk, path: string, handler: Handler): void {
  app.post(path, (request, reply) =>
    answer(desk, request, reply, (scene) => {
      const isForeign = request.headers['sec-fetch-site'] === 'cross-site';
      if (isForeign || !desk.browsers.isFormToken(scene.browser, scene.typed('form')))
        return foreign(scene, path);
      return handler(scene);
    }),
  );
}

function foreign({ words }: Scene, path: string): Answer {
  return {
    ...{ kind: 'page', status: 403, title: words('form.title') },
    body: html`<p>${words('form.words')}</p><p><a class="button" href="${path}">${words('recover.button')}</a></p>`,
  };
}

async function answer(desk: Desk, request: FastifyRequest, reply: FastifyReply, handler: Handler) {
  const scene = sceneOf(desk, request);
  const made = await handler(scene);
  if (!scene.browser.isKnown) reply.header('set-cookie', desk.browsers.cookie(scene.browser));
  if (made.kind === 'go') return reply.redirect(made.to, 303);
  if (made.kind === 'json') return reply.send(made.value);
  return send(reply, made, desk, scene, pathOf(request));
}

/** Sends a page in the language of a scene. */
export function send(
  reply: FastifyReply,
  page: Page & { readonly status?: number },
  { product }: Pick<Desk, 'product'>,
  { locale, words }: Pick<Scene, 'locale' | 'words'>,
  path: string,
): FastifyReply {
  const text = documentOf(page, { locale, words, product, path });
  return reply
    .code(page.status ?? 200)
    .type('text/html; charset=utf-8')
    .header('content-language', locale)
    .header('vary', 'Accept-Language, Cookie')
    .send(text);
}

export function sceneOf(desk: Desk, request: FastifyRequest): Scene {
  const { cookie } = request.headers;
  const locale = localeOf(cookieOf(cookie, 'language'), request.headers['accept-language']);
  const browser = desk.browsers.of(cookie);
  const body = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  return {
    ...{ locale, browser, words: desk.wordsOf(locale), visit: desk.visits.of(browser.id) },
    change: (change) => desk.visits.change(browser.id, change),
    typed: (name) => body.get(name) ?? '',
    query: (name) => query.get(name) ?? '',
    address: request.ip,
  };
}

/** The page a form was on, for whoever changes the language there. */
export function pathOf(request: FastifyRequest): string {
  return (request.routeOptions.url ?? '/').replace(/\/(handle|again|out)$/, '');
}

/** Tells the bot without letting anybody wait for it. */
export function tellBot(desk: Desk, request: BotRequest): void {
  desk.bot.tell(request).catch(desk.fault);
}

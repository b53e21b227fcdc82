import fastify from 'fastify';
import type { TelegramPlatform } from '../../test/platforms/telegram/server.js';
import { html, type Markup } from '../official-site/html.js';

/**
 * A chat in the browser with a bot on the emulator of Telegram. One person, nobody to keep out: for this machine only.
 */
export async function startChatPage(parts: {
  readonly port: number;
  readonly telegram: TelegramPlatform;
  /** What links of the registry begin with, and what they lead to here. */
  readonly origin: string;
  readonly siteUrl: string;
}): Promise<{ close(): Promise<void> }> {
  const { port, telegram, origin, siteUrl } = parts;
  const user = telegram.user({ firstName: 'Ann', languageCode: 'en' });
  const app = fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  // Only forms of this page, and only from this machine.
  app.addHook('onRequest', async (request, reply) => {
    const isHere = /^(localhost|127\.0\.0\.1):\d+$/.test(request.headers.host ?? '');
    if (!isHere || request.headers['sec-fetch-site'] === 'cross-site') await reply.code(403).send();
  });
  const talk = (): Markup =>
    html`${user
      .sees()
      .map(
        ({ from, text, buttons }) =>
          html`<article class="${from}"><p>${text}</p>${buttons.map(({ text: label, url }) =>
            url === undefined
              ? html`<button name="tap" value="${label}">${label}</button> `
              : html`<a target="_blank" rel="noopener" href="${url.replace(origin, siteUrl)}">${label}</a> `,
          )}</article>`,
      )}`;
  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(page(talk()).markup));
  app.get('/talk', (_request, reply) => reply.type('text/html; charset=utf-8').send(talk().markup));
  app.get('/chat.js', (_request, reply) => reply.type('text/javascript').send(SCRIPT));
  app.post('/', (request, reply) => {
    const body = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const [tap, said, start] = ['tap', 'said', 'start'].map((name) => body.get(name) ?? '');
    if (tap !== undefined && tap !== '') user.taps(tap);
    else if (start !== undefined && start !== '')
      user.starts(/[?&]start=([\w-]{1,64})/.exec(start)?.[1] ?? '');
    else if (said !== undefined && said.trim() !== '') user.says(said);
    return reply.redirect('/', 303);
  });
  await app.listen({ port, host: '127.0.0.1' });
  return { close: () => app.close() };
}

function page(talk: Markup): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Chat</title>
<style>body{font:1.1rem/1.5 system-ui;max-width:34rem;margin:auto;padding:1rem}article{white-space:pre-wrap;border-radius:.6rem;padding:.5rem 1rem;margin:.5rem 0;background:#eef}article.user{background:#dfd;margin-left:4rem}input{font:inherit;width:100%}button,a{font:inherit;margin:.2rem 0;display:inline-block}</style>
<script src="/chat.js" defer></script></head>
<body><h1>Chat with the bot</h1><form method="post" id="talk">${talk}</form>
<form method="post"><label>Write<input name="said" autofocus autocomplete="off"></label></form>
<form method="post"><label>The page leads back to Telegram: paste the address of its link “Open it this way” here<input name="start" autocomplete="off"></label></form>
</body></html>`;
}

const SCRIPT = `let shown = '';
setInterval(async () => {
  const talk = await (await fetch('/talk')).text();
  if (talk === shown) return;
  shown = talk;
  document.querySelector('#talk').innerHTML = talk;
  scrollTo(0, document.body.scrollHeight);
}, 700);`;

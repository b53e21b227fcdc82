import type { FastifyInstance } from 'fastify';
import type { Answered } from './bot-client.js';
import { type Answer, act, type Desk, hostOf, look, type Scene } from './desk.js';
import { html, type Markup } from './html.js';
import { button, form, trouble } from './layout.js';
import { PICTURES } from './pictures.js';
import { resumed } from './reset-begin.js';
import type { OpenHandOff } from './visits.js';

/** The link of the chat, and how page and chat check each other. */
export function addHandOffPages(app: FastifyInstance, desk: Desk): void {
  // What crawlers and previews of links do: it spends nothing, the token never even gets here.
  look(app, desk, '/recover', (scene) => recoverPage(desk, scene));
  act(app, desk, '/recover', async (scene) => {
    const token = scene.typed('token');
    const read = await desk.readToken(token.slice(0, 2048));
    if (read.kind === 'invalid') return { kind: 'go', to: '/over' };
    if (read.kind === 'away') return awayPage(scene, token);
    const { name: browser } = scene.browser;
    return opened(scene, await desk.bot.ask({ kind: 'open', id: read.id, browser }), token);
  });
  look(app, desk, '/over', ({ words }) => ({
    ...{ kind: 'page', title: words('over.title'), ways: ['reset', 'start', 'check'] },
    body: html`<p>${words('over.words')}</p>`,
  }));
  // The page was started anew meanwhile, or that was long ago.
  look(app, desk, '/again', ({ words }) => ({
    ...{ kind: 'page', title: words('again.title'), ways: ['reset', 'start', 'check'] },
    body: html`<p>${words('again.words')}</p>`,
  }));
  look(app, desk, '/stopped', ({ words }) => stoppedPage(desk, words));
  look(app, desk, '/match', async (scene) => {
    const { handOff } = scene.visit;
    if (handOff === null) return { kind: 'go', to: '/again' };
    const { next } = await progress(desk, scene, handOff);
    return next === null ? matchPage(desk, scene, handOff) : { kind: 'go', to: next };
  });
  act(app, desk, '/match/handle', async (scene) => {
    const { handOff } = scene.visit;
    if (handOff === null) return { kind: 'go', to: '/again' };
    const typed = scene.typed('index');
    const index = /^[0-9]$/.test(typed) ? Number(typed) : null;
    const answer = await desk.bot.ask({
      ...{ kind: 'choose-handle', id: handOff.id, browser: scene.browser.name, index },
    });
    if (answer.kind === 'picture') scene.change({ handOff: { ...handOff, picture: answer.picture } });
    else if (answer.kind === 'refused') {
      if (answer.why === 'unknown') return { kind: 'go', to: '/over' };
      scene.change({ handOff: { ...handOff, state: 'stopped' } });
    } else return matchPage(desk, scene, handOff, scene.words('match.slow'));
    return { kind: 'go', to: answer.kind === 'picture' ? '/match' : '/stopped' };
  });
  look(app, desk, '/status', async (scene) => {
    const { handOff } = scene.visit;
    return {
      kind: 'json',
      value: handOff === null ? { next: '/again', slow: false } : await progress(desk, scene, handOff),
    };
  });
}

function recoverPage(desk: Desk, { words, browser }: Scene): Answer {
  return {
    ...{ kind: 'page', title: words('recover.title', { product: desk.product }) },
    ways: ['start', 'reset', 'check'],
    body: html`<p>${words('recover.words')}</p>
<p class="address">${words('page.address', { host: hostOf(desk) })}</p>
<noscript><p class="notice">${words('recover.no-script')}</p></noscript>
<p class="notice" data-no-token hidden>${words('recover.no-link')}</p>
<div data-token-form>${form(
      '/recover',
      browser.formToken,
      html`<input type="hidden" name="token">${button(words('recover.button'))}`,
    )}</div>`,
  };
}

/** What came of opening, by a link or by a number. */
export function opened(scene: Scene, answer: Answered, token: string | null): Answer {
  if (answer.kind === 'opened') {
    const { id, deadline, match } = answer;
    const before = scene.visit.handOff;
    const picture = before?.id === id ? before.picture : null;
    scene.change({ handOff: { id, deadline, match, picture, state: 'open' } });
    return { kind: 'go', to: '/match' };
  }
  if (answer.kind !== 'refused') return awayPage(scene, token);
  if (answer.why === 'stopped') return { kind: 'go', to: '/stopped' };
  const { words } = scene;
  return {
    ...{ kind: 'page', status: 409, title: words('elsewhere.title'), ways: ['reset', 'start', 'check'] },
    body: html`<p>${words('elsewhere.words')}</p><p>${words('elsewhere.mine')}</p><p>${words('elsewhere.not-mine')}</p>`,
  };
}

function awayPage({ words, browser }: Scene, token: string | null): Answer {
  const again =
    token === null
      ? html`<p><a class="button quiet" href="/start">${words('away.again')}</a></p>`
      : form(
          '/recover',
          browser.formToken,
          html`<input type="hidden" name="token" value="${token}">${button(words('away.again'), 'quiet')}`,
        );
  return {
    ...{ kind: 'page', status: 503, title: words('away.title'), ways: ['check'] },
    body: html`<p>${words('away.words')}</p>
<p><a class="button" href="/reset">${words('page.to-reset')}</a></p>${again}`,
  };
}

function stoppedPage(desk: Desk, words: Scene['words']): Answer {
  return {
    ...{ kind: 'page', title: words('stopped.title'), isAlarm: true, ways: ['check'] },
    body: html`<p>${words('stopped.words')}</p>
<h2>${words('stopped.now')}</h2>
<ol><li>${words('stopped.step-1')}</li><li>${words('stopped.step-2')}</li><li>${words('stopped.step-3', { host: hostOf(desk) })}</li></ol>
<p>${words('stopped.safe')}</p>`,
  };
}

/** Asks the bot how far it is, and where the browser goes on; `slow`: it cannot be asked now. */
async function progress(
  desk: Desk,
  scene: Scene,
  handOff: OpenHandOff,
): Promise<{ readonly next: string | null; readonly slow: boolean }> {
  if (handOff.state === 'stopped') return { next: '/stopped', slow: false };
  if (handOff.state === 'matched') return { next: resumed(desk, scene.visit), slow: false };
  const answer = await desk.bot.ask({ kind: 'status', id: handOff.id, browser: scene.browser.name });
  if (answer.kind !== 'status') return { next: null, slow: true };
  switch (answer.status) {
    case 'matched':
    case 'completed':
      scene.change({ handOff: { ...handOff, state: 'matched' } });
      return { next: resumed(desk, scene.visit), slow: false };
    case 'stopped':
      scene.change({ handOff: { ...handOff, state: 'stopped' } });
      return { next: '/stopped', slow: false };
    case 'unknown':
      scene.change({ handOff: null });
      return { next: '/over', slow: false };
    default:
      return { next: null, slow: false };
  }
}

function matchPage(desk: Desk, scene: Scene, handOff: OpenHandOff, sentence: string | null = null): Answer {
  const { words } = scene;
  const { match, picture } = handOff;
  if (match.kind === 'return') {
    const { nonce } = match;
    const { telegram } = desk;
    if (telegram === null) return { kind: 'go', to: '/reset' };
    const app = `tg://resolve?domain=${telegram}&start=r_${nonce}`;
    const web = `https://t.me/${telegram}?start=r_${nonce}`;
    return {
      ...{ kind: 'page', title: words('match.telegram.title') },
      body: html`<p>${words('match.telegram.words')}</p>
<p><a class="button" href="${app}">${words('match.telegram.button')}</a></p>
<p><a href="${web}">${words('match.telegram.other')}</a></p>
<p class="small">${words('match.telegram.why')}</p>${waiting(scene, sentence)}`,
    };
  }
  if (picture !== null)
    return {
      ...{ kind: 'page', title: words('match.picture.title') },
      body: html`<p class="picture">${PICTURES[picture] ?? ''}</p>
<p>${words('match.picture.words')}</p>${waiting(scene, sentence)}`,
    };
  const choices = [
    ...match.handles.map(
      (handle, index) => html`<button class="choice" name="index" value="${index}">${handle}</button>`,
    ),
    html`<button class="quiet" name="index" value="none">${words('match.handles.none')}</button>`,
  ];
  return {
    ...{ kind: 'page', title: words('match.handles.title') },
    body: html`<p>${words('match.handles.words')}</p>${trouble(sentence)}
${form('/match/handle', scene.browser.formToken, html`${choices}`)}`,
  };
}

/** Asks again by itself, and by a link where no script runs. */
function waiting({ words }: Scene, sentence: string | null): Markup {
  return html`${trouble(sentence)}<p class="waiting" role="status" data-waiting>${words('match.waiting')}</p>
<p class="notice" data-slow hidden>${words('match.slow')}</p>
<p><a class="button quiet" href="/match">${words('match.go-on')}</a></p>`;
}

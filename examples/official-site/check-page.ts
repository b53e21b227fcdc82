import type { FastifyInstance } from 'fastify';
import { type Answer, act, type Desk, look, type Scene } from './desk.js';
import { html } from './html.js';
import { button, form, ofTrouble, trouble } from './layout.js';
import { readSessionCode } from './typed.js';

const TRIES = { max: 10, windowMs: 60_000 };

/** Whether a chat is one with our bot, by the code that it shows. */
export function addCheckPage(app: FastifyInstance, desk: Desk): void {
  look(app, desk, '/check', (scene) => checkPage(scene, null));
  act(app, desk, '/check', async (scene) => {
    const { words } = scene;
    const code = readSessionCode(scene.typed('code'));
    if (code === null) return checkPage(scene, words('check.wrong-form'));
    if (!desk.counter.take(`check.${scene.address}`, TRIES)) return checkPage(scene, words('check.limited'));
    const address = desk.keyed('address', scene.address);
    const answer = await desk.bot.ask({ kind: 'check-session', code, address });
    if (answer.kind === 'limited') return checkPage(scene, words('check.limited'));
    if (answer.kind !== 'session') return checkPage(scene, words('check.away'));
    const verdict = answer.genuine ? 'yes' : 'no';
    const { bot, person } = answer;
    const known = verdict === 'yes' && typeof person !== 'string' ? 'yes.unnamed' : verdict;
    return {
      ...{ kind: 'page', title: words(`check.${verdict}.title`), isAlarm: !answer.genuine },
      body: html`<p>${words(`check.${known}.words`, { bot: bot ?? '', person: person ?? '' })}</p>`,
    };
  });
}

function checkPage({ words, browser, typed }: Scene, sentence: string | null): Answer {
  return {
    ...{ kind: 'page', title: words('check.title'), ways: ['reset'] },
    body: html`<p>${words('check.words')}</p>${form(
      '/check',
      browser.formToken,
      html`${trouble(sentence)}<label for="code">${words('check.label')}</label>
<input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="64" value="${typed('code').slice(0, 64)}"${ofTrouble(sentence)}>
${button(words('check.button'))}`,
    )}`,
  };
}

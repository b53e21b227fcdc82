import type { FastifyInstance } from 'fastify';
import { type Answer, act, type Desk, look, type Scene } from './desk.js';
import { opened } from './hand-off-pages.js';
import { html } from './html.js';
import { button, form, ofTrouble, trouble } from './layout.js';
import { readDigits } from './typed.js';

const DIGITS = 8;
/** Numbers an address may try: the bot counts ten a minute, and five for each number, beside this. */
const TRIES = { max: 20, windowMs: 10 * 60_000 };

/** The number that the chat shows for another device. */
export function addStartPage(app: FastifyInstance, desk: Desk): void {
  look(app, desk, '/start', (scene) => startPage(scene, null));
  act(app, desk, '/start', async (scene) => {
    const { words, browser } = scene;
    const typed = readDigits(scene.typed('number'), DIGITS);
    // What cannot be a number is nobody's try.
    if (typed.kind === 'wrong') return startPage(scene, words(`start.${typed.why}`));
    if (!desk.counter.take(`start.${scene.address}`, TRIES)) return startPage(scene, words('start.limited'));
    const answer = await desk.bot.ask({
      ...{ kind: 'open-by-number', number: typed.digits, browser: browser.name },
      address: desk.keyed('address', scene.address),
    });
    if (answer.kind === 'limited') return startPage(scene, words('start.limited'));
    if (answer.kind === 'refused' && answer.why === 'unknown') return startPage(scene, words('start.wrong'));
    return opened(scene, answer, null);
  });
}

function startPage(scene: Scene, sentence: string | null): Answer {
  const { words, browser, typed } = scene;
  return {
    ...{ kind: 'page', title: words('start.title') },
    body: html`<p>${words('start.words')}</p>${form(
      '/start',
      browser.formToken,
      html`${trouble(sentence)}<label for="number">${words('start.label')}</label>
<input id="number" name="number" inputmode="numeric" autocomplete="off" maxlength="64" value="${typed('number').slice(0, 64)}"${ofTrouble(sentence)}>
${button(words('start.button'))}`,
    )}`,
  };
}

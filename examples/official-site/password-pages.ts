import type { FastifyInstance } from 'fastify';
import { type Answer, act, type Desk, look, type Scene, tellBot } from './desk.js';
import { html } from './html.js';
import { button, form, ofTrouble, trouble } from './layout.js';
import { sendChanged } from './mail-code.js';
import { judgePassword } from './passwords.js';
import { stopForm } from './reset-begin.js';
import type { Reset } from './visits.js';

/** How often a browser may have a password measured. */
const MEASURES = { max: 300, windowMs: 10 * 60_000 };
/** How often a password may be tried out against those of before. */
const SETTINGS = { max: 30, windowMs: 10 * 60_000 };

/** The new password. */
export function addPasswordPages(app: FastifyInstance, desk: Desk): void {
  look(app, desk, '/reset/password', (scene) => {
    const reset = proved(desk, scene);
    return reset === null ? { kind: 'go', to: '/reset' } : passwordPage(scene, reset, null);
  });
  act(app, desk, '/reset/password', async (scene) => {
    const reset = proved(desk, scene);
    return reset === null ? { kind: 'go', to: '/reset' } : setPassword(desk, scene, reset);
  });
  // The meter asks here, so that it and the rule are the same; what it asks with is neither kept nor logged.
  act(app, desk, '/reset/strength', (scene) => {
    const reset = proved(desk, scene);
    if (reset === null || !desk.counter.take(`measure.${scene.browser.id}`, MEASURES))
      return { kind: 'json', value: null };
    const judged = judgePassword(scene.typed('password'), [reset.mail, desk.product]);
    const { words } = scene;
    const sentence =
      judged.kind === 'bad' ? words(`password.${judged.why}`) : words(`password.score-${judged.score}`);
    return { kind: 'json', value: { score: judged.score, sentence, good: judged.kind === 'good' } };
  });
}

function proved({ now }: Desk, { visit: { reset } }: Scene): Reset | null {
  return reset?.isProved === true && now() < reset.until ? reset : null;
}

async function setPassword(desk: Desk, scene: Scene, reset: Reset): Promise<Answer> {
  const { words, visit, change } = scene;
  const refused = (key: string): Answer => passwordPage(scene, reset, words(`password.${key}`));
  const password = scene.typed('password');
  const judged = judgePassword(password, [reset.mail, desk.product]);
  if (judged.kind === 'bad') return refused(judged.why);
  if (password !== scene.typed('again')) return refused('differs');
  if (!desk.counter.take(`set.${scene.browser.id}`, SETTINGS)) return { kind: 'go', to: '/reset' };
  if (await desk.accounts.wasPassword(reset.mail, password)) return refused('used');
  await desk.accounts.setPassword(reset.mail, password);
  const { handOff } = visit;
  change({ reset: null, handOff: null, isFresh: true, loggedIn: null });
  sendChanged(desk, scene, reset.mail);
  if (handOff?.state === 'matched') tellBot(desk, { kind: 'result', id: handOff.id, outcome: 'completed' });
  return { kind: 'go', to: '/login' };
}

function passwordPage(scene: Scene, { mail }: Reset, sentence: string | null): Answer {
  const { words, browser } = scene;
  return {
    ...{ kind: 'page', title: words('password.title'), ways: [] },
    body: html`<p>${words('password.words')}</p>${form(
      '/reset/password',
      browser.formToken,
      html`${trouble(sentence)}<input class="away" type="email" name="mail" value="${mail}" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
<label for="password">${words('password.label')}</label>
<input id="password" name="password" type="password" autocomplete="new-password" maxlength="256"${ofTrouble(sentence)}>
<div class="strength" data-strength hidden><meter min="0" max="4" low="3" high="3" optimum="4" value="0" aria-label="${words('password.strength')}"></meter><p role="status"></p></div>
<label for="again">${words('password.again')}</label>
<input id="again" name="again" type="password" autocomplete="new-password" maxlength="256">
<label class="choice" data-show hidden><input type="checkbox"> <span>${words('password.show')}</span></label>
${button(words('password.button'))}`,
    )}
${stopForm(scene)}`,
  };
}

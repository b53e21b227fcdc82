import type { FastifyInstance } from 'fastify';
import { type Answer, act, type Desk, look, type Scene } from './desk.js';
import { html } from './html.js';
import { button, form, ofTrouble, trouble } from './layout.js';
import { readMail } from './typed.js';

/** Tries of one account, whoever makes them, and of one address of the network. */
const TRIES = { max: 10, windowMs: 15 * 60_000 };
const ADDRESS_TRIES = { max: 60, windowMs: 15 * 60_000 };

/** Logging in with the new password. */
export function addLoginPages(app: FastifyInstance, desk: Desk): void {
  look(app, desk, '/login', (scene) => loginPage(scene, null));
  act(app, desk, '/login', async (scene) => {
    const { words } = scene;
    const mail = readMail(scene.typed('mail')) ?? '';
    const isLimited = [
      desk.counter.take(`login.${scene.address}`, ADDRESS_TRIES),
      desk.counter.take(`login.${desk.keyed('mail', mail)}`, TRIES),
    ].includes(false);
    if (isLimited) return loginPage(scene, words('login.limited'));
    if (!(await desk.accounts.isPassword(mail, scene.typed('password'))))
      return loginPage(scene, words('login.wrong'));
    scene.change({ loggedIn: mail, isFresh: false });
    return { kind: 'go', to: '/in' };
  });
  look(app, desk, '/in', (scene) => {
    const { words, visit, browser } = scene;
    if (visit.loggedIn === null) return { kind: 'go', to: '/login' };
    return {
      ...{ kind: 'page', title: words('in.title'), ways: [] },
      body: html`<p class="good">${words('in.words', { mail: visit.loggedIn })}</p><p>${words('in.next')}</p>
${form('/in/out', browser.formToken, button(words('in.out'), 'quiet'))}`,
    };
  });
  act(app, desk, '/in/out', (scene) => {
    scene.change({ loggedIn: null });
    return { kind: 'go', to: '/login' };
  });
}

function loginPage({ words, browser, visit, typed }: Scene, sentence: string | null): Answer {
  return {
    ...{ kind: 'page', title: words('login.title'), ways: ['reset', 'check'] },
    body: html`${visit.isFresh ? html`<p class="good">${words('login.fresh')}</p>` : null}${form(
      '/login',
      browser.formToken,
      html`${trouble(sentence)}<label for="mail">${words('reset.mail')}</label>
<input id="mail" name="mail" type="email" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="320" value="${typed('mail').slice(0, 320)}"${ofTrouble(sentence)}>
<label for="password">${words('login.password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="256">
${button(words('login.button'))}`,
    )}`,
  };
}

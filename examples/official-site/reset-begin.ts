import { type Answer, type Desk, type Scene, tellBot } from './desk.js';
import { html, type Markup } from './html.js';
import { button, form, ofTrouble, trouble } from './layout.js';
import { newCode, sendCode } from './mail-code.js';
import { readMail } from './typed.js';
import type { Visit } from './visits.js';

/** Resets an address of the network may begin; somebody at a shared one is not the only honest person there. */
const BEGINNINGS = { max: 60, windowMs: 3_600_000 };
/** Mails to one mailbox. With five tries each, a guesser has 25 of a million an hour. */
const MAILS = { max: 5, windowMs: 3_600_000 };
/** How long a code of the authenticator may be typed, and one from a mail. */
const CODE_MS = 10 * 60_000;

/** Where a reset goes on that was left in the middle. */
export function resumed({ now }: Pick<Desk, 'now'>, { reset }: Visit): string {
  if (reset === null || reset.until <= now()) return '/reset';
  return reset.isProved ? '/reset/password' : '/reset/code';
}

/**
 * Begins for any address alike: the same counting, the same question to the mail server, the same answer. Whether a
 * mail leaves is seen in the mailbox only.
 */
export async function begin(desk: Desk, scene: Scene, typed: string, way: string): Promise<Answer> {
  const { words, visit } = scene;
  const mail = readMail(typed);
  if (mail === null) return resetPage(scene, words('reset.mail-wrong'));
  if (!desk.counter.take(`begin.${scene.address}`, BEGINNINGS))
    return resetPage(scene, words('reset.limited'));
  const until = desk.now() + CODE_MS;
  if (way === 'authenticator') {
    scene.change({ reset: { mail, way, code: null, until, tries: 0, isProved: false } });
    return { kind: 'go', to: '/reset/code' };
  }
  if (!(await desk.mailer.isUp())) return { ...resetPage(scene, words('reset.mail-down')), status: 503 };
  // Counted only now: an outage of ours costs nobody a try.
  if (!desk.counter.take(`mail.${desk.keyed('mail', mail)}`, MAILS))
    return resetPage(scene, words('reset.limited'));
  const { code, hash } = newCode(desk, scene.browser.id);
  scene.change({ reset: { mail, way: 'mail', code: hash, until, tries: 0, isProved: false } });
  sendCode(desk, scene, mail, code);
  const { handOff } = visit;
  if (handOff?.state === 'matched') tellBot(desk, { kind: 'progress', id: handOff.id, step: 'mail-sent' });
  return { kind: 'go', to: '/reset/code' };
}

/** The first step. */
export function resetPage(scene: Scene, sentence: string | null): Answer & { kind: 'page' } {
  const { words, browser, visit, typed } = scene;
  const isByApp = typed('way') === 'authenticator';
  return {
    ...{ kind: 'page', title: words('reset.title'), ways: ['login', 'check'] },
    body: html`${visit.handOff?.state === 'matched' ? html`<p class="good">${words('reset.matched')}</p>` : null}
<p>${words('reset.words')}</p>${form(
      '/reset',
      browser.formToken,
      html`${trouble(sentence)}<label for="mail">${words('reset.mail')}</label>
<input id="mail" name="mail" type="email" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="320" value="${typed('mail').slice(0, 320)}"${ofTrouble(sentence)}>
<fieldset><legend>${words('reset.way')}</legend>
${choice('mail', words('reset.way-mail'), !isByApp)}${choice('authenticator', words('reset.way-authenticator'), isByApp)}</fieldset>
${button(words('reset.button'))}`,
    )}`,
  };
}

function choice(value: string, label: string, isChosen: boolean): Markup {
  return html`<label class="choice"><input type="radio" name="way" value="${value}"${isChosen ? html` checked` : null}> <span>${label}</span></label>`;
}

/** The way out of every step. */
export function stopForm({ words, browser }: Scene): Markup {
  return form('/reset/stop', browser.formToken, button(words('reset.stop'), 'quiet'));
}

import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type Answer, act, type Desk, look, type Scene } from './desk.js';
import { html } from './html.js';
import { button, form, ofTrouble, trouble } from './layout.js';
import { hashOf } from './mail-code.js';
import { begin, stopForm } from './reset-begin.js';
import { readDigits } from './typed.js';
import type { Reset } from './visits.js';

const DIGITS = 6;
/** Tries of one code. */
const TRIES = 5;
/** Tries of one person's authenticator, over all browsers. */
const APP_TRIES = { max: 5, windowMs: 15 * 60_000 };
/** How long a new password may be chosen. */
const PROVED_MS = 30 * 60_000;

/** The code from the mail or the authenticator. */
export function addCodePages(app: FastifyInstance, desk: Desk): void {
  look(app, desk, '/reset/code', (scene) => {
    const { reset } = scene.visit;
    return reset === null || reset.isProved
      ? { kind: 'go', to: '/reset' }
      : codePage(desk, scene, reset, null);
  });
  act(app, desk, '/reset/code', (scene) => {
    const { reset } = scene.visit;
    if (reset === null) return { kind: 'go', to: '/reset' };
    return judge(desk, scene, reset);
  });
  act(app, desk, '/reset/again', (scene) => {
    const { reset } = scene.visit;
    return reset === null ? { kind: 'go', to: '/reset' } : begin(desk, scene, reset.mail, reset.way);
  });
}

function judge(desk: Desk, scene: Scene, reset: Reset): Answer {
  const { words, change } = scene;
  const refused = (key: string): Answer => codePage(desk, scene, reset, words(key, { mail: reset.mail }));
  const typed = readDigits(scene.typed('code'), DIGITS);
  if (typed.kind === 'wrong') return refused(`code.${typed.why}`);
  if (reset.until <= desk.now()) return refused('code.over');
  // Counted before it is compared.
  const { tries } = reset;
  if (tries >= TRIES) return refused('code.spent');
  change({ reset: { ...reset, tries: tries + 1 } });
  if (reset.way === 'authenticator' && !desk.counter.take(`app.${desk.keyed('mail', reset.mail)}`, APP_TRIES))
    return refused('code.spent');
  if (!isRight(desk, scene, reset, typed.digits)) return refused(`code.wrong.${reset.way}`);
  change({ reset: { ...reset, code: null, isProved: true, until: desk.now() + PROVED_MS } });
  return { kind: 'go', to: '/reset/password' };
}

/** The same is compared for who has no account: there, nothing is right. */
function isRight(desk: Desk, { browser }: Scene, { way, mail, code }: Reset, digits: string): boolean {
  if (way === 'authenticator') return desk.accounts.takeCode(mail, digits);
  const given = Buffer.from(hashOf(desk, browser.id, digits));
  const wanted = Buffer.from(code ?? '');
  const isSame = given.length === wanted.length && timingSafeEqual(given, wanted);
  return isSame && desk.accounts.has(mail);
}

function codePage(desk: Desk, scene: Scene, reset: Reset, sentence: string | null): Answer {
  const { words, browser } = scene;
  const { way, mail } = reset;
  const values = { mail, product: desk.product };
  return {
    ...{ kind: 'page', title: words(`code.${way}.title`), ways: [] },
    body: html`<p>${words(`code.${way}.words`, values)}</p>${form(
      '/reset/code',
      browser.formToken,
      html`${trouble(sentence)}<label for="code">${words('code.label')}</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="64"${ofTrouble(sentence)}>
${button(words('code.button'))}`,
    )}
${way === 'mail' ? form('/reset/again', browser.formToken, button(words('code.again'), 'quiet')) : null}
<p><a class="button quiet" href="/reset">${words('code.other')}</a></p>
${stopForm(scene)}`,
  };
}

import { randomInt } from 'node:crypto';
import { type Desk, hostOf, type Scene } from './desk.js';

/** A new code, and what is kept of it. */
export function newCode(
  desk: Pick<Desk, 'keyed'>,
  browser: string,
): { readonly code: string; readonly hash: string } {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  return { code, hash: hashOf(desk, browser, code) };
}

/** A code is worth something in the browser that asked for it only. */
export function hashOf({ keyed }: Pick<Desk, 'keyed'>, browser: string, code: string): string {
  return keyed('code', `${browser}.${code}`);
}

/** Sends a code to who has an account; nobody waits for it, so that nobody can tell. */
export function sendCode(desk: Desk, { words }: Pick<Scene, 'words'>, mail: string, code: string): void {
  if (!desk.accounts.has(mail)) return;
  const values = { code, product: desk.product, host: hostOf(desk) };
  desk.mailer
    .send({ to: mail, subject: words('mail.code.subject', values), text: words('mail.code.text', values) })
    .catch(desk.fault);
}

/** Tells somebody that their password is another one now. */
export function sendChanged(desk: Desk, { words }: Pick<Scene, 'words'>, mail: string): void {
  const values = { product: desk.product, host: hostOf(desk) };
  desk.mailer
    .send({
      to: mail,
      subject: words('mail.changed.subject', values),
      text: words('mail.changed.text', values),
    })
    .catch(desk.fault);
}

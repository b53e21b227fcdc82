import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Name of the cookie: the browser itself sees to it that only this host over TLS sets it (RFC 6265bis, `__Host-`). */
const SAFE_NAME = '__Host-browser';
const LOCAL_NAME = 'browser';
const ID = /^[A-Za-z0-9_-]{22}$/;

/** A browser as the page knows it. */
export interface Browser {
  /** Only for the cookie. */
  readonly id: string;
  /** What the bot knows it by; says nothing of the cookie. */
  readonly name: string;
  /** Goes into every form; a page of somebody else cannot know it. */
  readonly formToken: string;
  /** Whether it had a cookie of ours already. */
  readonly isKnown: boolean;
}

/** Tells browsers apart by a signed cookie. */
export interface Browsers {
  /** The browser of a request; a new one for who brings no cookie of ours. */
  of(cookies: string | undefined): Browser;
  /** `Set-Cookie` for a browser. */
  cookie(browser: Browser): string;
  isFormToken(browser: Browser, given: unknown): boolean;
}

/** `isLocal`: for trying it out over plain HTTP on this machine. */
export function createBrowsers(secret: Uint8Array, isLocal = false): Browsers {
  const mac = (what: string, id: string): string =>
    createHmac('sha256', secret).update(`${what}\0${id}`).digest('base64url');
  const name = isLocal ? LOCAL_NAME : SAFE_NAME;
  const known = (id: string, isKnown: boolean): Browser => ({
    id,
    isKnown,
    name: mac('name', id),
    formToken: mac('form', id),
  });
  return {
    of: (cookies) => {
      const value = cookieOf(cookies, name);
      const [id = '', signature = ''] = value.split('.');
      if (ID.test(id) && same(signature, mac('cookie', id))) return known(id, true);
      return known(randomBytes(16).toString('base64url'), false);
    },
    cookie: ({ id }) =>
      `${name}=${id}.${mac('cookie', id)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400${isLocal ? '' : '; Secure'}`,
    isFormToken: ({ formToken }, given) => typeof given === 'string' && same(given, formToken),
  };
}

/** The value of a cookie; `''` without it. */
export function cookieOf(cookies: string | undefined, name: string): string {
  const found = (cookies ?? '')
    .slice(0, 4096)
    .split(';')
    .map((each) => each.trim())
    .find((each) => each.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? '';
}

/** In constant time for texts of the same length. */
function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

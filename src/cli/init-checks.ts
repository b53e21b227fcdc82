import { exampleText } from '../content/registry.js';
import { createGuard } from '../guard/index.js';
import { conversationId } from '../model/index.js';

/** An answer that can be used, or why it cannot, in one sentence. */
export type Checked<Value> = { readonly value: Value } | { readonly problem: string };

export const used = <Value>(value: Value): Checked<Value> => ({ value });
export const problem = (sentence: string): { readonly problem: string } => ({ problem: sentence });

/** Shapes of tokens, wherever in a text; what each is called. */
const TOKENS: readonly { readonly name: string; readonly shape: RegExp }[] = [
  { name: 'a token of Telegram', shape: /(?<![0-9])[0-9]{6,}:[A-Za-z0-9_-]{20,}/ },
  { name: 'a bot token of Slack', shape: /xox[a-z]-[A-Za-z0-9-]{10,}/ },
  { name: 'an app-level token of Slack', shape: /xapp-[A-Za-z0-9-]{10,}/ },
  {
    name: 'a token of Discord',
    shape: /(?<![\w.-])[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{20,}/,
  },
  { name: 'a signing secret', shape: /^[0-9a-f]{32}$/ },
  { name: 'a key', shape: /^(?:[A-Za-z0-9+/]{4}){10,}[A-Za-z0-9+/=]{4}$|^[A-Za-z0-9_-]{43}$/ },
];

/** What kind of secret a text looks like, or `null`. */
export function secretIn(text: string): string | null {
  const found = TOKENS.find(({ shape }) => shape.test(text.trim()));
  if (found !== undefined) return found.name;
  const asked = conversationId('console', { channel: 'init' }, 'you');
  return createGuard().inspect(asked, text, 0).secrets.length > 0 ? 'a secret' : null;
}

/** Sites that everybody may have a page on: as one's own site, strangers' pages would count as official. */
const SHARED = [
  ...[
    't.me',
    'telegram.me',
    'discord.gg',
    'discord.com',
    'slack.com',
    'x.com',
    'twitter.com',
    'facebook.com',
  ],
  ...['youtube.com', 'reddit.com', 'medium.com', 'github.com', 'github.io', 'gitbook.io', 'notion.site'],
  ...['linktr.ee', 'sites.google.com', 'docs.google.com', 'forms.gle', 'bit.ly', 'pages.dev', 'vercel.app'],
  ...['netlify.app', 'web.app', 'zendesk.com', 'apps.apple.com', 'play.google.com'],
];

/** An https address with a plain host, as the registry takes it. A missing `https://` is added. */
export function checkPage(text: string): Checked<string> {
  const typed = text.trim();
  if (/\s/.test(typed)) return problem('An address has no spaces in it.');
  if (/^http:/i.test(typed))
    return problem('It must begin with https://, or others can change the page on its way.');
  const address =
    /^[a-z][a-z0-9+.-]*:/i.test(typed) && !/^[^/]+:\d+(\/|$)/.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(address))
    return problem('That is no web address, such as https://your-wallet.com/reset.');
  const url = new URL(address);
  if (url.protocol !== 'https:') return problem('It must begin with https://.');
  if (url.username !== '' || url.password !== '') return problem('It must hold no user name or password.');
  if (url.port !== '') return problem('It must hold no port.');
  const { hostname } = url;
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/.test(hostname))
    return problem('Its host must be a public name, such as your-wallet.com.');
  if (exampleText(address)) return problem('That is an example; put your own.');
  const path = address.slice(address.indexOf('//') + 2).replace(/^[^/?#]*/, '');
  return used(`https://${hostname}${/^[?#]/.test(path) ? `/${path}` : path}`);
}

/** One's own site: only its origin counts. */
export function checkSite(text: string): Checked<string> {
  const page = checkPage(text);
  if ('problem' in page) return page;
  const { origin, hostname } = new URL(page.value);
  const shared = SHARED.find((host) => hostname === host || hostname.endsWith(`.${host}`));
  return shared === undefined
    ? used(origin)
    : problem(
        `Anybody can have a page on ${shared}; as your site, strangers' pages there would count as official.`,
      );
}

/** A page on one of one's own sites, or below one. */
export function checkOwnPage(text: string, sites: readonly string[]): Checked<string> {
  const page = checkPage(text);
  if ('problem' in page) return page;
  const { hostname } = new URL(page.value);
  const hosts = sites.map((site) => new URL(site).hostname);
  return hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))
    ? page
    : problem(`${hostname} is none of your sites (${hosts.join(', ')}). Add it there if it is yours.`);
}

export function checkMail(text: string): Checked<string> {
  const typed = text.trim();
  if (!/^[^\s@<>,;"]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(typed))
    return problem('That is no mail address, such as no-reply@your-wallet.com.');
  return exampleText(typed) ? problem('That is an example; put your own.') : used(typed.toLowerCase());
}

export function checkHandle(text: string): Checked<string> {
  const typed = text.trim();
  if (!/^@?[A-Za-z0-9._-]{2,64}$/.test(typed)) return problem('That is no handle, such as @your_wallet.');
  return exampleText(typed) ? problem('That is an example; put your own.') : used(typed);
}

/** A name that people know; 1 to 40 characters. */
export function checkName(text: string): Checked<string> {
  const typed = text.trim().replace(/\s+/g, ' ');
  if (typed === '' || [...typed].length > 40) return problem('A name has 1 to 40 characters.');
  if (/[\p{Cc}\p{Cf}]/u.test(typed))
    return problem('It holds a character that cannot be seen. Type it anew.');
  if (/[<>@]|:\/\/|^https?:/i.test(typed)) return problem('Only the name here, no address.');
  return exampleText(typed) ? problem('That is an example; put your own.') : used(typed);
}

export interface Hours {
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const HOURS =
  /^(?<first>[a-z]{3})(?:-(?<last>[a-z]{3}))?\s+(?<from>[0-9]{1,2}:[0-9]{2})\s*-\s*(?<to>[0-9]{1,2}:[0-9]{2})\s+(?<zone>\S+)$/i;

/** `mon-fri 09:00-18:00 Europe/Berlin`, or `always` (`null`). */
export function checkHours(text: string): Checked<Hours | null> {
  const typed = text.trim();
  if (/^always$/i.test(typed)) return used(null);
  const { first = '', last = '', from = '', to = '', zone = '' } = HOURS.exec(typed)?.groups ?? {};
  const begin = DAYS.indexOf(first.toLowerCase());
  const end = last === '' ? begin : DAYS.indexOf(last.toLowerCase());
  const isTime = (time: string): boolean => /^([01]?[0-9]|2[0-3]):[0-5][0-9]$/.test(time);
  if (begin < 0 || end < begin || !isTime(from) || !isTime(to))
    return problem('Write it like  mon-fri 09:00-18:00 Europe/Berlin  or  always.');
  const known = canonicalZone(zone);
  if (known === null) return problem('The time zone is none, such as Europe/Berlin or Asia/Shanghai.');
  return used({
    days: DAYS.slice(begin, end + 1),
    from: from.padStart(5, '0'),
    to: to.padStart(5, '0'),
    zone: known,
  });
}

/** As `checkHours` takes it. */
export function hoursText(hours: Hours | null): string {
  if (hours === null) return 'always';
  const { days, from, to, zone } = hours;
  const last = days.at(-1);
  return `${days[0]}${days.length > 1 ? `-${last}` : ''} ${from}-${to} ${zone}`;
}

function canonicalZone(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

import type { Registry } from '../content/index.js';
import type { OutboxRow } from '../model/index.js';
import { detect } from './secrets/index.js';

/** Anything that a reader or an app would take for an address: schemes, bare hosts, mail addresses, handles. */
const ADDRESS =
  /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|(?<![\w@./])@[A-Za-z][\w.]{2,63}|(?<![\w@/.-])(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?:\/[^\s]*)?/giu;
/** Punctuation that ends a sentence, not an address. */
const TRAILING = /[.,;:!?)\]}。，；：！？）]+$/u;

/** Verdicts that are remembered: most of what leaves are the same few hundred texts. */
const REMEMBERED = 2_000;

/**
 * The last look before the wire: `null`, or the code of the rule a row breaks. Only addresses of the live registry
 * leave, no secret leaves, and a row whose link was withdrawn stays.
 */
export function createOutboundPolicy(registry: () => Registry): (row: OutboxRow) => string | null {
  let judgedFor: Registry | null = null;
  let judged = new Map<string, string | null>();
  const judge = (text: string, live: Registry): string | null => {
    if (isUnlisted(text, live)) return 'unlisted-address';
    return detect(text).length > 0 ? 'secret-outbound' : null;
  };
  const verdict = (text: string, live: Registry): string | null => {
    if (judgedFor !== live || judged.size > REMEMBERED) {
      judged = new Map();
      judgedFor = live;
    }
    const known = judged.get(text);
    if (known !== undefined) return known;
    const fresh = judge(text, live);
    judged.set(text, fresh);
    return fresh;
  };
  return (row) => {
    const live = registry();
    if (row.links.some((name) => !live.links.has(name))) return 'link-withdrawn';
    if (row.shown.kind === 'delete') return null;
    for (const text of stringsOf(row.call.payload)) {
      const broken = verdict(text, live);
      if (broken !== null) return broken;
    }
    return null;
  };
}

function isUnlisted(text: string, registry: Registry): boolean {
  return [...text.matchAll(ADDRESS)].some(([found]) => {
    // Slack wants `&` escaped in texts.
    const address = found.replace(TRAILING, '').replaceAll('&amp;', '&');
    const bare = address.replace(/^@/, '').toLowerCase();
    if (registry.urls.has(address) || registry.mails.has(bare) || registry.handles.has(bare)) return false;
    return !(
      registry.hosts.includes(bare) ||
      registry.urls.has(`https://${address}`) ||
      isOwnDeepLink(address, registry)
    );
  });
}

/** Deep links into our own chat, made by the Telegram adapter from the registry's handle. */
function isOwnDeepLink(address: string, registry: Registry): boolean {
  const own = registry.bot.telegram?.replace(/^@/, '');
  return (
    own !== undefined && new RegExp(`^https://t\\.me/${own}\\?start=[A-Za-z0-9_-]{1,64}$`, 'i').test(address)
  );
}

/** Fields of platform calls that no person reads: ids, our own button payloads, and where an answer is sent to. */
const UNSEEN = new Set([
  ...['callback_data', 'data', 'chat_id', 'callback_query_id', 'message_id'],
  ...['channel', 'user', 'thread_ts', 'block_id', 'action_id', 'value', 'response_url'],
  ...['application_id', 'token', 'channel_id', 'user_id', 'custom_id'],
]);

/** Every string of a payload that people see. */
function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, entry]) => (UNSEEN.has(key) ? [] : stringsOf(entry)));
  }
  return [];
}

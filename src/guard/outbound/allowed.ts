import type { Registry } from '../../content/index.js';

/** Takes every address of the registry out of a text, as it stands there letter by letter. */
export type WithoutOurs = (text: string) => string;

/** Scripts that are written without blanks: their words may stand right beside an address. */
const CJK = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`;
/** What would make another address of it when it stood right before or behind one of ours. */
const BEFORE = String.raw`(?<!(?!${CJK})[\p{L}\p{N}\p{M}\p{Cf}_@.:/\\%#&=?+~-])`;
const AFTER = String.raw`(?!(?!${CJK})[\p{L}\p{N}\p{M}\p{Cf}_@/\\%#&=?+~-]|[.:]{1,3}[\p{L}\p{N}\p{Cf}/\\])`;
/** A path goes on with any letter. */
const AFTER_PATH = String.raw`(?!\p{L})`;
/** A deep link into our own chat has a parameter of its own (core.telegram.org/bots/features#deep-linking). */
const START = String.raw`(?:\?start=[A-Za-z0-9_-]{1,64})?`;

/**
 * For a registry: its addresses, its hosts as words, its mail addresses, handles and numbers, and links into the chat
 * of our own Telegram bot. Nothing that only resembles one of them, continues it or leads to another page of a host.
 */
export function withoutOurs(registry: Registry): WithoutOurs {
  const own = registry.bot.telegram?.replace(/^@/, '');
  const urls = [...registry.urls].flatMap((url) => {
    const bare = url.replace(/\/$/, '');
    return [bare, `${bare}/`, bare.replace(/^https:\/\//, ''), `${bare.replace(/^https:\/\//, '')}/`];
  });
  const exact = [
    ...urls.map((url) => `${escaped(url)}${AFTER_PATH}`),
    ...[...registry.hosts, ...registry.mails].map(escaped),
  ];
  const handles = [...registry.handles].map((handle) => `@${escaped(handle)}`);
  const patterns = [
    ...exact.sort((a, b) => b.length - a.length),
    ...(own === undefined ? [] : [`https:\\/\\/t\\.me\\/${escaped(own)}${START}`]),
    ...handles.sort((a, b) => b.length - a.length),
  ];
  const addresses = new RegExp(`${BEFORE}(?:${patterns.join('|')})${AFTER}`, 'giu');
  const phones = [...registry.phones].map((digits) => [...digits].join('[ ().-]{0,2}'));
  const numbers =
    phones.length === 0
      ? null
      : new RegExp(String.raw`(?<![\p{N}+])\+?\(?(?:${phones.join('|')})(?!\p{N}|[ .-]{1,2}\p{N})`, 'gu');
  return (text) => {
    // Ignoring case makes a Kelvin sign a k: only what is ASCII is ours.
    const rest = text.replace(addresses, (found) => (/^[ -~]+$/.test(found) ? ' ' : found));
    return numbers === null ? rest : rest.replace(numbers, ' ');
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

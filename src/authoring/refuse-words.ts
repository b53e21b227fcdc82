import widthOf from 'fast-string-width';
import { type Bundle, compileMessage, didYouMean, lostToApostrophe } from '../content/index.js';
import { RESERVED_FLOWS } from '../content/parse-flow.js';
import { VALUES_ANYWHERE } from '../content/values.js';
import { createGuard } from '../guard/index.js';
import { holdsContact } from '../guard/outbound/contacts.js';
import { holdsMarkup } from '../guard/outbound/markup.js';
import { conversationId, GLOBAL_WORDS } from '../model/index.js';
import { asksSecret } from './asks-secret.js';
import type { CheckWords } from './check-words.js';
import { falseLetters } from './false-letters.js';
import { withoutValues } from './without-values.js';

/** What kind of words a text is; each has its own longest form. */
export type WordsKind = 'title' | 'label' | 'text';

/** Longest texts: a Chinese character counts as two. */
const MAX_WIDTH: Readonly<Record<WordsKind, number>> = { title: 24, label: 40, text: 1_500 };
const MAX_NAME_CHARS = 40;
const MAX_PHRASE_CHARS = 200;
/** Names that are targets, files or words of their own. */
const RESERVED = [
  ...RESERVED_FLOWS,
  'menu',
  'answers',
  'official',
  'title',
  'true',
  'false',
  'null',
  ...GLOBAL_WORDS,
];
/** Values that a new text may use: those of all texts, and the address of the link below it. */
const USABLE = [...VALUES_ANYWHERE, 'address'];

/** Why a name cannot be that of a new answer or flow, in a sentence; `null` when it can. */
export function refuseName(bundle: Bundle, typed: string): string | null {
  const name = typed.trim();
  if (name === '') return 'A name is needed.';
  const odd = refuseLetters(name, 'en');
  if (odd !== null) return odd;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    const nearest = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[-0-9]+|-+$/g, '');
    return `A name is small Latin letters and digits, with "-" between words${nearest === '' ? ', such as fees-abroad.' : `: ${nearest}`}`;
  }
  if (name.length > MAX_NAME_CHARS) return `A name has at most ${MAX_NAME_CHARS} characters.`;
  if (RESERVED.includes(name)) return `"${name}" is a word of the program itself. Choose another name.`;
  const flow = bundle.flows.get(name);
  if (flow !== undefined) return `There is "${name}" already, in ${flow.file}. Choose another name.`;
  const owner = bundle.triggers.get(name);
  if (owner !== undefined)
    return `What people mean by "${name}" already starts "${owner}". Choose another name.`;
  return null;
}

/** What new words are judged by. */
export interface Judged {
  readonly bundle: Bundle;
  /** The words of the check, of each language that has some. */
  readonly checkWords: ReadonlyMap<string, CheckWords>;
}

/**
 * Why a text cannot be said to people, in a sentence; `null` when it can. `like` is the same text in another locale.
 */
export function refuseText(
  { bundle, checkWords }: Judged,
  locale: string,
  kind: WordsKind,
  typed: string,
  like: string | null,
): string | null {
  const text = typed.trim();
  if (text === '') return 'This one is needed: an empty text says nothing.';
  if (widthOf(text) > MAX_WIDTH[kind])
    return `That is too long: at most ${MAX_WIDTH[kind]} characters (${MAX_WIDTH[kind] / 2} Chinese), and this has ${widthOf(text)}.`;
  if (kind !== 'text' && text.includes('\n')) return 'This one stands in one line.';
  return (
    refuseLetters(text, locale) ??
    refuseAddress(text) ??
    refuseSecret(text, checkWords.get(locale)) ??
    refuseMarkup(text) ??
    refuseValues(bundle, locale, text, like)
  );
}

/** Why a phrase cannot be one of a new intent, in a sentence; `null` when it can. `before` are those it has already. */
export function refusePhrase(
  bundle: Bundle,
  locale: string,
  typed: string,
  before: readonly string[],
): string | null {
  const phrase = typed.trim();
  if (phrase === '') return 'Write what somebody would type.';
  if (phrase.length > MAX_PHRASE_CHARS) return `A phrase has at most ${MAX_PHRASE_CHARS} characters.`;
  if (phrase.includes('\n')) return 'A phrase stands in one line.';
  const odd = refuseLetters(phrase, locale);
  if (odd !== null) return odd;
  if (holdsSecret(phrase)) return 'That looks like a real secret. It belongs nowhere where people read.';
  const same = (other: string): boolean => other.trim().toLowerCase() === phrase.toLowerCase();
  if (before.some(same)) return 'You wrote that one already. Say it in another way.';
  const book = bundle.phrases.get(locale);
  if (book === undefined) return null;
  const word = GLOBAL_WORDS.find((name) => book.global[name].some(same));
  if (word !== undefined) return `That always means "${word}", everywhere. Say it in another way.`;
  if ([...book.yes, ...book.no].some(same)) return 'That means yes or no. Say it in another way.';
  const owner = [...book.intents].find(([, phrases]) => phrases.some(same));
  return owner === undefined ? null : `"${owner[0]}" has that phrase already. Say it in another way.`;
}

/** Why a link cannot be given, in a sentence; `null` when the registry has it. */
export function refuseLink(bundle: Bundle, name: string): string | null {
  if (bundle.registry.links.has(name)) return null;
  if (/[/:]|\./.test(name))
    return 'Name a link, no address: addresses stand in flows/official.yaml and nowhere else.';
  return `flows/official.yaml has no link "${name}"${didYouMean(name, [...bundle.registry.links.keys()])}`;
}

/** What people would not see, or take for something else, in a sentence; `null` for none. */
function refuseLetters(text: string, locale: string): string | null {
  const found = falseLetters(text, locale);
  if (found === null) return null;
  return found.kind === 'unseen'
    ? 'It holds a character that cannot be seen. Type it anew.'
    : `"${found.word}" has a letter that only looks like the right one. Type it anew.`;
}

function refuseAddress(text: string): string | null {
  return holdsContact(withoutValues(text))
    ? 'No address, handle or number in a text: they stand in flows/official.yaml. Give the link by its name instead.'
    : null;
}

function refuseSecret(text: string, words: CheckWords | undefined): string | null {
  if (holdsSecret(text)) return 'That looks like a real secret. It belongs nowhere where people read.';
  const asking = words === undefined ? undefined : asksSecret(text, words)[0];
  return asking === undefined
    ? null
    : `This asks for a secret: "${asking}" Nobody may be asked for one, and whoever reads it here would believe the next thief, too.`;
}

function refuseMarkup(text: string): string | null {
  return holdsMarkup(withoutValues(text)) || /\*\*|__/.test(text)
    ? 'Only plain words: no HTML, no Markdown.'
    : null;
}

function refuseValues(bundle: Bundle, locale: string, text: string, like: string | null): string | null {
  const lost = lostToApostrophe(text);
  if (lost !== null)
    return `The apostrophe takes ${lost.slice(1)} away. Write two of them before a brace: '${lost}`;
  const message = compileMessage(locale, text, bundle.timesMs);
  if ('error' in message) return `This text ${message.error}.`;
  const { placeholders } = message;
  const unknown = placeholders.find((name) => !USABLE.includes(name));
  if (unknown !== undefined) return `There is no value {${unknown}}${didYouMean(unknown, USABLE)}`;
  if (like === null) return null;
  const other = compileMessage(locale, like, bundle.timesMs);
  if ('error' in other || other.placeholders.join() === placeholders.join()) return null;
  const named = other.placeholders.map((name) => `{${name}}`).join(', ');
  return `The other language uses ${named === '' ? 'no values' : named} here; use the same.`;
}

function holdsSecret(text: string): boolean {
  const asked = conversationId('console', { channel: 'new' }, 'you');
  return createGuard().inspect(asked, text, 0).secrets.length > 0;
}

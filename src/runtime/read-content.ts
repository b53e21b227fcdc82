import { type Bundle, messageOf } from '../content/index.js';
import type { Conversation, Expected, Position } from '../conversation/index.js';
import {
  askedIn,
  type ConversationEvent,
  type ConversationId,
  type Expectation,
  type Found,
  type Guard,
  type InboundContent,
  type InboundMessage,
  type Offer,
  type SecretKind,
  type Understanding,
} from '../model/index.js';
import { type Script, scriptOf } from '../understanding/index.js';
import type { ButtonSigner } from './buttons.js';

/** An inbound message after the guard: the only form in which it travels on. */
export interface Inspection {
  readonly content: InboundContent;
  readonly secrets: readonly SecretKind[];
  /** What may be a secret, where nothing surely is one. */
  readonly held: SecretKind | null;
  /** It may be a part of a phrase that is spread over several messages. */
  readonly mayBePart?: boolean;
  /** How many words of lists it has that is nothing else, where nothing was found in it. */
  readonly listWords?: number;
  /** References of earlier messages that hold a part of a secret found now. */
  readonly earlier: readonly string[];
  /** Only the beginning of the text was read. */
  readonly cut: boolean;
  /** The script of all words, of those that were removed too; `null` without any. */
  readonly script: Script | null;
}

/** Longest text that is read, in UTF-16 units; the rest is cut off. */
const MAX_READ_CHARS = 4096;
/** Longest text that is looked at by the guard. */
const MAX_INSPECTED_CHARS = 65_536;

/** Finds and removes secrets in everything of a message that can carry text. */
export function inspectContent(
  guard: Guard,
  { conversation, content, messageRef }: Pick<InboundMessage, 'conversation' | 'content' | 'messageRef'>,
  at: number,
): Inspection {
  const secrets: SecretKind[] = [];
  const earlier: string[] = [];
  let held: SecretKind | null = null;
  let cut = false;
  let mayBePart = false;
  let listWords = 0;
  const clean = (text: string): string => {
    if (text === '') return text;
    const inspected = guard.inspect(
      conversation,
      readable(text.slice(0, MAX_INSPECTED_CHARS)),
      at,
      messageRef,
    );
    held ??= inspected.held ?? null;
    mayBePart ||= inspected.mayBePart === true;
    listWords += inspected.listWords ?? 0;
    earlier.push(...(inspected.earlier ?? []));
    for (const kind of inspected.secrets) if (!secrets.includes(kind)) secrets.push(kind);
    cut ||= inspected.clean.length > MAX_READ_CHARS || text.length > MAX_INSPECTED_CHARS;
    return inspected.clean.slice(0, MAX_READ_CHARS);
  };
  const cleaned = cleanContent(content, clean);
  const script = tellingScript(ownWords(content));
  return {
    content: cleaned,
    secrets,
    held: secrets.length > 0 ? null : held,
    earlier,
    cut,
    script,
    mayBePart,
    ...(listWords > 0 && secrets.length === 0 ? { listWords } : {}),
  };
}

/** Latin words are mixed into every language, but no other into a language that is written in Latin letters. */
function tellingScript(words: string): Script | null {
  const read = words.slice(0, MAX_READ_CHARS);
  return scriptOf(read.replace(/\p{Script=Latin}+/gu, ' ')) ?? scriptOf(read);
}

/** What the person wrote, without the names of files. */
function ownWords(content: InboundContent): string {
  if (content.kind === 'media') return content.caption;
  return content.kind === 'text' || content.kind === 'edit' ? content.text : '';
}

/**
 * With blanks for control characters (line breaks and tabs stay), which separate words, and without halves of surrogate
 * pairs.
 */
function readable(text: string): string {
  return text
    .replace(/[\r\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, ' ')
    .replace(/\p{Cs}/gu, '');
}

function cleanContent(content: InboundContent, clean: (text: string) => string): InboundContent {
  switch (content.kind) {
    case 'text':
      return {
        ...content,
        text: clean(content.text),
        ...(content.forwardedFrom === undefined ? {} : { forwardedFrom: clean(content.forwardedFrom) }),
        ...(content.hiddenLinks === undefined ? {} : { hiddenLinks: content.hiddenLinks.map(clean) }),
      };
    case 'edit':
    case 'withdrawn':
    case 'command':
      return { ...content, text: clean(content.text) };
    case 'media':
      return { ...content, caption: clean(content.caption), fileName: clean(content.fileName) };
    case 'start':
      return { ...content, payload: clean(content.payload) };
    case 'contact':
      return { ...content, phone: clean(content.phone) };
    case 'tap':
    case 'reachable':
      return content;
  }
}

/** What a message means, with the language it is written in. `foreign-button`: a tap that is not this person's. */
export type Meaning =
  | { readonly kind: 'events'; readonly events: readonly ConversationEvent[]; readonly locale: string | null }
  | { readonly kind: 'foreign-button' }
  | { readonly kind: 'nothing' };

interface Reading {
  readonly bundle: Bundle;
  readonly conversation: Conversation;
  readonly understanding: Understanding;
  readonly buttons: ButtonSigner;
}

const event = (...events: readonly ConversationEvent[]): Meaning => ({
  kind: 'events',
  events,
  locale: null,
});

/** Begins the payload of the deep link by which a person comes back from the official page. */
export const RETURN_PREFIX = 'r_';

/** Commands that are global words. */
const COMMAND_WORDS = {
  help: 'help',
  language: 'language',
  human: 'human',
  cancel: 'cancel',
  restart: 'restart',
  forgetme: 'forget-me',
} as const;

/** Turns an inspected message into the events it means at this point of the conversation. Pure. */
export function readContent(
  reading: Reading,
  id: ConversationId,
  inspection: Inspection,
  position: Position,
  offers: readonly Offer[],
  locale: string,
  messageRef: string | null = null,
): Meaning {
  const { content, secrets, held, earlier, cut } = inspection;
  // What the rest of it asks for is asked again once the doubt is gone.
  if (held !== null) return event({ kind: 'held', secret: held, ref: messageRef });
  const first: readonly ConversationEvent[] =
    secrets.length > 0
      ? [{ kind: 'secret', secrets, removed: true, ...(earlier.length > 0 ? { earlier } : {}) }]
      : [];
  switch (content.kind) {
    case 'tap': {
      const read = reading.buttons.read(id, content.data);
      if (read === null) return { kind: 'foreign-button' };
      const offer = offers.find((entry) => entry.turn === read.turn && entry.index === read.index);
      return event(withLiveLinks(reading.bundle, offer?.event) ?? { kind: 'other', input: 'old-button' });
    }
    case 'start':
      if (content.payload.startsWith(RETURN_PREFIX))
        return event({ kind: 'returned', nonce: content.payload.slice(RETURN_PREFIX.length) });
      return event(
        content.resume === true && content.payload === ''
          ? { kind: 'resume' }
          : arrival(reading.bundle, id, content.payload),
      );
    case 'command': {
      const named = content.text.trim();
      if (content.name === 'language' && Object.hasOwn(reading.bundle.locales.names, named))
        return event({ kind: 'locale', locale: named });
      if (content.name === 'start') return event(...first, { kind: 'start', flow: null });
      const word = Object.hasOwn(COMMAND_WORDS, content.name)
        ? COMMAND_WORDS[content.name as keyof typeof COMMAND_WORDS]
        : null;
      return event(
        ...first,
        word === null ? { kind: 'other', input: 'unknown-command' } : { kind: 'global', word },
      );
    }
    case 'contact':
      return event(
        found([{ kind: 'number', value: content.phone }], reading.conversation.expected(position)),
      );
    case 'media':
      return first.length > 0
        ? readText(reading, { kind: 'text', text: content.caption }, first, position, locale)
        : readMedia(reading, content, position, locale);
    case 'edit':
      return first.length > 0 ? event(...first) : event({ kind: 'other', input: 'edited' });
    case 'withdrawn':
      return first.length > 0 ? event(...first) : { kind: 'nothing' };
    case 'reachable':
      return { kind: 'nothing' };
    case 'text':
      return cut
        ? orTooLong(readText(reading, content, first, position, locale))
        : readText(reading, content, first, position, locale);
  }
}

/** Of a button below links, those that are still official; `undefined` when none is. */
function withLiveLinks(
  { registry }: Bundle,
  offered: ConversationEvent | undefined,
): ConversationEvent | undefined {
  if (offered?.kind !== 'wont-open') return offered;
  const links = offered.links.filter((name) => registry.links.has(name));
  return links.length === 0 ? undefined : { ...offered, links };
}

function readText(
  { bundle, conversation, understanding }: Reading,
  content: Extract<InboundContent, { kind: 'text' }>,
  first: readonly ConversationEvent[],
  position: Position,
  locale: string,
): Meaning {
  const rest = content.text.trim();
  if (rest === '') return first.length > 0 ? event(...first) : event({ kind: 'other', input: 'empty' });
  const expected = conversation.expected(position);
  const spoken = understanding.localeOf(rest) ?? locale;
  const { event: understood, locale: written } = understanding.understand(
    rest,
    spoken,
    expectation(bundle, expected, spoken),
  );
  const shown = shownIn(content);
  const meant = shown.length === 0 ? understood : found([...shown, ...foundIn(understood)], expected);
  return { kind: 'events', events: behindSecrets(first, rest, meant), locale: written };
}

/**
 * What is left of a text, behind the event of the secrets that were taken out of it, if any were. A clear wish beside a
 * secret follows it: the machine answers it, or keeps it until the emergency is over.
 */
export function behindSecrets(
  first: readonly ConversationEvent[],
  rest: string,
  understood: ConversationEvent,
): readonly ConversationEvent[] {
  if (first.length === 0) return [understood];
  return understood.kind === 'intent' && rest !== '' && !isAnnouncement(rest)
    ? [...first, understood]
    : first;
}

/** Whether all that is left beside a secret is the words that announced it ("my password is"). */
function isAnnouncement(rest: string): boolean {
  return /^[^.!?。！？\n,，]{0,80}(?:\b(?:is|was)|[:：=是为為])\s*$/iu.test(rest);
}

/** A picture or file cannot be looked at; what is written below it can. */
function readMedia(
  reading: Reading,
  content: Extract<InboundContent, { kind: 'media' }>,
  position: Position,
  locale: string,
): Meaning {
  const seen: ConversationEvent = { kind: 'other', input: content.media };
  const caption = readText(reading, { kind: 'text', text: content.caption }, [], position, locale);
  if (
    caption.kind !== 'events' ||
    caption.events.some((one) => one.kind === 'unclear' || one.kind === 'other')
  )
    return event(seen);
  return { ...caption, events: [seen, ...caption.events] };
}

/** Where a deep link leads. Only the terminal, a tool of those who write flows, may name a step. */
function arrival(bundle: Bundle, id: ConversationId, payload: string): ConversationEvent {
  const [flow = '', step] = payload.split('.');
  const known = bundle.flows.get(flow);
  if (known === undefined) return { kind: 'start', flow: null };
  return step !== undefined && known.steps.has(step) && id.startsWith('console:')
    ? { kind: 'start', flow, step }
    : { kind: 'start', flow };
}

/** Of a text that was cut off, what was not understood is asked for again, in short. */
function orTooLong(meaning: Meaning): Meaning {
  if (meaning.kind !== 'events') return meaning;
  const events = meaning.events.map(
    (one): ConversationEvent => (one.kind === 'unclear' ? { kind: 'other', input: 'too-long' } : one),
  );
  return { ...meaning, events };
}

/** Something to look up: the answer, where that is asked for; else the question whether it is official. */
function found(values: readonly Found[], expected: Expected): ConversationEvent {
  const asked = askedIn(values, expected.expects);
  if (asked !== null) return { kind: 'answer', value: asked };
  return { kind: 'intent', intent: 'is-it-official', found: values };
}

/** Whose message it was, and where its words lead without showing it: that is what is asked about. */
function shownIn({
  forwardedFrom,
  hiddenLinks = [],
}: Extract<InboundContent, { kind: 'text' }>): readonly Found[] {
  const links = hiddenLinks.map((value): Found => ({ kind: 'link', value }));
  return forwardedFrom === undefined ? links : [{ kind: 'handle', value: forwardedFrom }, ...links];
}

/** What the words themselves show beside that. */
function foundIn(understood: ConversationEvent): readonly Found[] {
  if (understood.kind === 'answer')
    return understood.value.split('\n').map((value) => ({ kind: 'link', value }) as const);
  return 'found' in understood ? (understood.found ?? []) : [];
}

function expectation(bundle: Bundle, expected: Expected, locale: string): Expectation {
  const choices = expected.choices.map(({ value, label, means }) => ({
    value,
    means,
    label: messageOf(bundle, locale, label)?.format(() => undefined) ?? '',
  }));
  return { choices, expects: expected.expects };
}

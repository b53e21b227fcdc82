import { type Bundle, messageOf } from '../content/index.js';
import type { Conversation, Expected, Position } from '../conversation/index.js';
import {
  askedIn,
  type ConversationEvent,
  type ConversationId,
  type Expectation,
  type Found,
  type InboundContent,
  type Offer,
  type Understanding,
} from '../model/index.js';
import { hear } from '../understanding/index.js';
import type { ButtonSigner } from './buttons.js';
import type { Inspection } from './inspect-content.js';

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
  // Beside that, only what is an address or account by its form: "here" is a word for the link below it.
  const meant = shown.length === 0 ? understood : found([...shown, ...hear(rest).found], expected);
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

function expectation(bundle: Bundle, expected: Expected, locale: string): Expectation {
  const choices = expected.choices.map(({ value, label, means }) => ({
    value,
    means,
    label: messageOf(bundle, locale, label)?.format(() => undefined) ?? '',
  }));
  return { choices, expects: expected.expects };
}

import type { Guard, InboundContent, InboundMessage, SecretKind } from '../model/index.js';
import { type Script, scriptOf } from '../understanding/index.js';

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

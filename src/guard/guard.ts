import type { ConversationId, Guard, Inspected, SecretKind } from '../model/index.js';
import { findByPattern } from './patterns.js';
import { bareListWords, phrasesIn, type Span } from './phrase-runs.js';

/** How long words of earlier messages count, so that a phrase split over several is seen. */
const SPLIT_WINDOW_MS = 900_000;
/** Conversations whose last words are kept, in memory only. */
const REMEMBERED = 10_000;
/** Words kept of one conversation: two phrases of 24. */
const MAX_KEPT_WORDS = 48;
/** Fewest list words of one message that are remembered: a line that is hardly anything else. */
const MIN_PART_WORDS = 3;
/** Zero-width and bidirectional characters, which hide words from a reader and from a matcher. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

interface Part {
  readonly words: readonly string[];
  readonly at: number;
}

/** How grave each kind is, gravest first: it decides which help comes first. */
const GRAVITY: readonly SecretKind[] = ['phrase', 'key', 'password', 'code'];

/**
 * The inbound guard: finds secrets and takes them out of the text. The words of a message that might be part of a
 * split phrase live in this process only, for 15 minutes, and are dropped as soon as a phrase is found.
 */
export function createGuard(): Guard {
  const parts = new Map<ConversationId, Part>();
  return {
    inspect: (conversation, text, at) => {
      const visible = text.replace(INVISIBLE, '');
      const spans: { readonly kind: SecretKind; readonly span: Span }[] = phrasesIn(visible).map((span) => ({
        kind: 'phrase',
        span,
      }));
      for (const found of findByPattern(visible)) spans.push({ kind: found.kind, span: found });
      if (spans.length === 0 && completesPhrase(parts, conversation, visible, at)) {
        spans.push({ kind: 'phrase', span: { start: 0, end: visible.length } });
      }
      if (spans.some(({ kind }) => kind === 'phrase')) parts.delete(conversation);
      return {
        clean: cut(
          visible,
          spans.map(({ span }) => span),
        ),
        secrets: GRAVITY.filter((kind) => spans.some((found) => found.kind === kind)),
      } satisfies Inspected;
    },
  };
}

/** Whether this message completes a phrase begun in earlier ones; its words are remembered otherwise. */
function completesPhrase(
  parts: Map<ConversationId, Part>,
  conversation: ConversationId,
  text: string,
  at: number,
): boolean {
  const words = bareListWords(text);
  if (words === null || words.length < MIN_PART_WORDS) return false;
  const before = parts.get(conversation);
  const joined = [
    ...(before !== undefined && at - before.at <= SPLIT_WINDOW_MS ? before.words : []),
    ...words,
  ];
  if (phrasesIn(joined.join(' ')).length > 0) return true;
  parts.delete(conversation);
  parts.set(conversation, { words: joined.slice(-MAX_KEPT_WORDS), at });
  const oldest = parts.keys().next().value;
  if (parts.size > REMEMBERED && oldest !== undefined) parts.delete(oldest);
  return false;
}

/** The text without the spans; each leaves one space, and nothing of it. */
function cut(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  let clean = '';
  let from = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start > from) clean += `${text.slice(from, start)} `;
    from = Math.max(from, end);
  }
  return `${clean}${text.slice(from)}`.trim();
}

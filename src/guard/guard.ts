import type { ConversationId, Guard, Inspected, SecretKind } from '../model/index.js';
import { detectIn } from './secrets/detect.js';
import {
  bareWords,
  type Confidence,
  type DetectOptions,
  detect,
  type Finding,
  type FoundSecretKind,
  mayBePart,
  rememberable,
} from './secrets/index.js';
import { createMeter } from './secrets/meter.js';
import { type PlainText, plainText } from './secrets/plain-text.js';

/** How long words of earlier messages count, so that a phrase split over several is seen. */
const SPLIT_WINDOW_MS = 900_000;
/** Conversations whose last words are kept, in memory only. */
const REMEMBERED = 10_000;
/** Messages kept of one conversation: a phrase of 24 words, one a message. */
const MAX_PARTS = 24;
/** Zero-width and bidirectional characters, which hide words from a reader and from a matcher. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** How often what is left is looked at again: a removal may bring two halves together. */
const MAX_PASSES = 4;

interface Part {
  /** List words only, with marks in the place of all others. */
  readonly words: string;
  readonly at: number;
  /** Reference of the message, where it can be named. */
  readonly ref: string | null;
}

/** Fewest words of a whole phrase: after that many, what comes next is no part of it. */
const WHOLE_PHRASE = 12;

/** How grave each kind is, gravest first: it decides which help comes first. */
const GRAVITY: readonly SecretKind[] = ['phrase', 'key', 'password', 'code'];
/** A token opens what a key opens: it counts as one. */
const AS_TOLD: Readonly<Record<FoundSecretKind, SecretKind>> = {
  phrase: 'phrase',
  key: 'key',
  token: 'key',
  password: 'password',
  code: 'code',
};

/** What is known of a conversation's last 15 minutes. */
interface Memory {
  readonly parts: readonly Part[];
  /** A part of a phrase was found: how many words that message had. The words themselves are gone. */
  readonly told: { readonly words: number; readonly at: number } | null;
}

/**
 * The inbound guard: finds secrets and takes them out of the text, those that only may be one too. List words of a
 * message that might be part of a split phrase live in this process only, for 15 minutes, and are dropped as soon as a
 * phrase is found.
 */
export function createGuard(): Guard {
  const memories = new Map<ConversationId, Memory>();
  return {
    inspect: (conversation, text, at, ref) => {
      const { parts, told } = recent(memories.get(conversation), at);
      const plain = plainText(text, createMeter());
      const { clean, findings } = cleaned(text, plain, {
        previous: parts.map(({ words }) => words),
        ...(told === null ? {} : { telling: told.words }),
      });
      const words = rememberable(plain);
      const hasPhrase = findings.some(isPhrase);
      const earlier = hasPhrase ? earlierParts(text, parts) : [];
      const all = words === '' ? parts : [...parts, { words, at, ref: ref ?? null }].slice(-MAX_PARTS);
      const total = all.reduce((sum, part) => sum + wordsIn(part.words), 0);
      const isPart = hasPhrase && total < WHOLE_PHRASE;
      remember(memories, conversation, {
        parts: hasPhrase ? [] : all,
        told: isPart ? { words: wordsIn(words), at } : hasPhrase ? null : told,
      });
      const secrets = kindsOf(findings, 'hard');
      const listWords = findings.length > 0 ? 0 : newWords(bareWords(plain), parts);
      const [held] = secrets.length > 0 ? [] : kindsOf(findings, 'maybe');
      return {
        clean: clean.replace(INVISIBLE, ''),
        secrets,
        ...(held === undefined ? {} : { held }),
        ...(earlier.length === 0 ? {} : { earlier }),
        ...(listWords > 0 ? { listWords } : {}),
        ...(secrets.length === 0 && (mayBePart(plain) || told !== null) ? { mayBePart: true } : {}),
      } satisfies Inspected;
    },
  };
}

function isPhrase({ kind, confidence }: Finding): boolean {
  return kind === 'phrase' && confidence === 'hard';
}

/** The kinds found with a confidence, the gravest first. */
function kindsOf(findings: readonly Finding[], wanted: Confidence): readonly SecretKind[] {
  const kinds = new Set(
    findings.flatMap(({ kind, confidence }) => (confidence === wanted ? [AS_TOLD[kind]] : [])),
  );
  return GRAVITY.filter((kind) => kinds.has(kind));
}

/** The messages that hold the rest of a phrase which this one ends; none when it stands here as a whole. */
function earlierParts(text: string, parts: readonly Part[]): readonly string[] {
  if (parts.length === 0 || detect(text).some(isPhrase)) return [];
  return parts.flatMap(({ ref }) => ref ?? []);
}

/** How many words were not said before: who writes "language" again and again tells no phrase. */
function newWords(words: readonly string[], parts: readonly Part[]): number {
  const said = new Set(parts.flatMap((part) => part.words.split(' ')));
  return new Set(words.filter((word) => !said.has(word))).size;
}

function wordsIn(words: string): number {
  return words === '' ? 0 : words.split(' ').length;
}

function recent(memory: Memory | undefined, at: number): Memory {
  const isRecent = (part: { readonly at: number }): boolean => at - part.at <= SPLIT_WINDOW_MS;
  const told = memory?.told ?? null;
  return {
    parts: (memory?.parts ?? []).filter(isRecent),
    told: told !== null && isRecent(told) ? told : null,
  };
}

function remember(memories: Map<ConversationId, Memory>, conversation: ConversationId, memory: Memory): void {
  memories.delete(conversation);
  if (memory.parts.length > 0 || memory.told !== null) memories.set(conversation, memory);
  const oldest = memories.keys().next().value;
  if (memories.size > REMEMBERED && oldest !== undefined) memories.delete(oldest);
}

/** The text without its secrets, and all that were found. */
function cleaned(
  text: string,
  plain: PlainText,
  known: DetectOptions,
): { readonly clean: string; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  let clean = text;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const found = pass === 0 ? detectIn(clean, plain, known) : detect(clean);
    if (found.length === 0) break;
    findings.push(...found);
    clean = cut(clean, found);
  }
  return { clean, findings };
}

/** The text without the findings; each leaves one space, and nothing of it. */
function cut(text: string, findings: readonly Finding[]): string {
  let clean = '';
  let from = 0;
  for (const { start, end } of findings) {
    if (start > from) clean += `${text.slice(from, start)} `;
    from = Math.max(from, end);
  }
  return `${clean}${text.slice(from)}`.trim();
}

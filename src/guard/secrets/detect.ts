import { announcedTokensIn } from './announced-tokens.js';
import { authenticatorSeedsIn } from './authenticator-seeds.js';
import { type Confidence, type Finding, type FoundSecretKind, merged, type Span } from './finding.js';
import { keyFilesIn } from './key-files.js';
import { keysIn } from './keys.js';
import { createMeter, type Meter } from './meter.js';
import { bareWordsIn, mayContinue, phraseAcross, phrasesIn } from './phrases.js';
import { type PlainText, plainText } from './plain-text.js';
import { sayingsIn } from './sayings/sayings.js';
import { serviceTokensIn } from './service-tokens.js';

/** What is known beside the text itself. */
export interface DetectOptions {
  /** The same person's messages of the last 15 minutes, the oldest first: a phrase may be spread over them. */
  readonly previous?: readonly string[];
  /**
   * A part of a phrase was found within the last 15 minutes, in a message with so many words: one as long with nothing
   * but list words is the next part.
   */
  readonly telling?: number;
  /** Counts the work done, for tests. */
  readonly meter?: Meter;
}

/** How much of earlier messages counts, in UTF-16 units: two phrases of 24 words. */
const MAX_PREVIOUS = 600;

/**
 * Every secret in a text, in its order, without overlaps. Pure: the same text and options give the same findings, and
 * nothing is kept. Linear in the length of the text; throws for no text.
 */
export function detect(text: string, options: DetectOptions = {}): readonly Finding[] {
  const meter = options.meter ?? createMeter();
  return detectIn(text, plainText(text, meter), { ...options, meter });
}

/** The same for a text whose plain form is known. */
export function detectIn(text: string, plain: PlainText, options: DetectOptions): readonly Finding[] {
  const meter = options.meter ?? createMeter();
  const findings: Finding[] = [];
  const add = (kind: FoundSecretKind, spans: readonly (Span & { confidence?: Confidence })[]): void => {
    for (const { start, end, confidence = 'hard' } of spans)
      if (end > start) findings.push({ kind, confidence, ...plain.origin(start, end) });
  };
  add('phrase', phrasesIn(plain, meter));
  add('key', keysIn(plain, meter));
  add('key', keyFilesIn(plain, meter));
  add('code', authenticatorSeedsIn(plain, meter));
  add('token', serviceTokensIn(plain, meter));
  add('token', announcedTokensIn(plain, meter));
  for (const saying of sayingsIn(plain, meter)) add(saying.kind, [saying]);
  const more =
    options.telling === undefined ? null : bareWordsIn(plain, wordsOfNextPart(options.telling), meter);
  if (more !== null) add('phrase', [more]);
  const previous = options.previous ?? [];
  if (
    previous.length > 0 &&
    !findings.some(({ kind, confidence }) => kind === 'phrase' && confidence === 'hard')
  )
    findings.push(...continued(text, plain, previous, meter));
  return merged(findings);
}

/**
 * How many words the next part has at least: parts are about as long as each other, and short words mean something of
 * their own.
 */
function wordsOfNextPart(telling: number): number {
  return telling < LONG_PART ? Math.min(2, telling) : Math.ceil(telling / 2);
}

/** Words of a part from which on the next one is no shorter than half of it. */
const LONG_PART = 6;

/** The part of a phrase in this text that earlier messages began. */
function continued(
  text: string,
  plain: PlainText,
  previous: readonly string[],
  meter: Meter,
): readonly Finding[] {
  if (!mayContinue(plain, meter)) return [];
  const before = `${previous.join('\n').slice(-MAX_PREVIOUS)}\n`;
  const joined = plainText(before + text, meter);
  const from = plainText(before, meter).lower.length;
  return phraseAcross(joined, from, meter).map(({ start, end, confidence }): Finding => {
    const origin = joined.origin(start, end);
    return {
      kind: 'phrase',
      confidence,
      start: Math.max(0, origin.start - before.length),
      end: Math.max(0, origin.end - before.length),
    };
  });
}

/** A part of a message, and whether a "never" stands before it. */
export interface Part {
  readonly text: string;
  readonly isNever: boolean;
}

/** Calms the other, and forbids nothing. */
const CALMING =
  /\b(?:don'?t worry|do not worry|no worries|don'?t panic|not to worry|no problem|do not hesitate|don'?t hesitate)\b|不要担心|不用担心|别担心|請放心|请放心|不用擔心/gu;
/** Where a "never" ends and an order begins. */
const TURN =
  /^\s*(?:just|only|but|please|kindly|simply|instead|contact|dm|pm|message|write|it is|it's|i |we |you (?:need|have|must|should|can)|go |open |click|connect|use |pero|solo|por favor|mas|но|просто|nhung|ama|sadece|tapi)\b/u;

/** Parts of sentences. A "never" speaks for what stands behind it in its sentence, up to a turn ("but", "just"). */
export function partsOf(text: string, never: RegExp): readonly Part[] {
  const parts: Part[] = [];
  for (const sentence of text.replace(CALMING, ' ').split(/(?:[.!?]+(?=\s|$))|[。！？；;\n]+/u)) {
    let isNever = false;
    for (const part of sentence.split(/[,，、:：]\s?|\s[-–—]\s|\sbut\s/u)) {
      const isOwn = never.test(part);
      if (TURN.test(part) || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(part))
        isNever = false;
      isNever ||= isOwn;
      parts.push({ text: part, isNever });
    }
    parts.push({ text: sentence, isNever: never.test(sentence) });
  }
  return parts;
}

/** A sentence between quotation marks: several words, or a good piece of Chinese, Japanese or Korean. */
const QUOTED =
  /["“”„]([^"“”„\n]{8,500})["“”]|«([^«»\n]{8,500})»|「([^「」\n]{6,500})」|『([^『』\n]{6,500})』/gu;
const SENTENCE =
  /\S+\s+\S+\s+\S|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{3}.{0,80}[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{3}/u;
/** Letters that have to be left beside what is quoted. */
const MIN_OWN_LETTERS = 4;

/** What somebody says themselves: without the sentences they quote, where anything is left then. */
export function withoutQuotes(text: string): string {
  const own = text.replace(QUOTED, (quoted) => (SENTENCE.test(quoted) ? ' … ' : quoted));
  return own.replace(/[^\p{L}]/gu, '').length >= MIN_OWN_LETTERS ? own : text;
}

import type { Entity } from './words.js';

/** A formatted text, or Telegram's sentence for why it cannot be read. */
export type Formatted =
  | { readonly kind: 'text'; readonly text: string; readonly marks: readonly Entity[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Tags of the Bot API ("HTML style") and the marks they make. */
const TAGS: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
};

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
/** Any other `&` stands for itself. */
const ESCAPE = /^&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-f]{1,6}));/i;
const TAG = /^<(\/?)([^\s>]*)(?=[\s>])/;
const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

interface Open {
  readonly tag: string;
  readonly offset: number;
  readonly url: string | null;
}

/**
 * Reads `parse_mode: HTML` as Telegram does: unknown, unclosed and crossed tags are errors, offsets count UTF-8 bytes.
 */
export function readHtml(source: string): Formatted {
  let text = '';
  let at = 0;
  const open: Open[] = [];
  const marks: Entity[] = [];
  const unreadable = (why: string): Formatted => ({
    kind: 'unreadable',
    why: `can't parse entities: ${why}`,
  });
  const here = (): number => Buffer.byteLength(source.slice(0, at), 'utf8');
  while (at < source.length) {
    const rest = source.slice(at);
    if (rest.startsWith('&')) {
      const found = ESCAPE.exec(rest);
      text += found === null ? '&' : unescaped(found);
      at += found?.[0].length ?? 1;
    } else if (rest.startsWith('<')) {
      const [whole, slash, name = ''] = TAG.exec(rest) ?? [];
      if (whole === undefined) return unreadable(`Unclosed start tag at byte offset ${here()}`);
      const tag = name.toLowerCase();
      const end = rest.indexOf('>');
      if (slash === '/') {
        const last = open.pop();
        if (last === undefined) return unreadable(`Unexpected end tag at byte offset ${here()}`);
        if (tag !== '' && tag !== last.tag)
          return unreadable(
            `Unmatched end tag at byte offset ${here()}, expected "</${last.tag}>", found "</${tag}>"`,
          );
        close(last);
      } else {
        if (!Object.hasOwn(TAGS, tag))
          return unreadable(`Unsupported start tag "${tag}" at byte offset ${here()}`);
        if (end < 0) return unreadable(`Unclosed start tag at byte offset ${here()}`);
        const [, double, single, bare] = HREF.exec(rest.slice(0, end)) ?? [];
        open.push({ tag, offset: text.length, url: double ?? single ?? bare ?? null });
      }
      at += end + 1;
    } else {
      const end = rest.search(/[<&]/);
      const plain = end < 0 ? rest : rest.slice(0, end);
      text += plain;
      at += plain.length;
    }
  }
  const last = open.pop();
  if (last !== undefined) return unreadable(`Can't find end tag corresponding to start tag "${last.tag}"`);
  return { kind: 'text', text, marks: marks.sort((left, right) => left.offset - right.offset) };

  /** A link without an address is no link, and an empty mark is none. */
  function close({ tag, offset, url }: Open): void {
    const length = text.length - offset;
    const type = TAGS[tag] ?? '';
    if (length === 0 || (tag === 'a' && url === null)) return;
    marks.push({ type, offset, length, ...(tag === 'a' && url !== null ? { url } : {}) });
  }
}

function unescaped([whole, name, decimal, hex]: RegExpExecArray): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
  return code === 0 || code > 0x10_ff_ff ? whole : String.fromCodePoint(code);
}

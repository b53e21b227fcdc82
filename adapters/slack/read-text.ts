import { unescapeText } from './escape.js';

/** A text as people see it, and the targets of links that it shows under other words. */
export interface ReadText {
  readonly text: string;
  readonly hiddenLinks: readonly string[];
}

/** What Slack puts between `<` and `>`: a mark (`@`, `#`, `!`), what it stands for, and what is shown for it. */
const REFERENCE = /<([@#!]?)([^<>|\s][^<>|]*)(?:\|([^<>]*))?>/g;

/**
 * Reads a text as Slack sends it: escaped, with `<@U…>` for people, `<#C…|name>` for channels, `<!here>` for groups of
 * people and `<address|label>` for links (docs.slack.dev, formatting message text). `us` is how our own name is
 * written.
 */
export function readText(wire: string, us: { readonly userId: string; readonly handle: string }): ReadText {
  const hiddenLinks: string[] = [];
  const text = wire.replace(REFERENCE, (_whole, mark: string, about: string, label: string | undefined) => {
    if (mark === '@') return `@${about === us.userId ? us.handle : label || about}`;
    if (mark === '#') return `#${label || about}`;
    if (mark === '!') return label || `@${about}`;
    const target = unescapeText(about).replace(/^(?:mailto|tel):/i, '');
    const shown = unescapeText(label ?? '');
    if (shown.trim() === '') return about;
    if (!isSame(shown, target)) hiddenLinks.push(target);
    return label ?? about;
  });
  return { text: unescapeText(text), hiddenLinks };
}

/** The text without a mention of us at its start: `<@U900>, hello` is `hello`. Works on the text as Slack sends it. */
export function withoutMention(wire: string, userId: string): string {
  const address = /^\s*<@([A-Z0-9]+)(?:\|[^<>]*)?>[\s,:;，：；、]*/u.exec(wire);
  return address?.[1] === userId ? wire.slice(address[0].length) : wire;
}

/** Whether a text as Slack sends it mentions us. */
export function mentions(wire: string, userId: string): boolean {
  return [...wire.matchAll(REFERENCE)].some(([, mark, about]) => mark === '@' && about === userId);
}

/** Slack makes links of what looks like one: `wallet.example` becomes `<http://wallet.example|wallet.example>`. */
function isSame(shown: string, target: string): boolean {
  const bare = (address: string): string => address.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  return bare(shown) === bare(target);
}

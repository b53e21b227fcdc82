import type { Registry } from '../../content/index.js';
import type { OutboxRow } from '../../model/index.js';
import { holdsSecret } from '../holds-secret.js';
import { judgeLinks } from '../links/links.js';
import { prepare } from '../links/ours.js';
import { type WithoutOurs, withoutOurs } from './allowed.js';
import { holdsContact } from './contacts.js';
import { holdsMarkup } from './markup.js';
import { hasFormatting, textsOf } from './payload.js';
import { type IsOurToken, withoutTokens } from './tokens.js';

/** The rule a row breaks. */
export type OutboundCode = 'link-withdrawn' | 'markup-outbound' | 'secret-outbound' | 'unlisted-address';

/** Verdicts that are remembered: most of what leaves are the same few hundred texts. */
const REMEMBERED = 2_000;
/** Longest text that is remembered, in UTF-16 units; what is longer is judged anew each time. */
const MAX_REMEMBERED_CHARS = 4_096;

/**
 * The last look before the wire: `null`, or the code of the rule a row breaks. Whoever wrote it, the bot, data that
 * went into its words or a person of the support team: only addresses, handles and numbers of the live registry leave,
 * spelled as they stand there; no secret leaves, no markup, and no row whose link was withdrawn. Behind the address of
 * a page that takes part, a token that we signed for it may stand.
 */
export function createOutboundPolicy(
  registry: () => Registry,
  isOurToken: IsOurToken = () => false,
): (row: OutboxRow) => OutboundCode | null {
  let judgedFor: Registry | null = null;
  let judge: (text: string) => OutboundCode | null = () => null;
  let judged = new Map<string, OutboundCode | null>();
  const verdict = (text: string): OutboundCode | null => {
    const known = judged.get(text);
    if (known !== undefined) return known;
    const fresh = judge(text);
    if (judged.size > REMEMBERED) judged = new Map();
    if (text.length <= MAX_REMEMBERED_CHARS) judged.set(text, fresh);
    return fresh;
  };
  return (row) => {
    const live = registry();
    if (judgedFor !== live) {
      judged = new Map();
      judge = createTextPolicy(live);
      judgedFor = live;
    }
    if (row.links.some((name) => !live.links.has(name))) return 'link-withdrawn';
    if (row.shown.kind === 'delete') return null;
    if (hasFormatting(row.call.payload)) return 'markup-outbound';
    for (const text of textsOf(row.call.payload)) {
      const broken = verdict(withoutTokens(live, isOurToken, text));
      if (broken !== null) return broken;
    }
    return null;
  };
}

/** The same for one text: `null` when it may leave. */
export function createTextPolicy(registry: Registry): (text: string) => OutboundCode | null {
  const rest: WithoutOurs = withoutOurs(registry);
  const ours = prepare(registry);
  return (text) => {
    if (holdsMarkup(text)) return 'markup-outbound';
    const others = rest(text);
    if (holdsContact(others) || judgeLinks(others, ours).length > 0) return 'unlisted-address';
    return holdsSecret(text) ? 'secret-outbound' : null;
  };
}

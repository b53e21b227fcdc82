import type { Registry } from '../../content/index.js';
import type { ShownAuthor, WatchGroup } from '../../model/index.js';
import { judgeLinks } from '../links/links.js';
import { prepare } from '../links/ours.js';
import type { HostListed } from '../links/verdict.js';
import { cuesOf } from './cues.js';
import { fold } from './fold.js';
import { languagesOf } from './languages.js';
import { nameOf } from './names.js';
import { hasHook, oddsOf } from './odds.js';
import { withoutQuotes } from './parts.js';
import type { Impersonation } from './verdict.js';
import { ENOUGH, hasAccount, strangersOf, type Weighed, weigh } from './weigh.js';

/** Judges what somebody wrote in a group. `hidden`: targets that the platform shows under other words. */
export type JudgeMessage = (text: string, author?: ShownAuthor, hidden?: readonly string[]) => Impersonation;

/**
 * A judge of messages in groups, for one registry: fake support, look-alike links and names. Two look at each message:
 * the signs of its language, which know what fake support says, and the odds of the words in it, which know what it is
 * about. Who asks about a scam, tells of one or warns of it is left alone, and so are the accounts of the registry.
 * Pure; takes time linear in the text.
 */
export function createImpersonationJudge(registry: Registry, listed?: HostListed): JudgeMessage {
  const ours = prepare(registry);
  return (text, author, hidden = []) => {
    const name = author === undefined ? 'plain' : nameOf(author, ours);
    if (name === 'ours') return { scam: false, why: 'staff' };
    const said = withoutQuotes(text);
    const options = listed === undefined ? {} : { listed };
    const shown = judgeLinks(said, ours, options);
    // Under which words a target is hidden is not known: where one of ours stands in the text, it may be those.
    const label = shown.some(({ verdict }) => verdict === 'official') ? text : '';
    const targets = hidden.map((target) => ({ target, label }));
    const links = hidden.length === 0 ? shown : judgeLinks(said, ours, { ...options, hidden: targets });
    const folded = fold(said);
    const hasRoleName = name === 'role';
    const found = languagesOf(folded)
      .map((signs) => weigh(folded, signs, links, hasRoleName, registry))
      .reduce((best, one) => (isSurer(one, best) ? one : best));
    if (name === 'like-ours' && found.quiet !== 'warns-of-it') return { scam: true, why: 'name-like-ours' };
    if (found.points >= ENOUGH) return { scam: true, why: found.why };
    if (found.quiet !== null) return { scam: false, why: found.quiet };
    const seen = {
      cues: cuesOf(folded),
      hasLink: strangersOf(links).length > 0,
      hasAccount: hasAccount(folded, registry),
      hasRoleName,
    };
    return hasHook(seen) && oddsOf(seen) > 0 ? { scam: true, why: 'odds' } : { scam: false, why: 'nothing' };
  };
}

/** The same for the runtime. A message is clearly fake support when one sign says so, and not the odds alone. */
export function createGroupWatch(registry: Registry, listed?: HostListed): WatchGroup {
  const judge = createImpersonationJudge(registry, listed);
  return (text, author, hidden) => {
    const { scam, why } = judge(text, author, hidden);
    return { scam, why, isClear: scam && why !== 'odds' };
  };
}

/**
 * Of two languages a text may be in, the one that sees a question or a report in it is right, else the one with more
 * signs.
 */
function isSurer(one: Weighed, other: Weighed): boolean {
  if ((one.quiet === null) !== (other.quiet === null)) return one.quiet !== null;
  return one.points > other.points;
}

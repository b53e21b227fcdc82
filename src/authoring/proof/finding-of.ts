import type { Bundle, Finding } from '../../content/index.js';
import type { Sources } from '../../content/sources.js';
import type { ConversationEvent } from '../../model/index.js';
import type { Replayed } from './replay.js';
import { RULES, type Rule } from './rules.js';

/** A broken rule as a finding: what does not hold, how one gets there, and the step to look at. */
export function findingOf(
  { rule, events }: { readonly rule: Rule; readonly events: readonly ConversationEvent[] },
  replayed: Replayed | null,
  bundle: Bundle,
  sources: Sources,
): Finding {
  const way = events.map(inWords).join(', ');
  const unseen = replayed === null && events.length > 0 ? ' (it was not met when played again)' : '';
  const message = `${RULES[rule]}${way === '' ? '' : `: ${way}`}${unseen}.`;
  const [flow, step] = placeOf(replayed);
  const parsed = sources.flows.find((other) => other.flow.name === flow);
  if (rule === 'proof-human' && bundle.registry.support.every(({ none }) => none === true))
    return sources.registry.finding(rule, ['support'], message, { onKey: true });
  if (parsed !== undefined) return parsed.source.finding(rule, ['steps', step], message, { onKey: true });
  const opened = events.map((event) =>
    event.kind === 'intent' ? bundle.triggers.get(event.intent) : undefined,
  );
  const last = opened.findLast((name) => name !== undefined);
  const own = sources.flows.find((other) => other.flow.name === last);
  if (own !== undefined) return own.source.finding(rule, ['start'], message);
  if (last !== undefined) return sources.answers.finding(rule, [last], message, { onKey: true });
  return sources.global.finding(rule, ['human'], message, { onKey: true });
}

/** Where the last turn came to rest. */
function placeOf(replayed: Replayed | null): readonly [string, string] {
  const place = replayed?.turns.findLast(({ advanced }) => advanced !== null)?.advanced?.position;
  return [place?.flow ?? '', place?.step ?? ''];
}

function inWords(event: ConversationEvent): string {
  switch (event.kind) {
    case 'choice':
      return `picks ${event.value}`;
    case 'answer':
      return `answers ${event.value}`;
    case 'intent':
      return `means ${event.intent}${event.also === undefined ? '' : ` and ${event.also}`}`;
    case 'global':
      return `says the word ${event.word}`;
    case 'secret':
      return `pastes a ${event.secrets[0] ?? 'secret'}`;
    case 'held':
      return `pastes what may be a ${event.secret}`;
    case 'start':
      return event.flow === null ? 'opens the chat' : `opens the chat at ${event.flow}`;
    case 'timer':
      return 'waits';
    case 'unclear':
      return 'is not understood';
    case 'page':
      return `the official page says ${event.news}`;
    default:
      return event.kind;
  }
}

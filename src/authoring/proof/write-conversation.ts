import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { Bundle } from '../../content/index.js';
import type { Advanced, TurnContext } from '../../conversation/index.js';
import type { ConversationEvent, Effect } from '../../model/index.js';
import { askedBy } from './circumstances.js';
import type { Replayed, ReplayedTurn } from './replay.js';
import type { Rule } from './rules.js';

/** What is written where nothing may be understood. */
const UNCLEAR = 'xqzv wkkj';
/** Of rules that no turn by itself breaks. */
const NOTES: Readonly<Partial<Record<Rule, string>>> = {
  'proof-human': 'Nobody can be reached by what is said here.',
  'proof-endless': 'Leads to a place from which nothing ever leads to an end.',
};
/** What people hear when a turn cannot be made. */
const GIVEN_UP = { says: ['common.fault'] };
const CLOCK = '2026-03-02T01:00Z';

/**
 * A replayed conversation as a simulated one, in the circumstances it was played in: played, it passes for as long as
 * the rule is broken, where a turn breaks it. `null` when something in it cannot be done by a person.
 */
export function writeConversation(rule: Rule, { turns, here }: Replayed, bundle: Bundle): string | null {
  const place = here.public ? { in: 'group' } : {};
  const written: unknown[] = [];
  for (const [index, turn] of turns.entries()) {
    if (turn.event === null) continue;
    const user = userTurn(turn.event, turns[index - 1], bundle);
    if (user === null) return null;
    const said = turn.advanced === null ? GIVEN_UP : botTurn(turn.advanced);
    written.push('later' in user ? user : { user: { ...user, ...place } }, { bot: said });
  }
  const last = turns.findLast(({ advanced }) => advanced !== null)?.advanced?.position;
  const at = last === undefined || last.flow === 'idle' ? 'idle' : `${last.flow}.${last.step}`;
  const document = {
    conversation: `breaks the rule ${rule}`,
    note: NOTES[rule] ?? 'Passes for as long as the rule is broken.',
    run: {
      locales: [localeOf(here, bundle)],
      platforms: [here.public && here.platform === 'console' ? 'telegram' : here.platform],
      clock: clockOf(here, bundle),
      hand_offs: 'plain',
    },
    turns: written,
    end: { at },
  };
  return stringify(document, { lineWidth: 0 });
}

/** The language it was played in, where a condition asks for that; else one that most can read. */
function localeOf({ locale }: TurnContext, bundle: Bundle): string {
  if (askedBy(bundle).has('locale')) return locale;
  return bundle.texts.has('en') ? 'en' : bundle.locales.source;
}

/** The hour it was played at, where a condition asks for that. */
function clockOf({ now }: TurnContext, bundle: Bundle): string {
  return askedBy(bundle).has('hours') ? `${new Date(now).toISOString().slice(0, 16)}Z` : CLOCK;
}

function userTurn(
  event: ConversationEvent,
  before: ReplayedTurn | undefined,
  bundle: Bundle,
): Readonly<Record<string, unknown>> | null {
  switch (event.kind) {
    case 'choice':
      return { picks: event.value };
    case 'answer':
      return event.value === 'ours' ? { gives: { official: 'link' } } : { text: 'somebody@elsewhere.test' };
    case 'intent':
      return event.also === undefined ? { means: event.intent } : null;
    case 'global':
      return { word: event.word };
    case 'unclear':
      return { text: UNCLEAR };
    case 'start':
      return { start: event.flow ?? '' };
    case 'other':
      return event.input === 'photo' ? { sends: 'photo' } : null;
    case 'secret':
      return secretTurn(event.secrets[0]);
    case 'timer': {
      const position = before?.advanced?.position;
      const step = bundle.flows.get(position?.flow ?? '')?.steps.get(position?.step ?? '');
      const name = step?.verb === 'wait' ? step.time : step?.verb === 'ask' ? step.timeout?.after : undefined;
      const ms = bundle.timesMs.get(name ?? '');
      return ms === undefined ? null : { later: `${Math.ceil(ms / 1000) + 1}s` };
    }
    default:
      return null;
  }
}

/** Made up on the spot, and nobody's. */
function secretTurn(kind: string | undefined): Readonly<Record<string, unknown>> {
  switch (kind) {
    case 'key':
      return { text: `my private key is ${createHash('sha256').update(CLOCK).digest('hex')}` };
    case 'password':
      return { text: `my password is Wq7!${createHash('sha256').update(CLOCK).digest('hex').slice(0, 8)}` };
    case 'code':
      return { text: 'my verification code is 482913' };
    default:
      return { pastes: 'made-up-mnemonic' };
  }
}

function botTurn({ effects }: Advanced): Readonly<Record<string, unknown>> {
  const says = effects.flatMap(textOf);
  const links = effects.flatMap((effect) =>
    effect.kind === 'link' ? [effect.to] : effect.kind === 'links' ? effect.to : [],
  );
  const choices = effects.flatMap((effect) => (effect.kind === 'ask' ? effect.choices : []));
  return {
    ...(says.length > 0 ? { says } : {}),
    ...(choices.length > 0 ? { offers: choices.map(({ value }) => value) } : {}),
    ...(links.length > 0 ? { links } : {}),
  };
}

function textOf(effect: Effect): readonly string[] {
  switch (effect.kind) {
    case 'say':
    case 'ask':
    case 'link':
    case 'links':
    case 'human':
      return [effect.text];
    case 'hand-off':
      return ['safety.line', 'hand-off.page'];
    case 'open-private':
      return ['public.open-private'];
    default:
      return [];
  }
}

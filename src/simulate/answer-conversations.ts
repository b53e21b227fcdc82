import type { Bundle } from '../content/index.js';
import type { SimulatedConversation } from './format.js';

const CLOCK = '2026-03-01T09:00Z';

/**
 * A conversation for every one-step answer, so that nobody has to write one: somebody says what it is about, gets the
 * answer with its links, and the conversation rests. They run in every locale, on every platform.
 * `wanted` names those that are to be made.
 */
export function answerConversations(
  bundle: Bundle,
  wanted: 'all' | readonly string[] = 'all',
): readonly SimulatedConversation[] {
  return [...bundle.flows.values()].flatMap(({ name, steps }) =>
    [...steps.values()].flatMap((step): readonly SimulatedConversation[] =>
      step.verb === 'answer' && (wanted === 'all' || wanted.includes(name))
        ? [
            {
              conversation: `the answer ${name}`,
              flows: [name],
              run: { locales: 'all', platforms: 'all', clock: CLOCK, hand_offs: 'both' },
              turns: [{ user: { means: name } }, { bot: { says: step.say, links: [...step.links] } }],
              end: { at: 'idle', never: { stored: 'secret', logged: 'secret' } },
            },
          ]
        : [],
    ),
  );
}

import { createHash } from 'node:crypto';
import type { Bundle, Step } from '../content/index.js';

/** What a shape is made from of the bundle. */
type Registered = Pick<Bundle, 'registry'>;

/**
 * What of a resting step a waiting person depends on: verb, slot, question and choices, and for a hand-off the official
 * page and whether it takes part. Twelve hex digits for the question, and behind a colon eight for each choice.
 * A change of it means that the question must be asked again.
 */
export function shapeOf(step: Step, bundle: Registered): string {
  if (step.verb === 'ask')
    return shaped([step.verb, step.ask, step.save, step.expects], step.buttons.map(choiceShape));
  if (step.verb === 'wait') return shaped([step.verb, step.say], step.buttons.map(choiceShape));
  if (step.verb === 'hand_off') return handOffShape(step.handOff, bundle);
  return shaped([step.verb], []);
}

/** The same for a hand-off by its name in the registry: whoever was sent to a page must hear of another one. */
export function handOffShape(name: string, { registry }: Registered): string {
  const { link, page, start, check, verified } = registry.hand_offs[name] ?? {};
  const urls = [link, page, start, check].map((each) => registry.links.get(each ?? '')?.url ?? null);
  return shaped(['hand_off', name, verified === true, urls], []);
}

/** Whether a choice of a question of that stored shape is still the same one in the present shape. */
export function standsIn(
  choice: { readonly value: string; readonly label: string },
  stored: string | null,
  present: string,
): boolean {
  const [question, choices] = stored?.split(':') ?? [];
  const [asked, offered] = present.split(':');
  const mine = choiceShape(choice);
  return (
    question === asked && [choices, offered].every((all) => all?.match(/.{8}/g)?.includes(mine) === true)
  );
}

function choiceShape({ value, label }: { readonly value: string; readonly label: string }): string {
  return digest([value, label]).slice(0, 8);
}

function shaped(question: readonly unknown[], choices: readonly string[]): string {
  const digits = digest(question).slice(0, 12);
  return choices.length === 0 ? digits : `${digits}:${choices.join('')}`;
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

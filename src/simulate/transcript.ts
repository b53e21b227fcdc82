import type { Button } from '../model/index.js';
import type { Sight } from './stage.js';

/** Buttons as a transcript shows them, one a line. */
export function buttonLines(buttons: readonly Button[]): readonly string[] {
  return buttons.map((button) => `  [${button.label}${button.kind === 'url' ? ` → ${button.url}` : ''}]`);
}

/** A sight by its text keys, the values on offer and the names of links. */
export function talkOf(sight: Sight): string {
  if (sight.kind === 'removed') return '< removed';
  const buttons = sight.buttons.map(whereTo);
  return `< ${sight.keys.join(' + ')}${buttons.length === 0 ? '' : ` [${buttons.join(', ')}]`}`;
}

function whereTo(button: Button): string {
  switch (button.kind) {
    case 'tap':
      return button.value;
    case 'url':
      return `→ ${button.link}`;
    case 'private':
      return `private ${button.flow}`;
  }
}

/** Where two talks differ first, with both; `null` when they are the same. */
export function differenceOf(plain: readonly string[], wire: readonly string[]): string | null {
  const length = Math.max(plain.length, wire.length);
  const at = Array.from({ length }, (_, index) => index).find((index) => plain[index] !== wire[index]);
  if (at === undefined) return null;
  const shown = (talk: readonly string[]): string =>
    talk.map((line, index) => `    ${index === at ? '*' : ' '} ${line}`).join('\n');
  return `is another talk over the wire\n  without a wire:\n${shown(plain)}\n  over the wire:\n${shown(wire)}`;
}

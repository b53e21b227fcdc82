import type { Button, TapButton } from '../../src/model/index.js';
import { shorten } from '../shared/split-text.js';
import type { ActionRow, Component } from './calls.js';
import {
  BUTTONS_PER_ROW,
  MAX_CHOICE_BUTTONS,
  MAX_CUSTOM_ID_CHARS,
  MAX_LABEL_CHARS,
  MAX_OPTION_LABEL_CHARS,
  MAX_OPTIONS,
} from './limits.js';
import { privateButtonId } from './private-button.js';

/** Longest half of a menu's placeholder: Discord takes 150 characters in all (Select Menu Object). */
const MAX_HINT_CHARS = 70;

const PRIMARY = 1;
const SECONDARY = 2;
const LINK = 5;

/**
 * Buttons as rows of components, in order. More choices than {@link MAX_CHOICE_BUTTONS} become select menus of up to
 * {@link MAX_OPTIONS} options, above the other buttons; none is ever left out. Throws `RangeError` for a payload that
 * Discord would not take.
 */
export function componentRows(buttons: readonly Button[]): readonly ActionRow[] {
  const choices = buttons.filter((button) => button.kind === 'tap' && button.numbered);
  if (choices.length <= MAX_CHOICE_BUTTONS) return buttonRows(buttons);
  const pages = chunks(choices, MAX_OPTIONS);
  const menus = pages.map((page, index) =>
    row([
      {
        ...{ type: 3, custom_id: `choose.${index}`, options: page.map(option) },
        ...(pages.length > 1 ? { placeholder: hint(page) } : {}),
      },
    ]),
  );
  return [...menus, ...buttonRows(buttons.filter((button) => !choices.includes(button)))];
}

function buttonRows(buttons: readonly Button[]): readonly ActionRow[] {
  const components = buttons.map(component);
  // Two buttons that open the same flow would share their id, which Discord refuses.
  const distinct = components.filter(
    (one, index) =>
      one.custom_id === undefined ||
      components.findIndex((other) => other.custom_id === one.custom_id) === index,
  );
  return chunks(distinct, BUTTONS_PER_ROW).map(row);
}

function component(button: Button): Component & { readonly type: 2 } {
  const label = shorten(button.label, MAX_LABEL_CHARS);
  switch (button.kind) {
    case 'tap':
      return { type: 2, style: SECONDARY, label, custom_id: customId(button) };
    case 'private':
      return { type: 2, style: PRIMARY, label, custom_id: privateButtonId(button.flow) };
    case 'url':
      return { type: 2, style: LINK, label, url: button.url };
    default:
      return button satisfies never;
  }
}

function option(button: Button): { readonly label: string; readonly value: string } {
  if (button.kind !== 'tap') throw new RangeError('only a choice can be an option');
  return { label: shorten(button.label, MAX_OPTION_LABEL_CHARS), value: customId(button) };
}

/** Tells a menu from its neighbours: the first of its options, and the last. */
function hint(page: readonly Button[]): string {
  const ends = [page[0], page.at(-1)].map((button) => shorten(button?.label ?? '', MAX_HINT_CHARS));
  return [...new Set(ends)].join(' … ');
}

function customId({ data }: TapButton): string {
  if (data.length < 1 || data.length > MAX_CUSTOM_ID_CHARS) {
    throw new RangeError(
      `a button's data has ${data.length} characters; Discord takes 1 to ${MAX_CUSTOM_ID_CHARS}`,
    );
  }
  return data;
}

function row(components: readonly Component[]): ActionRow {
  return { type: 1, components: [...components] };
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

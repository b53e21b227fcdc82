import type { TextKey } from '../model/index.js';
import { channelLines } from './channels.js';
import type { ValueFor } from './message.js';
import type { RenderContext } from './render-context.js';

/** Names that stand for something in every text. */
export const VALUES_ANYWHERE: readonly string[] = [
  ...['product', 'sender', 'senders', 'host', 'hosts', 'bot', 'channels'],
];

/** Every name that stands for something in a text, beside the slots of the conversation. */
export const VALUE_NAMES: readonly string[] = [
  ...VALUES_ANYWHERE,
  ...['case', 'number', 'session', 'start', 'time', 'title', 'name', 'purpose', 'address'],
];

/**
 * What a text may say by a name in braces; `undefined` for a name that stands for nothing now. `textOf` words other
 * texts.
 */
export function valueFor(
  name: string,
  { bundle, locale, platform, slots, caseNumber, handOff, session }: RenderContext,
  textOf: (key: TextKey, values?: ValueFor) => string,
): string | undefined {
  const { registry } = bundle;
  const listed = (items: readonly string[]): string =>
    new Intl.ListFormat(locale, { type: 'disjunction' }).format(items);
  switch (name) {
    case 'product':
      return registry.product.name;
    case 'sender':
      return listed(registry.senders.filter((sender) => sender.for === 'reset').map((sender) => sender.mail));
    case 'senders':
      return listed(registry.senders.map((sender) => sender.mail));
    case 'host':
      return registry.hosts[0];
    case 'hosts':
      return listed(registry.hosts);
    case 'bot':
      return platform === 'console'
        ? registry.product.name
        : `@${(registry.bot[platform] ?? '').replace(/^@/, '')}`;
    case 'channels':
      return channelLines(registry, textOf);
    case 'case':
      return caseNumber ?? undefined;
    case 'number':
      return handOff?.number?.replace(/^(....)/, '$1 ') ?? undefined;
    case 'session':
      return session?.replace(/^(.....)/, '$1 ') ?? undefined;
    case 'start':
      return handOff?.startUrl.replace(/^https:\/\//, '');
    case 'time':
      return clockTime(handOff?.challenge.openedAt ?? null);
    default:
      return slots[name];
  }
}

/** `09:41` of a time in UTC, as a person's own zone is not known; nothing for none. */
function clockTime(at: number | null): string | undefined {
  return at === null ? undefined : new Date(at).toISOString().slice(11, 16);
}

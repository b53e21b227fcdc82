import widthOf from 'fast-string-width';
import { CONSOLE_CAPABILITIES } from '../../adapters/console/limits.js';
import { DISCORD_CAPABILITIES } from '../../adapters/discord/limits.js';
import { SLACK_CAPABILITIES } from '../../adapters/slack/limits.js';
import { TELEGRAM_CAPABILITIES } from '../../adapters/telegram/limits.js';
import { type Bundle, type Finding, messageOf } from '../content/index.js';
import type { Sources } from '../content/sources.js';
import { valueFor } from '../content/values.js';
import { type Capabilities, PLATFORMS, type Platform, type TextKey } from '../model/index.js';

const CAPABILITIES: Readonly<Record<Platform, Capabilities>> = {
  console: CONSOLE_CAPABILITIES,
  telegram: TELEGRAM_CAPABILITIES,
  discord: DISCORD_CAPABILITIES,
  slack: SLACK_CAPABILITIES,
};
/** Longest name of a flow; a Chinese character is as wide as two letters. */
const TITLE_WIDTH = 24;
/** Longest answer of a person that a text repeats. */
const LONGEST_SLOT = 'x'.repeat(64);

/** A text that is too long somewhere. */
export interface TooLong {
  readonly tag: string;
  readonly key: TextKey;
  readonly code: 'title-too-long' | 'label-too-long' | 'text-too-long';
  readonly chars: number;
  readonly most: number;
  readonly platforms: readonly Platform[];
}

/** Texts, labels and names that are too long with the longest values they can have, in every language. */
export function tooLong(bundle: Bundle): readonly TooLong[] {
  const labels = labelsOf(bundle);
  return [...bundle.texts].flatMap(([tag, texts]) =>
    [...texts.keys()].flatMap((key): readonly TooLong[] => {
      if (key.startsWith('title.')) {
        const chars = widthOf(rendered(bundle, tag, 'console', key));
        const place = { tag, key, chars, most: TITLE_WIDTH, platforms: PLATFORMS };
        return chars > TITLE_WIDTH ? [{ ...place, code: 'title-too-long' }] : [];
      }
      const isLabel = labels.has(key);
      const over = PLATFORMS.flatMap((platform) => {
        const { maxLabelChars, maxTextChars } = CAPABILITIES[platform];
        const most = isLabel ? maxLabelChars : maxTextChars;
        const chars = rendered(bundle, tag, platform, key).length;
        return chars > most ? [{ platform, chars, most }] : [];
      });
      if (over.length === 0) return [];
      return [
        {
          ...{ tag, key, platforms: over.map(({ platform }) => platform) },
          code: isLabel ? 'label-too-long' : 'text-too-long',
          chars: Math.max(...over.map(({ chars }) => chars)),
          most: Math.min(...over.map(({ most }) => most)),
        },
      ];
    }),
  );
}

/** The same as findings at their texts. */
export function checkLimits(bundle: Bundle, sources: Pick<Sources, 'texts'>): readonly Finding[] {
  return tooLong(bundle).flatMap(({ tag, key, code, chars, most, platforms }) => {
    const file = sources.texts.get(tag);
    if (file === undefined) return [];
    const where = code === 'title-too-long' ? '' : ` on ${platforms.join(', ')}`;
    const said = `"${key}" takes ${chars} characters; ${most} fit${where}.`;
    return [file.finding(code, [key], said, { expected: `at most ${most} characters` })];
  });
}

/** Keys of the texts that are buttons. */
export function labelsOf(bundle: Bundle): ReadonlySet<TextKey> {
  const labels = new Set<TextKey>([
    'link.wont-open',
    'link.mirror-btn',
    'public.open-btn',
    'hand-off.open-btn',
  ]);
  for (const name of bundle.registry.links.keys()) labels.add(`link.${name}`);
  for (const { channel, link } of bundle.registry.support)
    if (link !== undefined) labels.add(`support.${channel}`);
  for (const key of bundle.texts.get(bundle.locales.source)?.keys() ?? [])
    if (/^(?:hand-off\.btn-|(?:switch|later)\.(?:yes|no)$|ask-back\.none$)/.test(key)) labels.add(key);
  for (const flow of bundle.flows.values()) {
    for (const step of flow.steps.values()) {
      if (step.verb === 'ask' || step.verb === 'wait')
        for (const { label } of step.buttons) labels.add(label);
      if (step.verb === 'link') labels.add(step.label);
    }
  }
  return labels;
}

/** A text with the longest values it can have. */
function rendered(bundle: Bundle, tag: string, platform: Platform, key: TextKey): string {
  const message = messageOf(bundle, tag, key);
  return message === null ? '' : message.format((name) => longest(bundle, tag, platform, name));
}

function longest(bundle: Bundle, tag: string, platform: Platform, name: string): string {
  const { registry } = bundle;
  const links = [...registry.links.values()];
  const longestOf = (values: readonly string[]): string =>
    values.reduce((one, other) => (other.length > one.length ? other : one), '');
  switch (name) {
    case 'host':
      return longestOf([...registry.hosts]);
    case 'address':
      return longestOf(links.map(({ url }) => url.replace(/^https:\/\//, '')));
    case 'title':
      return longestOf(
        [...bundle.flows.keys()].map((flow) => rendered(bundle, tag, platform, `title.${flow}`)),
      );
    case 'name':
    case 'purpose': {
      const ending = name === 'name' ? '' : '-for';
      const keys = registry.support.map(({ channel }) => `support.${channel}${ending}`);
      return longestOf(keys.map((key) => messageOf(bundle, tag, key)?.format(() => '') ?? ''));
    }
    case 'case':
      return 'LL-0000-0000';
    case 'number':
      return '0000 0000';
    case 'session':
      return 'XXXXX XXXXX';
    case 'start':
      return longestOf(links.map(({ url }) => url.replace(/^https:\/\//, '')));
    case 'time':
      return '00:00';
    default:
      return (
        valueFor(name, contextOf(bundle, tag, platform), (key, values) => {
          const message = messageOf(bundle, tag, key);
          return message === null
            ? ''
            : message.format((of) => values?.(of) ?? longest(bundle, tag, platform, of));
        }) ?? LONGEST_SLOT
      );
  }
}

function contextOf(bundle: Bundle, locale: string, platform: Platform): Parameters<typeof valueFor>[1] {
  return {
    ...{ bundle, locale, platform, public: false, capabilities: CAPABILITIES[platform], slots: {}, turn: 0 },
    sign: () => '',
    messageRef: null,
    caseNumber: null,
  };
}

import { describe, expect, it } from 'vitest';
import { messageOf, type RenderContext, render } from '../../../src/content/index.js';
import { readContentFiles } from '../../../src/content/read-files.js';
import type { Effect } from '../../../src/model/index.js';
import { PSEUDO_LOCALE, pseudo, withPseudoLocale } from '../../support/pseudo-locale.js';
import { bundleOf } from '../../support/small-content.js';

const bundle = bundleOf(withPseudoLocale(await readContentFiles('.')));

const context: RenderContext = {
  ...{ bundle, locale: PSEUDO_LOCALE, platform: 'telegram', public: false, slots: {}, turn: 1 },
  capabilities: { deletesIn: { direct: false, public: false }, maxTextChars: 4096, maxLabelChars: 40 },
  ...{ sign: (turn, index) => `${turn}.${index}`, messageRef: null, caseNumber: 'LL-1' },
};

/** What is left when everything that stands in a text of a file is taken away. */
function bare(text: string): string {
  let rest = text;
  // Texts may hold other texts.
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
  }
  return rest.trim();
}

describe('the pseudo-locale', () => {
  it('keeps the values of a text', () => {
    expect(pseudo('Open {host} now')).toBe('⟦Ópéñ {host} ñów·····⟧');
  });

  it('has every text of the source', () => {
    const keys = [...(bundle.texts.get('en')?.keys() ?? [])];
    expect(
      keys.filter(
        (key) =>
          messageOf(bundle, PSEUDO_LOCALE, key)
            ?.format(() => '')
            .startsWith('⟦') !== true,
      ),
    ).toEqual([]);
  });

  it('shows that all words and labels come from texts, and none from the program', () => {
    const effects: readonly Effect[] = [
      { kind: 'say', text: 'welcome.hello', private: false },
      {
        kind: 'ask',
        text: 'menu.what-happened',
        private: false,
        title: null,
        choices: [{ value: 'a', label: 'menu.btn-forgot' }],
      },
      { kind: 'link', text: 'tx.explorer', label: 'link.explorer', to: 'explorer' },
      { kind: 'hand-off', name: 'reset-password' },
      { kind: 'link-help', links: ['reset-help'] },
      { kind: 'human', topic: 'general', text: 'common.reach-support' },
      { kind: 'open-private', flow: 'menu' },
    ];
    const { messages } = render(effects, context);
    const shown = messages.flatMap((message) =>
      message.kind === 'message' ? [message.text, ...message.buttons.map(({ label }) => label)] : [],
    );
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.map(bare).filter((rest) => rest !== '')).toEqual([]);
  });
});

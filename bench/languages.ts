import type { Bundle } from '../src/content/index.js';
import { createUnderstanding } from '../src/understanding/index.js';
import { SHORT_MESSAGES } from '../test/support/short-messages.js';
import { printFigure } from './figure.js';

/** In how many short messages the language is told, and of Chinese the script where characters tell it. */
export function benchLanguages(bundle: Bundle): void {
  const { languageOf } = createUnderstanding({ locales: bundle.phrases });
  const isTold = (tag: string, text: string): boolean => {
    const told = languageOf(text);
    const other = tag === 'zh-CN' ? 'zh-Hant' : tag === 'zh-TW' ? 'zh-Hans' : null;
    return told?.split('-', 1)[0] === tag.split('-', 1)[0] && told !== other;
  };
  const share = (figure: string, least: number, has: (tag: string) => boolean): void => {
    const tags = Object.keys(SHORT_MESSAGES).filter(has);
    const told = tags.flatMap((tag) => (SHORT_MESSAGES[tag] ?? []).map((text) => isTold(tag, text)));
    const percent = (told.filter(Boolean).length / told.length) * 100;
    printFigure({
      area: 'understanding',
      figure: `${figure}, of ${told.length} short messages`,
      unit: '%',
      runs: [percent],
      aim: `at least ${least}`,
      met: percent >= least,
    });
  };
  share('language told, eleven languages', 99, () => true);
  share('language told, Chinese and English', 99.5, (tag) => /^(?:zh|en)/.test(tag));
}

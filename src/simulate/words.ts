import { entropyToMnemonic } from '@scure/bip39';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as simplified } from '@scure/bip39/wordlists/simplified-chinese.js';
import { wordlist as traditional } from '@scure/bip39/wordlists/traditional-chinese.js';
import type { Bundle } from '../content/index.js';
import type { GlobalWord } from '../model/index.js';

/** What a person of one language writes; what there are several of is drawn. */
export interface Words {
  /** A phrase of an intent; `undefined` when it has none in this language. */
  phrase(intent: string): string | undefined;
  globalWord(word: GlobalWord): string;
  /** An official value of the registry; empty when it names none. */
  official(kind: 'mail' | 'link' | 'handle'): string;
  /** The words of a made-up recovery phrase. */
  mnemonic(): readonly string[];
}

/** Words of a locale, drawn by `random` (0 to 1). */
export function createWords(bundle: Bundle, locale: string, random: () => number): Words {
  const book = bundle.phrases.get(locale);
  const { registry } = bundle;
  const draw = (list: readonly string[] = []): string | undefined => list[Math.floor(random() * list.length)];
  return {
    phrase: (intent) => draw(book?.intents.get(intent)),
    globalWord: (word) => draw(book?.global[word]) ?? '',
    official: (kind) => {
      switch (kind) {
        case 'mail':
          return registry.senders[0]?.mail ?? '';
        case 'link':
          return registry.origins[0] ?? '';
        case 'handle':
          return registry.support.find((entry) => entry.handle !== undefined)?.handle ?? '';
      }
    },
    mnemonic: () => {
      const lists: Readonly<Record<string, readonly string[]>> = {
        'zh-CN': simplified,
        'zh-TW': traditional,
      };
      const bytes = Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256));
      return entropyToMnemonic(bytes, [...(lists[locale] ?? english)]).split(' ');
    },
  };
}

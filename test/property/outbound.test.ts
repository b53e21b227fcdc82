import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createImpersonationJudge, createLinkJudge, createTextPolicy } from '../../src/guard/index.js';
import { CONFUSABLES } from '../../src/guard/links/confusables.js';
import { skeleton } from '../../src/guard/links/skeleton.js';
import { visible } from '../../src/guard/links/visible.js';
import { registryOf } from '../support/registry-of.js';

const registry = registryOf(readFileSync('flows/official.yaml', 'utf8'));
const breaks = createTextPolicy(registry);
const judgeLinks = createLinkJudge(registry);
const judgeMessage = createImpersonationJudge(registry);

const UNSEEN = ['\u200b', '\u200d', '\u2060', '\u00ad', '\ufeff', '\u034f', '\u{e0061}', '\ufe0f', '\u0301'];

/** Any text: broken surrogates, controls, marks, tags, look-alikes, and pieces that addresses are made of. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 10 })
        .map((units) => String.fromCharCode(...units)),
      fc.constantFrom(
        'https://',
        'wallet.example',
        '@',
        '.',
        '[.]',
        '](',
        '<a href=',
        '|',
        '\\',
        '%2e',
        ':',
        '//',
        ' dot com',
      ),
      fc.constantFrom(...UNSEEN, '。', '．', '／', '＠', '的', 'кошелёк', '私聊我', 'DM me', 'seed phrase'),
      fc.constantFrom(...CONFUSABLES.keys()),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

/** Words of ours that hold no address. */
const plainWords = fc
  .array(
    fc.constantFrom(
      'Open',
      'the page',
      'then',
      '请打开',
      '之后',
      'Подождите',
      '3.14',
      '10:45',
      '(now)',
      'v1.2',
      'LL-4K7-9QZ',
    ),
    {
      maxLength: 6,
    },
  )
  .map((words) => words.join(' '));

/** Ways to reach somebody else. */
const stranger = fc.constantFrom(
  ...[
    'https://evil.test/reset',
    'evil.com',
    'www.evil.com/x',
    'http://203.0.113.7/',
    'javascript:alert(1)',
    'tg://resolve?domain=evil',
  ],
  ...[
    'https://wallet.example.evil.com',
    'https://wallet.examp1e',
    'https://wallet.example@evil.com',
    'wallet.example/unlisted',
  ],
  ...[
    'helper@evil.com',
    '@helper_desk',
    '+1 555 010 4477',
    '400-555-0199',
    '13812345678',
    '微信：helper8899',
    'WhatsApp: helper_99',
  ],
  ...[
    '[wallet.example](https://wallet.example)',
    '<https://wallet.example|x>',
    '<!channel>',
    '@everyone',
    '<b>x</b>',
    '203.0.113.7',
  ],
  ...[
    'ｅｖｉｌ．ｃｏｍ',
    'еvil.com',
    'evil。com',
    'evil[.]com',
    'evil(dot)com',
    'evil dot com',
    '𝐞𝐯𝐢𝐥.𝐜𝐨𝐦',
    'ⓔⓥⓘⓛ.ⓒⓞⓜ',
    'hxxps://evil[.]com',
  ],
  ...[
    'https://wallet.example/reset?next=evil',
    'https://wallet.example:8443/reset',
    'http://wallet.example/reset',
    '钱包.公司',
  ],
);

/** Something unseen, put into a text after its first letter. */
function hide(text: string, unseen: string, at: number): string {
  const letters = [...text];
  const index = 1 + (at % Math.max(1, letters.length - 1));
  return [...letters.slice(0, index), unseen, ...letters.slice(index)].join('');
}

describe('the outbound policy', () => {
  it('never throws, and says the same of the same text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(breaks(text)).toBe(breaks(text));
      }),
      { numRuns: 500 },
    );
  });

  it('lets nobody else be reached, wherever it stands', () => {
    fc.assert(
      fc.property(plainWords, stranger, plainWords, (before, other, after) => {
        expect(breaks(`${before} ${other} ${after}`)).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('lets nobody else be reached by a link with unseen characters in it', () => {
    const links = fc.constantFrom(
      'https://evil.test/reset',
      'evil.com',
      'helper@evil.com',
      '@helper_desk',
      'www.evil.com',
    );
    fc.assert(
      fc.property(links, fc.constantFrom(...UNSEEN), fc.nat(), (link, unseen, at) => {
        expect(breaks(`Open ${hide(link, unseen, at)} now`)).not.toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it('lets our own addresses leave between words, and not once anything is changed in them', () => {
    const own = fc.constantFrom(
      ...registry.urls,
      ...registry.hosts,
      ...registry.mails,
      ...[...registry.handles].map((handle) => `@${handle}`),
    );
    fc.assert(
      fc.property(plainWords, own, plainWords, (before, address, after) => {
        expect(breaks(`${before} ${address} ${after}`)).toBeNull();
        expect(breaks(`${before} (${address}). ${after}`)).toBeNull();
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(own, fc.constantFrom(...UNSEEN), fc.nat(), (address, unseen, at) => {
        expect(breaks(`Open ${hide(address, unseen, at)} now`)).not.toBeNull();
      }),
      { numRuns: 400 },
    );
  });
});

describe('judging links and messages', () => {
  it('never throws, and finds what was written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { url } of judgeLinks(text)) expect(text).toContain(url);
        expect(typeof judgeMessage(text, { name: text, handle: text }).scam).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });

  it('calls nothing official that is not, in whatever text it stands', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const found = judgeLinks(`${before} https://wallet.example.evil.test/reset ${after}`);
        const fake = found.filter(({ url }) => url.includes('evil.test'));
        expect(fake.some(({ verdict }) => verdict === 'official')).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('sees through every letter that looks like another', () => {
    const overlooked = [...CONFUSABLES].flatMap(([letter, plain]) => {
      // What an app would read as a letter of ours leads to us; all else must not pass for us.
      const fake = `https://${letter}allet.example`;
      if (plain !== 'w') return [];
      const [link] = judgeLinks(fake);
      return link?.verdict === 'lookalike' ? [] : [fake];
    });
    expect(overlooked).toEqual([]);
    for (const [letter, plain] of CONFUSABLES) expect(skeleton(`x${letter}`)).toBe(skeleton(`x${plain}`));
  });

  it('knows where each visible letter stood', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const seen = visible(text);
        expect(seen.origin(seen.text.length)).toBe(text.length);
        for (let index = 0; index < seen.text.length; index += 1) {
          const letter = seen.text.charAt(index);
          const origin = text.charAt(seen.origin(index));
          if (/[a-z0-9]/i.test(letter)) expect(origin.normalize('NFKC')).toBe(letter);
        }
      }),
    );
  });

  it.each([
    ...[
      'https://evil.test/x ',
      'evil.com ',
      '[',
      '<a href=',
      '[a](',
      'a.',
      'https://',
      'a@',
      '(.',
      'j a v a',
      '的',
      '。',
      '点com ',
    ],
    ...[
      '\u200b',
      'a\u0301\u0316',
      '\u{e0041}',
      'а',
      '\ud83d',
      '\udc00',
      '\\',
      '%2e',
      '@everyone ',
      '+1 ',
      '1-',
      'dm me ',
      '请私聊我 ',
    ],
  ])('comes through 64 kB of %j', (unit) => {
    const text = unit.repeat(Math.ceil(65_536 / unit.length)).slice(0, 65_536);
    expect(Array.isArray(judgeLinks(text))).toBe(true);
    expect(typeof judgeMessage(text).scam).toBe('boolean');
    expect(['string', 'object']).toContain(typeof breaks(text));
  });
});

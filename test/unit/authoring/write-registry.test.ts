import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  type OwnRegistry,
  writeLanguageFlow,
  writeLocales,
  writeRegistry,
} from '../../../src/authoring/write-registry.js';

const SHIPPED = readFileSync('flows/official.yaml', 'utf8');
const LOCALES = readFileSync('locales/locales.yaml', 'utf8');
const LANGUAGE = readFileSync('flows/language.yaml', 'utf8');

const OWN: OwnRegistry = {
  product: 'Harbor: "the" wallet #1',
  origins: ['https://harbor.com'],
  resetMirrors: ['https://harbor.net/reset'],
  links: { 'reset-help': 'https://harbor.com/reset', 'help-center': 'https://harbor.com/help?a=1#b' },
  downloads: { ios: 'https://harbor.com/app' },
  senders: ['no-reply@harbor.com'],
  support: { 'help-center': { link: 'help-center' }, 'live-chat': null, mail: { mail: 'a@harbor.com' } },
  bot: { telegram: 'HarborBot', discord: null },
  hours: { days: ['mon', 'tue'], from: '09:00', to: '18:00', zone: 'Europe/Berlin' },
};

describe('writing a registry', () => {
  it('puts in what a wallet says of itself, whatever is in the words', () => {
    const written = parse(writeRegistry(SHIPPED, OWN));
    expect(written.product).toEqual({ name: OWN.product });
    expect(written.origins).toEqual(OWN.origins);
    expect(written.links['reset-help']).toEqual({
      url: 'https://harbor.com/reset',
      private: true,
      mirrors: OWN.resetMirrors,
    });
    expect(written.links['help-center'].url).toBe('https://harbor.com/help?a=1#b');
    expect(written.senders).toEqual([{ mail: 'no-reply@harbor.com', for: 'reset' }]);
    expect(written.bot).toEqual({ telegram: 'HarborBot', slack: 'lifeline' });
    expect(written.hours).toEqual(OWN.hours);
  });

  it('keeps everything else, its order and its remarks', () => {
    const before = SHIPPED.replace(
      'cases: {}',
      '# told of cases\ncases: { notify: { telegram: "-1" } }',
    ).replace(
      '  - { channel: phone, none: true }',
      '  - { channel: desk, link: status }\n  - { channel: phone, none: true }',
    );
    const written = writeRegistry(before, OWN);
    expect(written).toContain('# told of cases\ncases: { notify: { telegram: "-1" } }');
    expect(Object.keys(parse(written).links)).toEqual(Object.keys(parse(SHIPPED).links));
    expect(parse(written).support).toEqual([
      { channel: 'help-center', link: 'help-center' },
      { channel: 'ticket', link: 'ticket' },
      { channel: 'mail', mail: 'a@harbor.com' },
      { channel: 'x', handle: '@example_wallet' },
      { channel: 'community', link: 'community' },
      { channel: 'desk', link: 'status' },
      { channel: 'phone', none: true },
    ]);
  });

  it('changes nothing the second time, and takes away what there is no more', () => {
    const once = writeRegistry(SHIPPED, OWN);
    expect(writeRegistry(once, OWN)).toBe(once);
    const less = parse(writeRegistry(once, { ...OWN, resetMirrors: [], hours: null }));
    expect(less.links['reset-help']).not.toHaveProperty('mirrors');
    expect(less).not.toHaveProperty('hours');
  });
});

describe('writing the languages', () => {
  const names = parse(LOCALES).names;

  it.each([
    [['en'], 'en', {}],
    [['zh-CN'], 'zh-CN', {}],
    [['en', 'zh-TW'], 'en', { en: 'zh-TW', 'zh-TW': 'en' }],
    [['en', 'zh-CN'], 'zh-CN', { en: 'zh-CN', 'zh-CN': 'en' }],
    [['zh-TW', 'zh-CN'], 'zh-CN', { 'zh-TW': 'zh-CN', 'zh-CN': 'zh-TW' }],
  ])('%j has the source %s', (languages, source, fallbacks) => {
    const written = parse(writeLocales(LOCALES, languages, names));
    expect(written).toEqual({
      source,
      required: languages,
      fallbacks,
      names: Object.fromEntries(languages.map((tag) => [tag, names[tag]])),
      must_say: parse(LOCALES).must_say,
    });
  });

  it('leaves the buttons of those that are spoken, and brings one back', () => {
    const valuesOf = (text: string) =>
      parse(text).steps.which.buttons.map(({ value }: { value: string }) => value);
    const one = writeLanguageFlow(LANGUAGE, LANGUAGE, ['en']);
    expect(valuesOf(one)).toEqual(['en']);
    expect(valuesOf(writeLanguageFlow(one, LANGUAGE, ['en', 'zh-TW']))).toEqual(['zh-TW', 'en']);
    expect(writeLanguageFlow(LANGUAGE, LANGUAGE, valuesOf(LANGUAGE))).toBe(LANGUAGE);
    expect(writeLanguageFlow('flow: language\n', LANGUAGE, ['en'])).toBe('flow: language\n');
  });
});

import { describe, expect, it } from 'vitest';
import { exampleEntries, type Registry, supportHours } from '../../../src/content/index.js';
import { REGISTRY_SCHEMA, toRegistry } from '../../../src/content/registry.js';
import { bundleOf, edited, smallContent } from '../../support/small-content.js';

const REAL = {
  product: { name: 'Real Wallet' },
  origins: ['https://www.real.io'],
  links: { reset: { url: 'https://www.real.io/reset', mirrors: ['https://real-mirror.net/reset'] } },
  downloads: { ios: 'https://store.real.io/app' },
  senders: [{ mail: 'No-Reply@real.io', for: 'reset' }],
  support: [
    { channel: 'x', handle: '@Real_Wallet' },
    { channel: 'phone', phone: '+86 400 000 0000' },
    { channel: 'fax', none: true },
  ],
  bot: { telegram: 'RealBot' },
  hand_offs: {},
};
const parsed = REGISTRY_SCHEMA.parse(REAL);

describe('toRegistry', () => {
  it('looks everything up by name, form and case', () => {
    const registry = toRegistry(parsed);
    expect(registry.hosts).toEqual(['www.real.io', 'real-mirror.net', 'store.real.io']);
    expect([...registry.urls]).toEqual([
      'https://www.real.io',
      'https://www.real.io/reset',
      'https://real-mirror.net/reset',
      'https://store.real.io/app',
    ]);
    expect([...registry.mails]).toEqual(['no-reply@real.io']);
    expect([...registry.handles].sort()).toEqual(['real_wallet', 'realbot']);
    expect([...registry.phones]).toEqual(['864000000000']);
  });

  it('gives downloads a link name', () => {
    expect(toRegistry(parsed).links.get('download-ios')).toEqual({
      name: 'download-ios',
      url: 'https://store.real.io/app',
      host: 'store.real.io',
      mirrors: [],
      private: false,
    });
  });

  it('takes the official host from the origins first', () => {
    expect(bundleOf(smallContent()).registry.hosts).toEqual(['wallet.example', 'wallet-mirror.example']);
  });

  it.each([
    'http://real.io/',
    'https://real.io:444/',
    'https://a:b@real.io/',
    'https://Real.io/',
    'https://real.io/a b',
    'ftp://real.io/',
    'https://раel.io/',
  ])('takes no link %s', (url) => {
    expect(REGISTRY_SCHEMA.safeParse({ ...REAL, links: { reset: { url } } }).success).toBe(false);
  });
});

describe('exampleEntries', () => {
  it('finds nothing in a real registry', () => {
    expect(exampleEntries(parsed)).toEqual([]);
  });

  it.each([
    ['https://wallet.example/reset', 'a host of .example'],
    ['https://www.wallet.test', 'a host of .test'],
    ['https://www.example.com/reset', 'a host below example.com'],
    ['https://nowhere.invalid/', 'a host of .invalid'],
  ])('finds %s, %s', (url) => {
    const raw = REGISTRY_SCHEMA.parse({ ...REAL, links: { reset: { url } } });
    expect(exampleEntries(raw)).toEqual([['links', 'reset', 'url']]);
  });

  it('finds example addresses of mail', () => {
    const raw = REGISTRY_SCHEMA.parse({ ...REAL, senders: [{ mail: 'a@wallet.example', for: 'reset' }] });
    expect(exampleEntries(raw)).toEqual([['senders', 0, 'mail']]);
  });

  it('finds names and handles that nobody really has', () => {
    const raw = REGISTRY_SCHEMA.parse({
      ...REAL,
      product: { name: 'Example Wallet' },
      bot: { telegram: 'ExampleBot' },
    });
    expect(exampleEntries(raw)).toEqual([
      ['product', 'name'],
      ['bot', 'telegram'],
    ]);
  });

  it('leaves a real host alone that only begins with "test"', () => {
    const raw = REGISTRY_SCHEMA.parse({ ...REAL, links: { reset: { url: 'https://test.real.io/test' } } });
    expect(exampleEntries(raw)).toEqual([]);
  });
});

describe('supportHours', () => {
  const registry: Registry = bundleOf(smallContent()).registry;
  it.each([
    ['2026-03-02T01:00:00Z', 'open'],
    ['2026-03-02T00:59:59Z', 'closed'],
    ['2026-03-02T09:59:00Z', 'open'],
    ['2026-03-02T10:00:00Z', 'closed'],
    // Still Sunday in London, Monday in Shanghai; and Friday there, Saturday here.
    ['2026-03-06T16:30:00Z', 'closed'],
    ['2026-03-01T03:00:00Z', 'closed'],
  ])('is %s %s in the zone of the registry', (at, state) => {
    expect(supportHours(registry, Date.parse(at))).toBe(state);
  });

  it('is always open without hours', () => {
    const { hours: _none, ...rest } = registry;
    expect(supportHours(rest, 0)).toBe('open');
  });

  it('knows hours that go past midnight', () => {
    const late = bundleOf(
      edited(
        smallContent(),
        'flows/official.yaml',
        'from: "09:00", to: "18:00"',
        'from: "20:00", to: "02:00"',
      ),
    ).registry;
    expect(supportHours(late, Date.parse('2026-03-02T13:00:00Z'))).toBe('open');
  });
});

import { describe, expect, it } from 'vitest';
import { judgeLinks } from '../../../../src/guard/links/links.js';
import { prepare } from '../../../../src/guard/links/ours.js';
import { createTextPolicy } from '../../../../src/guard/outbound/policy.js';
import { IMITATED, type ImitatedWallet, type LinkCase, linkCases } from '../../../support/link-tricks.js';
import { registryOf } from '../../../support/registry-of.js';

/** How a case was judged: the verdict of its one link, or what else was found. */
function judged(ours: ReturnType<typeof prepare>, { text }: LinkCase): string {
  const links = judgeLinks(text, ours);
  const [first] = links;
  return first === undefined || links.length > 1 ? `${links.length} links` : first.verdict;
}

describe.each(IMITATED)('links beside those of $name', (wallet: ImitatedWallet) => {
  const registry = registryOf(wallet.official);
  const ours = prepare(registry);
  const cases = linkCases(wallet);

  it('are judged as they should be, trick by trick', () => {
    const wrong = cases.flatMap((entry) => {
      const verdict = judged(ours, entry);
      return verdict === entry.verdict ? [] : [`${entry.trick}: ${entry.text} is ${verdict}`];
    });
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(300);
  });

  it('never leave when they are not ours', () => {
    const leaves = createTextPolicy(registry);
    const left = cases.filter(({ text, verdict }) => verdict !== 'official' && leaves(text) === null);
    expect(left).toEqual([]);
    expect(leaves(`Open https://${wallet.host}/reset, or type ${wallet.host}.`)).toBeNull();
  });
});

const OURS = prepare(registryOf(IMITATED[0]?.official ?? ''));
const verdictOf = (text: string): readonly string[] =>
  judgeLinks(text, OURS).map(({ verdict, why }) => `${verdict} ${why}`);

describe('a link is judged', () => {
  it.each([
    ['https://wallet.example/reset', 'official own-host'],
    ['https://apps.apple.com/app/id1000014', 'official own-page'],
    ['https://apps.apple.com/app/id1000015', 'unknown unlisted'],
    ['https://t.me/examplewalletbot', 'official own-account'],
    ['https://t.me/ExampleWaIletBot', 'lookalike near-account'],
    ['https://wаllet.example', 'lookalike confusable'],
    ['https://walet.example', 'lookalike near-host'],
    ['https://wallet.io', 'lookalike other-ending'],
    ['https://wallet.example.evil.test', 'lookalike brand-in-subdomain'],
    ['https://example-wallet.net', 'lookalike brand-in-name'],
    ['https://exampl3walet.net', 'lookalike near-brand'],
    ['https://evil.test/examplewallet', 'lookalike brand-in-path'],
    ['[wallet.example](https://evil.test)', 'lookalike brand-in-label'],
    ['https://wallet.example@evil.test', 'lookalike user-info'],
    ['https://wallet.example\\@evil.test', 'lookalike hostile-spelling'],
    ['https://wal\u00adlet.example', 'lookalike disguised'],
    ['https://wallet.example:444', 'lookalike other-port'],
    ['http://wallet.example', 'lookalike not-https'],
    ['javascript:void(0)', 'blocked scheme'],
    ['tg://resolve?domain=x', 'blocked deep-link'],
    ['http://0x7f.1/', 'blocked ip-host'],
    ['https://bit.ly/x', 'blocked shortener'],
    ['https://evil.test', 'unknown unlisted'],
    ['https://www.wallet.example/', 'unknown unlisted-subdomain'],
    ['https://[::bad/', 'unknown unreadable'],
  ])('%s: %s', (text, expected) => {
    expect(verdictOf(text)).toEqual([expected]);
  });

  it('once for each link, in the order of the text, as it was written', () => {
    const text = 'Not hxxps://wallet[.]examp1e but https://wallet.example/reset, see (evil.test/a).';
    expect(judgeLinks(text, OURS).map(({ url, verdict }) => [url, verdict])).toEqual([
      ['hxxps://wallet[.]examp1e', 'lookalike'],
      ['https://wallet.example/reset', 'official'],
      ['evil.test/a', 'unknown'],
    ]);
  });

  it('up to fifteen hundred different ones in a text: behind them none is ours, and none may leave', () => {
    const many = Array.from({ length: 1_500 }, (_, at) => `w${at.toString(36)}.test`).join(' ');
    const text = `${many} w1.test https://wallet.example/reset`;
    const links = judgeLinks(text, OURS);
    expect(links).toHaveLength(1_502);
    expect(links.slice(-2).map(({ verdict, why }) => `${verdict} ${why}`)).toEqual([
      'unknown unlisted',
      'unknown too-many',
    ]);
  });

  it('by what a platform hides under other words', () => {
    const hidden = [{ target: 'https://evil.test', label: 'Example Wallet' }];
    expect(judgeLinks('Example Wallet', OURS, { hidden })).toEqual([
      { url: 'https://evil.test', verdict: 'lookalike', why: 'brand-in-label' },
    ]);
  });

  it('by the block lists, which our own hosts never stand on', () => {
    const listed = (host: string): 'blocked' | 'near' | null =>
      host.endsWith('evil.test') ? 'blocked' : host === 'near.test' ? 'near' : 'blocked';
    const judge = (text: string): readonly string[] =>
      judgeLinks(text, OURS, { listed }).map(({ why }) => why);
    expect(judge('https://a.evil.test/ https://near.test https://wallet.example')).toEqual([
      'block-list',
      'near-listed',
      'own-host',
    ]);
  });

  it.each([
    'I lost it.help me please',
    'my wallet.help me',
    'v1.2.3, 3.14, 10:45, e.g. this, i.e. that, song.mp3 of 3.5gb',
    'mail me at somebody@mail.test',
    'login from 203.0.113.7 at 10:45, data: 5 GB',
    '打开应用。然后输入',
    'see node:fs and std::vec',
    '',
    ' ',
  ])('not where there is none: %s', (text) => {
    expect(verdictOf(text)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { hostListed } from '../../../../src/guard/links/block-list.js';
import { parseBlockList } from '../../../../src/infra/parse-block-list.js';

const POLKADOT = JSON.stringify({
  allow: ['good.evil.test'],
  deny: ['evil.test', 'Bäd.test', 'sub.shared.test'],
});
const META_MASK = JSON.stringify({
  version: 2,
  tolerance: 1,
  fuzzylist: ['famouswallet.io'],
  whitelist: ['famouswallet.io', 'famouswallets.org'],
  blacklist: ['famous-airdrop.test'],
});
const listed = hostListed(() => [POLKADOT, META_MASK].flatMap((text) => parseBlockList(text) ?? []));

describe('block lists', () => {
  it.each([
    ['evil.test', 'blocked'],
    ['a.b.evil.test', 'blocked'],
    ['notevil.test', null],
    ['evil.test.org', null],
    ['good.evil.test', null],
    ['xn--bd-via.test', 'blocked'],
    ['sub.shared.test', 'blocked'],
    ['shared.test', null],
    ['famous-airdrop.test', 'blocked'],
    ['famouswallet.io', null],
    ['famouswallets.org', null],
    ['famouswalet.io', 'near'],
    ['www.famouswallet.com', 'near'],
    ['famouswal.io', null],
    ['test', null],
  ])('say of %s: %s', (host, expected) => {
    expect(listed(host)).toBe(expected);
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"deny":[]}',
    '{"deny":"evil.test"}',
    '{"deny":[1]}',
    '{"deny":["", "<html>", "evil.test"]}',
    '{"blacklist":["evil.test"],"tolerance":99}',
    '<html>404</html>',
    POLKADOT.slice(0, -5),
  ])('are refused when damaged: %s', (text) => {
    expect(parseBlockList(text)).toBeNull();
  });
});

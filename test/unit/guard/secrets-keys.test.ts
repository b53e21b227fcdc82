import { describe, expect, it } from 'vitest';
import { detect, type Finding } from '../../../src/guard/secrets/index.js';
import { chance } from '../../support/secrets/chance.js';
import { hex, KEY_LAYOUTS, MADE_UP } from '../../support/secrets/made-up-keys.js';

const from = chance(2026);
const hash = (): string => hex(from.bytes(32));
const told = (text: string): readonly string[] =>
  detect(text).map(({ kind, confidence }: Finding) => `${confidence} ${kind}`);

describe.each(MADE_UP)('$name', ({ kind, make }) => {
  it.each(KEY_LAYOUTS)('is found $name', ({ write }) => {
    for (let at = 0; at < 4; at += 1) {
      const key = make(from);
      const text = write(key);
      const found = detect(text).filter(({ confidence }) => confidence === 'hard');
      expect(found.map((finding) => finding.kind)).toContain(kind);
      const [first] = found;
      expect(text.slice(first?.start, first?.end).replace('\u200b', '')).toContain(key.slice(-20).trim());
    }
  });
});

describe('a key that is announced', () => {
  it.each([
    ['in groups of four', (key: string) => `private key: ${key.match(/.{4}/g)?.join(' ') ?? ''}`],
    ['over two lines', (key: string) => `my private key is\n${key.slice(0, 32)}\n${key.slice(32)}`],
    ['with a character too few', (key: string) => `my private key: ${key.slice(1)}`],
    ['in bytes', (key: string) => `secret key [${[...Buffer.from(key, 'hex')].join(', ')}]`],
    ['in JSON', (key: string) => JSON.stringify({ address: '0x00', privateKey: `0x${key}` })],
    ['in an environment file', (key: string) => `PRIVATE_KEY=${key}`],
  ])('is found %s', (_, write) => {
    expect(told(write(hash()))).toEqual(['hard key']);
  });

  it('is found with a mistake in its checksum', () => {
    const key = MADE_UP.find(({ name }) => name === 'WIF')?.make(from) ?? '';
    const broken = `${key.slice(0, 20)}${key[20] === 'x' ? 'y' : 'x'}${key.slice(21)}`;
    expect(told(`my private key ${broken}`)).toEqual(['hard key']);
    expect(told(`what is ${broken}`)).toEqual([]);
  });
});

describe('a token whose ids count up', () => {
  const letters = Array.from(
    { length: 40 },
    (_, at) => 'kZ3jd8QxLq7Yx1Bn5Tg2Wc6Vf0'[(at * 7) % 26] ?? '',
  ).join('');
  it.each([
    ['Telegram', `123456789:AA${letters.slice(0, 33)}`],
    ['Telegram, ten digits', `5123456789:AA${letters.slice(0, 33)}`],
    ['Slack', `${'xo'}xb-123456789012-1234567890123-${letters.slice(0, 24)}`],
  ])('of %s is found', (_, token) => {
    expect(told(`here: ${token}`)).toEqual(['hard token']);
  });

  it('is none where a placeholder stands for its secret part', () => {
    expect(told('123456789:AAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')).toEqual([]);
  });
});

describe('64 hexadecimal digits', () => {
  it.each([
    'my private key is {hex}',
    '{hex} that is my private key',
    'privkey {hex}',
    '我的私钥 {hex}',
    '{hex}这个是我的私钥',
    '秘密鍵は{hex}です',
    '{hex} が私の秘密鍵です',
    '개인키 {hex}',
    'mi clave privada es {hex}',
    'мой приватный ключ {hex}',
    'özel anahtarım {hex}',
    'khóa riêng của tôi là {hex}',
    'kunci pribadi saya {hex}',
    'minha chave privada é {hex}',
    'my transaction failed, here is my private key 0x{hex}',
  ])('are a key in "%s"', (text) => {
    for (let at = 0; at < 20; at += 1) expect(told(text.replace('{hex}', hash()))).toEqual(['hard key']);
  });

  it.each([
    'the transaction {hex} is stuck',
    'tx 0x{hex}',
    'txid: {hex}',
    'https://explorer.test/tx/0x{hex}',
    'block {hex} was orphaned',
    '交易哈希：{hex}',
    '转账 0x{hex} 没到账',
    'トランザクション{hex}が届きません',
    '트랜잭션 {hex} 확인',
    'la transacción {hex} no llega',
    'транзакция {hex} не пришла',
    'sha256:{hex}',
    'public key {hex}',
    '/static/{hex}.js',
    'I gave nobody my private key, only the transaction hash {hex}',
  ])('are harmless in "%s"', (text) => {
    for (let at = 0; at < 20; at += 1) expect(told(text.replace('{hex}', hash()))).toEqual([]);
  });

  it.each(['{hex}', '0x{hex}', 'this one: {hex}', '这个 {hex}', '{hex}?'])('may be a key in "%s"', (text) => {
    for (let at = 0; at < 20; at += 1) expect(told(text.replace('{hex}', hash()))).toEqual(['maybe key']);
  });

  it('are nothing where they are a placeholder', () => {
    expect(told('0'.repeat(64))).toEqual([]);
    expect(told('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f')).toEqual([]);
  });
});

describe('what has the form of a key and is none', () => {
  it.each([
    ['a signature of Solana', () => Buffer.from(from.bytes(64)).toString('hex')],
    ['64 bytes in a list', () => JSON.stringify([...from.bytes(64)])],
    ['an address of Bitcoin', () => '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2'],
    ['an address of Ethereum', () => '0x52908400098527886E0F7030069857D2E4169EE7'],
    ['an address of Tron', () => 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE'],
    ['an address of Stellar', () => 'GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ'],
    [
      'an extended public key',
      () =>
        'xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8',
    ],
    ['a PEM example without a body', () => '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----'],
    [
      'a public key',
      () => '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----',
    ],
    ['JSON without keys', () => '{"version":3,"id":"x","items":[1,2,3]}'],
    ['a token from a manual', () => 'AKIAIOSFODNN7EXAMPLE'],
    ['a login from a manual', () => 'postgres://user:password@localhost/db'],
  ])('%s', (_, make) => {
    expect(told(make())).toEqual([]);
  });
});

describe('seeds of authenticators', () => {
  it.each([
    'my authenticator key is JBSW Y3DP EHPK 3PXP',
    '2fa secret: jbsw y3dp ehpk 3pxp',
    '谷歌验证器密钥 JBSWY3DPEHPK3PXP',
    'setup key JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  ])('are found in "%s"', (text) => {
    expect(told(text)).toEqual(['hard code']);
  });

  it.each([
    'JBSWY3DPEHPK3PXP',
    'the file ABCDEFGH23456723 is lost',
    'this code will work with your app then',
  ])('are not seen in "%s"', (text) => {
    expect(told(text)).toEqual([]);
  });
});

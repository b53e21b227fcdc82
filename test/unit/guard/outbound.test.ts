import { describe, expect, it } from 'vitest';
import { type Bundle, buildBundle } from '../../../src/content/index.js';
import { readContentFiles } from '../../../src/content/read-files.js';
import { createOutboundPolicy } from '../../../src/guard/index.js';
import { conversationId, inboundId, type OutboxRow, rowId } from '../../../src/model/index.js';
import { bundleOf, edited, smallContent } from '../../support/small-content.js';

const ID = conversationId('telegram', { channel: '5' }, '5');
const { registry } = bundleOf(smallContent());
const policy = createOutboundPolicy(() => registry);

function row(
  payload: Readonly<Record<string, unknown>>,
  links: readonly string[] = [],
  kind: OutboxRow['shown']['kind'] = 'message',
): OutboxRow {
  return {
    id: rowId(ID, inboundId('telegram', '1'), 0),
    conversation: ID,
    tries: 0,
    notBefore: 0,
    unclearSince: null,
    call: { method: 'sendMessage', payload },
    links,
    shown: { kind, keys: [], choices: [] },
  };
}
const verdict = (text: string): string | null => policy(row({ chat_id: 5, text }));

describe('the outbound policy', () => {
  it.each([
    'Nothing to look at here.',
    'Open https://wallet.example/reset now.',
    '打开 https://wallet.example/reset。',
    'Type wallet.example, or (wallet-mirror.example).',
    'Mails come from no-reply@mail.wallet.example.',
    '邮件来自no-reply@mail.wallet.example和security@mail.wallet.example。',
    '打开https://wallet.example/reset，或输入wallet.example打开',
    'Our account is @example_wallet, our bot @ExampleLifelineBot!',
    'e.g. this, i.e. that: 3.14, 10:45, v1.2.3 and so on...',
    'https://t.me/ExampleLifelineBot?start=recover-password',
  ])('lets "%s" leave', (text) => {
    expect(verdict(text)).toBeNull();
  });

  it.each([
    'Open https://evil.net/reset now.',
    'Open https://wallet.example/other now.',
    'Open http://wallet.example/reset now.',
    'Open https://wallet.example/reset/../../x',
    'Open wallet.example.evil.net',
    'Write to support@evil.net',
    'Write to @somebody_else',
    'tg://resolve?domain=somebody',
    'https://t.me/ExampleLifelineBot2?start=x',
    'https://t.me/ExampleLifelineBot?start=a b@evil.net',
    '请打开 evil.net/重置',
    'https://wallet.example@evil.net',
    'HTTPS://EVIL.NET/',
    'https://wallet.example/reset重置',
    '邮件来自x.no-reply@mail.wallet.example',
  ])('keeps "%s" back', (text) => {
    expect(verdict(text)).toBe('unlisted-address');
  });

  it.each([
    `${'abandon '.repeat(11)}about`,
    `password: Hunter2!`,
    'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP',
  ])('keeps the secret in "%s" back', (text) => {
    expect(['secret-outbound', 'unlisted-address']).toContain(verdict(text));
    expect(verdict('fine words')).toBeNull();
  });

  it('looks into every text of a payload, however deep', () => {
    const keyboard = (url: string) =>
      row({ text: 'x', reply_markup: { inline_keyboard: [[{ text: 'open', url }]] } });
    expect(policy(keyboard('https://wallet.example/reset'))).toBeNull();
    expect(policy(keyboard('https://evil.net/'))).toBe('unlisted-address');
  });

  it('does not read the payload of our own buttons', () => {
    expect(policy(row({ text: 'x', callback_data: 'a.bc.de', chat_id: '@x' }))).toBeNull();
  });

  it('does not read where an answer of Slack is sent to, nor whose it is', () => {
    const payload = {
      response_url: 'https://hooks.slack.com/actions/T1/2/3',
      ...{ channel: 'C0TALK', user: 'U0ANN', thread_ts: '1700000000.000100' },
      blocks: [{ block_id: 'C0TALK#0', elements: [{ action_id: 'tap-0', value: '3.0.abcdef' }] }],
    };
    expect(policy(row(payload))).toBeNull();
    expect(policy(row({ ...payload, text: 'https://hooks.slack.com/actions/T1/2/3' }))).not.toBeNull();
  });

  it('knows an address of ours with its "&" escaped', () => {
    const content = edited(
      smallContent(),
      'flows/official.yaml',
      'wallet.example/reset"',
      'wallet.example/?a=1&b=2"',
    );
    const knows = createOutboundPolicy(() => bundleOf(content).registry);
    expect(knows(row({ text: 'Open https://wallet.example/?a=1&amp;b=2 now' }))).toBeNull();
    expect(knows(row({ text: 'Open https://wallet.example/?a=1&amp;b=3 now' }))).toBe('unlisted-address');
  });

  it('keeps a row back whose link was withdrawn', () => {
    expect(policy(row({ text: 'x' }, ['reset-help']))).toBeNull();
    expect(policy(row({ text: 'x' }, ['reset-help', 'gone']))).toBe('link-withdrawn');
  });

  it('judges by the live registry, not by the one before', () => {
    let live = registry;
    const follows = createOutboundPolicy(() => live);
    const text = 'Open https://wallet.example/reset';
    expect(follows(row({ text }))).toBeNull();
    live = bundleOf(
      edited(
        edited(smallContent(), 'flows/official.yaml', 'wallet.example/reset"', 'wallet.example/new"'),
        'flows/official.yaml',
        'wallet-mirror.example/reset',
        'wallet-mirror.example/new',
      ),
    ).registry;
    expect(follows(row({ text }))).toBe('unlisted-address');
  });

  it('lets the deletion of a message leave', () => {
    expect(policy(row({ message_id: '77' }, [], 'delete'))).toBeNull();
  });

  it('lets every shipped text of every locale leave, with every value in it', async () => {
    const built = buildBundle(await readContentFiles(process.cwd()));
    if (built.kind === 'broken') throw new Error('the shipped content has findings');
    const bundle: Bundle = built.bundle;
    const ship = createOutboundPolicy(() => bundle.registry);
    const values: Readonly<Record<string, string>> = {
      host: bundle.registry.hosts[0] ?? '',
      hosts: bundle.registry.hosts.join(', '),
      sender: bundle.registry.senders[0]?.mail ?? '',
      senders: bundle.registry.senders.map((sender) => sender.mail).join(', '),
      bot: `@${bundle.registry.bot.telegram ?? ''}`,
      channels: bundle.registry.support.map((entry) => `(${entry.mail ?? entry.handle ?? ''})`).join('\n'),
      product: bundle.registry.product.name,
    };
    const refused = [...bundle.texts].flatMap(([tag, texts]) =>
      [...texts].flatMap(([key, message]) => {
        const broken = ship(row({ text: message.format((name) => values[name] ?? name) }));
        return broken === null ? [] : [`${tag} ${key} ${broken}`];
      }),
    );
    expect(refused).toEqual([]);
  });
});

describe('a token behind the address of an official page', () => {
  const TOKEN = 'aaaa.bbbb.cccc';
  const files = edited(
    smallContent(),
    'flows/official.yaml',
    '{ link: reset-help }',
    '{ link: reset-help, verified: true, page: help-fees }',
  );
  const { registry: taking } = bundleOf(files);
  const isOurs = (token: string, audience: string): boolean =>
    token === TOKEN && audience === 'https://wallet.example';
  const knows = createOutboundPolicy(() => taking, isOurs);
  const button = (url: string) =>
    knows(row({ reply_markup: { inline_keyboard: [[{ text: 'Open', url }]] } }));

  it('leaves when we signed it', () => {
    expect(button(`https://wallet.example/help/fees#${TOKEN}`)).toBeNull();
  });

  it.each([
    ['nobody of us signed', 'https://wallet.example/help/fees#aaaa.bbbb.dddd'],
    ['stands behind another page of ours', `https://wallet.example/reset#${TOKEN}`],
    ['stands behind somebody else', `https://evil.net/help/fees#${TOKEN}`],
    ['has more behind it', `https://wallet.example/help/fees#${TOKEN}.more`],
    ['has words behind it', `https://wallet.example/help/fees#${TOKEN} evil.net`],
    ['is a query', `https://wallet.example/help/fees?${TOKEN}`],
  ])('stays when it %s', (_, url) => {
    expect(button(url)).not.toBeNull();
  });

  it('stays where nothing is verified', () => {
    const plain = createOutboundPolicy(() => registry, isOurs);
    const url = `https://wallet.example/help/fees#${TOKEN}`;
    expect(plain(row({ url }))).not.toBeNull();
    expect(createOutboundPolicy(() => taking)(row({ url }))).not.toBeNull();
  });
});

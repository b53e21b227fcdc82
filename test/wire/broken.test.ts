import { describe, expect, it } from 'vitest';
import type { Adapter, EncodeTarget, OutboundMessage } from '../../src/model/index.js';
import { bundleOf, smallContent } from '../support/small-content.js';
import type { Ground } from './ground.js';
import { conversationOf, playOver } from './play-over.js';
import { WIRES } from './wire-stage.js';

const bundle = bundleOf(smallContent());
const conversations = [
  conversationOf(
    'direct.yaml',
    `conversation: a talk
run: { locales: [en] }
turns:
  - user: { means: mail-missing }
  - bot: { says: [safety.full, mail.looked], offers: [spam, waited, person] }
  - user: { picks: spam }
  - bot: { says: [mail.check, mail.page, mail.came], offers: [yes, no], links: [help-fees] }
  - user: { types: no }
  - later: 10m
  - bot: { says: mail.came }
`,
  ),
];

type Message = OutboundMessage & { readonly kind: 'message' };
type Encode = Adapter['encode'];

/** Another encoder on the same ground. */
const encoding =
  (change: (encode: Encode) => Encode) =>
  (ground: Ground): Ground => ({
    ...ground,
    adapter: { ...ground.adapter, encode: change(ground.adapter.encode) },
  });

/** Messages are changed before they are encoded, all or only those that say a text. */
const rewriting = (change: (message: Message) => Message): ((ground: Ground) => Ground) =>
  encoding((encode) => (message, to) => encode(message.kind === 'message' ? change(message) : message, to));

const nobody = (to: EncodeTarget): EncodeTarget => ({ ...to, userId: '999', place: { channel: '999' } });

describe.each(WIRES)('a run over %s', (platform) => {
  const failureOf = async (breaking?: (ground: Ground) => Ground): Promise<string> =>
    (await playOver(platform, bundle, conversations, breaking)).failures.join('\n');

  it('is good while the adapter is', async () => {
    expect(await failureOf()).toBe('');
  });

  it('fails for a button that is lost', async () => {
    const broken = rewriting((message) => ({ ...message, buttons: message.buttons.slice(0, -1) }));
    expect(await failureOf(broken)).toContain(
      'turn 1: mail.looked: the button "en mail btn person" is not to be seen, only en mail btn spam, en mail btn waited',
    );
  });

  it('fails for buttons in another order than they are counted in', async () => {
    const broken = rewriting((message) => ({ ...message, buttons: message.buttons.toReversed() }));
    expect(await failureOf(broken)).toContain('turn 1: mail.looked: the choices are in another order');
  });

  it('fails for a button that does something else than it says', async () => {
    const broken = rewriting((message) => ({
      ...message,
      buttons: message.buttons.map((button) =>
        button.kind === 'tap' ? { ...button, data: '1.0.AAAA' } : button,
      ),
    }));
    expect(await failureOf(broken)).toMatch(/cannot be tapped for what it says|the platform refused/);
  });

  it('fails for a link that leads elsewhere', async () => {
    const broken = rewriting((message) => ({
      ...message,
      buttons: message.buttons.map((button) =>
        button.kind === 'url' ? { ...button, url: 'https://wallet.example/reset' } : button,
      ),
    }));
    expect(await failureOf(broken)).toContain(
      'leads to https://wallet.example/reset instead of https://wallet.example/help/fees',
    );
  });

  it('fails for words that are missing', async () => {
    const broken = rewriting((message) => ({ ...message, text: message.text.slice(0, -3) }));
    expect(await failureOf(broken)).toContain(
      'turn 1: safety.full: should read "ull", but reads "en mail loo"',
    );
  });

  it('fails for other words', async () => {
    const broken = rewriting((message) => ({ ...message, text: message.text.replace('looked', 'cooked') }));
    expect(await failureOf(broken)).toContain('should read "en mail looked", but reads "en mail cooked"');
  });

  it('fails for a message that comes twice', async () => {
    const broken = encoding((encode) => (message, to) => {
      const calls = encode(message, to);
      return message.kind === 'message' ? [...calls, ...calls.map((call) => ({ ...call }))] : calls;
    });
    expect(await failureOf(broken)).toMatch(/is to be seen, and was not sent there|but reads/);
  });

  it('fails for replies that reach somebody else', async () => {
    let first: EncodeTarget | null = null;
    const broken = encoding((encode) => (message, to) => {
      first ??= to;
      return encode(message, first);
    });
    const { failures } = await playOver(platform, bundle, [...conversations, ...conversations], broken);
    expect(failures).toEqual([
      expect.stringContaining('turn 1: safety.full: "en safety full" is not to be seen'),
    ]);
  });

  it('fails for replies to nobody', async () => {
    const broken = encoding((encode) => (message, to) => encode(message, nobody(to)));
    expect(await failureOf(broken)).toMatch(/turn 1: the platform (?:refused|says)/);
  });
});

describe('a run over Telegram', () => {
  it('fails for a tap that is never answered', async () => {
    const broken = encoding(
      (encode) => (message, to) => (message.kind === 'answer-tap' ? [] : encode(message, to)),
    );
    const { failures } = await playOver('telegram', bundle, conversations, broken);
    expect(failures.join('\n')).toContain('turn 3: 1 taps or commands are shown as pending');
  });

  it('fails for a message that is not deleted', async () => {
    const pasting = conversationOf(
      'paste.yaml',
      'conversation: a paste\nrun: { locales: [en] }\nturns:\n  - user: { pastes: made-up-mnemonic }\n  - bot: { removes: where-allowed }\n',
    );
    const broken = encoding(
      (encode) => (message, to) => (message.kind === 'delete' ? [] : encode(message, to)),
    );
    const { failures } = await playOver('telegram', bundle, [pasting], broken);
    expect(failures.join('\n')).toContain('turn 2: should delete the message');
  });
});

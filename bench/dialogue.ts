import {
  type Adapter,
  type ConversationId,
  conversationId,
  type InboundContent,
  type InboundMessage,
  inboundId,
  type OutboundMessage,
  personId,
  type SendRates,
  type TapButton,
  UNLIMITED,
} from '../src/model/index.js';

/** A platform that keeps what is on offer, and nothing else. */
export interface BenchPlatform {
  readonly adapter: Adapter;
  choice(conversation: ConversationId, value: string): string;
  /** Resolves once the next row for the person with this number has been sent. */
  sent(user: number): Promise<void>;
}

const NO_LIMITS: SendRates = { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED };

/** A platform without a network. */
export function createBenchPlatform(rates: SendRates = NO_LIMITS): BenchPlatform {
  const offers = new Map<string, readonly TapButton[]>();
  const waiting = new Map<string, () => void>();
  const adapter: Adapter = {
    capabilities: { deletesIn: { direct: true, public: false }, maxTextChars: 4096, maxLabelChars: 40 },
    rates,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    encode: (message: OutboundMessage, to) => {
      if (message.kind !== 'message') return [];
      const taps = message.buttons.filter((button) => button.kind === 'tap' && button.numbered);
      if (taps.length > 0) offers.set(to.userId, taps as readonly TapButton[]);
      return [
        {
          method: 'send',
          payload: {
            chat_id: to.userId,
            text: message.text,
            buttons: taps.map((button) => ({
              text: button.label,
              callback_data: 'data' in button ? button.data : '',
            })),
          },
        },
      ];
    },
    send: ({ payload }) => {
      waiting.get(String(payload.chat_id))?.();
      return Promise.resolve({ kind: 'sent' });
    },
  };
  return {
    adapter,
    choice: (conversation, value) => {
      const found = offers
        .get(conversation.split(':').at(-1) ?? '')
        ?.find((button) => button.value === value);
      if (found === undefined) throw new Error(`"${value}" is not on offer`);
      return found.data;
    },
    sent: (user) =>
      new Promise((resolve) => {
        const id = String(user);
        waiting.set(id, () => {
          waiting.delete(id);
          // Whoever sends settles the row first, as it would before an answer of the person arrives.
          setImmediate(resolve);
        });
      }),
  };
}

let updates = 0;

/** A message of the person with this number. */
export function messageFrom(user: number, content: InboundContent): InboundMessage {
  updates += 1;
  const id = String(user);
  return {
    id: inboundId('telegram', `${process.pid}-${updates}`),
    platform: 'telegram',
    conversation: conversationId('telegram', { channel: id }, id),
    person: personId('telegram', id),
    visibility: 'direct',
    content,
    localeHint: 'en',
  };
}

/** The choices of a talk by buttons, from the first question on; a text opens it. */
export const TALK = ['login', 'none', 'have', 'seen', 'mail'] as const;
export const OPENING = 'i forgot my password';

import type { Bundle } from '../../src/content/index.js';
import { createConversation } from '../../src/conversation/index.js';
import { createLookUp } from '../../src/guard/index.js';
import { deriveKey } from '../../src/infra/keys.js';
import {
  type Adapter,
  type ConversationId,
  conversationId,
  type InboundContent,
  type InboundMessage,
  inboundId,
  type Log,
  type LogFields,
  type OutboundMessage,
  type Platform,
  personId,
  type SendResult,
  UNLIMITED,
  type Understanding,
} from '../../src/model/index.js';
import { createButtonSigner } from '../../src/runtime/buttons.js';
import type { Engine } from '../../src/runtime/turn-request.js';

/**
 * An understanding of few forms only: the label of a choice, `wants <intent>`, `maybe <intent> or <intent>` and
 * `language`. Texts in Chinese characters are `zh-CN`, those in Cyrillic are foreign.
 */
const PLAIN_UNDERSTANDING: Understanding = {
  localeOf: (text) => (/\p{Script=Han}/u.test(text) ? 'zh-CN' : null),
  isForeign: (text) => /\p{Script=Cyrillic}/u.test(text),
  understand: (text, _locale, { choices }) => {
    const choice = choices.find(({ label }) => label === text);
    const intent = /^wants (\S+)/.exec(text)?.[1];
    const locale = PLAIN_UNDERSTANDING.localeOf(text);
    if (choice !== undefined) return { event: { kind: 'choice', value: choice.value }, locale, top: [] };
    if (intent !== undefined) return { event: { kind: 'intent', intent, found: [] }, locale, top: [] };
    const several = /^maybe (\S+) or (\S+)/.exec(text)?.slice(1, 3);
    if (several !== undefined) return { event: { kind: 'ask-back', intents: several }, locale, top: [] };
    if (text === 'language' || PLAIN_UNDERSTANDING.isForeign(text))
      return { event: { kind: 'global', word: 'language' }, locale, top: [] };
    return { event: { kind: 'unclear', near: [] }, locale, top: [] };
  },
};

/** An engine on a bundle that needs no training. */
export function plainEngine(bundle: Bundle): Engine {
  return {
    bundle,
    conversation: createConversation(bundle, createLookUp(bundle.registry)),
    understanding: PLAIN_UNDERSTANDING,
    buttons: createButtonSigner(deriveKey(new Uint8Array(32).fill(7), 'buttons')),
  };
}

/** A platform that shows messages as they are; `answers` decides what becomes of each call, in order, then `sent`. */
export interface Stage extends Adapter {
  readonly shown: OutboundMessage[];
  answer: (message: OutboundMessage) => SendResult | Promise<SendResult>;
}

/** A stage on which messages can be deleted. */
export function openStage(): Stage {
  const shown: OutboundMessage[] = [];
  const stage: Stage = {
    shown,
    answer: () => ({ kind: 'sent' }),
    capabilities: { deletesIn: { direct: true, public: true }, maxTextChars: 4096, maxLabelChars: 64 },
    rates: { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    encode: (message) => [{ method: 'show', payload: { message } }],
    send: async (call) => {
      const message = call.payload.message as OutboundMessage;
      const result = await stage.answer(message);
      if (result.kind === 'sent') shown.push(message);
      return result;
    },
  };
  return stage;
}

/** The text keys of messages, each message joined by `+`. */
export function keysOf(messages: readonly OutboundMessage[]): readonly string[] {
  return messages.map((message) => (message.kind === 'message' ? message.keys.join('+') : message.kind));
}

/** A log that keeps its lines. */
export function keptLog(): Log & { readonly lines: LogFields[] } {
  const lines: LogFields[] = [];
  const keep = (fields: LogFields): void => {
    lines.push(fields);
  };
  return { lines, debug: keep, info: keep, warn: keep, error: keep };
}

/** A direct message of a person, `update` being its number. */
export function inbound(
  update: number,
  content: InboundContent,
  options: { user?: string; platform?: Platform; place?: string; public?: boolean } = {},
): InboundMessage {
  const { user = '5', platform = 'telegram', place = user } = options;
  const conversation: ConversationId = conversationId(platform, { channel: place }, user);
  return {
    id: inboundId(platform, String(update), user),
    platform,
    conversation,
    person: personId(platform, user),
    visibility: options.public === true ? 'public' : 'direct',
    content,
    messageRef: String(update),
  };
}

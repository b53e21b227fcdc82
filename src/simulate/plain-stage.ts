import {
  type Adapter,
  type ConversationId,
  conversationId,
  type EncodeTarget,
  type InboundContent,
  type InboundMessage,
  inboundId,
  type OutboundMessage,
  type Platform,
  personId,
  type ReplyVia,
  UNLIMITED,
} from '../model/index.js';
import { type Deed, knowsRights, opensThreads, type Where } from './deed.js';
import { createFakeClock, type FakeClock } from './fake-clock.js';
import { hintFor, hintsAt } from './locale-hint.js';
import type { Client, OpenStage, Sight, Stage, Visitor } from './stage.js';
import type { World } from './world.js';

/** What a stage needs of a platform's real adapter. */
export type Encoder = Pick<Adapter, 'capabilities' | 'encode'>;

/** Everybody is this person, each in a world of their own. */
const USER = '42';
const HANDLE = 'sam.river7';
const GROUP = '-1001';
/** How long an answer can go back the way a tap or command came (ms). */
const VIA_MS = 900_000;
/** Deliveries of one update; the third failure is answered. */
const MOST_DELIVERIES = 4;

/** A platform without a wire: what is sent is on the screen at once. */
export function plainStage(platform: Platform, real: Encoder): OpenStage {
  return (at) => {
    const screen = new Screen(real);
    const clock = createFakeClock(at);
    const stage: Stage = {
      clock,
      adapter: screen.adapter,
      enter: (visitor) => new PlainClient(platform, screen, clock, visitor),
    };
    return stage;
  };
}

/** Shows what is sent; encoding by the real adapter is done on the side, so that its limits count. */
class Screen {
  readonly adapter: Adapter;
  isBlocked = false;
  #fresh: Sight[] = [];

  constructor(real: Encoder) {
    const sent: { readonly message: OutboundMessage; readonly to: EncodeTarget['visibility'] }[] = [];
    this.adapter = {
      capabilities: real.capabilities,
      rates: { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED },
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      encode: (message, to) => {
        if (message.kind === 'message' && real.encode(message, to).length === 0)
          throw new RangeError('a message was encoded to nothing');
        sent.push({ message, to: to.visibility });
        return [{ method: 'show', payload: { ...wordsOf(message), index: sent.length - 1 } }];
      },
      send: (call) => {
        if (this.isBlocked) return Promise.resolve({ kind: 'unreachable', code: 'blocked' });
        const { message, to } = sent[Number(call.payload.index)] ?? {};
        // In a group the bot was not given the right.
        if (message?.kind === 'delete' && to === 'public')
          return Promise.resolve({ kind: 'refused', code: 'no-rights' });
        if (message?.kind === 'message') this.#fresh.push(message);
        else if (message?.kind === 'delete') this.#fresh.push({ kind: 'removed' });
        return Promise.resolve({ kind: 'sent' });
      },
    };
  }

  look(): readonly Sight[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}

/** The words of a message, for the last look before it leaves. */
function wordsOf(message: OutboundMessage): Readonly<Record<string, unknown>> {
  if (message.kind !== 'message') return {};
  const { text, buttons } = message;
  return {
    text,
    buttons: buttons.map((button) => [button.label, button.kind === 'url' ? button.url : '']),
  };
}

/** Hands over what the real adapter would have decoded. */
class PlainClient implements Client {
  readonly #platform: Platform;
  readonly #screen: Screen;
  readonly #clock: FakeClock;
  readonly #world: World;
  readonly #hint: string;
  #last: InboundMessage | null = null;
  #updates = 0;
  #messages = 0;
  /** The thread in the group that the last mention opened, where mentions do. */
  #thread: string | null = null;

  constructor(platform: Platform, screen: Screen, clock: FakeClock, { world, locale }: Visitor) {
    this.#platform = platform;
    this.#screen = screen;
    this.#clock = clock;
    this.#world = world;
    this.#hint = hintFor(platform, locale);
  }

  get conversation(): ConversationId {
    return this.#last?.conversation ?? this.#conversationIn('direct');
  }

  async act(deed: Deed, where: Where): Promise<string | null> {
    if (deed.kind === 'blocks' || deed.kind === 'unblocks') this.#screen.isBlocked = deed.kind === 'blocks';
    const content = contentOf(this.#platform, deed);
    if (content === null) return null;
    if (deed.kind === 'says' || deed.kind === 'sends') this.#messages += 1;
    if (where === 'group' && opensThreads(this.#platform)) this.#enterThread(deed);
    this.#last = this.#inbound(deed, content, content.kind === 'start' ? 'direct' : where);
    return this.redeliver();
  }

  async redeliver(): Promise<string | null> {
    if (this.#last !== null) await this.#deliver(this.#last);
    await this.#world.settle();
    return null;
  }

  /** A platform sends again what was not taken, until the bot answers that something is wrong. */
  async #deliver(message: InboundMessage): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#world.receive(message);
        return;
      } catch (error) {
        if (tries === MOST_DELIVERIES) throw error;
      }
    }
  }

  look(): readonly Sight[] {
    return this.#screen.look();
  }

  #inbound(deed: Deed, content: InboundContent, where: Where): InboundMessage {
    this.#updates += 1;
    const hasMessage = deed.kind === 'says' || deed.kind === 'edits' || deed.kind === 'sends';
    const mayDelete = where === 'direct' || !knowsRights(this.#platform);
    return {
      id: inboundId(this.#platform, 'update', String(this.#updates)),
      platform: this.#platform,
      conversation: this.#conversationIn(where),
      person: personId(this.#platform, USER),
      visibility: where === 'group' ? 'public' : 'direct',
      content,
      sentAt: this.#clock.now(),
      handle: HANDLE,
      ...(hintsAt(this.#platform, deed.kind) ? { localeHint: this.#hint } : {}),
      ...(where === 'group' && isAnsweredAlone(deed)
        ? { replyVia: viaOf(this.#platform, this.#clock.now()) }
        : {}),
      ...(hasMessage && mayDelete ? { messageRef: String(this.#messages) } : {}),
    };
  }

  /** Taps and edits belong where their message stands; commands stand in no thread. */
  #enterThread(deed: Deed): void {
    if (deed.kind === 'says' || deed.kind === 'sends') this.#thread = String(this.#messages);
    else if (deed.kind === 'command') this.#thread = null;
  }

  #conversationIn(where: Where): ConversationId {
    const thread = where === 'group' && this.#thread !== null ? { thread: this.#thread } : {};
    return conversationId(this.#platform, { channel: where === 'group' ? GROUP : USER, ...thread }, USER);
  }
}

/** Buttons and commands in a group are answered for one person's eyes only, wherever the platform can do so. */
function isAnsweredAlone({ kind }: Deed): boolean {
  return kind === 'taps' || kind === 'command';
}

function viaOf(platform: Platform, now: number): ReplyVia {
  switch (platform) {
    case 'discord':
      return {
        ...{ kind: 'discord-interaction', token: 'made-up', application: '1', ephemeral: true },
        ...{ expiresAt: now + VIA_MS, thinks: false },
      };
    case 'slack':
      return { kind: 'slack-response', token: 'https://hooks.slack.com/made-up', expiresAt: now + VIA_MS };
    default:
      return { kind: 'telegram-ephemeral', token: '1' };
  }
}

/** What the bot is told of a deed; `null` where it is told nothing. */
function contentOf(platform: Platform, deed: Deed): InboundContent | null {
  switch (deed.kind) {
    case 'says':
      return { kind: 'text', text: deed.text };
    case 'edits':
      return { kind: 'edit', text: deed.text };
    case 'sends':
      return deed.what === 'contact'
        ? { kind: 'contact', phone: '+15550100' }
        : { kind: 'media', media: deed.what, caption: '', fileName: '' };
    case 'taps':
      return deed.button.kind === 'private'
        ? { kind: 'start', payload: deed.button.flow }
        : { kind: 'tap', data: deed.button.data };
    case 'opens':
      return opening(platform, deed.flow);
    case 'command':
      return { kind: 'command', name: deed.name, text: '' };
    case 'blocks':
    case 'unblocks':
      return platform === 'telegram' ? { kind: 'reachable', reachable: deed.kind === 'unblocks' } : null;
  }
}

/** Where there is no START button, a command does what it does. */
function opening(platform: Platform, flow: string): InboundContent {
  if (platform === 'discord') return { kind: 'command', name: 'start', text: '' };
  return { kind: 'start', payload: flow, ...(platform === 'slack' ? { resume: true } : {}) };
}

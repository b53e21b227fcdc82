import { entropyToMnemonic } from '@scure/bip39';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as simplified } from '@scure/bip39/wordlists/simplified-chinese.js';
import { wordlist as traditional } from '@scure/bip39/wordlists/traditional-chinese.js';
import {
  type Adapter,
  type ConversationId,
  conversationId,
  type InboundContent,
  type InboundMessage,
  inboundId,
  type OutboundMessage,
  type Platform,
  personId,
  type TapButton,
} from '../model/index.js';
import { createFakeClock, type FakeClock } from './fake-clock.js';
import type { UserTurn } from './format.js';
import { createRandom } from './random.js';
import { createStage, type OpenWorld, type World } from './world.js';

/** One line of what happened, for a person to read. */
export type Line = { readonly who: 'user' | 'bot' | 'clock'; readonly text: string };

/** Somebody who talks to the bot, and what they see. */
export class Player {
  readonly clock: FakeClock;
  readonly lines: Line[] = [];
  /** Everything the bot sent since the last turn of the person. */
  fresh: OutboundMessage[] = [];
  readonly links = new Set<string>();
  /** Made-up secrets that were pasted. */
  readonly secrets: (readonly string[])[] = [];
  world!: World;
  readonly #platform: Platform;
  readonly #locale: string;
  readonly #random: () => number;
  #choices: readonly TapButton[] = [];
  readonly #helpers: { readonly links: readonly string[]; readonly button: TapButton }[] = [];
  #lastInbound: InboundMessage | null = null;
  #messages = 0;

  private constructor(platform: Platform, locale: string, seed: number, start: number) {
    this.#platform = platform;
    this.#locale = locale;
    this.#random = createRandom(seed);
    this.clock = createFakeClock(start);
  }

  /** A new person on a platform, before the first word. */
  static async enter(
    open: OpenWorld,
    options: {
      platform: Platform;
      locale: string;
      seed: number;
      start: number;
      adapter: Pick<Adapter, 'capabilities' | 'encode'>;
    },
  ): Promise<Player> {
    const player = new Player(options.platform, options.locale, options.seed, options.start);
    const stage = createStage(options.adapter, (message) => player.#see(message));
    const entropy = (): Uint8Array =>
      Uint8Array.from({ length: 32 }, () => Math.floor(player.#random() * 256));
    player.world = await open({
      clock: player.clock,
      entropy,
      adapters: new Map([[options.platform, stage]]),
    });
    return player;
  }

  get conversation(): ConversationId {
    return this.#lastInbound?.conversation ?? this.#conversation(false);
  }

  /** Plays one turn of the person; returns a sentence when it cannot be played. */
  async act(turn: UserTurn): Promise<string | null> {
    this.fresh = [];
    const contents = this.#contents(turn);
    if (typeof contents === 'string') return contents;
    for (const content of contents) await this.#send(content, turn.in === 'group');
    return null;
  }

  /** The platform sends the last update again. */
  async redeliver(): Promise<void> {
    this.fresh = [];
    if (this.#lastInbound !== null) await this.world.receive(this.#lastInbound);
    await this.world.settle();
  }

  /** Lets time pass; timers fire when they are due. */
  async wait(ms: number): Promise<void> {
    this.fresh = [];
    this.lines.push({ who: 'clock', text: `${Math.round(ms / 1000)} s` });
    const until = this.clock.now() + ms;
    for (;;) {
      const next = await this.world.nextDue();
      if (next === null || next > until) break;
      this.clock.moveTo(next);
      await this.world.round();
      await this.world.settle();
    }
    this.clock.moveTo(until);
  }

  /** The values on offer now. */
  offers(): readonly string[] {
    return this.#choices.map((button) => button.value);
  }

  async #send(content: InboundContent, inGroup: boolean): Promise<void> {
    this.clock.moveTo(this.clock.now() + 1000);
    this.#messages += 1;
    const message: InboundMessage = {
      id: inboundId(this.#platform, 'update', String(this.#messages)),
      platform: this.#platform,
      conversation: this.#conversation(inGroup),
      person: personId(this.#platform, '42'),
      visibility: inGroup ? 'public' : 'direct',
      content,
      localeHint: this.#locale,
      ...(content.kind === 'tap' ? {} : { messageRef: String(this.#messages) }),
    };
    this.#lastInbound = message;
    await this.world.receive(message);
    await this.world.settle();
  }

  #conversation(inGroup: boolean): ConversationId {
    return conversationId(this.#platform, { channel: inGroup ? '-1001' : '42' }, '42');
  }

  #contents(turn: UserTurn): readonly InboundContent[] | string {
    const text = (words: string): readonly InboundContent[] => {
      this.lines.push({ who: 'user', text: words });
      return [{ kind: 'text', text: words }];
    };
    if ('means' in turn) return this.#phrase(turn.means, text);
    if ('text' in turn) return text(turn.text);
    if ('word' in turn) return text(this.#draw(this.#book?.global[turn.word] ?? []) ?? '');
    if ('picks' in turn || 'types' in turn) {
      const value = 'picks' in turn ? turn.picks : turn.types;
      const index = this.#choices.findIndex((button) => button.value === value);
      const button = this.#choices[index];
      if (button === undefined)
        return `there is no choice "${value}"; on offer: ${this.offers().join(', ') || 'nothing'}`;
      if ('types' in turn) return text(String(index + 1));
      this.lines.push({ who: 'user', text: `[${button.label}]` });
      return [{ kind: 'tap', data: button.data }];
    }
    if ('wont-open' in turn) {
      const wanted = turn['wont-open'];
      const helper = this.#helpers.findLast(({ links }) => links.includes(wanted));
      if (helper === undefined) return `no button "it won't open" was shown for "${wanted}"`;
      this.lines.push({ who: 'user', text: `[${helper.button.label}]` });
      return [{ kind: 'tap', data: helper.button.data }];
    }
    if ('gives' in turn)
      return text('text' in turn.gives ? turn.gives.text : this.#official(turn.gives.official));
    if ('pastes' in turn) return this.#paste(turn, text);
    if ('edits' in turn) return this.#phrase(turn.edits, (words) => [{ kind: 'edit', text: words }]);
    if ('start' in turn) return [{ kind: 'start', payload: turn.start }];
    this.lines.push({ who: 'user', text: `(${turn.sends})` });
    return turn.sends === 'contact'
      ? [{ kind: 'contact', phone: '+15550100' }]
      : [{ kind: 'media', media: turn.sends, caption: '', fileName: '' }];
  }

  get #book() {
    return this.world.bundle.phrases.get(this.#locale);
  }

  #phrase(
    intent: string,
    make: (words: string) => readonly InboundContent[],
  ): readonly InboundContent[] | string {
    const words = this.#draw(this.#book?.intents.get(intent) ?? []);
    return words === undefined ? `"${intent}" has no phrases in ${this.#locale}` : make(words);
  }

  #draw(list: readonly string[]): string | undefined {
    return list[Math.floor(this.#random() * list.length)];
  }

  #official(kind: 'mail' | 'link' | 'handle'): string {
    const { registry } = this.world.bundle;
    const values = {
      mail: registry.senders[0]?.mail,
      link: registry.origins[0],
      handle: registry.support.find((entry) => entry.handle !== undefined)?.handle,
    };
    return values[kind] ?? '';
  }

  #paste(
    turn: Extract<UserTurn, { pastes: string }>,
    text: (words: string) => readonly InboundContent[],
  ): readonly InboundContent[] | string {
    const lists: Readonly<Record<string, readonly string[]>> = { 'zh-CN': simplified, 'zh-TW': traditional };
    const bytes = Uint8Array.from({ length: 16 }, () => Math.floor(this.#random() * 256));
    const words = entropyToMnemonic(bytes, [...(lists[this.#locale] ?? english)]).split(' ');
    this.secrets.push(words);
    const parts = turn.split ?? 1;
    const size = Math.ceil(words.length / parts);
    const pieces = Array.from({ length: parts }, (_, index) =>
      words.slice(index * size, (index + 1) * size).join(' '),
    );
    const question =
      turn.with === undefined ? undefined : this.#draw(this.#book?.intents.get(turn.with) ?? []);
    return pieces.flatMap((piece, index) =>
      text(index === parts - 1 && question !== undefined ? `${piece}\n${question}` : piece),
    );
  }

  #see(message: OutboundMessage): void {
    if (message.kind === 'answer-tap') return;
    this.fresh.push(message);
    if (message.kind === 'delete') {
      this.lines.push({ who: 'bot', text: '(deletes the message)' });
      return;
    }
    const taps = message.buttons.filter((button) => button.kind === 'tap');
    const numbered = taps.filter((button) => button.numbered);
    if (numbered.length > 0) this.#choices = numbered;
    const links = message.buttons.flatMap((button) => (button.kind === 'url' ? [button.link] : []));
    for (const link of links) this.links.add(link);
    for (const button of taps) if (!button.numbered) this.#helpers.push({ links, button });
    const shown = message.buttons.map(
      (button) => `  [${button.label}${button.kind === 'url' ? ` → ${button.url}` : ''}]`,
    );
    this.lines.push({ who: 'bot', text: [message.text, ...shown].join('\n') });
  }
}

import {
  type ConversationId,
  PAGE_BUTTONS,
  type Platform,
  type PrivateButton,
  type TapButton,
} from '../model/index.js';
import { type Deed, whyImpossible } from './deed.js';
import type { FakeClock } from './fake-clock.js';
import type { UserTurn } from './format.js';
import { createRandom } from './random.js';
import type { Client, OpenStage, Sight } from './stage.js';
import { buttonLines, talkOf } from './transcript.js';
import { type Crossing, crossingOf } from './verified.js';
import { createWords, type Words } from './words.js';
import type { OpenWorld, World } from './world.js';

/** One line of what happened, for a person to read. */
export type Line = { readonly who: 'user' | 'bot' | 'clock'; readonly text: string };

/** Sets the draws of a world apart from those of its person. */
const WORLD_SEED = 0x5eed;

/** Somebody who talks to the bot, and what they see. */
export class Player {
  readonly lines: Line[] = [];
  /** What was done and seen by text keys and values, one line each: the same with and without a wire. */
  readonly talk: string[] = [];
  /** Everything that came onto the screen since the last turn of the person. */
  fresh: Sight[] = [];
  readonly links = new Set<string>();
  /** Made-up secrets that were pasted. */
  readonly secrets: (readonly string[])[] = [];
  readonly world: World;
  readonly #platform: Platform;
  readonly #locale: string;
  readonly #clock: FakeClock;
  readonly #client: Client;
  readonly #words: Words;
  #choices: readonly TapButton[] = [];
  #doors: readonly PrivateButton[] = [];
  #pictures: readonly TapButton[] = [];
  readonly #helpers: { readonly links: readonly string[]; readonly button: TapButton }[] = [];

  private constructor(parts: {
    platform: Platform;
    locale: string;
    clock: FakeClock;
    world: World;
    client: Client;
    words: Words;
  }) {
    this.#platform = parts.platform;
    this.#locale = parts.locale;
    this.#clock = parts.clock;
    this.world = parts.world;
    this.#client = parts.client;
    this.#words = parts.words;
  }

  /** A new person on a platform, before the first word. */
  static async enter(
    openWorld: OpenWorld,
    openStage: OpenStage,
    options: { platform: Platform; locale: string; seed: number; start: number },
  ): Promise<Player> {
    const { platform, locale, seed, start } = options;
    const { clock, adapter, enter } = openStage(start);
    const drawn = createRandom(seed ^ WORLD_SEED);
    const entropy = (): Uint8Array => Uint8Array.from({ length: 32 }, () => Math.floor(drawn() * 256));
    const world = await openWorld({ clock, entropy, adapters: new Map([[platform, adapter]]) });
    const client = enter({ world, locale });
    const words = createWords(world.bundle, locale, createRandom(seed));
    return new Player({ platform, locale, clock, world, client, words });
  }

  get conversation(): ConversationId {
    return this.#client.conversation;
  }

  /** Plays one turn of the person; returns a sentence when it cannot be played, or did not come through. */
  async act(turn: UserTurn): Promise<string | null> {
    this.fresh = [];
    this.talk.push(`> ${JSON.stringify(turn)}`);
    const deeds = this.#deeds(turn);
    if (typeof deeds === 'string') return deeds;
    for (const deed of deeds) {
      const where = turn.in ?? (isDoor(deed) ? 'group' : 'direct');
      const impossible = whyImpossible(this.#platform, deed, where);
      if (impossible !== null) return impossible;
      this.lines.push({ who: 'user', text: describe(deed) });
      this.#clock.moveTo(this.#clock.now() + 1000);
      const problem = (await this.#client.act(deed, where)) ?? this.#look();
      if (problem !== null) return problem;
    }
    return null;
  }

  /** Goes over the official page and back, from the link to the reset; as `act`. */
  async crossPage(): Promise<string | null> {
    const challenge = (await this.world.snapshot(this.conversation))?.challenge;
    if (challenge === undefined) return 'there is no verified hand-off';
    this.fresh = [];
    for (const step of crossingOf(challenge)) {
      const problem = await this.#cross(step);
      if (problem !== null) return problem;
    }
    return null;
  }

  async #cross(step: Crossing): Promise<string | null> {
    this.#clock.moveTo(this.#clock.now() + 1000);
    this.lines.push({ who: 'user', text: `(on the page: ${step.kind})` });
    if (step.kind === 'returns')
      return (await this.#client.act({ kind: 'opens', flow: `r_${step.nonce}` }, 'direct')) ?? this.#look();
    if (step.kind === 'picks') {
      const button = this.#pictures.findLast(({ value }) => value === step.value);
      if (button === undefined) return `there is no ${step.value} to tap`;
      return (await this.#client.act({ kind: 'taps', button }, 'direct')) ?? this.#look();
    }
    const answer = await this.world.page?.ask(step.request);
    await this.world.settle();
    if (answer === undefined || answer.kind === 'refused')
      return `the page's ${step.request.kind} is refused`;
    return this.#look();
  }

  /** The platform sends the last update again; as `act`. */
  async redeliver(): Promise<string | null> {
    this.fresh = [];
    this.talk.push('> again');
    return (await this.#client.redeliver()) ?? this.#look();
  }

  /** Lets time pass; timers fire when they are due. As `act`. */
  async wait(ms: number): Promise<string | null> {
    this.fresh = [];
    this.lines.push({ who: 'clock', text: `${Math.round(ms / 1000)} s` });
    this.talk.push(`> ${ms} ms`);
    const until = this.#clock.now() + ms;
    for (;;) {
      const next = await this.world.nextDue();
      if (next === null || next > until) break;
      this.#clock.moveTo(next);
      await this.world.round();
      await this.world.settle();
    }
    this.#clock.moveTo(until);
    return this.#look();
  }

  /** The values on offer now. */
  offers(): readonly string[] {
    return this.#choices.map((button) => button.value);
  }

  /** What is to be done in a turn; a sentence when that cannot be said. */
  #deeds(turn: UserTurn): readonly Deed[] | string {
    const says = (text: string): readonly Deed[] => [{ kind: 'says', text }];
    if ('means' in turn) return this.#phrase(turn.means, says);
    if ('text' in turn) return says(turn.text);
    if ('word' in turn) return says(this.#words.globalWord(turn.word));
    if ('picks' in turn) return this.#pick(turn.picks, (button) => [{ kind: 'taps', button }]);
    if ('types' in turn) return this.#pick(turn.types, (_button, number) => says(String(number)));
    if ('wont-open' in turn) {
      const wanted = turn['wont-open'];
      const helper = this.#helpers.findLast(({ links }) => links.includes(wanted));
      if (helper === undefined) return `no button "it won't open" was shown for "${wanted}"`;
      return [{ kind: 'taps', button: helper.button }];
    }
    if ('gives' in turn)
      return says('text' in turn.gives ? turn.gives.text : this.#words.official(turn.gives.official));
    if ('pastes' in turn) return this.#paste(turn);
    if ('edits' in turn) return this.#phrase(turn.edits, (text) => [{ kind: 'edits', text }]);
    if ('sends' in turn) return [{ kind: 'sends', what: turn.sends }];
    if ('command' in turn) return [{ kind: 'command', name: turn.command }];
    if ('blocks' in turn) return [{ kind: turn.blocks ? 'blocks' : 'unblocks' }];
    const door = this.#doors.findLast(({ flow }) => flow === turn.start);
    return [door === undefined ? { kind: 'opens', flow: turn.start } : { kind: 'taps', button: door }];
  }

  #phrase(intent: string, make: (text: string) => readonly Deed[]): readonly Deed[] | string {
    const text = this.#words.phrase(intent);
    return text === undefined ? `"${intent}" has no phrases in ${this.#locale}` : make(text);
  }

  #pick(
    value: string,
    make: (button: TapButton, number: number) => readonly Deed[],
  ): readonly Deed[] | string {
    const index = this.#choices.findIndex((button) => button.value === value);
    const button = this.#choices[index];
    if (button === undefined)
      return `there is no choice "${value}"; on offer: ${this.offers().join(', ') || 'nothing'}`;
    return make(button, index + 1);
  }

  #paste(turn: Extract<UserTurn, { pastes: string }>): readonly Deed[] | string {
    const words = this.#words.mnemonic();
    this.secrets.push(words);
    const parts = turn.split ?? 1;
    const size = Math.ceil(words.length / parts);
    const pieces = Array.from({ length: parts }, (_, index) =>
      words.slice(index * size, (index + 1) * size).join(' '),
    );
    const question = turn.with === undefined ? undefined : this.#words.phrase(turn.with);
    return pieces.map((piece, index) => {
      const isLast = index === parts - 1 && question !== undefined;
      return { kind: 'says', text: isLast ? `${piece}\n${question}` : piece };
    });
  }

  /** Takes in what is new on the screen; a sentence when it is not what was sent. */
  #look(): string | null {
    const sights = this.#client.look();
    if (typeof sights === 'string') return sights;
    for (const sight of sights) this.#see(sight);
    return null;
  }

  #see(sight: Sight): void {
    this.fresh.push(sight);
    this.talk.push(talkOf(sight));
    if (sight.kind === 'removed') {
      this.lines.push({ who: 'bot', text: '(deletes the message)' });
      return;
    }
    const { buttons } = sight;
    const taps = buttons.filter((button) => button.kind === 'tap');
    const numbered = taps.filter((button) => button.numbered);
    const pictures = taps.filter(({ value }) => value.startsWith(PAGE_BUTTONS.picture));
    if (pictures.length > 0) this.#pictures = pictures;
    if (numbered.length > 0) this.#choices = numbered;
    const doors = buttons.filter((button) => button.kind === 'private');
    this.#doors = [...this.#doors, ...doors];
    const links = buttons.flatMap((button) => (button.kind === 'url' ? [button.link] : []));
    for (const link of links) this.links.add(link);
    for (const button of taps) if (!button.numbered) this.#helpers.push({ links, button });
    this.lines.push({ who: 'bot', text: sight.looks ?? [sight.text, ...buttonLines(buttons)].join('\n') });
  }
}

/** The button of a public reply that opens the direct chat. */
function isDoor(deed: Deed): boolean {
  return deed.kind === 'taps' && deed.button.kind === 'private';
}

/** A deed as a transcript shows it. */
function describe(deed: Deed): string {
  switch (deed.kind) {
    case 'says':
      return deed.text;
    case 'edits':
      return `(edits the last message) ${deed.text}`;
    case 'sends':
      return `(${deed.what})`;
    case 'taps':
      return `[${deed.button.label}]`;
    case 'opens':
      return deed.flow === '' ? '(opens the chat)' : `(opens the chat at ${deed.flow})`;
    case 'command':
      return `/${deed.name}`;
    case 'blocks':
      return '(blocks the bot)';
    case 'unblocks':
      return '(unblocks the bot)';
  }
}

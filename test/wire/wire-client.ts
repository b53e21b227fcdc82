import type { ConversationId, InboundMessage, Log } from '../../src/model/index.js';
import type { Deed, Where } from '../../src/simulate/deed.js';
import type { Client, Sight } from '../../src/simulate/stage.js';
import type { World } from '../../src/simulate/world.js';
import type { Ground, Person, SeenMessage } from './ground.js';
import { type Recognised, recognise } from './recognise.js';
import type { Sent } from './sent.js';

/** Only catches a hang, and says where it was. */
const HANG_MS = 120_000;
const PLACES = ['direct', 'group'] as const;

/** Somebody in front of a platform's emulator, and what the adapter makes of what they do. */
export class WireClient implements Client {
  readonly #ground: Ground;
  readonly #person: Person;
  readonly #world: World;
  readonly #sent: Sent;
  /** What is on the screen already, by place and id, as it was first seen. */
  readonly #known: Readonly<Record<Where, Map<string, SeenMessage>>> = {
    direct: new Map(),
    group: new Map(),
  };
  #conversation: ConversationId | null = null;
  #isBlocked = false;
  #told: (problem: string | null) => void = () => undefined;

  constructor(ground: Ground, person: Person, world: World, sent: Sent) {
    this.#ground = ground;
    this.#person = person;
    this.#world = world;
    this.#sent = sent;
  }

  get conversation(): ConversationId {
    if (this.#conversation === null) throw new TypeError('nobody has said anything yet');
    return this.#conversation;
  }

  async act(deed: Deed, where: Where): Promise<string | null> {
    const below = deed.kind === 'taps' ? this.#messageOf(deed.button.label, where) : null;
    if (deed.kind === 'taps' && below === null) return `the button "${deed.button.label}" is gone`;
    if (deed.kind === 'blocks' || deed.kind === 'unblocks') this.#isBlocked = deed.kind === 'blocks';
    const isTold = this.#ground.tellsOfBlocks || (deed.kind !== 'blocks' && deed.kind !== 'unblocks');
    return this.#until(isTold, async () => this.#person.does(deed, where, below));
  }

  redeliver(): Promise<string | null> {
    return this.#until(true, () => this.#ground.redeliver());
  }

  look(): readonly Sight[] | string {
    const { messages: sent, problem, isUnreached } = this.#sent.take();
    if (problem !== null) return problem;
    if (isUnreached && !this.#isBlocked) return 'the platform says that the person cannot be reached';
    const pending = this.#ground.pending();
    if (pending > 0) return `${pending} taps or commands are shown as pending`;
    const removed: Sight[] = [];
    const recognised: Recognised[] = [];
    for (const where of PLACES) {
      const screen = this.#person.sees(where);
      const changed = this.#changedOn(screen, where);
      if (typeof changed === 'string') return changed;
      removed.push(...changed);
      const fresh = screen.filter(({ id, from }) => from === 'bot' && !this.#known[where].has(id));
      const here = sent.filter(({ to }) => (to.place.channel === to.userId) === (where === 'direct'));
      const found = recognise(here, fresh, this.#ground.opensChat);
      if (typeof found === 'string') return found;
      recognised.push(...found);
      for (const message of screen) this.#known[where].set(message.id, message);
    }
    return [...removed, ...recognised.map(({ sight }) => sight)];
  }

  /** Takes one decoded message to the world, for the adapter's host. */
  async receive(message: InboundMessage): ReturnType<World['receive']> {
    this.#conversation = message.conversation;
    try {
      const received = await this.#world.receive(message);
      // What stood there before an edit is read beside it; the edit itself follows.
      if (message.content.kind !== 'withdrawn') this.#told(null);
      return received;
    } catch (error) {
      this.#told(`was not committed: ${error instanceof Error ? error.message : 'unknown'}`);
      throw error;
    }
  }

  /** The log of the world, which also tells of what the adapter leaves alone. */
  get log(): Log {
    const { log } = this.#world;
    return {
      ...log,
      debug: (fields) => {
        log.debug(fields);
        // What the bot says itself may come back to it, and is nobody's deed.
        if (fields.event === 'update-unsupported' && fields.code !== 'from-a-bot')
          this.#told(`was not taken in: ${fields.code ?? ''}`);
      },
    };
  }

  /** Does something and waits for all that comes of it. `isTold`: whether the bot learns of it. */
  async #until(isTold: boolean, work: () => Promise<void>): Promise<string | null> {
    const told = isTold ? this.#nextTold() : null;
    await work();
    for (const where of PLACES) this.#knowOwn(where);
    const problem = await told;
    await this.#world.settle();
    await this.#ground.quiet();
    return problem;
  }

  /** Resolves when the adapter has handed something over, with what went wrong. */
  #nextTold(): Promise<string | null> {
    return new Promise((resolve) => {
      const hang = setTimeout(() => resolve('the adapter hands nothing over'), HANG_MS);
      this.#told = (problem) => {
        clearTimeout(hang);
        resolve(problem);
      };
    });
  }

  /** What the person wrote is known before the bot can take it away. */
  #knowOwn(where: Where): void {
    const own = this.#person.sees(where).filter(({ from }) => from === 'user');
    for (const message of own) this.#known[where].set(message.id, message);
  }

  /** The newest message on the screen with a button of this label. */
  #messageOf(label: string, where: Where): string | null {
    const message = this.#person
      .sees(where)
      .findLast(({ buttons }) => buttons.some((button) => button.label === label));
    return message?.id ?? null;
  }

  /** Messages of the person that are gone; a sentence when anything else changed that was there. */
  #changedOn(screen: readonly SeenMessage[], where: Where): readonly Sight[] | string {
    const present = new Map(screen.map((message) => [message.id, message]));
    const removed: Sight[] = [];
    for (const [id, before] of this.#known[where]) {
      const now = present.get(id);
      if (now === undefined) {
        this.#known[where].delete(id);
        if (before.from === 'bot') return `"${before.text}" is gone`;
        removed.push({ kind: 'removed' });
      } else if (before.from === 'bot' && now.text !== before.text) return `"${before.text}" was changed`;
    }
    return removed;
  }
}

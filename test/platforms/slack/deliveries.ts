/**
 * What Slack tells an app: an event, which it repeats until it is acknowledged, or a tap or command, which it does not.
 */
export interface Delivery {
  readonly id: string;
  readonly kind: 'events_api' | 'interactive' | 'slash_commands';
  readonly payload: Readonly<Record<string, unknown>>;
  /** How often it was sent. */
  attempts: number;
  isAcknowledged: boolean;
  /** When the person did it (epoch ms). */
  readonly at: number;
  /** What came with the acknowledgement. */
  response: unknown;
}

/** Sends a delivery once; the way says itself when it was acknowledged. */
export interface Way {
  /** `false` when there is nobody to send it to at the moment. */
  send(delivery: Delivery): boolean;
}

/** An acknowledgement is waited for so long (docs.slack.dev, Events API), in ms. */
const ACKNOWLEDGED_WITHIN_MS = 3_000;
/** After these waits an event that is not acknowledged is sent again (docs.slack.dev, Events API: retries), in ms. */
const RETRY_AFTER_MS = [0, 60_000, 300_000] as const;

/**
 * Everything that is told to the app. An event without acknowledgement is sent again, three times at most: by itself
 * where the platform's time runs, else when `redeliver` says that it has come. So is one whose connection broke.
 */
export class Deliveries {
  readonly all: Delivery[] = [];
  private way: Way | null = null;
  private readonly onChange: () => void;
  private readonly now: () => number;
  private copies = 1;
  private repeatsNext = false;
  private held: Delivery[] | null = null;
  private readonly timers = new Set<NodeJS.Timeout>();
  /** By how much the platform's time runs faster than ours; 0 where it stands still. */
  private readonly speed: number;

  constructor(onChange: () => void, now: () => number, speed: number) {
    this.onChange = onChange;
    this.now = now;
    this.speed = speed;
  }

  /** The way in use; what waited for one is sent. */
  use(way: Way | null): void {
    this.way = way;
    this.flush();
  }

  add(kind: Delivery['kind'], id: string, payload: Delivery['payload']): Delivery {
    const state = { attempts: 0, isAcknowledged: false, at: this.now(), response: null };
    const delivery: Delivery = { id, kind, payload, ...state };
    this.all.push(delivery);
    if (this.held !== null) this.held.push(delivery);
    else {
      const copies = this.repeatsNext ? 2 : this.copies;
      this.repeatsNext = false;
      for (let i = 0; i < copies; i += 1) this.send(delivery);
    }
    this.onChange();
    return delivery;
  }

  /** What comes from now on is sent so many times. */
  repeat(copies: number): void {
    this.copies = copies;
  }

  /** The next one is sent twice. */
  repeatNext(): void {
    this.repeatsNext = true;
  }

  /** What comes from now on waits for `release`. */
  hold(): void {
    this.held = [];
  }

  /** Sends what was held, the last first. */
  releaseReversed(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const delivery of held.reverse()) this.send(delivery);
  }

  acknowledge(delivery: Delivery, response: unknown): void {
    delivery.isAcknowledged = true;
    delivery.response = response;
    this.onChange();
  }

  /** Too long nobody took anything: Slack gives up what is not acknowledged, and sends it never more. */
  giveUp(): void {
    for (const delivery of this.unacknowledged()) delivery.isAcknowledged = true;
  }

  /** What the person sees of a tap or command: "did not respond" once nothing has come in time. */
  stateOf({ isAcknowledged, at }: Delivery): 'waiting' | 'answered' | 'failed' {
    if (isAcknowledged) return 'answered';
    return this.now() - at > ACKNOWLEDGED_WITHIN_MS ? 'failed' : 'waiting';
  }

  /** The time of the next repetition has come for everything that is not acknowledged. */
  redeliver(): void {
    for (const delivery of this.unacknowledged()) {
      if (delivery.attempts > 0 && delivery.attempts <= RETRY_AFTER_MS.length) this.send(delivery);
    }
  }

  /** Sends the last delivery once more, as after an acknowledgement that got lost. */
  repeatLast(): void {
    const last = this.all.findLast(({ payload }) => !isByBot(payload));
    if (last !== undefined) this.send(last);
  }

  /** Sends what nobody could be found for before; taps and commands are not kept. */
  flush(): void {
    for (const delivery of this.unacknowledged()) if (delivery.attempts === 0) this.send(delivery);
  }

  /** Events that Slack would send again. */
  unacknowledged(): readonly Delivery[] {
    return this.all.filter(({ kind, isAcknowledged }) => kind === 'events_api' && !isAcknowledged);
  }

  private send(delivery: Delivery): void {
    if (this.way?.send(delivery) !== true) return;
    const waitMs = RETRY_AFTER_MS[delivery.attempts];
    delivery.attempts += 1;
    if (this.speed === 0 || waitMs === undefined || delivery.kind !== 'events_api') return;
    const again = (): void => {
      this.timers.delete(timer);
      if (!delivery.isAcknowledged) this.send(delivery);
    };
    const timer = setTimeout(again, (ACKNOWLEDGED_WITHIN_MS + waitMs) / this.speed);
    this.timers.add(timer);
  }

  /** Sends nothing more by itself. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.use(null);
  }
}

function isByBot({ event }: Delivery['payload']): boolean {
  return typeof event === 'object' && event !== null && 'bot_id' in event && event.bot_id !== undefined;
}

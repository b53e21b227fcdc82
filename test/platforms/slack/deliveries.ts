/** What Slack tells an app: an event, which it repeats until it is acknowledged, or a tap or command, which it does not. */
export interface Delivery {
  readonly id: string;
  readonly kind: 'events_api' | 'interactive' | 'slash_commands';
  readonly payload: Readonly<Record<string, unknown>>;
  /** How often it was sent. */
  attempts: number;
  isAcknowledged: boolean;
  /** What came with the acknowledgement. */
  response: unknown;
}

/** Sends a delivery once; the way says itself when it was acknowledged. */
export interface Way {
  /** `false` when there is nobody to send it to at the moment. */
  send(delivery: Delivery): boolean;
}

/** After these waits an event that is not acknowledged is sent again (docs.slack.dev, Events API: retries), in ms. */
export const RETRY_AFTER_MS = [0, 60_000, 300_000] as const;

/**
 * Everything that is told to the app. An event without acknowledgement is sent again when `redeliver` says that its time
 * has come, three times at most; so is one whose connection broke.
 */
export class Deliveries {
  readonly all: Delivery[] = [];
  private way: Way | null = null;
  private readonly onChange: () => void;
  private copies = 1;
  private held: Delivery[] | null = null;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** The way in use; what waited for one is sent. */
  use(way: Way | null): void {
    this.way = way;
    this.flush();
  }

  add(kind: Delivery['kind'], id: string, payload: Delivery['payload']): Delivery {
    const delivery: Delivery = { id, kind, payload, attempts: 0, isAcknowledged: false, response: null };
    this.all.push(delivery);
    if (this.held !== null) this.held.push(delivery);
    else for (let i = 0; i < this.copies; i += 1) this.send(delivery);
    this.onChange();
    return delivery;
  }

  /** What comes from now on is sent so many times. */
  repeat(copies: number): void {
    this.copies = copies;
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

  /** The time of the next repetition has come for everything that is not acknowledged. */
  redeliver(): void {
    for (const delivery of this.unacknowledged()) {
      if (delivery.attempts > 0 && delivery.attempts <= RETRY_AFTER_MS.length) this.send(delivery);
    }
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
    if (this.way?.send(delivery) === true) delivery.attempts += 1;
  }
}

import { createHmac } from 'node:crypto';
import type { Deliveries, Delivery, Way } from './deliveries.js';

/** What may be wrong with the signature of a request. */
export type SignatureFault = 'none' | 'bad' | 'stale' | 'future' | 'missing';

/** What may go wrong with one push. An event that is not acknowledged is pushed again as it should be. */
export type PushFault = Exclude<SignatureFault, 'none'> | 'lost-answer' | 'truncated';

/** One request to the app: the status it answered, `0` for a connection that broke. */
export interface Push {
  readonly id: string;
  readonly status: number;
  readonly body: string;
}

/** Posts deliveries to the app, signed: events as JSON, taps and commands as forms. */
export class Pushes implements Way {
  readonly done: Push[] = [];
  readonly url: string;
  private readonly secret: string;
  private readonly deliveries: Deliveries;
  private readonly onChange: () => void;
  private readonly now: () => number;
  private gone = new AbortController();
  private readonly planned: PushFault[] = [];

  constructor(
    url: string,
    secret: string,
    deliveries: Deliveries,
    on: { readonly onChange: () => void; readonly now: () => number },
  ) {
    this.url = url;
    this.now = on.now;
    this.secret = secret;
    this.deliveries = deliveries;
    this.onChange = on.onChange;
  }

  send(delivery: Delivery): boolean {
    void this.push(delivery);
    return true;
  }

  /** The next push goes wrong so. */
  faultNext(fault: PushFault): void {
    this.planned.push(fault);
  }

  /** Breaks every request under way, and makes no new one before `mend`. */
  cut(): void {
    this.gone.abort();
  }

  mend(): void {
    this.gone = new AbortController();
  }

  /** Posts any body with the headers of Slack; returns the status. */
  async post(body: string, type: string, fault: SignatureFault = 'none', attempts = 0): Promise<Push> {
    const shift = { none: 0, bad: 0, missing: 0, stale: -301, future: 600 }[fault];
    const timestamp = String(Math.floor(this.now() / 1000) + shift);
    const secret = fault === 'bad' ? `${this.secret}x` : this.secret;
    const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    const signed = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hmac}` };
    const retry =
      attempts === 0 ? {} : { 'x-slack-retry-num': String(attempts), 'x-slack-retry-reason': 'http_error' };
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': type, ...(fault === 'missing' ? {} : signed), ...retry },
        body,
        signal: this.gone.signal,
      });
      return { id: '', status: response.status, body: await response.text() };
    } catch (error) {
      // fetch fails with a TypeError for every broken connection, and with an AbortError for one that was cut.
      if (error instanceof TypeError || this.gone.signal.aborted) return { id: '', status: 0, body: '' };
      throw error;
    }
  }

  private async push(delivery: Delivery): Promise<void> {
    const { kind, payload, attempts } = delivery;
    const form = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();
    const body =
      kind === 'events_api'
        ? JSON.stringify(payload)
        : kind === 'interactive'
          ? form({ payload: JSON.stringify(payload) })
          : form(payload as Record<string, string>);
    const type = kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded';
    const fault = this.planned.shift();
    const signature =
      fault === undefined || fault === 'lost-answer' || fault === 'truncated' ? 'none' : fault;
    const sent = fault === 'truncated' ? body.slice(0, body.length / 2) : body;
    const pushed = await this.post(sent, type, signature, attempts);
    if (pushed.status === 200 && fault !== 'lost-answer') this.deliveries.acknowledge(delivery, pushed.body);
    this.done.push({ ...pushed, id: delivery.id });
    this.onChange();
  }
}

import type { PushFault } from './faults.js';

/** An update as the Bot API shows it, with the chat whose order it keeps. */
export interface QueuedUpdate {
  readonly updateId: number;
  readonly chatId: number;
  readonly update: Readonly<Record<string, unknown>>;
}

/** Where updates are pushed to. */
export interface Webhook {
  readonly url: string;
  readonly secret: string | null;
}

/** One push of an update: the status our side answered, `0` for a connection that broke. */
export interface Push {
  readonly updateId: number;
  readonly status: number;
}

/** How a `getUpdates` ends. */
export type PollOutcome = readonly QueuedUpdate[] | 'terminated' | 'webhook-is-set';

/** Left out unless asked for (Bot API, getUpdates: `allowed_updates`). */
const NOT_BY_DEFAULT = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);
const PUSH_RETRY_MS = 20;

/**
 * The updates of a bot: kept until `getUpdates` confirms them with a higher offset or a webhook takes them with a
 * 2xx. One poller at a time: a second one terminates the first.
 */
export class UpdateQueue {
  readonly pushes: Push[] = [];
  private pending: QueuedUpdate[] = [];
  private last: QueuedUpdate | null = null;
  private allowed: ReadonlySet<string> | null = null;
  private lastUpdateId = 805_612_000;
  private poller: ((outcome: 'look-again' | 'terminated') => void) | null = null;
  private webhook: Webhook | null = null;
  /** Why the last push was not taken, in Telegram's words; `null` when it was. */
  lastError: string | null = null;
  private readonly pushing = new Set<number>();
  private readonly onChange: () => void;
  private readonly takePushFault: () => PushFault | null;

  constructor(onChange: () => void, takePushFault: () => PushFault | null) {
    this.onChange = onChange;
    this.takePushFault = takePushFault;
  }

  get webhookUrl(): string {
    return this.webhook?.url ?? '';
  }

  /** Ids of what is neither confirmed nor taken. */
  get unconfirmed(): readonly number[] {
    return this.pending.map(({ updateId }) => updateId);
  }

  /** Queues an update, unless the bot did not ask for its type. */
  add(type: string, chatId: number, content: Readonly<Record<string, unknown>>): void {
    const isAllowed = this.allowed === null ? !NOT_BY_DEFAULT.has(type) : this.allowed.has(type);
    if (!isAllowed) return;
    this.lastUpdateId += 1;
    const update = { update_id: this.lastUpdateId, [type]: content };
    this.last = { updateId: this.lastUpdateId, chatId, update };
    this.enqueue(this.last);
  }

  /** Whether a `getUpdates` waits for something to happen. */
  get isPolled(): boolean {
    return this.poller !== null;
  }

  /** Queues the last update once more, as after a confirmation that got lost. */
  repeatLast(): void {
    if (this.last !== null) this.enqueue(this.last);
  }

  /** The next update gets this id, as it may happen after a week without any (Bot API, Update: `update_id`). */
  goOnFrom(updateId: number): void {
    this.lastUpdateId = updateId - 1;
  }

  /** Sets the types that are queued from now on; an empty list is the default set, `null` changes nothing. */
  allow(types: readonly string[] | null): void {
    if (types !== null) this.allowed = types.length === 0 ? null : new Set(types);
  }

  /** `getUpdates`: confirms what is before the offset, then waits for updates up to `timeoutMs`. */
  async poll(
    offset: number | null,
    limit: number,
    timeoutMs: number,
    gone: AbortSignal,
  ): Promise<PollOutcome> {
    if (this.webhook !== null) return 'webhook-is-set';
    this.poller?.('terminated');
    if (offset !== null && offset > 0)
      this.pending = this.pending.filter(({ updateId }) => updateId >= offset);
    if (offset !== null && offset < 0) this.pending = this.pending.slice(offset);
    this.onChange();
    if (this.pending.length === 0 && timeoutMs > 0) {
      if ((await this.wait(timeoutMs, gone)) === 'terminated') return 'terminated';
    }
    return this.pending.slice(0, limit);
  }

  setWebhook(webhook: Webhook): void {
    this.webhook = webhook;
    this.lastError = null;
    this.poller?.('terminated');
    this.push();
  }

  deleteWebhook(): void {
    this.webhook = null;
  }

  private enqueue(update: QueuedUpdate): void {
    this.pending.push(update);
    this.poller?.('look-again');
    this.push();
  }

  private wait(timeoutMs: number, gone: AbortSignal): Promise<'look-again' | 'terminated'> {
    return new Promise((resolve) => {
      const end = (outcome: 'look-again' | 'terminated'): void => {
        clearTimeout(timer);
        gone.removeEventListener('abort', onGone);
        if (this.poller === end) this.poller = null;
        resolve(outcome);
      };
      const onGone = (): void => end('look-again');
      const timer = setTimeout(onGone, timeoutMs);
      gone.addEventListener('abort', onGone, { once: true });
      this.poller = end;
      this.onChange();
    });
  }

  /** Pushes the first update of every chat that has none under way. */
  private push(): void {
    if (this.webhook === null) return;
    const busy = new Set(this.pushing);
    for (const queued of [...this.pending]) {
      if (busy.has(queued.chatId)) continue;
      busy.add(queued.chatId);
      this.pushing.add(queued.chatId);
      void this.pushOne(this.webhook, queued);
    }
  }

  private async pushOne(webhook: Webhook, queued: QueuedUpdate): Promise<void> {
    const fault = this.takePushFault();
    const status = await post(webhook, queued.update, fault);
    const isRefused = status < 200 || status >= 300;
    const refused = status === 0 ? 'Connection refused' : `Wrong response from the webhook: ${status}`;
    this.lastError = isRefused ? refused : null;
    const isTaken = !isRefused && fault !== 'twice';
    if (isTaken) this.pending = this.pending.filter(({ updateId }) => updateId !== queued.updateId);
    this.pushes.push({ updateId: queued.updateId, status });
    const again = (): void => {
      this.pushing.delete(queued.chatId);
      this.push();
    };
    if (isTaken) again();
    else setTimeout(again, PUSH_RETRY_MS).unref();
    this.onChange();
  }
}

async function post(webhook: Webhook, update: unknown, fault: PushFault | null): Promise<number> {
  const body = JSON.stringify(update);
  const secret = fault === 'no-secret' ? null : fault === 'wrong-secret' ? 'another-secret' : webhook.secret;
  try {
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: fault === 'truncated' ? body.slice(0, body.length / 2) : body,
    });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    // fetch fails with a TypeError for every broken connection.
    if (error instanceof TypeError) return 0;
    throw error;
  }
}

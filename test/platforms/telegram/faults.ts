/** What may go wrong with one call. */
export type Fault =
  /** Answered with an error, not executed. */
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly description: string;
      readonly retryAfterS?: number;
    }
  /** Executed, but the connection breaks before the answer. */
  | { readonly kind: 'lose-answer' }
  /** The connection breaks before anything is executed. */
  | { readonly kind: 'drop' }
  /** Executed only when the promise resolves. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** Executed, but a page of some proxy comes back. */
  | { readonly kind: 'garbage' }
  /** Of `getUpdates`: every update comes twice. */
  | { readonly kind: 'repeat' }
  /** Of `getUpdates`: the updates come in reverse order. */
  | { readonly kind: 'reverse' };

/** What may go wrong with one push to the webhook. What is not answered with 2xx is pushed again as it should be. */
export type PushFault =
  /** Taken, and pushed once more all the same. */
  | 'twice'
  | 'wrong-secret'
  | 'no-secret'
  /** Half of the body. */
  | 'truncated';

/** Faults waiting for the next calls of a method, and for the next pushes. */
export class Faults {
  private readonly planned: { readonly method: string; readonly fault: Fault }[] = [];
  private readonly plannedPushes: PushFault[] = [];

  /** The next `times` calls of the method go wrong so. */
  next(method: string, fault: Fault, times = 1): void {
    for (let i = 0; i < times; i += 1) this.planned.push({ method, fault });
  }

  /** "Too Many Requests", as Telegram words it. */
  rateLimit(method: string, retryAfterS: number, times = 1): void {
    this.next(method, tooMany(retryAfterS), times);
  }

  /** Another poller with the same token. */
  conflict(times = 1): void {
    const description =
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
    this.next('getUpdates', { kind: 'error', status: 409, description }, times);
  }

  /** The next `times` pushes go wrong so. */
  nextPush(fault: PushFault, times = 1): void {
    for (let i = 0; i < times; i += 1) this.plannedPushes.push(fault);
  }

  /** Nothing goes wrong any more. */
  clear(): void {
    this.planned.length = 0;
    this.plannedPushes.length = 0;
  }

  take(method: string): Fault | null {
    const index = this.planned.findIndex((plan) => plan.method === method);
    return index < 0 ? null : (this.planned.splice(index, 1)[0]?.fault ?? null);
  }

  takePush(): PushFault | null {
    return this.plannedPushes.shift() ?? null;
  }
}

/** The answer to a call that comes too early. */
export function tooMany(retryAfterS: number): Fault & { readonly kind: 'error' } {
  const description = `Too Many Requests: retry after ${retryAfterS}`;
  return { kind: 'error', status: 429, description, retryAfterS };
}

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
  | { readonly kind: 'repeat' };

/** Faults waiting for the next calls of a method. */
export class Faults {
  private readonly planned: { readonly method: string; readonly fault: Fault }[] = [];

  /** The next `times` calls of the method go wrong so. */
  next(method: string, fault: Fault, times = 1): void {
    for (let i = 0; i < times; i += 1) this.planned.push({ method, fault });
  }

  /** "Too Many Requests", as Telegram words it. */
  rateLimit(method: string, retryAfterS: number, times = 1): void {
    const description = `Too Many Requests: retry after ${retryAfterS}`;
    this.next(method, { kind: 'error', status: 429, description, retryAfterS }, times);
  }

  /** Another poller with the same token. */
  conflict(times = 1): void {
    const description =
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
    this.next('getUpdates', { kind: 'error', status: 409, description }, times);
  }

  /** Nothing goes wrong any more. */
  clear(): void {
    this.planned.length = 0;
  }

  take(method: string): Fault | null {
    const index = this.planned.findIndex((plan) => plan.method === method);
    return index < 0 ? null : (this.planned.splice(index, 1)[0]?.fault ?? null);
  }
}

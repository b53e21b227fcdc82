/** What may go wrong with one call. */
export type Fault =
  /** Answered with `ok: false` and this code, not executed. */
  | { readonly kind: 'refuse'; readonly code: string }
  /** Answered with this status, not executed. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterS?: number }
  /** Executed, but the connection breaks before the answer. */
  | { readonly kind: 'lose-answer' }
  /** The connection breaks before anything is executed. */
  | { readonly kind: 'drop' }
  /** Executed only when the promise resolves. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** Executed, but a page of some proxy comes back. */
  | { readonly kind: 'garbage' };

/** Faults waiting for the next calls of a method; `response_url` counts as one. */
export class Faults {
  private readonly planned: { readonly method: string; readonly fault: Fault }[] = [];

  /** The next `times` calls of the method go wrong so. */
  next(method: string, fault: Fault, times = 1): void {
    for (let i = 0; i < times; i += 1) this.planned.push({ method, fault });
  }

  /** The next calls are refused with a code of Slack. */
  refuse(method: string, code: string, times = 1): void {
    this.next(method, { kind: 'refuse', code }, times);
  }

  /** Too many calls, with the wait that Slack asks for. */
  rateLimit(method: string, retryAfterS: number, times = 1): void {
    this.next(method, { kind: 'status', status: 429, retryAfterS }, times);
  }

  take(method: string): Fault | null {
    const index = this.planned.findIndex((plan) => plan.method === method);
    return index < 0 ? null : (this.planned.splice(index, 1)[0]?.fault ?? null);
  }
}

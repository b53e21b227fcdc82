/** What may go wrong with one call of the REST API. */
export type Fault =
  /** Answered with an error, not executed. `code` is Discord's JSON error code. */
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      readonly retryAfterS?: number;
      readonly global?: boolean;
    }
  /** Executed, but the connection breaks before the answer. */
  | { readonly kind: 'lose-answer' }
  /** The connection breaks before anything is executed. */
  | { readonly kind: 'drop' }
  /** Executed only when the promise resolves. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** Executed, but a page of some proxy comes back. */
  | { readonly kind: 'garbage' };

/** Faults waiting for the next calls, by the name that Discord's documents give the call. */
export class Faults {
  private readonly planned: { readonly call: string; readonly fault: Fault }[] = [];

  /** The next `times` calls of that name go wrong so. */
  next(call: string, fault: Fault, times = 1): void {
    for (let i = 0; i < times; i += 1) this.planned.push({ call, fault });
  }

  /** "You are being rate limited." */
  rateLimit(call: string, retryAfterS: number, times = 1): void {
    this.next(
      call,
      { kind: 'error', status: 429, message: 'You are being rate limited.', retryAfterS },
      times,
    );
  }

  take(call: string): Fault | null {
    const index = this.planned.findIndex((plan) => plan.call === call);
    return index < 0 ? null : (this.planned.splice(index, 1)[0]?.fault ?? null);
  }
}

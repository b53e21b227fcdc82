/** Every fault the program can raise; `docs/errors.md` explains each. */
export const ERROR_CODES = {
  'settings-invalid': { retryable: false },
  'content-invalid': { retryable: false },
  'registry-example': { retryable: false },
  'store-unavailable': { retryable: true },
  'store-damaged': { retryable: false },
  'store-in-use': { retryable: false },
  'store-full': { retryable: true },
  'store-unsuitable': { retryable: false },
  'store-wrong-key': { retryable: false },
  'store-newer': { retryable: false },
  'platform-refused': { retryable: false },
  'conversation-contended': { retryable: true },
  overloaded: { retryable: true },
  'still-learning': { retryable: true },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A fault, with a code of the one table. Expected outcomes are return values instead. */
export class LifelineError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'LifelineError';
    this.code = code;
    this.retryable = ERROR_CODES[code].retryable;
  }
}

/** What a web address made of one request. */
export type Asked =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      /** The body as JSON; `null` when it is none. */
      readonly json: unknown;
      /**
       * By how much our clock is ahead of the other's (ms, to about a second); `null` when it does not say its time.
       */
      readonly aheadMs: number | null;
    }
  /** Nobody answered; `code` is the system's, or `timeout`. Names no address: it may hold a token. */
  | { readonly kind: 'silence'; readonly code: string };

export interface AskOptions {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Until it counts as silence, its body included. */
  readonly timeoutMs: number;
  /** Epoch ms, of our clock. */
  readonly now: () => number;
}

/** Asks once; follows no redirection, and never throws for what a network can do. */
export async function ask(url: string, options: AskOptions): Promise<Asked> {
  const { method = 'GET', headers = {}, timeoutMs, now } = options;
  const body = options.body === undefined ? {} : { body: options.body };
  const askedAt = now();
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(url, { method, headers, ...body, redirect: 'manual', signal });
    const ourTime = (askedAt + now()) / 2;
    const theirTime = Date.parse(answer.headers.get('date') ?? '');
    return {
      kind: 'answer',
      status: answer.status,
      headers: answer.headers,
      json: parseJson(await answer.text()),
      aheadMs: Number.isNaN(theirTime) ? null : ourTime - theirTime,
    };
  } catch (error) {
    return { kind: 'silence', code: codeOf(error) };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'timeout';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause instanceof Error ? codeOf(error.cause) : error.name;
}

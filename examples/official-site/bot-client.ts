import { randomBytes } from 'node:crypto';
import { importJWK, type JWK, SignJWT } from 'jose';
import { z } from 'zod';

/** What is asked of the bot; `browser` is the name of a browser, never its cookie. */
export type BotRequest =
  | { readonly kind: 'open'; readonly id: string; readonly browser: string }
  | {
      readonly kind: 'open-by-number';
      readonly number: string;
      readonly browser: string;
      readonly address?: string;
    }
  | {
      readonly kind: 'choose-handle';
      readonly id: string;
      readonly browser: string;
      readonly index: number | null;
    }
  | { readonly kind: 'progress'; readonly id: string; readonly step: 'mail-sent' }
  | { readonly kind: 'result'; readonly id: string; readonly outcome: 'completed' | 'abandoned' }
  | { readonly kind: 'status'; readonly id: string; readonly browser: string }
  | { readonly kind: 'check-session'; readonly code: string; readonly address?: string };

const answerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('opened'),
    id: z.string(),
    deadline: z.number(),
    match: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('return'), nonce: z.string().regex(/^[A-Za-z0-9_-]{1,62}$/) }),
      z.object({ kind: z.literal('handles'), handles: z.array(z.string().max(100)).min(2).max(8) }),
    ]),
  }),
  z.object({ kind: z.literal('picture'), picture: z.int().min(0).max(63) }),
  z.object({ kind: z.literal('noted') }),
  z.object({ kind: z.literal('refused'), why: z.enum(['unknown', 'stopped']) }),
  z.object({
    kind: z.literal('status'),
    status: z.enum(['opened', 'pictures', 'matched', 'completed', 'stopped', 'unknown']),
  }),
  z.object({
    kind: z.literal('session'),
    genuine: z.boolean(),
    bot: z.string().max(100).nullable().optional(),
    person: z.string().max(100).nullable().optional(),
  }),
]);

export type BotAnswer = z.infer<typeof answerSchema>;
export type Answered =
  | BotAnswer
  /** No answer, or none that can be read: the page goes on without the bot. */
  | { readonly kind: 'away' }
  | { readonly kind: 'limited' };

/** Asks the bot, signed with the page's own key. */
export interface BotClient {
  ask(request: BotRequest): Promise<Answered>;
  /** Tells something the bot should hear even when it is away for a while. Resolves when it did, or never will. */
  tell(request: BotRequest): Promise<void>;
}

export interface BotClientOptions {
  /** Origin of the bot. */
  readonly bot: string;
  /** Origin of this page. */
  readonly origin: string;
  /** Private Ed25519 key with its `kid`. */
  readonly key: JWK;
  readonly now: () => number;
  readonly timeoutMs?: number;
  /** Waits before each further try of `tell` (ms). */
  readonly pausesMs?: readonly number[];
  readonly after?: (ms: number) => Promise<void>;
}

const LIFETIME_S = 60;
/** From a second to ten minutes: a restart of the bot, and a night of its machine, are outlived. */
const PAUSES_MS = [1_000, 5_000, 20_000, 60_000, 180_000, 600_000];

export function createBotClient(options: BotClientOptions): BotClient {
  const { bot, origin, key, now, timeoutMs = 5_000, pausesMs = PAUSES_MS } = options;
  const after = options.after ?? ((ms) => new Promise((done) => setTimeout(done, ms).unref()));
  const url = new URL('/recovery/v1/requests', bot);
  const signed = async (request: BotRequest, jti: string): Promise<string> => {
    const iat = Math.floor(now() / 1000);
    return new SignJWT({ request })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'recovery-request+jwt', kid: key.kid ?? '' })
      .setIssuer(origin)
      .setAudience(bot)
      .setIssuedAt(iat)
      .setExpirationTime(iat + LIFETIME_S)
      .setJti(jti)
      .sign(await importJWK(key, 'EdDSA'));
  };
  const send = async (request: BotRequest, jti: string): Promise<Answered> => {
    const body = await signed(request, jti);
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/jwt' },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.status === 429) return { kind: 'limited' };
      answer = response.ok ? await response.json() : null;
    } catch {
      // No connection, too late, or no JSON: there is nothing to be learned from why.
      return { kind: 'away' };
    }
    const parsed = answerSchema.safeParse(answer);
    return parsed.success ? parsed.data : { kind: 'away' };
  };
  const name = (): string => randomBytes(16).toString('base64url');
  return {
    ask: (request) => send(request, name()),
    tell: async (request) => {
      // The same name each time, so that it is done once.
      const jti = name();
      for (const pauseMs of [...pausesMs, null]) {
        const { kind } = await send(request, jti);
        if ((kind !== 'away' && kind !== 'limited') || pauseMs === null) return;
        await after(pauseMs);
      }
    },
  };
}

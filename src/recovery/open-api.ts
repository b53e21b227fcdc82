import { z } from 'zod';
import { requestSchema } from './page-request.js';

const id = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('opened'),
    id,
    deadline: z.int().describe('Epoch milliseconds after which nothing of it is taken any more.'),
    match: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('return'), nonce: id }),
      z.strictObject({ kind: z.literal('handles'), handles: z.array(z.string()).length(4) }),
    ]),
  }),
  z.strictObject({ kind: z.literal('picture'), picture: z.int().min(0).max(63) }),
  z.strictObject({ kind: z.literal('noted') }),
  z.strictObject({ kind: z.literal('refused'), why: z.enum(['unknown', 'stopped']) }),
  z.strictObject({
    kind: z.literal('status'),
    status: z.enum(['opened', 'pictures', 'matched', 'completed', 'stopped', 'unknown']),
  }),
  z.strictObject({
    kind: z.literal('session'),
    genuine: z.boolean(),
    platform: z.string().optional(),
    bot: z.string().nullable().optional(),
    person: z.string().nullable().optional(),
  }),
]);
const errorSchema = z.strictObject({
  error: z.enum(['malformed', 'unauthorized', 'too-many', 'unavailable']),
});
const keySchema = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
  use: z.literal('sig'),
  alg: z.literal('EdDSA'),
});

/** The shapes of what the routes answer; tests hold real answers to them. */
export const ANSWERS = {
  answer: answerSchema,
  error: errorSchema,
  keys: z.strictObject({ keys: z.array(keySchema).min(2).max(3) }),
};

/**
 * The OpenAPI document (3.1) of the ways in of the official page's server; `docs/openapi.json` is held equal to it by a
 * test.
 */
export function openApi(): unknown {
  const schemaOf = (schema: z.ZodType): unknown => {
    const { $schema: _, ...rest } = z.toJSONSchema(schema);
    return rest;
  };
  const json = (name: string, description: string) => ({
    description,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Lifeline: verified hand-offs', version: '1' },
    paths: {
      '/.well-known/jwks.json': {
        get: {
          operationId: 'keys',
          summary: 'Public halves of the keys that tokens are signed with',
          responses: { 200: json('Keys', 'May be kept for as long as cache-control says.') },
        },
      },
      '/recovery/v1/requests': {
        post: {
          operationId: 'request',
          summary: "A request of the official page's server, signed with its own key",
          requestBody: {
            required: true,
            description:
              'A JWS (compact, EdDSA, typ recovery-request+jwt) whose claims are those of RequestClaims.',
            content: { 'application/jwt': { schema: { type: 'string', maxLength: 262_144 } } },
          },
          responses: {
            200: json('Answer', 'Answered; a refusal, too.'),
            400: json('Error', 'Signed as it should be, and of no form that is known.'),
            401: json('Error', 'Not signed by a pinned key, not for this bot, or not now.'),
            413: { description: 'Over 256 kB.' },
            415: { description: 'Another content type than application/jwt.' },
            429: json('Error', 'Too many; Retry-After says for how long to wait.'),
            503: json('Error', 'The store is away; the same request again after Retry-After.'),
          },
        },
      },
    },
    components: {
      schemas: {
        RequestClaims: schemaOf(
          z.strictObject({
            iss: z.string(),
            aud: z.string(),
            iat: z.int(),
            exp: z.int(),
            jti: id,
            request: requestSchema,
          }),
        ),
        Answer: schemaOf(ANSWERS.answer),
        Error: schemaOf(ANSWERS.error),
        Keys: schemaOf(ANSWERS.keys),
      },
    },
  };
}

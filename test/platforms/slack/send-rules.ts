import { z } from 'zod';

const plainText = z.strictObject({
  type: z.literal('plain_text'),
  text: z.string(),
  emoji: z.boolean().optional(),
});
const words = z.discriminatedUnion('type', [
  plainText,
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string(), verbatim: z.boolean().optional() }),
]);

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText,
  action_id: z.string().max(255),
  value: z.string().min(1).max(2000).optional(),
  url: z.string().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});
const section = z.strictObject({
  type: z.literal('section'),
  block_id: z.string().max(255).optional(),
  text: words,
  expand: z.boolean().optional(),
});
const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: z.string().max(255).optional(),
  elements: z.array(button).min(1).max(25),
});

export const blocksSchema = z.array(z.discriminatedUnion('type', [section, actions])).max(50);
export type Blocks = z.infer<typeof blocksSchema>;

/** A form's fields are strings; what is more than that comes as JSON. */
const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const metadata = z.strictObject({
  event_type: z.string().min(1).max(80),
  event_payload: z.record(z.string(), z.unknown()),
});

/** Fields of `chat.postMessage` that are known here; any other is refused, so that nothing is sent unnoticed. */
export const postMessageSchema = z.strictObject({
  channel: z.string(),
  text: z.string().optional(),
  blocks: json(z.unknown()).optional(),
  thread_ts: z.string().optional(),
  metadata: json(metadata).optional(),
  mrkdwn: flag.optional(),
  parse: z.enum(['none', 'full']).optional(),
  link_names: flag.optional(),
  unfurl_links: flag.optional(),
  unfurl_media: flag.optional(),
});

/** What a `response_url` takes, as JSON. */
export const responseSchema = z.strictObject({
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  thread_ts: z.string().optional(),
});

/** Slack itself cuts off at 40,000 and asks for no more than this. */
const MAX_TEXT_CHARS = 4000;

/** The code of what is wrong with a message's words and blocks; `null` when it is taken (docs.slack.dev, Block Kit). */
export function refusalOfContent(content: {
  readonly text?: string | undefined;
  readonly blocks?: unknown;
}): string | null {
  const { text = '', blocks } = content;
  if (text.trim() === '' && blocks === undefined) return 'no_text';
  if (text.length > MAX_TEXT_CHARS) return 'msg_too_long';
  if (holdsHalfSign(content)) return 'invalid_utf8';
  if (blocks === undefined) return null;
  const parsed = blocksSchema.safeParse(blocks);
  if (!parsed.success) return 'invalid_blocks';
  return isWellFormed(parsed.data) ? null : 'invalid_blocks';
}

/** Whether any words in it hold half of a sign; as JSON it would be an escape like any other. */
function holdsHalfSign(value: unknown): boolean {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsHalfSign);
}

function isWellFormed(blocks: Blocks): boolean {
  const ids = blocks.flatMap(({ block_id: id }) => id ?? []);
  if (new Set(ids).size < ids.length) return false;
  return blocks.every((block) => {
    if (block.type === 'section') return isIn(block.text.text.length, 1, 3000);
    const actionIds = block.elements.map(({ action_id: id }) => id);
    return (
      new Set(actionIds).size === actionIds.length &&
      block.elements.every(
        ({ text, url }) =>
          isIn(text.text.length, 1, 75) && (url === undefined || /^https?:\/\/[^\s/]/.test(url)),
      )
    );
  });
}

function isIn(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

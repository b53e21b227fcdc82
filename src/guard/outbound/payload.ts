/** Fields of platform calls that no person reads: ids, our own button payloads, and where an answer is sent to. */
const UNSEEN = new Set([
  ...['callback_data', 'data', 'chat_id', 'callback_query_id', 'message_id', 'message_thread_id'],
  ...['channel', 'user', 'thread_ts', 'block_id', 'action_id', 'value', 'response_url'],
  ...['application_id', 'token', 'channel_id', 'user_id', 'custom_id'],
]);
/** Fields that make a platform read words as markup, or show something beside them. */
const FORMATTING = new Set([
  'parse_mode',
  'entities',
  'caption_entities',
  'embeds',
  'attachments',
  'link_names',
]);

/** Every text of a payload that people see. Slack wants `& < >` escaped in texts; they are read back. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [unescaped(value)];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, entry]) => (UNSEEN.has(key) ? [] : textsOf(entry)));
  }
  return [];
}

/** Whether a payload asks the platform to read markup: what we send is plain. */
export function hasFormatting(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasFormatting);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, entry]) => {
    if (UNSEEN.has(key)) return false;
    if (FORMATTING.has(key)) return entry !== false && entry !== undefined && entry !== null;
    if (key === 'mrkdwn') return entry !== false;
    if (key === 'type') return entry === 'mrkdwn' || entry === 'rich_text' || entry === 'markdown';
    return hasFormatting(entry);
  });
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

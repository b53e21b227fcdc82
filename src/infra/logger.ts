import { createHmac, type KeyObject } from 'node:crypto';
import { pino } from 'pino';
import type { Log, LogFields } from '../model/index.js';

/** The only fields that pass, and the longest value of each: nothing a person wrote is among them. */
const ALLOWED = {
  event: 60,
  code: 60,
  platform: 20,
  conversation: 0,
  flow: 60,
  step: 60,
  intent: 60,
  secretKinds: 0,
  count: 0,
  durationMs: 0,
  status: 0,
  bundle: 20,
  locale: 20,
  method: 60,
  path: 200,
  port: 0,
} as const satisfies Record<keyof LogFields, number>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A logger of JSON lines on the given stream. Conversations appear as a keyed hash only. */
export function createLogger(
  level: LogLevel,
  hashKey: KeyObject,
  stream: { write(line: string): void },
): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  const clean = (fields: LogFields): Record<string, unknown> => {
    const line: Record<string, unknown> = {};
    for (const [name, maxChars] of Object.entries(ALLOWED)) {
      const value = fields[name as keyof LogFields];
      if (value === undefined) continue;
      if (name === 'conversation')
        line[name] = createHmac('sha256', hashKey).update(String(value)).digest('base64url').slice(0, 12);
      else line[name] = typeof value === 'string' ? shown(name, value).slice(0, maxChars) : value;
    }
    return line;
  };
  return {
    debug: (fields) => logger.debug(clean(fields)),
    info: (fields) => logger.info(clean(fields)),
    warn: (fields) => logger.warn(clean(fields)),
    error: (fields) => logger.error(clean(fields)),
  };
}

/**
 * What is no name of ours (a word of ASCII without blanks) is not shown: whatever it is, a person may have written it.
 */
const NAME = /^[\w.:/@#+*-]*$/;

function shown(field: string, value: string): string {
  if (field === 'path') return printable(value);
  return NAME.test(value) ? value : 'not-a-name';
}

/** Without control and bidirectional characters, which could forge or hide a log line. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
}

import { LifelineError } from '../model/index.js';
import type { Terminal } from '../platforms.js';

/** What a terminal chat is started with. */
export interface TerminalOptions {
  readonly locale?: string;
  readonly at?: string;
  readonly color: boolean;
}

/** The terminal of this process as a platform. `ended` is called when the person leaves. */
export function terminalOf(
  options: TerminalOptions,
  locales: readonly string[],
  ended: () => void,
): Terminal {
  const { locale } = options;
  if (locale !== undefined && !locales.includes(locale)) {
    throw new LifelineError(
      'settings-invalid',
      `There is no locale "${locale}". There are: ${locales.join(', ')}.`,
    );
  }
  return {
    input: process.stdin,
    output: process.stdout,
    color: options.color && process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    userId: 'you',
    locale: locale ?? null,
    localeHint: machineLocale(locales) ?? null,
    at: options.at ?? null,
    ended,
  };
}

/** The locale the machine is set to, as BCP-47 (`zh_TW.UTF-8` → `zh-TW`); `undefined` when it does not tell. */
function machineLocale(locales: readonly string[]): string | undefined {
  const name = (process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')
    .split('.')[0]
    ?.replace('_', '-');
  return (
    locales.find((tag) => tag === name) ??
    locales.find((tag) => name !== undefined && name !== '' && tag.split('-')[0] === name.split('-')[0])
  );
}

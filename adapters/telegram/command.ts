import type { BotSelf } from './update-schema.js';

/** A command as Telegram marks it: `/name`, `/name@bot`, then white space or the end. */
const COMMAND = /^\/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{1,64}))?(?![^\s])/;

/** What a text is, taken as a command. */
export type ReadCommand =
  | { readonly kind: 'none' }
  /** `/help@another_bot`. */
  | { readonly kind: 'other-bot' }
  | {
      readonly kind: 'ours';
      readonly name: string;
      readonly rest: string;
      /** Whether it says that it is for us. */
      readonly isNamed: boolean;
    };

/** Reads a command at the start of a text; names do not tell upper from lower case. */
export function readCommand(text: string, self: BotSelf): ReadCommand {
  const found = COMMAND.exec(text);
  if (found === null) return { kind: 'none' };
  const [whole, name = '', bot] = found;
  if (bot !== undefined && !sameName(bot, self.username)) return { kind: 'other-bot' };
  return {
    kind: 'ours',
    name: name.toLowerCase().replaceAll('_', '-'),
    rest: text.slice(whole.length).trim(),
    isNamed: bot !== undefined,
  };
}

/** Telegram's user names do not tell upper from lower case. */
export function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

import { botText } from './scene.js';

/** A person in a chat with the bot, whatever the platform. */
export interface Chat {
  says(words: string): void;
  taps(label: string): void;
  /** The bot's texts, oldest first. */
  hears(): readonly string[];
  /** Addresses of the buttons, oldest first. */
  links(): readonly string[];
  until(isDone: () => boolean): Promise<void>;
}

/** The straight way to the official page: each button, and what is said next. */
const WAY = [
  ['recover.btn-login', 'recover.authenticator-at-hand'],
  ['recover.btn-2fa-none', 'recover.has-app'],
  ['recover.btn-have-app', 'recover.open-app'],
  ['recover.btn-see-forgot', 'recover.which-proof'],
  ['recover.btn-proof-mail', 'recover.proof-still-there'],
  ['recover.btn-proof-here', 'recover.safe-network'],
  ['recover.btn-own-network', 'hand-off.open-it'],
] as const;

const FORGOTTEN: Readonly<Record<string, string>> = {
  'zh-CN': '我忘记密码了',
  'zh-TW': '我忘記密碼了',
  en: 'I forgot my password',
};

/** Waits until the person has heard a text, or its first line where the rest depends on the turn. */
export async function hears(chat: Chat, key: string, locale: string, after = 0): Promise<void> {
  const [words = ''] = botText(key, locale).split(/\{|\n/);
  await chat.until(() =>
    chat
      .hears()
      .slice(after)
      .some((heard) => heard.includes(words)),
  );
}

/** From "I forgot my password" to the link with its token. */
export async function walksToLink(chat: Chat, locale: string): Promise<string> {
  const before = chat.hears().length;
  chat.says(FORGOTTEN[locale] ?? '');
  await hears(chat, 'recover.which-secret', locale, before);
  for (const [button, answer] of WAY) {
    const heard = chat.hears().length;
    chat.taps(botText(button, locale));
    await hears(chat, answer, locale, heard);
  }
  const link = chat.links().findLast((url) => url.includes('#'));
  if (link === undefined) throw new Error('there is no link with a token');
  return link;
}

import type { Platform } from '../model/index.js';
import type { Deed } from './deed.js';

/** A locale as the apps of a platform name it to the bot: `zh-hans` on Telegram, `en-US` on Discord and Slack. */
export function hintFor(platform: Platform, locale: string): string {
  const { language, script, region } = new Intl.Locale(locale).maximize();
  switch (platform) {
    case 'console':
      return locale;
    case 'telegram':
      return language === 'zh' ? `${language}-${script?.toLowerCase() ?? ''}` : language;
    case 'discord':
    case 'slack':
      return `${language}-${region ?? ''}`;
  }
}

/** Whether a platform names the language of the app when a person does this: Discord does of taps and commands only. */
export function hintsAt(platform: Platform, deed: Deed['kind']): boolean {
  return platform !== 'discord' || deed === 'taps' || deed === 'command' || deed === 'opens';
}

import { createTelegramAdapter } from '../../adapters/telegram/index.js';
import type { Deed, Where as Place, SentThing } from '../../src/simulate/deed.js';
import { hintFor } from '../../src/simulate/locale-hint.js';
import type { Group } from '../platforms/telegram/group.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import type { User, Where } from '../platforms/telegram/user.js';
import { type Ground, type GroundOptions, NEVER_MS, type Person, type SeenMessage } from './ground.js';

/** Marks the payload of a deep link to a flow. */
const FLOW = 'f_';

/** Telegram, polled. */
export async function openTelegram({ handle, now }: GroundOptions): Promise<Ground> {
  const telegram = await startTelegramPlatform({ username: handle, now });
  const { token } = telegram.bot;
  const timing = { requestMs: NEVER_MS, stopMs: NEVER_MS };
  const adapter = createTelegramAdapter({ token, apiUrl: telegram.apiUrl, timing });
  return {
    adapter,
    start: (host) => adapter.start(host),
    person: (locale) => new TelegramPerson(telegram, locale),
    tellsOfBlocks: true,
    opensChat: ({ url }, flow) => url === `https://t.me/${handle}?start=${FLOW}${flow}`,
    redeliver: () => telegram.redeliver(),
    quiet: () => telegram.until(() => telegram.unconfirmed().length === 0),
    pending: () => telegram.pendingTaps(),
    close: () => telegram.close(),
  };
}

class TelegramPerson implements Person {
  readonly #user: User;
  readonly #group: Group;
  readonly #bot: string;
  #lastText = 0;

  constructor(telegram: TelegramPlatform, locale: string) {
    this.#user = telegram.user({ languageCode: hintFor('telegram', locale) });
    this.#group = telegram.group();
    this.#bot = telegram.bot.username;
    this.#group.chat.botStatus = 'member';
  }

  does(deed: Deed, place: Place, below: string | null): void {
    const user = this.#user;
    const where = this.#where(place);
    switch (deed.kind) {
      case 'says':
        this.#lastText = user.says(this.#addressed(deed.text, place), where);
        return;
      case 'edits':
        user.edits(this.#lastText, this.#addressed(deed.text, place), where);
        return;
      case 'sends':
        sendThing(user, deed.what, where);
        return;
      case 'taps':
        user.taps(deed.button.label, { ...where, ...(below === null ? {} : { below: Number(below) }) });
        return;
      case 'opens':
        user.starts(deed.flow === '' ? '' : `${FLOW}${deed.flow}`);
        return;
      case 'command':
        user.command(place === 'group' ? `${deed.name}@${this.#bot}` : deed.name, '', where);
        return;
      case 'blocks':
        user.blocks();
        return;
      case 'unblocks':
        user.unblocks();
        return;
    }
  }

  sees(place: Place): readonly SeenMessage[] {
    return this.#user.sees(this.#where(place)).map(({ messageId, from, text, buttons }) => ({
      id: String(messageId),
      from,
      text,
      buttons: buttons.map(({ text: label, callback_data: data, url }) => ({
        label,
        data: data ?? null,
        url: url ?? null,
        inMenu: false,
      })),
      isEphemeral: false,
      isPending: false,
    }));
  }

  #addressed(text: string, place: Place): string {
    return place === 'group' ? `@${this.#bot} ${text}` : text;
  }

  #where(place: Place): Where {
    return place === 'group' ? { in: this.#group } : {};
  }
}

function sendThing(user: User, what: SentThing, where: Where): void {
  switch (what) {
    case 'photo':
      user.sendsPhoto('', where);
      return;
    case 'document':
      user.sendsDocument('notes.pdf', '', where);
      return;
    case 'sticker':
      user.sticker(where);
      return;
    case 'voice':
      user.voice(where);
      return;
    case 'video':
      user.sendsVideo(where);
      return;
    case 'location':
      user.sendsLocation(where);
      return;
    case 'contact':
      user.sharesContact('+15550100');
      return;
  }
}

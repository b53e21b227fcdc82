import { createTelegramAdapter } from '../../adapters/telegram/index.js';
import type { Adapter, AdapterHost } from '../../src/model/index.js';
import type { SentThing } from '../../src/simulate/deed.js';
import { hintFor } from '../../src/simulate/locale-hint.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import type { User, Where } from '../platforms/telegram/user.js';
import type { SeenMessage as Shown } from '../platforms/telegram/view.js';
import { type Ground, type GroundOptions, NEVER_MS, type Person, type SeenMessage } from './ground.js';
import { createPerson } from './person.js';

/** Marks the payload of a deep link to a flow. */
const FLOW = 'f_';
/** Marks the id of a message that one person sees alone. */
const ALONE = 'alone-';

/** Telegram, polled. */
export async function openTelegram({ handle, now }: GroundOptions): Promise<Ground> {
  const telegram = await startTelegramPlatform({ username: handle, now });
  const { token } = telegram.bot;
  const timing = { requestMs: NEVER_MS, stopMs: NEVER_MS };
  const adapter = createTelegramAdapter({ token, apiUrl: telegram.apiUrl, timing });
  return {
    adapter,
    start: (host) => startWithMenus(adapter, host),
    person: (locale) => telegramPerson(telegram, locale),
    tellsOfBlocks: true,
    opensChat: ({ url }, flow) => url === `https://t.me/${handle}?start=${FLOW}${flow}`,
    redeliver: () => telegram.redeliver(),
    quiet: () => telegram.until(() => telegram.unconfirmed().length === 0),
    pending: () => telegram.pendingTaps(),
    close: () => telegram.close(),
  };
}

/** Which commands nobody else sees depends on the menus, which are registered behind the start. */
async function startWithMenus(adapter: Adapter, host: AdapterHost): Promise<void> {
  const { log } = host;
  const registered = new Promise<void>((resolve) => {
    const info = (fields: Parameters<typeof log.info>[0]): void => {
      log.info(fields);
      if (fields.event === 'commands-registered') resolve();
    };
    void adapter.start({ ...host, log: { ...log, info } });
  });
  await registered;
}

function telegramPerson(telegram: TelegramPlatform, locale: string): Person {
  const user = telegram.user({ languageCode: hintFor('telegram', locale) });
  const group = telegram.group();
  const { username } = telegram.bot;
  group.chat.botStatus = 'member';
  return createPerson<Where, number>({
    user,
    direct: {},
    group: { in: group },
    mention: `@${username}`,
    // What only one member sees has no number of its own.
    refOf: (id) => (id.startsWith(ALONE) ? null : Number(id)),
    sends: (what, where) => sendThing(user, what, where),
    opens: (flow) => user.starts(flow === '' ? '' : `${FLOW}${flow}`),
    command: (name, where, place) =>
      user.command(place === 'group' ? `${name}@${username}` : name, '', where),
    blocks: () => user.blocks(),
    unblocks: () => user.unblocks(),
    sees: (where) => user.sees(where).map(seen),
  });
}

function seen({ messageId, ephemeralId, from, text, buttons }: Shown): SeenMessage {
  return {
    id: ephemeralId === null ? String(messageId) : `${ALONE}${ephemeralId}`,
    from,
    text,
    buttons: buttons.map(({ text: label, callback_data: data, url }) => ({
      label,
      data: data ?? null,
      url: url ?? null,
      inMenu: false,
    })),
    isEphemeral: ephemeralId !== null,
    isPending: false,
  };
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

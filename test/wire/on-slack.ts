import { createSlackAdapter } from '../../adapters/slack/index.js';
import type { Deed, Where as Place, SentThing } from '../../src/simulate/deed.js';
import { hintFor } from '../../src/simulate/locale-hint.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import type { SlackUser, Where } from '../platforms/slack/user.js';
import type { Channel } from '../platforms/slack/world.js';
import { type Ground, type GroundOptions, NEVER_MS, type Person, type SeenMessage } from './ground.js';

const TIMING = {
  ...{ requestMs: NEVER_MS, localeMs: NEVER_MS, ackMs: NEVER_MS, helloMs: NEVER_MS },
  ...{ pongMs: NEVER_MS, bodyMs: NEVER_MS, stopMs: NEVER_MS },
};

/** Slack, over Socket Mode. */
export async function openSlack({ handle, now }: GroundOptions): Promise<Ground> {
  const slack = await startSlackPlatform({ handle, now });
  const { token, appToken } = slack.bot;
  const intake = { kind: 'socket', appToken } as const;
  const adapter = createSlackAdapter({ token, apiUrl: slack.apiUrl, intake, timing: TIMING });
  return {
    adapter,
    start: async (host) => {
      await adapter.start(host);
      await slack.until(() => slack.sockets.connections > 1);
    },
    person: (locale) => new SlackPerson(slack, locale),
    tellsOfBlocks: false,
    opensChat: ({ data }, flow) => data?.endsWith(`:${flow}`) === true,
    redeliver: async () => slack.deliveries.repeatLast(),
    quiet: () => slack.until(() => slack.deliveries.all.at(-1)?.isAcknowledged !== false),
    pending: () => pendingOn(slack),
    close: () => slack.close(),
  };
}

/** Only the last tap or command can be: everything before it was waited for. */
function pendingOn(slack: SlackPlatform): number {
  const last = slack.deliveries.all.findLast(({ kind }) => kind !== 'events_api');
  return last?.isAcknowledged === false ? 1 : 0;
}

class SlackPerson implements Person {
  readonly #user: SlackUser;
  readonly #channel: Channel;
  readonly #bot: string;
  #lastText = '';

  constructor(slack: SlackPlatform, locale: string) {
    this.#user = slack.user({ locale: hintFor('slack', locale) });
    this.#channel = slack.channel();
    this.#bot = slack.bot.handle;
    this.#channel.members.add(slack.bot.userId);
    this.#user.joins(this.#channel);
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
        user.taps(deed.button.label, { ...where, ...(below === null ? {} : { below }) });
        return;
      case 'opens':
        // Slack has no START button; the bare command does what it does.
        user.slash('', where);
        return;
      case 'command':
        user.slash(deed.name, where);
        return;
      case 'blocks':
        user.closesDirect();
        return;
      case 'unblocks':
        user.opensDirect();
        return;
    }
  }

  sees(place: Place): readonly SeenMessage[] {
    return this.#user.sees(this.#where(place)).map(({ ts, from, text, buttons, isEphemeral }) => ({
      id: ts,
      from,
      text,
      buttons: buttons.map(({ label, value, url }) => ({
        label,
        data: value ?? null,
        url: url ?? null,
        inMenu: false,
      })),
      isEphemeral,
      isPending: false,
    }));
  }

  #addressed(text: string, place: Place): string {
    return place === 'group' ? `@${this.#bot} ${text}` : text;
  }

  #where(place: Place): Where {
    return place === 'group' ? { in: this.#channel } : {};
  }
}

function sendThing(user: SlackUser, what: SentThing, where: Where): void {
  switch (what) {
    case 'photo':
      user.sharesFile('image.png', 'image/png', '', where);
      return;
    case 'document':
      user.sharesFile('notes.pdf', 'application/pdf', '', where);
      return;
    case 'video':
      user.sharesFile('clip.mp4', 'video/mp4', '', where);
      return;
    case 'voice':
      user.voice(where);
      return;
    case 'sticker':
    case 'location':
    case 'contact':
      throw new Error(`nobody can send a ${what} on Slack`);
  }
}

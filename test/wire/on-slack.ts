import { createSlackAdapter } from '../../adapters/slack/index.js';
import type { SentThing } from '../../src/simulate/deed.js';
import { hintFor } from '../../src/simulate/locale-hint.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import type { SlackUser, Where } from '../platforms/slack/user.js';
import type { SeenMessage as Shown } from '../platforms/slack/view.js';
import { type Ground, type GroundOptions, NEVER_MS, type Person, type SeenMessage } from './ground.js';
import { createPerson } from './person.js';

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
    person: (locale) => slackPerson(slack, locale),
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

function slackPerson(slack: SlackPlatform, locale: string): Person {
  const user = slack.user({ locale: hintFor('slack', locale) });
  const channel = slack.channel();
  channel.members.add(slack.bot.userId);
  user.joins(channel);
  return createPerson<Where, string>({
    user,
    direct: {},
    group: { in: channel },
    mention: `@${slack.bot.handle}`,
    refOf: (id) => id,
    sends: (what, where) => sendThing(user, what, where),
    // Slack has no START button; the bare command does what it does.
    opens: (_flow, where) => user.slash('', where),
    command: (name, where) => user.slash(name, where),
    blocks: () => user.closesDirect(),
    unblocks: () => user.opensDirect(),
    sees: (where) => user.sees(where).map(seen),
  });
}

function seen({ ts, from, text, buttons, isEphemeral }: Shown): SeenMessage {
  return {
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
  };
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

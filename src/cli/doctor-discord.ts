import { z } from 'zod';
import { DISPENSABLE, inviteUrl, permissionsOf, RIGHTS, type Right } from '../../adapters/discord/needs.js';
import type { Asked } from '../infra/ask.js';
import { type Diagnosis, diagnoseAbout, quoted } from './diagnosis.js';
import { handleDiagnosis } from './doctor-handle.js';
import { type Ask, askDiscord, whoIsDiscord } from './who-is.js';

export interface DiscordSubject {
  readonly token: string;
  readonly apiUrl: string;
  /** Whether it is to read everything that is written in channels. */
  readonly readsChannels: boolean;
  /** The bot's handle in the registry; `null` for none. */
  readonly registered: string | null;
  /** Names of the slash commands. */
  readonly commands: readonly string[];
}

const { ok, note, fix } = diagnoseAbout('discord');

/** Token, handle, intents, slash commands and rights of the Discord bot. */
export async function examineDiscord(subject: DiscordSubject, ask: Ask): Promise<readonly Diagnosis[]> {
  const { apiUrl, token } = subject;
  const who = await whoIsDiscord(ask, apiUrl, token);
  if (who.kind === 'unreachable')
    return [
      fix(
        'discord-unreachable',
        `Discord does not answer (${who.code}).`,
        `See that this machine may open connections to ${new URL(apiUrl).host} and gateway.discord.gg.`,
      ),
    ];
  if (who.kind === 'unknown-token')
    return [
      fix(
        'discord-token',
        'Discord does not know the token.',
        'On https://discord.com/developers/applications open the app, Bot, Reset Token, and put the new one into .env as DISCORD_BOT_TOKEN.',
      ),
    ];
  const get = (path: string): Promise<Asked> => askDiscord(ask, apiUrl, token, path);
  const [application, guilds, gateway] = await Promise.all([
    get('/applications/@me').then((answer) => read(answer, applicationSchema)),
    get('/users/@me/guilds').then((answer) => read(answer, guildsSchema)),
    get('/gateway/bot').then((answer) => read(answer, gatewaySchema)),
  ]);
  const found = [
    ok('discord-token', `The token is right: this is ${who.about.handle}.`),
    handleDiagnosis('discord', who.about.handle, subject.registered),
  ];
  if (application === null)
    return [...found, note('discord-app', 'Discord does not show the app.', 'Try again.')];
  const registered = await get(`/applications/${application.id}/commands`).then((answer) =>
    read(answer, commandsSchema),
  );
  return [
    ...found,
    ofIntents(application, subject.readsChannels),
    ...ofApplication(application),
    ...(registered === null
      ? []
      : [
          ofCommands(
            registered.map(({ name }) => name),
            subject.commands,
          ),
        ]),
    ...(gateway === null ? [] : ofGateway(gateway.session_start_limit)),
    ...(guilds === null ? [] : ofGuilds(guilds, application.id)),
  ];
}

function read<Value>(answer: Asked, schema: z.ZodType<Value>): Value | null {
  if (answer.kind === 'silence' || answer.status !== 200) return null;
  return schema.safeParse(answer.json).data ?? null;
}

const applicationSchema = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  flags: z.int().default(0),
  bot_public: z.boolean().optional(),
  bot_require_code_grant: z.boolean().optional(),
  interactions_endpoint_url: z.string().nullish(),
});

/** Privileged intents by the flags of an app that has them, with and without Discord's approval (Application Flags). */
const PRIVILEGED: readonly { readonly name: string; readonly flags: number }[] = [
  { name: 'Presence', flags: (1 << 12) | (1 << 13) },
  { name: 'Server Members', flags: (1 << 14) | (1 << 15) },
  { name: 'Message Content', flags: (1 << 18) | (1 << 19) },
];

/** The one that watching channels takes. */
const CONTENT = 'Message Content';

function ofIntents(app: z.infer<typeof applicationSchema>, readsChannels: boolean): Diagnosis {
  const on = PRIVILEGED.filter(({ flags }) => (app.flags & flags) !== 0).map(({ name }) => name);
  if (readsChannels && !on.includes(CONTENT))
    return fix(
      'discord-intents',
      'DISCORD_READS_CHANNELS is on and the Message Content intent is not: Discord refuses the bot altogether.',
      'Switch that intent on on the page Bot of the app, or take the setting away.',
    );
  const extra = on.filter((name) => !(readsChannels && name === CONTENT));
  if (extra.length > 0)
    return note(
      'discord-intents',
      `Privileged intents are on that Lifeline does not need: ${extra.join(', ')}.`,
      'Switch them off on the page Bot of the app: what it cannot read, it cannot lose.',
    );
  return ok(
    'discord-intents',
    readsChannels
      ? 'It may read what is written in channels, as the setting wants, and nothing else that is privileged.'
      : 'No privileged intent is on, and none is needed.',
  );
}

function ofApplication(app: z.infer<typeof applicationSchema>): readonly Diagnosis[] {
  const found: Diagnosis[] = [];
  if (
    app.interactions_endpoint_url !== undefined &&
    app.interactions_endpoint_url !== null &&
    app.interactions_endpoint_url !== ''
  )
    found.push(
      fix(
        'discord-interactions-url',
        'Taps and slash commands are sent to an Interactions Endpoint URL, so Lifeline never gets them.',
        'Empty that field on the page General Information of the app.',
      ),
    );
  if (app.bot_require_code_grant === true)
    found.push(
      fix(
        'discord-code-grant',
        'The app asks for an OAuth2 code grant, so nobody can invite it by a link.',
        'Switch "Requires OAuth2 Code Grant" off on the page Bot of the app.',
      ),
    );
  if (app.bot_public === true)
    found.push(
      note(
        'discord-public',
        'Anybody may add the bot to their server.',
        'If only you should: switch "Public Bot" off on the page Bot of the app.',
      ),
    );
  return found;
}

const commandsSchema = z.array(z.object({ name: z.string() }));

function ofCommands(registered: readonly string[], wanted: readonly string[]): Diagnosis {
  return [...registered].sort().join() === [...wanted].sort().join()
    ? ok('discord-commands', 'The slash commands are registered.')
    : note(
        'discord-commands',
        'The slash commands are not registered as they are now.',
        'lifeline start does it.',
      );
}

const gatewaySchema = z.object({
  session_start_limit: z.object({ remaining: z.int(), reset_after: z.number() }),
});

/** Sessions below which a bot that restarts in a circle is about to lock itself out. */
const FEW_SESSIONS = 50;

function ofGateway(limit: z.infer<typeof gatewaySchema>['session_start_limit']): readonly Diagnosis[] {
  const minutes = Math.ceil(limit.reset_after / 60_000);
  if (limit.remaining === 0)
    return [
      fix(
        'discord-sessions',
        `Discord lets the bot connect no more for ${minutes} minutes: it has connected too often.`,
        'Wait for so long, and see in the log why it was started again and again.',
      ),
    ];
  return limit.remaining < FEW_SESSIONS
    ? [
        note(
          'discord-sessions',
          `The bot may connect only ${limit.remaining} times more in the next ${minutes} minutes.`,
          'See in the log why it is started again and again.',
        ),
      ]
    : [];
}

const guildsSchema = z.array(
  z.object({
    name: z.string(),
    permissions: z
      .string()
      .regex(/^\d{1,30}$/)
      .transform(BigInt),
  }),
);

const ADMINISTRATOR = 1n << 3n;

function ofGuilds(guilds: z.infer<typeof guildsSchema>, applicationId: string): readonly Diagnosis[] {
  const invite = `Open ${inviteUrl(applicationId)}`;
  if (guilds.length === 0)
    return [
      note(
        'discord-servers',
        'The bot is in no server, so nobody can write to it.',
        `${invite} and choose yours.`,
      ),
    ];
  const lacking = (wanted: readonly Right[]) =>
    guilds.flatMap(({ name, permissions }) => {
      if ((permissions & ADMINISTRATOR) !== 0n) return [];
      const rights = wanted.filter(({ bit }) => (permissions & bit) === 0n).map((right) => right.name);
      return rights.length === 0 ? [] : [`${quoted(name)} (${rights.join(', ')})`];
    });
  const needed = lacking(RIGHTS.filter((right) => !DISPENSABLE.includes(right)));
  const dispensable = lacking(DISPENSABLE);
  const all = guilds.filter(({ permissions }) => (permissions & ADMINISTRATOR) !== 0n);
  const found: Diagnosis[] = [];
  if (needed.length > 0)
    found.push(
      fix(
        'discord-rights',
        `Rights are missing in ${listed(needed)}.`,
        `${invite} again and choose that server, or give its role these rights.`,
      ),
    );
  if (dispensable.length > 0)
    found.push(
      note(
        'discord-rights-dispensable',
        `It cannot delete a recovery phrase that somebody posts in ${listed(dispensable)}; it tells them how to.`,
      ),
    );
  if (all.length > 0)
    found.push(
      note(
        'discord-administrator',
        `It is an administrator in ${listed(all.map(({ name }) => quoted(name)))}, which is far more than it needs.`,
        `Take that right from its role; what it needs is permissions=${permissionsOf(RIGHTS)}.`,
      ),
    );
  return found.length > 0
    ? found
    : [ok('discord-rights', `It has the rights it needs in ${countOf(guilds.length)}.`)];
}

function countOf(servers: number): string {
  return servers === 1 ? 'its server' : `its ${servers} servers`;
}

/** The first three, and how many more there are. */
function listed(names: readonly string[]): string {
  const more = names.length - 3;
  return `${names.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

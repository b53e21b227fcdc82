import { z } from 'zod';
import { type Diagnosis, diagnoseAbout, quoted } from './diagnosis.js';
import { handleDiagnosis } from './doctor-handle.js';
import { type Ask, telegramUrl, whoIsTelegram } from './who-is.js';

export interface TelegramSubject {
  readonly token: string;
  readonly apiUrl: string;
  /** `null`: updates are polled. */
  readonly webhookUrl: string | null;
  /** The bot's handle in the registry; `null` for none. */
  readonly registered: string | null;
  /** Names of the commands of the menu. */
  readonly commands: readonly string[];
  /** Epoch ms. */
  readonly now: number;
}

/** A failure to deliver that is older than this may have been mended since. */
const RECENT_MS = 30 * 60_000;

const { ok, note, fix } = diagnoseAbout('telegram');

/** Token, handle, privacy, webhook and menu of the Telegram bot. */
export async function examineTelegram(subject: TelegramSubject, ask: Ask): Promise<readonly Diagnosis[]> {
  const who = await whoIsTelegram(ask, subject.apiUrl, subject.token);
  if (who.kind === 'unreachable')
    return [
      fix(
        'telegram-unreachable',
        `Telegram does not answer (${who.code}).`,
        `See that this machine may open connections to ${new URL(subject.apiUrl).host}.`,
      ),
    ];
  if (who.kind === 'unknown-token')
    return [
      fix(
        'telegram-token',
        'Telegram does not know the token.',
        'Open @BotFather, send /mybots, choose the bot, tap API Token, and put that into .env as TELEGRAM_BOT_TOKEN.',
      ),
    ];
  const { handle, readsGroups, joinsGroups } = who.about;
  const found = [
    ok('telegram-token', `The token is right: this is @${handle}.`),
    handleDiagnosis('telegram', handle, subject.registered),
  ];
  if (readsGroups)
    found.push(
      note(
        'telegram-privacy',
        'Group privacy is off, so it is sent everything that is written in its groups. It looks for recovery phrases and fake support in it, and keeps nothing else.',
        'If it should see only what is for it: open @BotFather, send /setprivacy, choose the bot, and tap Enable.',
      ),
    );
  if (!joinsGroups)
    found.push(
      note(
        'telegram-groups',
        'It cannot be added to groups.',
        'If it should: open @BotFather, send /setjoingroups, choose the bot, and tap Enable.',
      ),
    );
  const [webhook, menu] = await Promise.all([examineWebhook(subject, ask), examineMenu(subject, ask)]);
  return [...found, ...webhook, ...menu];
}

const webhookSchema = z.object({
  result: z.object({
    url: z.string(),
    pending_update_count: z.int().default(0),
    last_error_date: z.number().optional(),
    last_error_message: z.string().default(''),
  }),
});

async function examineWebhook(subject: TelegramSubject, ask: Ask): Promise<readonly Diagnosis[]> {
  const { webhookUrl, now } = subject;
  const answer = await ask(telegramUrl(subject.apiUrl, subject.token, 'getWebhookInfo'));
  const parsed = answer.kind === 'answer' ? webhookSchema.safeParse(answer.json) : null;
  if (parsed?.success !== true)
    return [
      note('telegram-webhook', 'Telegram does not say whether a webhook is set.', 'Try again in a minute.'),
    ];
  const {
    url,
    pending_update_count: pending,
    last_error_date: at,
    last_error_message: error,
  } = parsed.data.result;
  const found: Diagnosis[] = [];
  if (webhookUrl === null && url !== '')
    found.push(
      note(
        'telegram-webhook-left',
        `A webhook at ${hostOf(url)} is set, while Lifeline asks for updates itself.`,
        'lifeline start takes it away. If another program uses this bot, make a bot of its own for Lifeline.',
      ),
    );
  if (webhookUrl === null && url === '')
    found.push(ok('telegram-webhook', 'No webhook is in the way of polling.'));
  if (webhookUrl !== null && url === '')
    found.push(note('telegram-webhook', 'The webhook is not set yet.', 'lifeline start sets it.'));
  if (webhookUrl !== null && url !== '' && url !== webhookUrl)
    found.push(
      note(
        'telegram-webhook-other',
        `The webhook that is set is at ${hostOf(url)}, not at TELEGRAM_WEBHOOK_URL.`,
        'lifeline start changes it. If another program uses this bot, make a bot of its own for Lifeline.',
      ),
    );
  if (webhookUrl !== null && url === webhookUrl)
    found.push(
      at !== undefined && now - at * 1000 < RECENT_MS
        ? fix(
            'telegram-webhook-error',
            `Telegram could not deliver to TELEGRAM_WEBHOOK_URL; it says ${quoted(error)}.`,
            'See that the address is reached from outside, with a valid certificate, and that Lifeline runs behind it.',
          )
        : ok('telegram-webhook', 'The webhook is set.'),
    );
  if (pending > 0)
    found.push(
      note(
        'telegram-pending',
        `${pending === 1 ? 'One update waits' : `${pending} updates wait`} at Telegram.`,
        'A bot that runs takes them within seconds.',
      ),
    );
  return found;
}

const menuSchema = z.object({ result: z.array(z.object({ command: z.string() })) });

async function examineMenu(subject: TelegramSubject, ask: Ask): Promise<readonly Diagnosis[]> {
  const answer = await ask(telegramUrl(subject.apiUrl, subject.token, 'getMyCommands'));
  const parsed = answer.kind === 'answer' ? menuSchema.safeParse(answer.json) : null;
  if (parsed?.success !== true) return [];
  const names = parsed.data.result.map(({ command }) => command);
  return names.join() === subject.commands.join()
    ? [ok('telegram-commands', 'The menu of commands is registered.')]
    : [
        note(
          'telegram-commands',
          'The menu of commands is not registered as it is now.',
          'lifeline start does it.',
        ),
      ];
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that is none';
}

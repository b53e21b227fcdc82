import type { Capabilities, Platform } from '../model/index.js';
import { knowsRights } from './deed.js';
import type { BotTurn, SimulatedConversation } from './format.js';
import { type Line, Player } from './player.js';
import { seedOf } from './random.js';
import type { OpenStage } from './stage.js';
import { asVerified } from './verified.js';
import type { OpenWorld } from './world.js';

/** One conversation in one locale on one platform. */
export interface Played {
  readonly conversation: string;
  readonly locale: string;
  readonly platform: Platform;
  /** Whether its hand-offs were verified. */
  readonly isVerified: boolean;
  readonly seed: number;
  /** What went wrong first, with the number of the turn; `null` when all was as written. */
  readonly failure: string | null;
  readonly lines: readonly Line[];
  /** What was done and seen, by text keys and values. */
  readonly talk: readonly string[];
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Plays a conversation through the whole path and compares what the bot does with what is written. */
export async function play(
  file: SimulatedConversation,
  where: {
    readonly locale: string;
    readonly platform: Platform;
    readonly capabilities: Capabilities;
    readonly seed: number | undefined;
    /**
     * Goes on after the bot did something else than what is written, for as long as the person's part can be played.
     */
    readonly goesOn?: boolean;
  },
  openWorld: OpenWorld,
  openStage: OpenStage,
): Promise<Played> {
  const { locale, platform } = where;
  const seed = where.seed ?? seedOf(`${file.conversation}|${locale}|${platform}`);
  const start = Date.parse(file.run.clock);
  const player = await Player.enter(openWorld, openStage, { platform, locale, seed, start });
  const failure = await runTurns(file, player, where).finally(() => player.world.close());
  const { lines, talk, world } = player;
  const isVerified = world.page !== null;
  return { conversation: file.conversation, locale, platform, isVerified, seed, failure, lines, talk };
}

async function runTurns(
  file: SimulatedConversation,
  player: Player,
  where: { readonly platform: Platform; readonly capabilities: Capabilities; readonly goesOn?: boolean },
): Promise<string | null> {
  let inGroup = false;
  let first: string | null = null;
  for (const [index, turn] of file.turns.entries()) {
    const at = `turn ${index + 1}`;
    if ('user' in turn) inGroup = turn.user.in === 'group';
    const deletion = deletionOf(where, inGroup);
    const problem =
      'bot' in turn && player.world.page !== null
        ? await compareVerified(turn.bot, player, deletion)
        : await runTurn(turn, player, deletion);
    if (problem !== null) first ??= `${at}: ${problem}`;
    if (problem !== null && !(where.goesOn === true && 'bot' in turn)) return first;
  }
  return first ?? checkEnd(file, player);
}

/** What has to be said of a deletion. */
type Deletion = 'security.removed' | 'security.delete-tried' | 'security.delete-yourself';

/** In a group the bot was not given the right to delete. */
function deletionOf(
  { platform, capabilities }: { readonly platform: Platform; readonly capabilities: Capabilities },
  inGroup: boolean,
): Deletion {
  if (!capabilities.deletesIn[inGroup ? 'public' : 'direct']) return 'security.delete-yourself';
  if (!inGroup) return 'security.removed';
  return knowsRights(platform) ? 'security.delete-yourself' : 'security.delete-tried';
}

async function runTurn(
  turn: SimulatedConversation['turns'][number],
  player: Player,
  deletion: Deletion,
): Promise<string | null> {
  if ('user' in turn) return player.act(turn.user);
  if ('later' in turn) {
    const { later } = turn;
    return player.wait(Number(later.slice(0, -1)) * (UNIT_MS[later.slice(-1)] ?? 0));
  }
  if ('redeliver' in turn) return player.redeliver();
  return 'bot' in turn ? compare(turn.bot, player, deletion) : null;
}

/** Where the plain way shows the official link, the person goes over the page first. */
async function compareVerified(wanted: BotTurn, player: Player, deletion: Deletion): Promise<string | null> {
  const { before, after } = asVerified(wanted);
  // A question that is asked again because of what was said to it is the same in both ways.
  if (before === null) return compare(wanted, player, deletion) && compare(after, player, deletion);
  const problem = compare(before, player, deletion) ?? (await player.crossPage());
  return problem ?? compare(after, player, deletion);
}

function compare(wanted: BotTurn, player: Player, deletion: Deletion): string | null {
  const messages = player.fresh.filter((message) => message.kind === 'message');
  const said = messages.flatMap((message) => message.keys);
  if (wanted.silent === true)
    return player.fresh.length === 0 ? null : `should be silent, but says ${said.join(', ')}`;
  if (player.fresh.length === 0) return 'the bot says nothing';
  const keys = wanted.says === undefined ? [] : [wanted.says].flat();
  let from = 0;
  for (const key of keys) {
    const found = said.indexOf(key, from);
    if (found < 0) return `should say ${key}, but says ${said.join(', ')}`;
    from = found + 1;
  }
  if (wanted.offers !== undefined && wanted.offers.join() !== player.offers().join()) {
    return `should offer ${wanted.offers.join(', ')}, but offers ${player.offers().join(', ')} (says ${said.join(', ')})`;
  }
  const links = messages.flatMap((message) =>
    message.buttons.flatMap((button) => (button.kind === 'url' ? [button.link] : [])),
  );
  const missing = wanted.links?.find((link) => !links.includes(link));
  if (missing !== undefined)
    return `should give the link ${missing}, but gives ${links.join(', ') || 'none'}`;
  if (wanted.removes !== undefined) {
    const isGone = player.fresh.some(({ kind }) => kind === 'removed');
    if (isGone !== (deletion === 'security.removed'))
      return isGone ? 'should not delete the message' : 'should delete the message';
    if (!said.includes(deletion)) return `should say ${deletion}, but says ${said.join(', ')}`;
  }
  return null;
}

async function checkEnd(file: SimulatedConversation, player: Player): Promise<string | null> {
  const { end } = file;
  const snapshot = await player.world.snapshot(player.conversation);
  const place =
    player.world.page !== null && snapshot?.flow === 'hand-off' ? snapshot.stack.at(-1) : snapshot;
  const at = place == null || place.flow === 'idle' ? 'idle' : `${place.flow}.${place.step}`;
  if (end?.at !== undefined && end.at !== at) return `should end at ${end.at}, but rests at ${at}`;
  const missing = end?.links?.find((link) => !player.links.has(link));
  if (missing !== undefined) return `never gave the link ${missing}`;
  const kept = [
    ...(end?.never?.stored === 'secret' ? [JSON.stringify(player.world.commits)] : []),
    ...(end?.never?.logged === 'secret' ? [player.world.logLines.join('\n')] : []),
  ];
  for (const words of player.secrets) {
    for (let from = 0; from + 3 <= words.length; from += 1) {
      const part = words.slice(from, from + 3);
      if (kept.some((text) => text.includes(part.join(' '))))
        return 'a secret that was pasted is in the store or the log';
    }
  }
  return null;
}

import {
  type Challenge,
  type Commit,
  conversationId,
  type InboundContent,
  inboundId,
  type OutboundMessage,
  type PageRequest,
  type Platform,
  type TapButton,
} from '../../src/model/index.js';
import { createHandOffs } from '../../src/runtime/hand-offs.js';
import { createPageDesk } from '../../src/runtime/page-desk.js';
import { inbound, plainEngine } from './engine.js';
import { openReception } from './reception.js';
import { bundleOf, edited, smallContent } from './small-content.js';

const verified = edited(
  smallContent(),
  'flows/official.yaml',
  '{ link: reset-help }',
  '{ link: reset-help, verified: true, page: help-fees, start: help-fees }',
);
const engine = plainEngine(bundleOf(verified));
export const MINUTE_MS = 60_000;
/** What everything is answered that is not to be told apart. */
export const REFUSED = { kind: 'refused', why: 'unknown' };

/** Somebody on a platform, the bot, and the official page's server. */
export function meet(platform: Platform = 'telegram', isReady = () => true, now?: () => number) {
  const reception = openReception({
    engine,
    platform,
    ...(now === undefined ? {} : { now }),
    handOffs: (store) => createHandOffs({ store, isReady, sign: async ({ id }) => `header.${id}.signature` }),
  });
  const { receiver, commits, memory, clock } = reception;
  const desk = createPageDesk({ store: memory, receiver, platform });
  let updates = 0;
  const messages = (commit: Commit | undefined): readonly OutboundMessage[] =>
    commit?.outbox.map((row) => row.call.payload.message as OutboundMessage) ?? [];
  const buttons = (): readonly TapButton[] =>
    commits
      .flatMap((commit) => messages(commit))
      .flatMap((message) => (message.kind === 'message' ? message.buttons : []))
      .filter((button) => button.kind === 'tap');
  /** `group`: where it is said in public. */
  const send = async (
    content: InboundContent,
    user = '5',
    group: string | null = null,
  ): Promise<readonly string[]> => {
    updates += 1;
    const before = commits.length;
    const message = inbound(updates, content, {
      ...{ platform, user, public: group !== null },
      ...(group === null ? {} : { place: group }),
    });
    await receiver.receive({ ...message, handle: 'Anna.77' });
    return commits.slice(before).flatMap((commit) => commit.outbox.flatMap((row) => row.shown.keys));
  };
  const tap = (value: string, user?: string): Promise<readonly string[]> =>
    send({ kind: 'tap', data: buttons().findLast((button) => button.value === value)?.data ?? '' }, user);
  const ask = async (request: PageRequest, name?: string) => {
    updates += 1;
    const before = commits.length;
    const answer = await desk.ask(request, inboundId(platform, 'page', name ?? String(updates)));
    const said = commits.slice(before).flatMap((commit) => commit.outbox.flatMap((row) => row.shown.keys));
    return { answer, said };
  };
  const conversation = conversationId(platform, { channel: '5' }, '5');
  const challenge = async (user = '5'): Promise<Challenge> => {
    const kept = (await memory.load(conversationId(platform, { channel: user }, user))).snapshot?.challenge;
    if (kept === undefined) throw new Error('there is no challenge');
    return kept;
  };
  const begin = async (user?: string): Promise<readonly string[]> => {
    await send({ kind: 'text', text: 'wants forgot-password' }, user);
    return tap('page', user);
  };
  const open = async (browser = 'b1') => ask({ kind: 'open', id: (await challenge()).id, browser });
  const number = async (): Promise<string> => {
    await tap('other-device');
    const text = messages(commits.at(-1)).find(
      (each) => each.kind === 'message' && /\d{4} \d{4}/.test(each.text),
    );
    return text?.kind === 'message' ? (/\d{4} \d{4}/.exec(text.text)?.[0].replace(' ', '') ?? '') : '';
  };
  const place = async (): Promise<string> => {
    const { snapshot } = await memory.load(conversation);
    return `${snapshot?.flow}.${snapshot?.step}`;
  };
  /** What was noted in the audit trail so far. */
  const noted = (): readonly string[] =>
    commits.flatMap(({ records }) =>
      records.flatMap((record) =>
        record.kind === 'append-audit' ? [`${record.what} ${record.outcome}`] : [],
      ),
    );
  const passes = async (ms: number): Promise<readonly string[]> => {
    const until = clock.now() + ms;
    const before = commits.length;
    for (const due of await memory.dueTimers(until, 9)) {
      clock.moveTo(Math.max(clock.now(), due.dueAt));
      await receiver.timerDue(due.conversation, due.timer, due.dueAt);
    }
    clock.moveTo(until);
    return commits.slice(before).flatMap((commit) => commit.outbox.flatMap((row) => row.shown.keys));
  };
  return {
    ...reception,
    send,
    tap,
    ask,
    begin,
    open,
    number,
    challenge,
    place,
    passes,
    messages,
    desk,
    noted,
  };
}

/** The texts of the plain way, which whatever fails goes on by. */
export const PLAIN = ['safety.line', 'hand-off.page', 'hand-off.reset-password.asks', 'hand-off.how'];

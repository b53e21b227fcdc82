import { z } from 'zod';
import type { Intake } from '../../src/model/index.js';
import { backOffMs, pause, within } from '../shared/pause.js';
import { handOverUntilCommitted, type Reception, readUpdate, type Update } from './hand-over.js';
import { ALLOWED_UPDATES, CONCURRENT_CHATS, type Timing, UPDATES_PER_BATCH } from './limits.js';
import { codeOfAnswer, retryAfterOf } from './persist.js';
import { updateIdSchema } from './update-schema.js';
import { createWindow, type WindowItem } from './window.js';

const batchSchema = z.array(z.unknown());
/** Pause after an empty answer that came at once: some servers know no long poll. */
const EMPTY_PAUSE_MS = 200;
/** Pause after an answer that held only what is in hand already: with that open, Telegram holds no answer back. */
const NOTHING_NEW_PAUSE_MS = 500;
/** After so many full answers with nothing new in a row, it is told that nothing can be taken in. */
const FULL_ANSWERS = 20;

/**
 * Asks for updates and hands them over. The offset moves only over updates that are committed: it is what acknowledges
 * on Telegram. It is kept nowhere else, because Telegram repeats what was not confirmed. Around an update that takes
 * long, others are taken in, up to a hundred from that one on: Telegram shows no more without a confirmation. `stop`
 * expects the reception to be stopping already.
 */
export function startPolling(reception: Reception, timing: Timing): Intake {
  const { host, api, stopping } = reception;
  const window = createWindow<Update>(CONCURRENT_CHATS, (update) =>
    handOverUntilCommitted(reception, update),
  );
  /** The next `getUpdates` confirms everything before it. */
  let offset: number | null = null;
  /** The offset that Telegram has surely seen. */
  let confirmed: number | null = null;
  let failures = 0;
  let fullAnswers = 0;

  const ask = async (): Promise<readonly unknown[] | null> => {
    const asked = offset;
    // After a failure the first answer has to come at once, to know that Telegram is there again.
    const pollSeconds = failures > 0 || window.isOpen ? 0 : timing.pollSeconds;
    const answer = await api('getUpdates', getUpdates(asked, UPDATES_PER_BATCH, pollSeconds), {
      timeoutMs: pollSeconds * 1000 + timing.requestMs,
      signal: stopping,
    });
    if (stopping.aborted) return null;
    const updates = answer.kind === 'ok' ? batchSchema.safeParse(answer.result) : null;
    if (updates?.success === true) {
      confirmed = asked;
      if (failures > 0) host.connected?.(true);
      return updates.data;
    }
    failures += 1;
    host.connected?.(false);
    const code = answer.kind === 'ok' ? 'unreadable-answer' : codeOfAnswer(answer);
    const isConflict = answer.kind === 'error' && answer.status === 409;
    const isRefused = answer.kind === 'error' && answer.status === 401;
    const event = isConflict ? 'poll-conflict' : 'poll-failed';
    host.log[isConflict || isRefused ? 'error' : 'warn']({
      event,
      platform: 'telegram',
      code,
      count: failures,
    });
    await pause(host.clock, retryAfterOf(answer) ?? backOffMs(failures), stopping);
    return null;
  };

  const take = async (updates: readonly unknown[]): Promise<void> => {
    const batch = readBatch(reception, updates);
    if (batch.length === 0) {
      // Nothing in it can be confirmed; asking again at once would only bring the same.
      failures += 1;
      await pause(host.clock, backOffMs(failures), stopping);
      return;
    }
    failures = 0;
    const fresh = window.add(batch);
    countFull(fresh === 0 && updates.length >= UPDATES_PER_BATCH);
    if (!(await within(host.clock, timing.patienceMs, window.settled()))) {
      // One person's turn that hangs is nobody else's wait.
      const count = window.setAside();
      host.log.warn({ event: 'updates-set-aside', platform: 'telegram', count });
    } else if (fresh === 0 && window.isOpen) await pause(host.clock, NOTHING_NEW_PAUSE_MS, stopping);
    if (stopping.aborted) return;
    // Not the highest id ever seen: after a week of silence Telegram may start anywhere, below it too.
    offset = window.doneBefore() ?? offset;
    if (offset !== null) window.forget(offset);
  };

  /** Nothing new can be seen before the oldest in hand is committed. */
  const countFull = (isFull: boolean): void => {
    const before = fullAnswers;
    fullAnswers = isFull ? fullAnswers + 1 : 0;
    if (fullAnswers === FULL_ANSWERS) {
      host.connected?.(false);
      host.log.error({ event: 'intake-full', platform: 'telegram', count: UPDATES_PER_BATCH });
    } else if (before >= FULL_ANSWERS && !isFull) host.connected?.(true);
  };

  const askAndTake = async (): Promise<void> => {
    const askedAt = host.clock.now();
    const updates = await ask();
    if (updates === null) return;
    if (updates.length > 0) return take(updates);
    failures = 0;
    countFull(false);
    if (host.clock.now() - askedAt < EMPTY_PAUSE_MS) await pause(host.clock, EMPTY_PAUSE_MS, stopping);
  };

  // A round of its own, so that what it has read is not kept in memory while the next one waits.
  const loop = async (): Promise<void> => {
    while (!stopping.aborted) await askAndTake();
  };

  const running = loop().then(() => window.ended());
  return {
    async stop() {
      const isDone = await within(host.clock, timing.stopMs, running);
      if (!isDone) host.log.warn({ event: 'stop-timed-out', platform: 'telegram' });
      const upTo = window.doneBefore() ?? offset;
      if (upTo === null || upTo === confirmed) return;
      const answer = await api('getUpdates', getUpdates(upTo, 1, 0));
      if (answer.kind === 'ok') return;
      // They will come again and be known as seen.
      host.log.warn({ event: 'confirm-failed', platform: 'telegram', code: codeOfAnswer(answer) });
    },
  };
}

function getUpdates(
  offset: number | null,
  limit: number,
  timeout: number,
): Readonly<Record<string, unknown>> {
  return { ...(offset === null ? {} : { offset }), limit, timeout, allowed_updates: ALLOWED_UPDATES };
}

/**
 * In the order of their ids. Updates without one cannot be confirmed; the offset passes over them with their
 * neighbours.
 */
function readBatch(reception: Reception, updates: readonly unknown[]): WindowItem<Update>[] {
  const items = updates.flatMap((update) => {
    const envelope = updateIdSchema.safeParse(update);
    if (!envelope.success) {
      reception.host.log.warn({ event: 'update-without-id', platform: 'telegram' });
      return [];
    }
    const content = readUpdate(reception, update);
    return [{ number: envelope.data.update_id, lane: content.chat, content }];
  });
  return items.sort((one, other) => one.number - other.number);
}

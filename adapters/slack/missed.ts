import { readKept } from '../shared/kept-value.js';
import { within } from '../shared/pause.js';
import type { BotSelf } from './event-schema.js';
import { createWriter } from './kept-progress.js';
import { REDELIVERED_MS } from './limits.js';
import { createProgress, type KnownTalk, keyOf } from './progress.js';
import { readMissed } from './read-missed.js';
import type { Missed, Session } from './session.js';
import { happenedIn, writtenIn } from './talk-of.js';

/** Reads what was kept, again and again while the store is away; `null` when the adapter stops before that. */
export async function openMissed(session: Session, self: BotSelf): Promise<Missed | null> {
  const { host, stopping, timing } = session;
  const name = `slack-progress-${self.userId}`;
  const progress = createProgress();
  const kept = await readKept('slack', session, name);
  if (kept === null) return null;
  progress.merge(kept.value);
  const writer = createWriter(session, name, progress);

  /** Talks that are still to be read, and those that are being read. */
  const pending = new Map<string, KnownTalk>();
  const reading = new Map<string, Promise<void>>();
  let all: Promise<void> = Promise.resolve();
  let isHeard = false;
  let cancel: (() => void) | null = null;

  const read = async (key: string, talk: KnownTalk): Promise<void> => {
    try {
      const last = await readMissed(session, self, talk);
      if (last !== null) progress.handled(talk, last);
    } finally {
      reading.delete(key);
      writer.changed();
    }
  };
  const readNow = (key: string): Promise<void> | null => {
    const talk = pending.get(key);
    if (talk !== undefined && pending.delete(key)) reading.set(key, read(key, talk));
    return reading.get(key) ?? null;
  };
  /** One talk after another: Slack counts these calls by the minute. */
  const readAll = async (): Promise<void> => {
    for (const key of [...pending.keys()]) {
      if (stopping.aborted) return;
      await readNow(key);
    }
  };
  const beat = (): void => {
    // Whoever starts in the middle of reading has to read again.
    if (pending.size + reading.size === 0) progress.heard(host.clock.now());
    writer.changed();
    cancel = host.clock.after(timing.heardMs, beat);
  };

  const happened = (body: unknown): void => {
    const moment = happenedIn(body, self, host.clock.now());
    if (moment === null) return;
    const key = keyOf(moment.talk);
    // What is still to be read there is older.
    if (pending.has(key) || reading.has(key)) return;
    progress.happened(moment.talk, moment.ts);
    writer.changed();
  };

  return {
    heard: (isNow) => {
      const wasHeard = isHeard;
      isHeard = isNow;
      cancel?.();
      cancel = null;
      if (!isNow || stopping.aborted) return;
      const heardAt = progress.heardAt();
      if (!wasHeard && heardAt !== null && host.clock.now() - heardAt >= REDELIVERED_MS) {
        for (const talk of progress.talks()) pending.set(keyOf(talk), talk);
        all = all.then(readAll);
      }
      beat();
    },
    before: (body) => {
      const written = pending.size + reading.size === 0 ? null : writtenIn(body);
      return written === null ? null : readNow(keyOf(written.talk));
    },
    handled: (body) => {
      const written = writtenIn(body);
      if (written === null) return happened(body);
      progress.handled(written.talk, written.ts);
      writer.changed();
    },
    happened,
    end: async () => {
      cancel?.();
      // A call under way cannot be broken off; what it brings comes again with the next start.
      await within(
        host.clock,
        timing.stopMs,
        Promise.all([all, ...reading.values()]).then(() => undefined),
      );
      await writer.end();
    },
  };
}

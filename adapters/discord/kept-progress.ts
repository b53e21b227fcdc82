import { readKept } from '../shared/kept-value.js';
import type { BotSelf } from './event-schema.js';
import type { Session } from './persist.js';
import { createProgress, type Progress } from './progress.js';

/** Progress that is written down from time to time; what is lost in a crash is repeated and known as seen. */
export interface KeptProgress {
  readonly progress: Progress;
  /** Something has changed: it is written down soon. */
  changed(): void;
  /** Something has changed that nothing else can tell after a crash: it is written down at once. */
  grew(): void;
  /** No more is written, after this once more where it is ours to write. */
  end(isOurs: boolean): Promise<void>;
}

/** Reads what was kept, again and again while the store is away; `null` when the adapter stops before that. */
export async function keepProgress(session: Session, self: BotSelf): Promise<KeptProgress | null> {
  const { host, stopping, timing } = session;
  const name = `discord-progress-${self.id}`;
  const kept = await readKept('discord', session, name);
  if (kept === null) return null;
  const progress = createProgress(kept.value);
  let cancel: (() => void) | null = null;
  let saving: Promise<void> = Promise.resolve();
  let written = kept.value;

  const write = async (): Promise<void> => {
    const text = progress.toJson();
    if (text === written) return;
    try {
      if (await host.values.set(name, text)) written = text;
      else host.log.warn({ event: 'progress-not-kept', platform: 'discord', code: 'intake-lost' });
    } catch {
      // The next change tries again; what is kept lags behind, and more is repeated.
      host.log.warn({ event: 'progress-not-kept', platform: 'discord', code: 'values-unavailable' });
    }
  };
  const save = (): Promise<void> => {
    saving = saving.then(write);
    return saving;
  };
  return {
    progress,
    changed: () => {
      if (cancel !== null || stopping.aborted) return;
      cancel = host.clock.after(timing.saveEveryMs, () => {
        cancel = null;
        void save();
      });
    },
    grew: () => {
      if (!stopping.aborted) void save();
    },
    end: (isOurs) => {
      cancel?.();
      return isOurs ? save() : saving;
    },
  };
}

import type { Progress } from './progress.js';
import type { Session } from './session.js';

/** Writes progress down. */
export interface Writer {
  /** Something has changed: it is written down soon. */
  changed(): void;
  /** No more is written after this once more. */
  end(): Promise<void>;
}

/**
 * Writes progress down from time to time. Other workers write theirs in the same place, so theirs is taken in first.
 */
export function createWriter({ host, stopping, timing }: Session, name: string, progress: Progress): Writer {
  let cancel: (() => void) | null = null;
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    try {
      const kept = await host.values.get(name);
      progress.merge(kept);
      const text = progress.toJson();
      if (text !== kept) await host.values.set(name, text);
    } catch {
      // Until it is written, more is read than was missed.
      host.log.warn({ event: 'progress-not-kept', platform: 'slack', code: 'values-unavailable' });
      changed();
    }
  };
  const save = (): Promise<void> => {
    writing = writing.then(write);
    return writing;
  };
  const changed = (): void => {
    if (cancel !== null || stopping.aborted) return;
    cancel = host.clock.after(timing.saveMs, () => {
      cancel = null;
      void save();
    });
  };
  return {
    changed,
    end: () => {
      cancel?.();
      return save();
    },
  };
}

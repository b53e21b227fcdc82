import { setTimeout as pause } from 'node:timers/promises';
import type { Adapter, CaseRecord, Clock, Log, Platform, Store } from '../model/index.js';
import { nonceOf } from './nonce.js';
import type { Engine } from './turn-request.js';

/** Pause before a notice that could not be delivered is tried again. */
const RETRY_MS = 30_000;
/** Longest wait for a webhook's answer. */
const WEBHOOK_TIMEOUT_MS = 10_000;
/** Open cases looked at in one round. */
const ROUND = 100;

export interface NotifierParts {
  readonly engine: () => Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly adapters: ReadonlyMap<Platform, Adapter>;
}

/** Tells the support team of new cases, where the registry says how (`cases.notify`). */
export interface Notifier {
  /** There may be a new case. */
  nudge(): void;
  idle(): Promise<void>;
}

/** A case is told of until the notice was taken; the number and topic only, nothing the person wrote. */
export function createNotifier(parts: NotifierParts): Notifier {
  const { store, clock, log } = parts;
  let working: Promise<void> | null = null;
  let again = false;

  const tell = async (entry: CaseRecord): Promise<boolean> => {
    const { telegram, webhook } = parts.engine().bundle.registry.cases.notify ?? {};
    const adapter = parts.adapters.get('telegram');
    if (telegram !== undefined && adapter !== undefined)
      return tellChat(adapter, telegram, entry, clock.now());
    return webhook === undefined ? false : tellWebhook(webhook, entry);
  };

  const round = async (): Promise<void> => {
    if (parts.engine().bundle.registry.cases.notify === undefined) return;
    for (const entry of await store.listCases(ROUND)) {
      if (entry.notified || entry.state !== 'open') continue;
      if (await tell(entry)) await store.updateCase(entry.number, { notified: true });
      else {
        log.warn({ event: 'case-notice-failed' });
        clock.after(RETRY_MS, nudge);
        return;
      }
    }
  };

  const nudge = (): void => {
    if (working !== null) {
      again = true;
      return;
    }
    again = false;
    working = round()
      .catch((error: unknown) => {
        log.error({ event: 'case-notice-failed', code: error instanceof Error ? error.name : 'unknown' });
        clock.after(RETRY_MS, nudge);
      })
      .finally(() => {
        working = null;
        if (again) nudge();
      });
  };

  return {
    nudge,
    idle: async () => {
      while (working !== null) {
        await working;
        await pause(0);
      }
    },
  };
}

async function tellChat(adapter: Adapter, chat: string, entry: CaseRecord, now: number): Promise<boolean> {
  const text = `${entry.number} · ${entry.topic} · ${entry.platform} · ${entry.locale}`;
  const to = {
    place: { channel: chat },
    userId: chat.replace('-', ''),
    visibility: 'direct',
    botHandle: '',
  } as const;
  for (const call of adapter.encode({ kind: 'message', text, buttons: [], keys: [], private: false }, to)) {
    const context = { nonce: nonceOf(`case ${entry.number}`), unclearSince: null, now };
    if ((await adapter.send(call, context)).kind !== 'sent') return false;
  }
  return true;
}

async function tellWebhook(url: string, entry: CaseRecord): Promise<boolean> {
  const { number, topic, platform, locale, openedAt } = entry;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      case: number,
      topic,
      platform,
      locale,
      openedAt: new Date(openedAt).toISOString(),
    }),
    signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
  });
  return response.ok;
}

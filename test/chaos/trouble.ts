import { setTimeout as wait } from 'node:timers/promises';
import type { TelegramPlatform } from '../platforms/telegram/server.js';
import type { Chance } from './chance.js';
import { CALM, type PlainPlatform, type Rates } from './plain-platform.js';
import type { StoreFault } from './store-env.js';

const ROUGH: Rates = { repeat: 0.05, dropBefore: 0.005, dropAfter: 0.002, limited: 0.005, failing: 0.005 };
/** Mean pause between two faults of the store (ms). */
const FAULT_EVERY_MS = 3_000;
/** Pause between two faults of Telegram (ms). */
const TELEGRAM_EVERY_MS = 1_000;

/** What goes wrong with the store and on the way to the platforms. */
export interface Trouble {
  /** Every fault of the store with its time (epoch ms); one that goes on has no end yet. */
  readonly storeFaults: readonly { readonly from: number; readonly to: number }[];
  begin(): void;
  /** Resolves when all is well again. */
  end(): Promise<void>;
}

export function createTrouble(
  faults: readonly StoreFault[],
  places: { readonly plain: PlainPlatform; readonly telegram: TelegramPlatform },
  chance: Chance,
): Trouble {
  const { plain, telegram } = places;
  const storeFaults: { from: number; to: number }[] = [];
  let isOn = false;
  let under: Promise<unknown> = Promise.resolve();
  const store = async (): Promise<void> => {
    for (;;) {
      await wait(FAULT_EVERY_MS / 2 + chance.below(FAULT_EVERY_MS));
      if (!isOn) return;
      const entry = { from: Date.now(), to: Number.POSITIVE_INFINITY };
      storeFaults.push(entry);
      await chance.pick(faults)?.happen();
      entry.to = Date.now();
    }
  };
  const onTelegram = [
    () => telegram.faults.next('getUpdates', { kind: 'repeat' }),
    () => telegram.faults.next('getUpdates', { kind: 'lose-answer' }),
    () => telegram.faults.next('sendMessage', { kind: 'drop' }),
    () => telegram.faults.next('sendMessage', { kind: 'error', status: 502, description: 'Bad Gateway' }),
    () => telegram.faults.rateLimit('sendMessage', 1),
  ];
  const network = async (): Promise<void> => {
    while (isOn) {
      await wait(TELEGRAM_EVERY_MS);
      chance.pick(onTelegram)?.();
    }
  };
  return {
    storeFaults,
    begin: () => {
      isOn = true;
      plain.rates = ROUGH;
      under = Promise.all([store(), network()]);
    },
    end: async () => {
      isOn = false;
      plain.rates = CALM;
      await under;
      telegram.faults.clear();
    },
  };
}

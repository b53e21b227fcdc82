import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/load-content.js';
import { playOver, shippedConversations } from './play-over.js';

/** Only catches a hang. */
const HANG_MS = 600_000;

describe('the simulated conversations over Telegram', () => {
  it(
    'go as they do without a wire, and show what was sent, in every locale',
    async () => {
      const { bundle } = await loadContent('.');
      const { count, failures } = await playOver('telegram', bundle, await shippedConversations());
      expect(failures).toEqual([]);
      expect(count).toBeGreaterThan(700);
    },
    HANG_MS,
  );
});

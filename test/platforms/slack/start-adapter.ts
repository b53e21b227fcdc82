import { createSlackAdapter, type SlackIntake, type SlackOptions } from '../../../adapters/slack/index.js';
import type { Adapter } from '../../../src/model/index.js';
import type { SlackPlatform } from './server.js';

/** Longer than the recording host's clock runs by itself. */
const NEVER_MS = 86_400_000;

/** An adapter on the platform, whose patience does not end by itself; over a socket unless told otherwise. */
export function makeAdapter(
  slack: SlackPlatform,
  timing: SlackOptions['timing'] = {},
  intake: SlackIntake = { kind: 'socket', appToken: slack.bot.appToken },
  bounds: Pick<SlackOptions, 'maxInHand'> = {},
): Adapter {
  return createSlackAdapter({
    token: slack.bot.token,
    apiUrl: slack.apiUrl,
    intake,
    ...bounds,
    timing: {
      ...{ stopMs: NEVER_MS, ackMs: NEVER_MS, localeMs: NEVER_MS, helloMs: NEVER_MS, heardMs: NEVER_MS },
      ...timing,
    },
  });
}

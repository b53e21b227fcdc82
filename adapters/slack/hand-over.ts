import { type InboundMessage, LifelineError, parseConversationId } from '../../src/model/index.js';
import { backOffMs, pause } from '../shared/pause.js';
import { decode } from './decode.js';
import type { OpenSession } from './session.js';

/**
 * Takes one payload of Slack. `acknowledge` stops Slack from sending it again: for an event it is called once the event
 * is committed (or there is nothing to commit), for a tap or a command at the latest after `ackMs`, because Slack sends
 * those once and tells the person after 3 s that nobody answered. Resolves with `false` when it is not committed.
 */
export async function handOver(
  session: OpenSession,
  body: unknown,
  acknowledge: () => Promise<void>,
): Promise<boolean> {
  const { host, self, locales } = session;
  // What comes while we stop is left to another worker or the next start, but for what nobody sends again.
  if (session.stopping.aborted && !isInteraction(body)) return false;
  const decoded = decode(body, self, host.clock.now());
  if (decoded.kind === 'unsupported') {
    host.log.debug({ event: 'update-unsupported', platform: 'slack', code: decoded.why });
    await acknowledge();
    return true;
  }
  const { userId } = parseConversationId(decoded.message.conversation);
  const message = withHint(decoded.message, locales.of(userId));
  const answer = isInteraction(body) ? answerAtOnce : answerOnce;
  return answer(session, message, acknowledge);
}

/** Redelivered by Slack when it was not acknowledged. */
async function answerOnce(
  session: OpenSession,
  message: Promise<InboundMessage>,
  acknowledge: () => Promise<void>,
): Promise<boolean> {
  const isCommitted = await receive(session, await message);
  if (isCommitted) await acknowledge();
  return isCommitted;
}

/** Redelivered by nobody: it is tried until it is committed, or the adapter stops. */
async function answerAtOnce(
  session: OpenSession,
  message: Promise<InboundMessage>,
  acknowledge: () => Promise<void>,
): Promise<boolean> {
  const { host, stopping, timing } = session;
  let acknowledged: Promise<void> | null = null;
  const once = (): Promise<void> => {
    acknowledged ??= acknowledge();
    return acknowledged;
  };
  const cancel = host.clock.after(timing.ackMs, () => void once());
  try {
    const inbound = await message;
    for (let attempt = 1; ; attempt += 1) {
      if (await receive(session, inbound)) break;
      if (stopping.aborted) return false;
      await pause(host.clock, backOffMs(attempt), stopping);
    }
    await once();
    return true;
  } finally {
    cancel();
  }
}

/** One try: `true` when it is committed. */
async function receive({ host }: OpenSession, message: InboundMessage): Promise<boolean> {
  try {
    await host.receive(message);
    return true;
  } catch (error) {
    host.log.error({
      event: 'receive-failed',
      platform: 'slack',
      conversation: message.conversation,
      code: error instanceof LifelineError ? error.code : 'unexpected',
    });
    return false;
  }
}

async function withHint(message: InboundMessage, hint: Promise<string | null>): Promise<InboundMessage> {
  const localeHint = await hint;
  return localeHint === null ? message : { ...message, localeHint };
}

/** Taps and slash commands; everything else is an event. */
function isInteraction(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !('event' in body);
}

import { type InboundMessage, LifelineError, parseConversationId } from '../../src/model/index.js';
import { backOffMs, pause } from '../shared/pause.js';
import { decode } from './decode.js';
import type { AboutPerson } from './people.js';
import type { OpenSession } from './session.js';
import { decodeWithdrawn } from './withdrawn.js';

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
  const { host, self, people } = session;
  const missed = session.missed.before(body);
  if (missed !== null) await missed;
  // What comes while we stop is left to another worker or the next start, but for what nobody sends again.
  if (session.stopping.aborted && !isInteraction(body)) return false;
  const now = host.clock.now();
  const decoded = decode(body, self, now);
  // One event may tell of two texts: what a person has written, and what stood there before.
  const messages = [decodeWithdrawn(body, self, now), decoded].flatMap((one) =>
    one.kind === 'message' ? [one.message] : [],
  );
  if (messages.length === 0) {
    const code = decoded.kind === 'unsupported' ? decoded.why : 'unknown';
    host.log.debug({ event: 'update-unsupported', platform: 'slack', code });
    session.missed.happened(body);
    await acknowledge();
    return true;
  }
  const answer = isInteraction(body) ? answerAtOnce : answerOnce;
  const oneIsDone = afterAll(messages.length, acknowledge);
  const areCommitted = await Promise.all(
    messages.map((message) => {
      const { userId } = parseConversationId(message.conversation);
      // Nobody is asked about who is only overheard.
      const about = message.overheard === undefined ? people.of(userId) : Promise.resolve({});
      return answer(session, withPerson(message, about), oneIsDone);
    }),
  );
  const isDone = areCommitted.every((isCommitted) => isCommitted);
  if (isDone) session.missed.handled(body);
  return isDone;
}

/** Calls `acknowledge` with the last of so many calls. */
function afterAll(count: number, acknowledge: () => Promise<void>): () => Promise<void> {
  let left = count;
  return async () => {
    left -= 1;
    if (left === 0) await acknowledge();
  };
}

/** Events that are tried by ourselves at the same time; more are left to Slack. */
const MAX_RETRYING = 1_000;

/**
 * An event that is not acknowledged comes again after 0, 1 and 5 minutes and then never more. So it is tried here too,
 * once in a process, until it is committed; whatever comes again meanwhile is known by its seen-mark.
 */
async function answerOnce(
  session: OpenSession,
  message: Promise<InboundMessage>,
  acknowledge: () => Promise<void>,
): Promise<boolean> {
  const inbound = await message;
  const { retrying } = session;
  const isCommitted = await receive(session, inbound);
  if (isCommitted) await acknowledge();
  else if (!retrying.has(inbound.id) && retrying.size < MAX_RETRYING) {
    retrying.add(inbound.id);
    void untilCommitted(session, inbound).then((isLate) => {
      retrying.delete(inbound.id);
      return isLate ? acknowledge() : undefined;
    });
  }
  return isCommitted;
}

/** Redelivered by nobody: it is tried until it is committed, or the adapter stops. */
async function answerAtOnce(
  session: OpenSession,
  message: Promise<InboundMessage>,
  acknowledge: () => Promise<void>,
): Promise<boolean> {
  let acknowledged: Promise<void> | null = null;
  const once = (): Promise<void> => {
    acknowledged ??= acknowledge();
    return acknowledged;
  };
  const cancel = session.host.clock.after(session.timing.ackMs, () => void once());
  try {
    const inbound = await message;
    const isCommitted = (await receive(session, inbound)) || (await untilCommitted(session, inbound));
    if (isCommitted) await once();
    return isCommitted;
  } finally {
    cancel();
  }
}

/** Further tries, with back-off; `false` when the adapter stops before it is committed. */
async function untilCommitted(session: OpenSession, message: InboundMessage): Promise<boolean> {
  const { host, stopping } = session;
  for (let attempt = 1; ; attempt += 1) {
    await pause(host.clock, backOffMs(attempt), stopping);
    if (stopping.aborted) return false;
    if (await receive(session, message)) return true;
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

/** What the message itself tells of its person counts more. */
async function withPerson(message: InboundMessage, about: Promise<AboutPerson>): Promise<InboundMessage> {
  return { ...(await about), ...message };
}

/** Taps and slash commands; everything else is an event. */
function isInteraction(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !('event' in body);
}

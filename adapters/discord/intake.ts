import { backOffMs, pause, unlessAborted, within } from '../shared/pause.js';
import { codeOfAnswer } from './api.js';
import { catchUp } from './catch-up.js';
import { defer } from './defer.js';
import type { BotSelf } from './event-schema.js';
import { createIdentifyThrottler, type GatewayEnd, type GatewayEvents, runGateway } from './gateway.js';
import { handOver, readUpdate } from './hand-over.js';
import { type KeptProgress, keepProgress } from './kept-progress.js';
import { createGate, createLanes, type Lanes } from './lanes.js';
import { CATCH_UP_LANES } from './limits.js';
import { retryAfterOf, type Session } from './persist.js';

/**
 * Pause before Discord is asked again after it refused us: identifies are counted, and a person has to change
 * something.
 */
const REFUSED_MS = 300_000;

/**
 * Takes in what people do until the adapter stops or the intake is lost: events of the gateway, in order for each
 * channel, and after a lost session what the channels say was missed. What is not committed is repeated by Discord
 * after a restart, because the session is kept at the last event before which everything is committed. With too much
 * in hand the connection is closed until half of it is done; Discord then repeats what came meanwhile.
 */
export async function takeIn(adapter: Session, self: BotSelf, lost: AbortSignal): Promise<void> {
  const stopping = AbortSignal.any([adapter.stopping, lost]);
  const session = { ...adapter, stopping };
  const { host, timing } = session;
  const kept = await keepProgress(session, self);
  if (kept === null) return;
  const lanes = createLanes();
  const throttler = createIdentifyThrottler(host.clock);
  let failures = 0;
  const events = eventsOf(session, self, kept, lanes, (isConnected) => {
    if (isConnected) failures = 0;
    host.connected?.(isConnected);
  });
  host.connected?.(false);
  while (!stopping.aborted) {
    const end = await runGateway(session, kept.progress.session(), throttler, events);
    if (end.kind === 'stopped') break;
    host.connected?.(false);
    if (end.kind === 'full') {
      host.log.error({ event: 'intake-full', platform: 'discord', count: lanes.size });
      // Everything that came is in hand, so the session goes on after it.
      await unlessAborted(lanes.atMost(session.maxInHand / 2), stopping);
      continue;
    }
    failures += 1;
    await pause(host.clock, report(session, end, failures), stopping);
  }
  // Whoever does not hold the intake has nothing to be connected with.
  host.connected?.(true);
  if (!(await within(host.clock, timing.stopMs, lanes.atMost(0))))
    host.log.warn({ event: 'stop-timed-out', platform: 'discord' });
  // Whoever has the intake now keeps their own progress; ours must not come over it.
  await kept.end(adapter.stopping.aborted);
}

function eventsOf(
  session: Session,
  self: BotSelf,
  { progress, changed, grew }: KeptProgress,
  lanes: Lanes,
  connected: GatewayEvents['connected'],
): GatewayEvents {
  const gate = createGate(CATCH_UP_LANES);
  return {
    connected,
    opened: (opened) => {
      const caughtUp = progress.opened(opened);
      const channels = progress.channels();
      let left = channels.length;
      if (left === 0) caughtUp();
      for (const channel of channels) {
        // In the channel's own lane, so that what comes in meanwhile waits for what came before it.
        lanes.run(channel.id, async () => {
          if (!(await gate(() => catchUp(session, self, progress, channel)))) return;
          left -= 1;
          if (left === 0) caughtUp();
          changed();
        });
      }
      // Until it is kept, a crash would lose what people write meanwhile.
      grew();
    },
    packet: (packet) => {
      const committed = progress.begin(packet.s);
      const update = readUpdate(session, packet, self);
      const { decoded, channel, id } = update;
      // With nothing to commit it does not wait: what is in hand in its channel says later how far that has come.
      if (channel === null || (decoded.kind === 'unsupported' && lanes.isBusy(channel.id))) {
        committed();
        changed();
        return true;
      }
      const deferred = decoded.kind === 'message' ? defer(session, id, decoded.message) : null;
      lanes.run(channel.id, async () => {
        if (!(await handOver(session, update, deferred))) return;
        committed();
        if (update.isNew && progress.handled(channel, id, update.isOurs)) grew();
        else changed();
      });
      return lanes.size < session.maxInHand;
    },
  };
}

/** Says why a connection ended; returns how long to wait before the next one (ms). */
function report(
  { host }: Session,
  end: Extract<GatewayEnd, { readonly kind: 'refused' | 'failed' }>,
  count: number,
): number {
  const platform = 'discord';
  if (end.kind === 'refused') {
    host.log.error({ event: 'gateway-refused', platform, code: 'platform-refused', status: end.closeCode });
    return REFUSED_MS;
  }
  const isRefused = end.answer.kind === 'error' && end.answer.status === 401;
  const code = isRefused ? 'platform-refused' : codeOfAnswer(end.answer);
  host.log[isRefused ? 'error' : 'warn']({ event: 'gateway-failed', platform, code, count });
  return isRefused ? REFUSED_MS : (retryAfterOf(end.answer) ?? backOffMs(count));
}

import { type App, SocketModeReceiver } from '@slack/bolt';
import { within } from '../shared/pause.js';
import { clientOptions, NO_LOG } from './api.js';
import { readFrame } from './frame.js';
import type { OpenSession } from './session.js';

/** How long the end of a connection may take until it is cut; only what was written before has to get out. */
const GOODBYE_MS = 250;

/** Where a connection leads. */
export interface ReceiverOptions {
  /** App-level token (`xapp-…`) with `connections:write`. */
  readonly appToken: string;
  readonly apiUrl: string;
}

/** What comes over a connection. */
export interface Incoming {
  /** Slack greets us. */
  hello(): void;
  /** Takes one payload; `acknowledge` stops Slack from sending it again. */
  take(body: unknown, acknowledge: () => Promise<void>): Promise<void>;
}

/**
 * Closes a connection. Slack answers the goodbye and leaves the line open; the client would find out by pongs that stay
 * away, 5 to 12 s later. Told a second time, it hangs up.
 */
export async function hangUp(
  { host }: Pick<OpenSession, 'host'>,
  { client }: SocketModeReceiver,
): Promise<void> {
  if (await within(host.clock, GOODBYE_MS, client.disconnect())) return;
  await client.disconnect();
}

/** A connection that is still to be started; what comes over it is told, whatever it is. */
export function createReceiver(
  session: OpenSession,
  { appToken, apiUrl }: ReceiverOptions,
  incoming: Incoming,
): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: NO_LOG,
    autoReconnectEnabled: false,
    clientPingTimeout: session.timing.pongMs,
    installerOptions: { clientOptions: clientOptions(apiUrl, session.timing.requestMs) },
    processEventErrorHandler: () => Promise.resolve(false),
  });
  // Bolt's app acknowledges events before anything is done with them, so it is not asked.
  const app: Pick<App, 'processEvent'> = {
    processEvent: ({ body, ack }) => incoming.take(body, async () => void (await ack())),
  };
  receiver.init(app as App);
  readFirst(session, receiver, incoming.hello);
  return receiver;
}

/**
 * Reads frames before the client does: it takes them for what they should be, throws where nobody can catch it, and
 * tells of an envelope under whatever name that carries, its own among them. What cannot be read costs the connection;
 * what is not acknowledged comes again over another one.
 */
function readFirst({ host }: OpenSession, receiver: SocketModeReceiver, hello: () => void): void {
  const { client } = receiver;
  const inner = client.listeners('ws_message');
  const pass = (text: string): void => {
    for (const listener of inner) listener.call(client, text, false);
  };
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown) => {
    const frame = readFrame(data);
    switch (frame.kind) {
      case 'hello':
        hello();
        return pass(JSON.stringify({ type: 'hello' }));
      case 'envelope':
        return pass(
          JSON.stringify({ type: 'envelope', envelope_id: frame.id, payload: frame.payload ?? null }),
        );
      case 'other':
        return host.log.debug({ event: 'update-unsupported', platform: 'slack', code: 'frame-type' });
      case 'unreadable':
        host.log.warn({ event: 'frame-unreadable', platform: 'slack' });
        return void hangUp({ host }, receiver);
      case 'disconnect':
        // The old connection is of no use any more.
        return void hangUp({ host }, receiver);
      default:
        return frame satisfies never;
    }
  });
}

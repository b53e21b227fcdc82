import { type AdapterHost, type InboundMessage, LifelineError } from '../../src/model/index.js';
import { backOffMs, pause } from './pause.js';

/** Hands a message over once: `true` when it is committed (or there was nothing to commit) and may be acknowledged. */
export async function handOver(host: AdapterHost, message: InboundMessage): Promise<boolean> {
  try {
    await host.receive(message);
    return true;
  } catch (error) {
    host.log.error({
      event: 'receive-failed',
      platform: message.platform,
      conversation: message.conversation,
      code: error instanceof LifelineError ? error.code : 'unexpected',
    });
    return false;
  }
}

/** Hands a message over until it is committed, with back-off; `false` when the adapter stops before that. */
export async function handOverUntilCommitted(
  host: AdapterHost,
  message: InboundMessage,
  stopping: AbortSignal,
): Promise<boolean> {
  for (let attempt = 1; !stopping.aborted; attempt += 1) {
    if (await handOver(host, message)) return true;
    await pause(host.clock, backOffMs(attempt), stopping);
  }
  return false;
}

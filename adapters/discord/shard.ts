import {
  type IShardingStrategy,
  managerToFetchingStrategyOptions,
  SimpleContextFetchingStrategy,
  type WebSocketManager,
  WebSocketShard,
  WebSocketShardDestroyRecovery,
  WebSocketShardEvents,
} from '@discordjs/ws';
import { readFrame } from './frame.js';

/** Closing with 1000 or 1001 would end the session; any other code leaves it to be resumed. */
export const KEEP_SESSION = 4200;
const SHARD = 0;

/** Told what goes wrong with the frames of a shard. */
export interface FrameFaults {
  /** A frame could not be read; the connection is being exchanged. */
  unreadable(): void;
  /** Exchanging it failed where the client itself would have thrown. */
  failed(error: unknown): void;
}

/**
 * One shard, whose frames are read by us first: `@discordjs/ws` takes them for what they should be, and throws where
 * nobody can catch it. After one that cannot be read the connection is exchanged, and its session resumed.
 */
export function oneShard(faults: FrameFaults): (manager: WebSocketManager) => IShardingStrategy {
  return (manager) => {
    let shard: WebSocketShard | null = null;
    const open = async (): Promise<WebSocketShard> => {
      const options = await managerToFetchingStrategyOptions(manager);
      const opened = new WebSocketShard(new SimpleContextFetchingStrategy(manager, options), SHARD);
      for (const event of Object.values(WebSocketShardEvents))
        opened.on(event, (payload: object) => manager.emit(event, { ...payload, shardId: SHARD } as never));
      readFirst(opened, faults);
      return opened;
    };
    return {
      spawn: async () => {
        shard = await open();
      },
      connect: async () => shard?.connect(),
      destroy: async (options) => shard?.destroy(options),
      send: async (_shardId, payload) => shard?.send(payload),
      fetchStatus: async () => {
        throw new TypeError('nobody asks for the status');
      },
    };
  };
}

/**
 * The client reads each frame in one private method. It is put in place of by ours on this one object, because there is
 * no other way in between socket and client; the contract of the adapter fails if it ever has another name.
 */
function readFirst(shard: WebSocketShard, faults: FrameFaults): void {
  const exchange = { code: KEEP_SESSION, recover: WebSocketShardDestroyRecovery.Resume };
  const read = async (data: unknown): Promise<unknown> => {
    const frame = readFrame(data);
    if (frame !== null) return frame;
    faults.unreadable();
    shard.destroy({ ...exchange, reason: 'unreadable frame' }).catch(faults.failed);
    return null;
  };
  Object.defineProperty(shard, 'unpackMessage', { value: read });
}

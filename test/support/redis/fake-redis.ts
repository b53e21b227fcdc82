import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { redisPort } from './redis-port.js';

/** A server that answers as a Redis of another kind or age would. */
export interface FakeRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** Answers `INFO` with `info` and everything else with `OK`, on a free port of 127.0.0.1. */
export async function startFakeRedis(info: Readonly<Record<string, string>>): Promise<FakeRedis> {
  const text = Object.entries(info)
    .map(([name, value]) => `${name}:${value}\r\n`)
    .join('');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    // One request a packet at least, and whole: enough for a handshake over the loopback interface.
    socket.on('data', (bytes) => {
      for (const command of commandsOf(bytes.toString('latin1'))) {
        socket.write(command === 'INFO' ? `$${text.length}\r\n${text}\r\n` : '+OK\r\n');
      }
    });
  });
  const port = await redisPort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Names of the commands in a run of requests (each an array of bulk strings, as clients write them). */
function commandsOf(text: string): readonly string[] {
  return [...text.matchAll(/\*\d+\r\n\$\d+\r\n([A-Za-z]+)\r\n/g)].map(([, name = '']) => name.toUpperCase());
}

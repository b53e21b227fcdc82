import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports a server of this process has, or will listen on in a moment. */
const given = new Set<number>();

/**
 * A port of 127.0.0.1 that nobody listens on, below those the system gives to outgoing connections: while a server is
 * down, a client that tries again must not be given its port as its own, or nobody could listen on it any more.
 */
export async function redisPort(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = randomInt(12_000, 32_000);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error('no free port between 12000 and 32000');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.once('listening', () => resolve(true));
  });
  server.listen(port, '127.0.0.1');
  if (!(await free)) return false;
  server.close();
  await once(server, 'close');
  return true;
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Line } from './lines.js';
import { post } from './post.js';

/**
 * A platform without an adapter: posts what people say to the worker, which posts it back and does nothing else. What
 * this takes is taken by sockets and the machine.
 */
export async function openBareLine(port: number): Promise<Line> {
  const heard = new Map<string, string[]>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const { person, text } = JSON.parse(body) as { readonly person: string; readonly text: string };
      heard.get(person)?.push(text);
      response.end('{"ok":true}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const webhook = { path: '/bare', secret: '' };
  return {
    orders: { name: 'bare', apiUrl: `http://127.0.0.1:${address.port}/`, token: '', webhook },
    connected: () => Promise.resolve(),
    person: () => {
      const person = String(heard.size);
      const own: string[] = [];
      heard.set(person, own);
      return {
        says: (text) =>
          void post(`http://127.0.0.1:${port}${webhook.path}`, JSON.stringify({ person, text })),
        taps: () => {
          throw new Error('there are no buttons');
        },
        hears: () => own,
      };
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

import { createHttpServer } from '../../../src/infra/http-server.js';
import type { Adapter, HttpRoutes } from '../../../src/model/index.js';
import { SILENT } from '../../support/silent-log.js';

/** An adapter that takes messages in over HTTP, with the server it is a route of: both start and stop as one. */
export function behindHttp(port: number, make: (routes: HttpRoutes) => Adapter): Adapter {
  const server = createHttpServer({ host: '127.0.0.1', port, log: SILENT });
  const adapter = make(server.routes);
  return {
    ...adapter,
    start: async (host) => {
      await server.start();
      await adapter.start(host);
    },
    stop: async () => {
      await adapter.stop();
      await server.stop();
    },
  };
}

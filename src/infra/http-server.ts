import type { AddressInfo, Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type HttpRoute, type HttpRoutes, LifelineError, type Log } from '../model/index.js';

/** Time-outs in milliseconds. */
export interface HttpLimits {
  /** Connections that are open at the same time; one more is closed at once. Each may hold one body. */
  readonly maxConnections: number;
  /** Until the headers of a request are there, from the moment it may begin. */
  readonly headersMs: number;
  /** Until the whole request is there. */
  readonly requestMs: number;
  /** How long a connection may wait for its next request. */
  readonly keepAliveMs: number;
  /** How often slow requests are looked for. */
  readonly checkEveryMs: number;
}

const DEFAULT_HTTP_LIMITS: HttpLimits = {
  maxConnections: 256,
  headersMs: 5_000,
  requestMs: 10_000,
  keepAliveMs: 10_000,
  checkEveryMs: 500,
};

export interface HttpServerOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly log: Log;
  /** Other limits than the usual ones. */
  readonly limits?: Partial<HttpLimits>;
}

/** The one HTTP server: every receiver and the health of the worker. */
export interface HttpServer {
  readonly routes: HttpRoutes;
  /** Begins to listen; resolves with the port. Throws `settings-invalid` for an address that cannot be had. */
  start(): Promise<number>;
  /** Takes nothing more in, lets what is in hand be answered, and cuts what is left after a second. */
  stop(): Promise<void>;
}

/** How long answers may take to get out when it stops; whoever gave them has finished before. */
const GOODBYE_MS = 1_000;
/** Dropped connections are told of at most once in this time. */
const CROWDED_EVERY_MS = 60_000;

/**
 * Each route has its own limit for a body and reads it raw. What is no request of a route is answered without it: 404,
 * 408 for headers or a body that come too slowly, 413 for a body that is too long, 400 and 431 for what is no HTTP; one
 * log line each, with nothing of the content.
 */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { host, port, log } = options;
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const server = fastify({
    logger: false,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.checkEveryMs },
    clientErrorHandler: (error, socket) => refuseConnection(log, error, socket),
  });
  server.server.maxConnections = limits.maxConnections;
  let toldAt = Number.NEGATIVE_INFINITY;
  server.server.on('drop', () => {
    if (performance.now() - toldAt < CROWDED_EVERY_MS) return;
    toldAt = performance.now();
    log.warn({ event: 'http-crowded', count: limits.maxConnections });
  });
  // Bodies are given as they came: signatures are over the bytes, and what is no JSON gets a receiver's own 400.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error: { readonly statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    // Who left in the middle, or was cut off for being slow, hears nothing more, and was told of already.
    if (request.raw.socket.destroyed) return reply.code(status).send();
    log[status < 500 ? 'warn' : 'error']({ event: 'http-refused', status, path: pathOf(request) });
    return reply.code(status).send();
  });
  // Without its body, which may be of any length.
  server.addHook('onRequest', async (request, reply) => {
    if (request.is404) await refuse(reply, 404);
  });
  return {
    routes: { add: (route) => addRoute(server, route) },
    async start() {
      try {
        await server.listen({ port, host });
      } catch (cause) {
        const message = `Nothing can listen on port ${port} of ${host}: set another HTTP_PORT, or end what listens there.`;
        throw new LifelineError('settings-invalid', message, { cause });
      }
      const address = server.server.address() as AddressInfo;
      log.info({ event: 'http-listening', port: address.port });
      return address.port;
    },
    async stop() {
      const closed = server.close();
      const cut = setTimeout(() => server.server.closeAllConnections(), GOODBYE_MS);
      await closed;
      clearTimeout(cut);
    },
  };
}

const NO_BODY = Buffer.alloc(0);

function addRoute(server: FastifyInstance, route: HttpRoute): void {
  const { method, path, maxBodyBytes, admit, answer } = route;
  if (server.hasRoute({ method, url: path }))
    throw new LifelineError(
      'settings-invalid',
      `Two receivers want ${method} ${path}: give one another path.`,
    );
  server.route({
    method,
    url: path,
    bodyLimit: maxBodyBytes,
    // Before the body is read, so that nobody who is refused makes us read one.
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      const status = admit?.(request.headers) ?? null;
      if (status !== null) await refuse(reply, status);
    },
    handler: async (request, reply) => {
      const { headers, body } = request;
      const {
        status,
        json,
        headers: more,
      } = await answer({
        headers,
        body: Buffer.isBuffer(body) ? body : NO_BODY,
        address: addressOf(request),
      });
      reply.headers({ 'cache-control': 'no-store', ...more }).code(status);
      return json === undefined ? reply.send() : reply.type('application/json').send(JSON.stringify(json));
    },
  });
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** Whoever asks from this machine is a proxy and says last whom it asks for; nobody else is believed. */
function addressOf({ socket, headers }: FastifyRequest): string {
  const peer = socket.remoteAddress ?? '';
  const said = [headers['x-forwarded-for'] ?? ''].flat().join(',').split(',').at(-1)?.trim() ?? '';
  return LOOPBACK.test(peer) && said !== '' ? said.slice(0, 64) : peer;
}

/** Answers without reading on: the connection ends, whatever of a body was still to come. */
async function refuse(reply: FastifyReply, status: number): Promise<void> {
  await reply.header('connection', 'close').code(status).send();
}

/** The path of the route, never what was asked for. */
function pathOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? '';
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Answers what is not even a request, and closes its connection. */
function refuseConnection(log: Log, error: NodeJS.ErrnoException, socket: Socket): void {
  // The caller is gone: nobody to answer, nothing to tell.
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
  log.warn({ event: 'http-refused', status });
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_TEXT[status]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );
  socket.destroySoon();
}

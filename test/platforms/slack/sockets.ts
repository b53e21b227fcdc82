import { createServer, type Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Deliveries, Delivery, Way } from './deliveries.js';

/** Why Slack closes a connection. */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled';

/** Most connections of one app (docs.slack.dev, Socket Mode). */
const MAX_CONNECTIONS = 10;

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

/** The socket side of Socket Mode: says hello, sends envelopes in turn, takes acknowledgements. */
export class Sockets implements Way {
  readonly server: Server = createServer();
  /** Whether pings are answered. */
  answersPings = true;
  /** Whether a connection is greeted; without a hello it is of no use. */
  saysHello = true;
  /** Whether the line stays open after a goodbye, as Slack's own does. */
  keepsLine = false;
  /** How many connections there ever were. */
  opened = 0;
  private readonly web = new WebSocketServer({ server: this.server, autoPong: false });
  private readonly open: WebSocket[] = [];
  private readonly sent = new Map<string, { readonly delivery: Delivery; readonly socket: WebSocket }>();
  private readonly tickets = new Set<string>();
  private readonly deliveries: Deliveries;
  private readonly onChange: () => void;
  private lastNumber = 0;
  private turn = 0;

  constructor(deliveries: Deliveries, onChange: () => void) {
    this.deliveries = deliveries;
    this.onChange = onChange;
    this.web.on('connection', (socket, request) => {
      const line = request.socket;
      const hangUp = line.end.bind(line);
      line.end = () => (this.keepsLine ? line : hangUp());
      line.on('end', hangUp);
      const ticket = new URL(request.url ?? '', 'http://here').searchParams.get('ticket') ?? '';
      if (!this.tickets.delete(ticket)) socket.close(4001);
      else this.greet(socket);
    });
  }

  get connections(): number {
    return this.open.length;
  }

  /** Lines that are open, said goodbye on or not. */
  get lines(): number {
    return this.web.clients.size;
  }

  /** A ticket for one connection; `null` when there are ten already. */
  ticket(): string | null {
    if (this.open.length >= MAX_CONNECTIONS) return null;
    this.lastNumber += 1;
    const ticket = `ticket-${this.lastNumber}`;
    this.tickets.add(ticket);
    return ticket;
  }

  send(delivery: Delivery): boolean {
    const socket = this.open[this.turn % Math.max(1, this.open.length)];
    if (socket === undefined) return false;
    this.turn += 1;
    this.lastNumber += 1;
    const envelopeId = `envelope-${this.lastNumber}`;
    this.sent.set(envelopeId, { delivery, socket });
    const retry =
      delivery.kind === 'events_api'
        ? { retry_attempt: delivery.attempts, retry_reason: delivery.attempts === 0 ? '' : 'timeout' }
        : {};
    socket.send(
      JSON.stringify({
        envelope_id: envelopeId,
        type: delivery.kind,
        payload: delivery.payload,
        accepts_response_payload: delivery.kind !== 'events_api',
        ...retry,
      }),
    );
    return true;
  }

  /** Tells one connection (or all) that it is to be opened anew. */
  disconnect(reason: DisconnectReason, which: 'one' | 'all' = 'all'): void {
    for (const socket of which === 'one' ? this.open.slice(0, 1) : [...this.open]) {
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'wss-test' } }));
      this.leave(socket);
    }
  }

  /** Sends a frame of any shape over every connection, as Slack never should. */
  sendRaw(frame: string | Buffer): void {
    for (const socket of this.open) socket.send(frame);
  }

  /** Breaks every connection without a word. */
  break(): void {
    for (const socket of [...this.web.clients]) socket.terminate();
  }

  async close(): Promise<void> {
    this.break();
    this.web.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private greet(socket: WebSocket): void {
    this.opened += 1;
    socket.on('ping', (data) => {
      if (this.answersPings) socket.pong(data);
    });
    socket.on('message', (data) => this.take(String(data)));
    socket.on('close', () => this.leave(socket));
    if (!this.saysHello) return;
    this.open.push(socket);
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.open.length,
        debug_info: { host: 'wss-test', approximate_connection_time: 18_060 },
        connection_info: { app_id: 'A900' },
      }),
    );
    this.deliveries.flush();
    this.onChange();
  }

  /** What was sent over a connection that is gone, and is not acknowledged, goes over another. */
  private leave(socket: WebSocket): void {
    const index = this.open.indexOf(socket);
    if (index < 0) return;
    this.open.splice(index, 1);
    for (const { delivery, socket: over } of this.sent.values()) {
      if (over === socket && !delivery.isAcknowledged && delivery.kind === 'events_api')
        this.sendAgain(delivery);
    }
    this.onChange();
  }

  private sendAgain(delivery: Delivery): void {
    if (this.send(delivery)) delivery.attempts += 1;
    else delivery.attempts = 0;
  }

  private take(text: string): void {
    const read = acknowledgement.safeParse(JSON.parse(text));
    // What acknowledges nothing is let be, as it is by Slack.
    if (!read.success) return;
    const { envelope_id: id, payload } = read.data;
    const sent = this.sent.get(id);
    if (sent !== undefined) this.deliveries.acknowledge(sent.delivery, payload);
  }
}

import { randomUUID } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { guildObject, userObject } from './objects.js';
import type { Channel, Guild, World } from './world.js';

/** Intents by what they bring (Discord, Gateway Intents). */
export const INTENT = {
  guilds: 1,
  guildMessages: 1 << 9,
  directMessages: 1 << 12,
  content: 1 << 15,
} as const;

/** The intent that brings what is written in a channel. */
export function intentOf(channel: Channel): number {
  return channel.guild === null ? INTENT.directMessages : INTENT.guildMessages;
}

/** An event of a session, kept so that it can be repeated. */
interface Dispatch {
  readonly s: number;
  readonly t: string;
  readonly d: unknown;
}

interface GatewaySession {
  readonly id: string;
  readonly intents: number;
  readonly log: Dispatch[];
  socket: WebSocket | null;
}

/** What the bot said when it took up a session again. */
interface Resume {
  readonly sessionId: string;
  readonly sequence: number;
  readonly wasKnown: boolean;
}

const payloadSchema = z.object({ op: z.int(), d: z.unknown() });
const identifySchema = z.object({ token: z.string(), intents: z.int() });
const resumeSchema = z.object({ token: z.string(), session_id: z.string(), seq: z.int() });

/** Servers come some time after the greeting, as they do on Discord: discord.js overlooks those in the same packet. */
const GUILDS_AFTER_MS = 50;
/** Intents that the developer portal has to grant. */
const PRIVILEGED = INTENT.content | (1 << 1) | (1 << 8);

/** The gateway: sessions that outlive their connection, and everything that may go wrong with either. */
export class Gateway {
  /** Times the bot opened a new session. */
  identifies = 0;
  readonly resumes: Resume[] = [];
  /** Close codes the bot closed with. */
  readonly closes: number[] = [];
  /** `true`: heartbeats get no answer. */
  isSilent = false;
  private readonly world: World;
  private readonly heartbeatMs: number;
  private readonly sockets = new Set<WebSocket>();
  private sessions: GatewaySession[] = [];
  private refusals = 0;
  private repeats = 0;
  private last: (() => void) | null = null;
  private cutOff: { dispatch: Dispatch | null; left: number } | null = null;
  private badGreetings = 0;
  private held: { readonly count: number; readonly dispatches: (() => void)[] } | null = null;
  url = '';

  constructor(world: World, heartbeatMs: number) {
    this.world = world;
    this.heartbeatMs = heartbeatMs;
  }

  /** Whether the bot is connected and has said who it is. */
  get isOnline(): boolean {
    return this.sessions.some(({ socket }) => socket !== null);
  }

  /** Whether a session reads messages that are not for it. */
  readsContent(): boolean {
    return this.sessions.some(({ intents }) => (intents & INTENT.content) !== 0);
  }

  /** Takes a connection; `false` while connections are refused. */
  admits(): boolean {
    if (this.refusals === 0) return true;
    this.refusals -= 1;
    return false;
  }

  attach(socket: WebSocket): void {
    this.sockets.add(socket);
    socket.on('message', (data) => this.take(socket, data));
    socket.on('close', (code) => {
      this.sockets.delete(socket);
      this.closes.push(code);
      const session = this.sessionOf(socket);
      if (session !== undefined) session.socket = null;
      // A client that closes so says that it will not come back.
      if (code === 1000 || code === 1001) this.sessions = this.sessions.filter((one) => one !== session);
      this.world.changed();
    });
    socket.on('error', () => socket.terminate());
    this.badGreetings -= 1;
    const d = this.badGreetings >= 0 ? 'hello' : { heartbeat_interval: this.heartbeatMs };
    send(socket, { op: 10, d, s: null, t: null });
  }

  /**
   * An event for every session with the intent; `contentOf` gets what the session may read. Without a session it is
   * lost.
   */
  dispatch(type: string, intent: number | null, contentOf: (readsContent: boolean) => unknown): void {
    if (!isByBot(contentOf(true))) this.last = () => this.dispatch(type, intent, contentOf);
    for (const session of this.sessions) {
      if (intent !== null && (session.intents & intent) === 0) continue;
      const d = contentOf((session.intents & INTENT.content) !== 0);
      for (let time = 0; time <= this.repeats; time += 1) this.release(() => this.deliver(session, type, d));
    }
    this.repeats = 0;
  }

  /** The next event comes twice, with two sequence numbers. */
  repeatNext(): void {
    this.repeats = 1;
  }

  /** The last event comes once more, with another sequence number. */
  repeatLast(): void {
    this.last?.();
  }

  /** The next `count` events come in reverse order. */
  reverseNext(count: number): void {
    this.held = { count, dispatches: [] };
  }

  /** Opcode 7: the bot is to reconnect and resume. */
  askToReconnect(): void {
    for (const socket of this.sockets) send(socket, { op: 7, d: null, s: null, t: null });
  }

  /** Opcode 9: the session is invalid, for good unless it is resumable. */
  invalidate(isResumable: boolean): void {
    for (const session of this.sessions) {
      if (session.socket !== null) send(session.socket, { op: 9, d: isResumable, s: null, t: null });
    }
    if (!isResumable) this.sessions = [];
  }

  /** Closes every connection with a code. */
  close(code: number): void {
    for (const socket of this.sockets) socket.close(code);
  }

  /** Sends a frame of any shape over every connection, as no gateway should. */
  sendRaw(frame: string | Buffer): void {
    for (const socket of this.sockets) socket.send(frame);
  }

  /** The next event is cut off on the wire the first `times` it is sent; whoever resumes gets it anew. */
  cutOffNext(times: number): void {
    this.cutOff = { dispatch: null, left: times };
  }

  /** The next greetings cannot be read. */
  greetBadly(times: number): void {
    this.badGreetings = times;
  }

  /** Breaks every connection without a word. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  /** No session can be resumed any more. */
  loseSessions(): void {
    this.sessions = [];
  }

  /** The next connections are turned away with 503. */
  refuse(times: number): void {
    this.refusals = times;
  }

  private take(socket: WebSocket, data: RawData): void {
    const payload = payloadSchema.safeParse(parse(data));
    const closeCode = payload.success ? this.act(socket, payload.data) : 4002;
    if (closeCode !== null) socket.close(closeCode);
    this.world.changed();
  }

  /** Does what the bot asks; the close code for what it may not ask, else `null`. */
  private act(socket: WebSocket, { op, d }: z.infer<typeof payloadSchema>): number | null {
    switch (op) {
      case 1:
        if (!this.isSilent) send(socket, { op: 11, d: null, s: null, t: null });
        return null;
      case 2: {
        const said = identifySchema.safeParse(d);
        return said.success ? this.identify(socket, said.data) : 4002;
      }
      case 6: {
        const said = resumeSchema.safeParse(d);
        return said.success ? this.resume(socket, said.data) : 4002;
      }
      case 3:
      case 4:
      case 8:
        return this.sessionOf(socket) === undefined ? 4003 : null;
      default:
        return 4001;
    }
  }

  private identify(socket: WebSocket, { token, intents }: z.infer<typeof identifySchema>): number | null {
    const { bot, guilds } = this.world;
    if (this.sessionOf(socket) !== undefined) return 4005;
    if (token.replace(/^Bot /, '') !== bot.token) return 4004;
    const granted = bot.mayReadContent ? INTENT.content : 0;
    if ((intents & PRIVILEGED & ~granted) !== 0) return 4014;
    this.identifies += 1;
    const session: GatewaySession = { id: randomUUID(), intents, log: [], socket };
    this.sessions.push(session);
    const joined = [...guilds.values()].filter(({ hasBot }) => hasBot);
    this.deliver(session, 'READY', {
      v: 10,
      user: { ...userObject(this.world, 'bot'), verified: true, mfa_enabled: true, email: null },
      guilds: joined.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: `${this.url}/resume`,
      shard: [0, 1],
      application: { id: bot.applicationId, flags: 0 },
      private_channels: [],
    });
    if ((intents & INTENT.guilds) !== 0) setTimeout(() => this.showGuilds(session, joined), GUILDS_AFTER_MS);
    return null;
  }

  private showGuilds(session: GatewaySession, guilds: readonly Guild[]): void {
    for (const guild of guilds) this.deliver(session, 'GUILD_CREATE', guildObject(this.world, guild));
  }

  private resume(socket: WebSocket, said: z.infer<typeof resumeSchema>): number | null {
    const { token, session_id: sessionId, seq: sequence } = said;
    if (token.replace(/^Bot /, '') !== this.world.bot.token) return 4004;
    const session = this.sessions.find(({ id }) => id === sessionId);
    this.resumes.push({ sessionId, sequence, wasKnown: session !== undefined });
    if (session === undefined) {
      send(socket, { op: 9, d: false, s: null, t: null });
      return null;
    }
    if (sequence > session.log.length) return 4007;
    session.socket?.terminate();
    session.socket = socket;
    for (const dispatch of session.log.slice(sequence)) this.sendEvent(socket, dispatch);
    this.deliver(session, 'RESUMED', {});
    return null;
  }

  /** Appends to the session and sends it when somebody listens. */
  private deliver(session: GatewaySession, t: string, d: unknown): void {
    const dispatch = { s: session.log.length + 1, t, d };
    session.log.push(dispatch);
    if (session.socket !== null) this.sendEvent(session.socket, dispatch);
  }

  private sendEvent(socket: WebSocket, dispatch: Dispatch): void {
    const { cutOff } = this;
    if (cutOff !== null) cutOff.dispatch ??= dispatch;
    if (cutOff === null || cutOff.left === 0 || cutOff.dispatch !== dispatch) {
      send(socket, { op: 0, ...dispatch });
      return;
    }
    cutOff.left -= 1;
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ op: 0, ...dispatch }).slice(0, -40));
  }

  private release(deliver: () => void): void {
    if (this.held === null) {
      deliver();
      return;
    }
    this.held.dispatches.push(deliver);
    if (this.held.dispatches.length < this.held.count) return;
    const { dispatches } = this.held;
    this.held = null;
    for (const one of dispatches.reverse()) one();
  }

  private sessionOf(socket: WebSocket): GatewaySession | undefined {
    return this.sessions.find((session) => session.socket === socket);
  }
}

function send(socket: WebSocket, payload: unknown): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(payload));
}

function parse(data: RawData): unknown {
  try {
    return JSON.parse(String(data));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isByBot(content: unknown): boolean {
  if (typeof content !== 'object' || content === null || !('author' in content)) return false;
  const { author } = content;
  return typeof author === 'object' && author !== null && 'bot' in author && author.bot === true;
}

import { randomBytes } from 'node:crypto';
import { LifelineError, type OpenKeyring, type Store } from '../model/index.js';
import { auditPart } from './redis-audit.js';
import { AuditWriter } from './redis-audit-writer.js';
import { RedisCodec } from './redis-codec.js';
import { type Connection, connect } from './redis-connection.js';
import { refuseUnsuitable } from './redis-fitness.js';
import { movePart } from './redis-move.js';
import { outboxPart } from './redis-outbox.js';
import type { RedisParts } from './redis-parts.js';
import { programPart } from './redis-program.js';
import { SCRIPTS } from './redis-scripts.js';
import { supportPart } from './redis-support.js';
import { talkPart } from './redis-talk.js';

/** How often the note of the keys is looked at. */
const NOTE_EVERY_MS = 60_000;

/** Where a store is, and how it is opened. */
export interface RedisSettings {
  /**
   * `redis://`, `rediss://`, `redis+sentinel://h1:p1,h2:p2/name`, `redis+cluster://h1:p1,h2:p2`; `?prefix=` for another
   * than `ll`.
   */
  readonly url: string;
  /** What its values are encrypted with. */
  readonly keyring: OpenKeyring;
  /** Works beside the bot: for command-line tools. */
  readonly tool?: boolean;
  /** Told a code of what is not as it should be: `redis-aof-off`, `redis-evicts`. */
  readonly warn?: (code: string) => void;
}

/**
 * Opens the store on Redis or Valkey, for any number of workers; its keys stand in `redis-keys.ts`. A turn is one round
 * trip. Throws `store-unsuitable` for a server that may lose what it was given, `store-wrong-key` for another secret,
 * `store-unavailable` when it cannot be reached; every method throws the latter, and `store-full` when there is no
 * room.
 */
export async function openRedisStore(settings: RedisSettings): Promise<Store> {
  const connection = await connect(settings.url);
  try {
    refuseUnsuitable(await connection.info(), settings.warn ?? (() => undefined));
    const prefix = new URLSearchParams(/\?(.*)$/.exec(settings.url)?.[1] ?? '').get('prefix') ?? 'll';
    const note = new KeyNote(connection, `${prefix}:{v}:note`, settings.keyring);
    const codec = new RedisCodec((await note.open()).sealer);
    const parts: RedisParts = { connection, codec, prefix, audit: new AuditWriter(codec), attempt: namer() };
    const again = setInterval(() => {
      // A note that cannot be read now is read in a minute; the keys in use stay good.
      note.refresh(codec).catch(() => undefined);
    }, NOTE_EVERY_MS);
    again.unref();
    return {
      now: connection.now,
      ...talkPart(parts),
      ...outboxPart(parts),
      ...supportPart(parts),
      ...programPart(parts),
      ...auditPart(parts),
      ...movePart(parts),
      keyNote: () => note.read(),
      replaceKeyNote: (before, after) => note.replace(before, after, codec),
      close: async () => {
        clearInterval(again);
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Names that no other call of this or another worker has: a random start, and a count. */
function namer(): () => string {
  const start = randomBytes(6).toString('base64url');
  let count = 0;
  return () => {
    count += 1;
    return start + count.toString(36);
  };
}

/** The note of the keys, which all workers share. */
class KeyNote {
  readonly #connection: Connection;
  readonly #key: string;
  readonly #keyring: OpenKeyring;

  constructor(connection: Connection, key: string, keyring: OpenKeyring) {
    this.#connection = connection;
    this.#key = key;
    this.#keyring = keyring;
  }

  /** Reads the note or writes the first one; of several workers that start together, one writes it. */
  async open(): Promise<ReturnType<OpenKeyring>> {
    const before = await this.read();
    const opened = this.#keyring(before);
    if (before === opened.note) return opened;
    if (before === null) await this.#connection.call('SET', this.#key, opened.note, 'NX');
    else await this.#replace(before, opened.note);
    const kept = await this.read();
    if (kept === null) throw new LifelineError('store-unavailable', 'Redis does not keep what it is given');
    return kept === opened.note ? opened : this.#keyring(kept);
  }

  async read(): Promise<string | null> {
    const found = await this.#connection.call('GET', this.#key);
    return found === null ? null : String(found);
  }

  async refresh(codec: RedisCodec): Promise<void> {
    const note = await this.read();
    if (note !== null) codec.use(this.#keyring(note).sealer);
  }

  async replace(before: string, after: string, codec: RedisCodec): Promise<boolean> {
    const isReplaced = await this.#replace(before, after);
    if (isReplaced) codec.use(this.#keyring(after).sealer);
    return isReplaced;
  }

  async #replace(before: string, after: string): Promise<boolean> {
    return Number(await this.#connection.run(SCRIPTS.replace, [this.#key], [before, after])) === 1;
  }
}

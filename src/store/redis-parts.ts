import type { AuditWriter } from './redis-audit-writer.js';
import type { RedisCodec } from './redis-codec.js';
import type { Connection } from './redis-connection.js';

/** What the parts of the store share. */
export interface RedisParts {
  readonly connection: Connection;
  readonly codec: RedisCodec;
  readonly prefix: string;
  readonly audit: AuditWriter;
  /** A name for one call, the same when it is sent again. */
  readonly attempt: () => string;
}

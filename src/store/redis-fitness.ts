import { LifelineError } from '../model/index.js';

/** Oldest Redis whose scripts know flags; Valkey began above it. */
const OLDEST_MAJOR = 7;

/**
 * Throws `store-unsuitable` for a server that is too old, a replica, or drops keys when it is full; `warn`s of one that
 * keeps nothing on its disk. `masters`: the fields of `INFO` of each.
 */
export function refuseUnsuitable(
  masters: readonly ReadonlyMap<string, string>[],
  warn: (code: string) => void,
): void {
  const warnings = new Set<string>();
  for (const fields of masters) {
    const version = fields.get('valkey_version') ?? fields.get('redis_version') ?? '';
    if (Number.parseInt(version, 10) < OLDEST_MAJOR)
      throw unsuitable(`it is version ${version}; at least ${OLDEST_MAJOR} is needed`);
    if (fields.get('role') !== 'master')
      throw unsuitable(
        'it is a replica and takes no writes: give the address of the master, the sentinels or the cluster',
      );
    const evicts = (fields.get('maxmemory_policy') ?? 'noeviction') !== 'noeviction';
    if (evicts && fields.get('maxmemory') !== '0')
      throw unsuitable('it drops keys when it is full: set maxmemory-policy to noeviction');
    if (evicts) warnings.add('redis-evicts');
    if (fields.get('aof_enabled') !== '1') warnings.add('redis-aof-off');
  }
  for (const code of warnings) warn(code);
}

function unsuitable(why: string): LifelineError {
  return new LifelineError('store-unsuitable', `This Redis cannot be trusted with conversations: ${why}.`);
}

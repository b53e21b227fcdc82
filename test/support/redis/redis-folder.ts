import { spawn } from 'node:child_process';
import { unlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for Redis servers, which ends them and vanishes when this process does, however that comes about. */
export interface RedisFolder {
  readonly path: string;
  /** Notes a process that must not outlive this one; the returned function strikes it out. */
  watch(pid: number): () => void;
  /** Takes the folder away; its processes must have ended. */
  remove(): Promise<void>;
}

/**
 * When this process is gone its end of the pipe closes, so `cat` ends; a test run that was killed tidies up like this.
 */
const GUARD =
  'cat >/dev/null; for f in "$1"/*.pid; do [ -e "$f" ] && kill -9 "$(cat "$f")"; done; rm -rf "$1"';

/** A new, empty folder below the system's folder for temporary files. */
export async function makeRedisFolder(): Promise<RedisFolder> {
  const path = await mkdtemp(join(tmpdir(), 'lifeline-redis-'));
  // A process group of its own: Ctrl-C ends the test run, not the guard.
  const guard = spawn('sh', ['-c', GUARD, 'sh', path], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  return {
    path,
    watch: (pid) => {
      const file = join(path, `${pid}.pid`);
      writeFileSync(file, String(pid));
      return () => unlinkSync(file);
    },
    remove: async () => {
      await rm(path, { recursive: true, force: true });
      guard.stdin.end();
    },
  };
}

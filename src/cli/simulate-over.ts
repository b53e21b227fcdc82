import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SHIPPED_CONTENT } from '../load-content.js';
import { LifelineError } from '../model/index.js';
import type { SimulateOptions } from './simulate.js';

/** What `npm run simulate:wire` runs. */
const SCRIPT = 'test/wire/run.ts';

/**
 * `lifeline simulate --over`: the same over real sockets. The emulators of the platforms are among the tests, so this
 * hands over to the script of the checkout and takes its exit code. Throws `settings-invalid` where there is no
 * checkout.
 */
export async function simulateOver(
  over: string,
  paths: readonly string[],
  options: SimulateOptions,
): Promise<void> {
  if (!existsSync(join(SHIPPED_CONTENT, SCRIPT)))
    throw new LifelineError(
      'settings-invalid',
      `Playing over the wire needs a checkout of Lifeline with its tests: ${SCRIPT} is not here.`,
    );
  const { content, locale, seed, transcript, quiet } = options;
  const named = Object.entries({ over, locale, seed, content: content && resolve(content) });
  const args = [
    ...named.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...(transcript === true ? ['--transcript'] : []),
    ...(quiet === true ? ['--quiet'] : []),
    ...paths.map((path) => resolve(path)),
  ];
  const child = spawn('npm', ['run', '--silent', 'simulate:wire', '--', ...args], {
    cwd: SHIPPED_CONTENT,
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  process.exitCode = code === 0 ? 0 : 1;
}

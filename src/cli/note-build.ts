import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkAndProve } from '../authoring/check-and-prove.js';
import { readContent } from '../content/read-files.js';
import { openPassedShelf } from '../infra/check-shelf.js';
import { SHIPPED_CONTENT } from '../load-content.js';
import { PROGRAM, passedHere } from '../program.js';

/**
 * The last step of the build: checks the content that is shipped, and notes beside the program that it passed, so that
 * the first start need not wait for it. What does not pass is not noted, and is told by `lifeline check`.
 */
const warn = (code: string): void => {
  process.stderr.write(`That the content passed is not noted in ${PROGRAM} (${code}).\n`);
};

// An image may be built in steps, the program before its content.
if (existsSync(join(SHIPPED_CONTENT, 'flows'))) {
  const read = await readContent(SHIPPED_CONTENT);
  const name = passedHere(read.files);
  const shelf = openPassedShelf(PROGRAM, warn);
  if (shelf.get(name) === null) {
    const { findings } = checkAndProve(read, null);
    if (!findings.some(({ level }) => level === 'error')) shelf.put(name, '');
  }
}

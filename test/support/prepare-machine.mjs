// Runs before the tests: says what a fresh machine lacks, and installs it where that is possible.
// The tests of today need nothing beyond Node; this is the one place to add what later ones need.
import { execFileSync } from 'node:child_process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Node 20.19 or newer is needed; this is ${process.version}.\n`);
  process.exit(1);
}

/** Debian packages by the command each provides. */
const NEEDED = {};

const missing = Object.entries(NEEDED).filter(([command]) => !isThere(command));
if (missing.length > 0) {
  const packages = missing.map(([, name]) => name);
  if (process.getuid?.() !== 0 || !isThere('apt-get')) {
    process.stderr.write(
      `Please install: ${packages.join(' ')} (on Debian: apt-get install ${packages.join(' ')})\n`,
    );
    process.exit(1);
  }
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  execFileSync('apt-get', ['install', '-y', '-qq', ...packages], { stdio: 'inherit' });
}

function isThere(command) {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (error.status !== undefined) return false;
    throw error;
  }
}

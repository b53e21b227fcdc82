// Runs before the tests: says what a fresh machine lacks, and installs it where that is possible.
// Beyond Node the tests need a Redis server, and a browser with a certificate and fonts for what it shows.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Node 20.19 or newer is needed; this is ${process.version}.\n`);
  process.exit(1);
}

/** Debian packages by the command each provides. */
const NEEDED = { 'redis-server': 'redis-server', chromium: 'chromium', openssl: 'openssl' };
/** What has no command of its own, by a file of it. */
const NEEDED_FILES = {
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc': 'fonts-noto-cjk',
  '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf': 'fonts-noto-color-emoji',
};

/** Asked by Debian's packages whether they may start a service; 101 is no. */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';

const missing = [
  ...Object.entries(NEEDED).filter(([command]) => !isThere(command)),
  ...Object.entries(NEEDED_FILES).filter(([file]) => isThere('apt-get') && !existsSync(file)),
];
if (missing.length > 0) {
  const packages = missing.map(([, name]) => name);
  if (process.getuid?.() !== 0 || !isThere('apt-get')) {
    process.stderr.write(
      `Please install: ${packages.join(' ')} (on Debian: apt-get install ${packages.join(' ')})\n`,
    );
    process.exit(1);
  }
  withoutServices(() => {
    aptGet('update', '-qq');
    aptGet('install', '-y', '-qq', '--no-install-recommends', ...packages);
  });
}

function aptGet(...args) {
  execFileSync('apt-get', args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** The tests start servers of their own: one that a package starts would only stand in the way, or fail without an init. */
function withoutServices(install) {
  if (existsSync(SERVICE_POLICY)) return install();
  writeFileSync(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    rmSync(SERVICE_POLICY);
  }
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

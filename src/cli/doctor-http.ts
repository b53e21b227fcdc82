import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';
import { httpPortOf, type Settings } from '../infra/settings.js';
import { type Diagnosis, diagnoseAbout, quoted } from './diagnosis.js';
import type { Ask } from './who-is.js';

const { ok, note, fix } = diagnoseAbout('http');

/** Ports that Telegram posts to (Bot API, setWebhook). */
const TELEGRAM_PORTS = ['443', '80', '88', '8443'];
const TELEGRAM_API = 'https://api.telegram.org';

/** Whether the HTTP server can listen, and whether the public address leads to it, as far as this machine can tell. */
export async function examineHttp(settings: Settings, ask: Ask): Promise<readonly Diagnosis[]> {
  const port = httpPortOf(settings);
  if (port === null) return [ok('http', 'Nothing is listened on: no platform posts to this machine.')];
  const { HTTP_HOST: host } = settings;
  const url = settings.TELEGRAM_BOT_TOKEN === undefined ? null : (settings.TELEGRAM_WEBHOOK_URL ?? null);
  const shape = url === null ? [] : ofAddress(url, settings.TELEGRAM_API_URL);
  const server = await listen(host, port);
  if ('code' in server) {
    const running = await examineRunning(host, port, server.code, ask);
    const isOurs = running.every(({ level }) => level !== 'fix');
    return [...running, ...shape, ...(url !== null && isOurs ? [await reachesLifeline(url, ask)] : [])];
  }
  try {
    return [
      ok('http-port', `Port ${port} of ${host} is free.`),
      ...shape,
      ...(url === null ? [] : [await reaches(url, server.word, ask)]),
    ];
  } finally {
    await server.close();
  }
}

interface Listening {
  /** What everybody is answered who reaches it. */
  readonly word: string;
  close(): Promise<void>;
}

/** Stands in for the bot: says a word that nobody else knows. Resolves with the system's code when it cannot. */
async function listen(host: string, port: number): Promise<Listening | { readonly code: string }> {
  const word = randomBytes(16).toString('hex');
  const server = createServer((_request, response) => void response.end(JSON.stringify(word)));
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: String(error.code) };
    throw error;
  }
  return {
    word,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const aliveSchema = z.object({ status: z.literal('alive') });
const readySchema = z.object({ reasons: z.array(z.string()) });

/** Who has the port: a bot of ours, which says how it is, or somebody else. */
async function examineRunning(
  host: string,
  port: number,
  code: string,
  ask: Ask,
): Promise<readonly Diagnosis[]> {
  const local =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  const alive = await ask(`http://${local}:${port}/healthz`);
  if (code !== 'EADDRINUSE' || alive.kind === 'silence' || !aliveSchema.safeParse(alive.json).success)
    return [
      fix(
        'http-port',
        code === 'EADDRINUSE'
          ? `Another program listens on port ${port} of ${host}.`
          : `Nothing can listen on port ${port} of ${host} (${code}).`,
        'Set HTTP_PORT to a free one (above 1023, unless this user may use the others), and HTTP_HOST to an address of this machine.',
      ),
    ];
  const ready = await ask(`http://${local}:${port}/readyz`);
  const report = ready.kind === 'answer' ? readySchema.safeParse(ready.json).data : undefined;
  return [
    ok('http-port', `A Lifeline runs on port ${port} of ${host}.`),
    ...(report?.reasons ?? []).map((reason) => note('running', `It says: ${quoted(reason)}.`)),
  ];
}

/** What Telegram would say to the address before it calls it. */
function ofAddress(url: string, apiUrl: string): readonly Diagnosis[] {
  if (apiUrl !== TELEGRAM_API) return [];
  const { protocol, port } = new URL(url);
  if (protocol !== 'https:')
    return [
      fix(
        'public-https',
        'TELEGRAM_WEBHOOK_URL begins with http:, and Telegram takes https: only.',
        'Put something that speaks TLS in front of Lifeline, and name its address.',
      ),
    ];
  if (!TELEGRAM_PORTS.includes(port === '' ? '443' : port))
    return [
      fix(
        'public-port',
        `Telegram posts to the ports ${TELEGRAM_PORTS.join(', ')} only, not to ${port}.`,
        'Take one of them in TELEGRAM_WEBHOOK_URL.',
      ),
    ];
  return [];
}

const REACHED = 'TELEGRAM_WEBHOOK_URL leads to this machine, seen from here.';
const PASS_ON =
  'Let what speaks TLS there pass the path of TELEGRAM_WEBHOOK_URL on to HTTP_HOST and HTTP_PORT.';

/** Whether the address leads to the stand-in. */
async function reaches(url: string, word: string, ask: Ask): Promise<Diagnosis> {
  const answer = await ask(url);
  if (answer.kind === 'silence') return unreached(answer.code);
  if (answer.json === word) return ok('public-address', REACHED);
  return fix(
    'public-address',
    `TELEGRAM_WEBHOOK_URL is answered with ${answer.status}, but not by this machine.`,
    PASS_ON,
  );
}

/** Whether the address leads to the bot that runs: without the secret it must say 401. */
async function reachesLifeline(url: string, ask: Ask): Promise<Diagnosis> {
  const answer = await ask(url, { method: 'POST', body: '{}' });
  if (answer.kind === 'silence') return unreached(answer.code);
  if (answer.status === 401) return ok('public-address', REACHED);
  return fix(
    'public-address',
    `TELEGRAM_WEBHOOK_URL is answered with ${answer.status} instead of 401.`,
    PASS_ON,
  );
}

/** Codes that mean the same from everywhere: no such name, or a certificate that is none. */
const EVERYWHERE = /^(ENOTFOUND|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_SSL)/;

function unreached(code: string): Diagnosis {
  if (EVERYWHERE.test(code))
    return fix(
      'public-address',
      `TELEGRAM_WEBHOOK_URL cannot be used (${code}).`,
      code === 'ENOTFOUND'
        ? 'Its name is unknown: see that it is spelt right and stands in the DNS.'
        : 'Its certificate is not valid: give it one of a known authority, for exactly this name.',
    );
  return note(
    'public-address',
    `TELEGRAM_WEBHOOK_URL does not answer this machine (${code}).`,
    "Some networks do not let one reach one's own address from inside: try it from elsewhere.",
  );
}

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPageHealth } from '../../../src/infra/page-health.js';
import { createFakeClock } from '../../../src/simulate/fake-clock.js';
import { keptLog } from '../../support/engine.js';
import { START } from '../../support/talk.js';

let server: Server;
let status: number | null;
let asked: number;
let heard: () => void;

beforeEach(async () => {
  status = 200;
  asked = 0;
  heard = () => undefined;
  server = createServer((_, response) => {
    asked += 1;
    if (status !== null) response.writeHead(status).end();
    heard();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function watch(path = '/recover') {
  const clock = createFakeClock(START);
  const log = keptLog();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const health = createPageHealth({ url, clock, log, timeoutMs: 500 });
  /** Lets time pass and waits until the page was asked and its answer was looked at. */
  const askedAfter = async (ms: number): Promise<void> => {
    const hears = new Promise<void>((resolve) => {
      heard = resolve;
    });
    clock.moveTo(clock.now() + ms);
    await hears;
    await expect.poll(() => clock.next()).not.toBeNull();
  };
  return { health, clock, log, askedAfter, events: () => log.lines.map(({ event }) => event) };
}

describe('the health of the official page', () => {
  it('is not well before it has answered, and well with a 200', async () => {
    const { health, events } = watch();
    expect(health.isWell()).toBe(false);
    await health.start();
    expect(health.isWell()).toBe(true);
    expect(events()).toEqual(['page-well']);
    await health.stop();
  });

  it.each([404, 500, 302, 204])('is away with a %i', async (answer) => {
    status = answer;
    const { health, log } = watch();
    await health.start();
    expect(health.isWell()).toBe(false);
    expect(log.lines).toMatchObject([{ event: 'page-away' }]);
    await health.stop();
  });

  it('is away when nobody answers in time, or nobody is there', async () => {
    status = null;
    const { health } = watch();
    await health.start();
    expect(health.isWell()).toBe(false);
    await health.stop();
    const gone = watch();
    server.closeAllConnections();
    server.close();
    await gone.health.start();
    expect(gone.health.isWell()).toBe(false);
    await gone.health.stop();
  });

  it('is asked once a minute, sooner while it is away, and not any more once it was stopped', async () => {
    const { health, clock, askedAfter, events } = watch();
    await health.start();
    status = 503;
    clock.moveTo(START + 59_999);
    expect(asked).toBe(1);
    await askedAfter(1);
    expect(health.isWell()).toBe(false);
    status = 200;
    await askedAfter(10_000);
    expect(health.isWell()).toBe(true);
    expect(events()).toEqual(['page-well', 'page-away', 'page-well']);
    await health.stop();
    clock.moveTo(clock.now() + 600_000);
    expect(asked).toBe(3);
  });
});

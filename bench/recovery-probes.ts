import { createAccounts } from '../examples/official-site/accounts.js';
import { createMailer } from '../examples/official-site/mail.js';
import { createSite } from '../examples/official-site/site.js';
import { conversationId, type Store } from '../src/model/index.js';
import { linkNumberOf } from '../src/recovery/index.js';
import { startMailCatcher } from '../test/support/mail-catcher.js';
import { median, printFigure } from './figure.js';
import { openPageRoute } from './recovery-route.js';
import { openTalk } from './recovery-talk.js';

const PAIRS = 2_000;
/** Half of the 99 % interval of a median, in ranks: 2.576 standard deviations of a binomial (n, 1/2). */
const HALF_RANKS = (2.576 * Math.sqrt(PAIRS)) / 2;
const HOUR_MS = 3_600_000;

/** Two things somebody may try to tell apart; each takes one reply and says how it looked. */
interface Probe {
  readonly there: (pair: number) => Promise<string>;
  readonly notThere: (pair: number) => Promise<string>;
}

/**
 * What the bot answers of a hand-off that there is and of one that there is not, through the signed route, on Redis.
 */
export async function benchPageProbes(store: Store): Promise<void> {
  const talk = await openTalk(store);
  const { sign, post } = await openPageRoute(store, talk.receiver);
  const people = 500;
  const ids: string[] = [];
  const numbers: string[] = [];
  for (let index = 0; index < people; index += 1) {
    const user = String(700_000 + index);
    await talk.wishes(user);
    await talk.taps(user, 'page');
    await talk.taps(user, 'other-device');
    const older = await talk.challenge(user);
    await talk.taps(user, 'other-device');
    numbers.push(linkNumberOf(older));
    ids.push(older.id);
  }
  let asked = 0;
  const looks = async (request: object): Promise<string> => {
    asked += 1;
    const body = await sign(request, `probe-${asked}`);
    const from = performance.now();
    const { json } = await post(body);
    took = performance.now() - from;
    return JSON.stringify(json);
  };
  const byNumber = (number: string) => (pair: number) =>
    looks({ kind: 'open-by-number', number, browser: 'b'.repeat(22), address: `a-${number}-${pair}` });
  // Each older number is wrong, and counted, up to five times: so many tries its hand-off has.
  await compare('a link number that was replaced, and one that nobody has', {
    there: (pair) => byNumber(numbers[pair % people] ?? '')(pair),
    notThere: (pair) => byNumber(String(90_000_000 + pair))(pair),
  });
  for (const [index, id] of ids.entries())
    await talk.receiver.pageAsks(
      conversationId('telegram', { channel: String(700_000 + index) }, String(700_000 + index)),
      { kind: 'open', id, browser: 'c'.repeat(22) },
      `telegram:first:${index}` as Parameters<typeof talk.receiver.pageAsks>[2],
    );
  await compare('the link of a hand-off that another browser opened, and of none', {
    there: (pair) => looks({ kind: 'open', id: ids[pair % people], browser: 'b'.repeat(22) }),
    notThere: (pair) => looks({ kind: 'open', id: String(pair).padEnd(22, 'x'), browser: 'b'.repeat(22) }),
  });
}

/**
 * "Send me a mail" of the example page with a real mail server: for an address with an account, and for one without.
 */
export async function benchMailProbe(): Promise<void> {
  const mails = await startMailCatcher();
  const mailer = createMailer(mails.url, 'no-reply@mail.wallet.example');
  let now = Date.now();
  const accounts = createAccounts(() => now);
  await accounts.add('ann@mail.example', 'correct horse battery staple');
  const away = { kind: 'away' } as const;
  const app = createSite({
    ...{ origin: 'https://wallet.example', product: 'Example', telegram: 'ExampleBot', accounts, mailer },
    now: () => now,
    bot: { ask: async () => away, tell: async () => undefined },
    readToken: async () => away,
    secret: new Uint8Array(32).fill(9),
    fault: (error) => {
      throw error;
    },
  });
  const first = await app.inject('/start');
  const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
  const form = /name="form" value="([^"]+)"/.exec(first.body)?.[1] ?? '';
  const begins = async (mail: string): Promise<string> => {
    // Past every limit: it is the reply that is measured, not the refusal.
    now += HOUR_MS + 1;
    const payload = new URLSearchParams({ form, mail, way: 'mail' }).toString();
    const before = mails.mails.length;
    const from = performance.now();
    const answer = await app.inject({
      ...{ method: 'POST', url: '/reset', payload },
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    });
    took = performance.now() - from;
    if (accounts.has(mail)) await mails.arrives(mail, before);
    return `${answer.statusCode} ${answer.headers.location}`;
  };
  await compare('“send me a mail” for an address with an account, and for one without', {
    there: () => begins('ann@mail.example'),
    notThere: () => begins('bob@mail.example'),
  });
  mailer.close();
  await app.close();
  await mails.close();
}

/** How long the last reply took (ms). */
let took = 0;

/**
 * Takes replies in pairs, in a random order, and prints the median difference of their times with its 99 % interval.
 */
async function compare(what: string, { there, notThere }: Probe): Promise<void> {
  const differences: number[] = [];
  const times: number[] = [];
  for (let pair = -100; pair < PAIRS; pair += 1) {
    const order = Math.random() < 0.5 ? [there, notThere] : [notThere, there];
    const each = new Map<Probe['there'], number>();
    const seen = new Set<string>();
    for (const way of order) {
      seen.add(await way(pair < 0 ? PAIRS - pair : pair));
      each.set(way, took);
    }
    if (seen.size !== 1) throw new Error(`told apart: ${[...seen].join(' / ')}`);
    // The first hundred warm up.
    if (pair < 0) continue;
    differences.push((each.get(there) ?? Number.NaN) - (each.get(notThere) ?? Number.NaN));
    times.push(...each.values());
  }
  const sorted = differences.toSorted((a, b) => a - b);
  const low = sorted[Math.floor(PAIRS / 2 - HALF_RANKS)] ?? Number.NaN;
  const high = sorted[Math.ceil(PAIRS / 2 + HALF_RANKS)] ?? Number.NaN;
  const met = (low <= 0 && high >= 0) || Math.max(Math.abs(low), Math.abs(high)) < 2;
  printFigure({
    ...{ area: 'recovery', figure: `${what}: difference over ${PAIRS} pairs`, unit: 'ms', met },
    runs: [low, median(differences), high],
    aim: 'the 99 % interval of the median (first and last) includes 0, or stays under 2 ms',
  });
  printFigure({ area: 'recovery', figure: `${what}: a reply`, unit: 'ms', runs: [median(times)] });
}

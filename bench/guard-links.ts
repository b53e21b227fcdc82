import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { cuesOf } from '../src/guard/impersonation/cues.js';
import { fold } from '../src/guard/impersonation/fold.js';
import { createImpersonationJudge } from '../src/guard/impersonation/impersonation.js';
import { nameOf } from '../src/guard/impersonation/names.js';
import { FEATURES, featuresOf } from '../src/guard/impersonation/odds.js';
import { hasAccount, strangersOf } from '../src/guard/impersonation/weigh.js';
import { judgeLinks } from '../src/guard/links/links.js';
import { prepare } from '../src/guard/links/ours.js';
import { createTextPolicy } from '../src/guard/outbound/policy.js';
import { IMITATED, linkCases } from '../test/support/link-tricks.js';
import { registryOf } from '../test/support/registry-of.js';
import { HALVES, type Saying, sayings } from '../test/support/sayings.js';
import { median, printFigure } from './figure.js';
import { fitOdds } from './fit-odds.js';
import { longText, millisecondsOf, warmRuns } from './long-text.js';

const FOLDER = pathToFileURL(`${process.cwd()}/test/support/sayings/`);
const RUNS = 5;
const LONG = 65_536;
/** Times that all short messages are judged. */
const ROUNDS = 40;

/**
 * `npm run bench -- guard-links`: verdicts on links, on messages of groups, and speed. `fit` prints the weights of the
 * odds.
 */
export async function benchGuardLinks(part?: string): Promise<void> {
  const official = registryOf(readFileSync('flows/official.yaml', 'utf8'));
  if (part === 'fit') {
    printWeights(official);
    return;
  }
  linkFigures();
  sayingFigures(official);
  speedFigures(official);
}

type Registry = ReturnType<typeof registryOf>;

function linkFigures(): void {
  let [exact, official, leaves, all] = [0, 0, 0, 0];
  for (const wallet of IMITATED) {
    const registry = registryOf(wallet.official);
    const ours = prepare(registry);
    const mayLeave = createTextPolicy(registry);
    for (const { text, verdict } of linkCases(wallet)) {
      const links = judgeLinks(text, ours);
      all += 1;
      if (links.length === 1 && links[0]?.verdict === verdict) exact += 1;
      if (verdict === 'official') continue;
      if (links.some((link) => link.verdict === 'official')) official += 1;
      if (mayLeave(text) === null) leaves += 1;
    }
  }
  const area = 'guard-links';
  const share = (100 * exact) / all;
  printFigure({
    ...{ area, figure: `exact verdicts of ${all} links`, unit: '%', runs: [share] },
    ...{ aim: 'at least 95', met: share >= 95 },
  });
  printFigure({
    ...{ area, figure: 'not ours, called official', unit: 'links', runs: [official], aim: 'none' },
    met: official === 0,
  });
  printFigure({
    ...{ area, figure: 'not ours, let out', unit: 'links', runs: [leaves], aim: 'none' },
    met: leaves === 0,
  });
}

function sayingFigures(registry: Registry): void {
  const judge = createImpersonationJudge(registry);
  const shareOf = (all: readonly Saying[]): number =>
    (100 * all.filter(({ text, author }) => judge(text, author).scam).length) / all.length;
  for (const half of HALVES) {
    const scams = sayings('scams', half, FOLDER);
    const innocent = sayings('innocent', half, FOLDER);
    const found = shareOf(scams);
    const falsely = shareOf(innocent);
    const area = 'guard-links';
    printFigure({
      ...{ area, figure: `fake support found, ${half} (${scams.length})`, unit: '%', runs: [found] },
      ...{ aim: 'at least 90', met: found >= 90 },
    });
    printFigure({
      ...{ area, figure: `innocent called fake, ${half} (${innocent.length})`, unit: '%', runs: [falsely] },
      ...{ aim: 'at most 4', met: falsely <= 4 },
    });
  }
}

/** Texts that are long and awkward, each for 64 kB. */
const AWKWARD: Readonly<Record<string, string>> = {
  'the same link': 'https://evil.test/x ',
  'bare hosts': 'evil.com ',
  'masked links': '[wallet.example](https://evil.test) ',
  brackets: '[',
  'open BBCode': '[url=',
  dots: 'a.',
  schemes: 'https://',
  'user names': 'a@',
  'Chinese words': '请私聊我帮您验证钱包。',
  'unseen characters': 'w\u200ba\u200b',
  'combining marks': 'a\u0301\u0316\u0489',
  'tag characters': '\u{e0041}\u{e0042}',
  'confusable letters': 'аеорсух',
  'halves of pairs': 'a\ud83d',
  words: 'please validate your wallet and send me a direct message ',
};

function speedFigures(registry: Registry): void {
  const ours = prepare(registry);
  const judge = createImpersonationJudge(registry);
  const leaves = createTextPolicy(registry);
  const distinct = Array.from({ length: 5_000 }, (_, index) => `w${index.toString(36)}allet.io`).join(' ');
  const works: readonly (readonly [string, (text: string) => unknown])[] = [
    ['links', (text) => judgeLinks(text, ours)],
    ['fake support', (text) => judge(text)],
    ['outbound', leaves],
  ];
  const texts = [
    ...Object.entries(AWKWARD).map(([name, unit]) => [name, unit] as const),
    ['other hosts', distinct] as const,
  ];
  for (const [what, work] of works) {
    for (const [name, unit] of texts) {
      const text = longText(LONG, 'bytes', () => unit);
      const runs = warmRuns(RUNS, () => work(text));
      printFigure({
        ...{ area: 'guard-links', figure: `${what}: 64 kB of ${name}`, unit: 'ms', runs },
        ...{ aim: 'under 20', met: median(runs) < 20 },
      });
    }
    const short = sayings('innocent', 'tuned', FOLDER).map(({ text }) => text);
    const rounds = (): void => {
      for (let round = 0; round < ROUNDS; round += 1) for (const text of short) work(text);
    };
    rounds();
    const took = millisecondsOf(rounds);
    printFigure({
      ...{ area: 'guard-links', figure: `${what}: short messages`, unit: '/s' },
      runs: [(1_000 * ROUNDS * short.length) / took],
    });
  }
}

function printWeights(registry: Registry): void {
  const ours = prepare(registry);
  const examples = (['scams', 'innocent'] as const).flatMap((kind) =>
    sayings(kind, 'tuned', FOLDER).map(({ text, author }) => {
      const folded = fold(text);
      const features = featuresOf({
        cues: cuesOf(folded),
        hasLink: strangersOf(judgeLinks(text, ours)).length > 0,
        hasAccount: hasAccount(folded, registry),
        hasRoleName: author !== undefined && nameOf(author, ours) === 'role',
      });
      return { features, isMeant: kind === 'scams' };
    }),
  );
  const weights = fitOdds(examples).map((weight) => Number(weight.toFixed(2)));
  const named = [...FEATURES, 'bias'].map((name, index) => `${name} ${weights[index] ?? 0}`);
  process.stdout.write(`${named.join(', ')}\n[${weights.join(', ')}]\n`);
}

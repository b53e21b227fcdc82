import type { Challenge, Effect, PageAnswer, PageNews, StoreRecord } from '../model/index.js';
import type { TurnRequest } from './turn-request.js';

/** What is new with a hand-off, as far as a turn came upon it. */
export type HandOffNews = PageNews | 'expired' | 'late' | 'relayed';

/** What a turn came to, as far as the audit trail tells of it. */
export interface Auditable {
  readonly bundle: string;
  readonly request: Pick<TurnRequest, 'verifies'>;
  readonly effects: readonly Effect[];
  readonly news: readonly HandOffNews[];
  /** A link number that was tried on the page; `null` for none. */
  readonly tried: TriedNumber | null;
  /** Number of the case that is opened; `null` for none. */
  readonly caseNumber: string | null;
}

export type TriedNumber = 'right' | 'wrong' | 'too-many';

/** What is noted of a turn: codes of ours, and nothing that a person said. */
export function auditRecords(turn: Auditable): readonly StoreRecord[] {
  const { bundle, request, effects, news, tried, caseNumber } = turn;
  const note = (what: (StoreRecord & { kind: 'append-audit' })['what'], outcome: string): StoreRecord => ({
    kind: 'append-audit',
    ...{ what, outcome, bundle },
  });
  return [
    ...(tried === null
      ? []
      : [tried === 'too-many' ? note('limit', 'link-number') : note('link-number', tried)]),
    // Of a number, each try is noted already.
    ...news.flatMap((each) => (each === 'too-many' ? [] : [note('hand-off', each)])),
    ...(request.verifies === 'limit' ? [note('limit', 'hand-off')] : []),
    ...effects.flatMap((effect) => {
      switch (effect.kind) {
        case 'issue-challenge':
          return [note('hand-off', 'issued')];
        case 'hand-off':
          return [note('hand-off', 'plain')];
        case 'link-number':
          return [note('link-number', 'shown')];
        case 'secret-seen':
          return [note('secret', effect.secret)];
        case 'forget-me':
          return [note('forget', 'asked')];
        case 'human':
          return caseNumber === null ? [] : [note('case', caseNumber)];
        default:
          return [];
      }
    }),
  ];
}

/** What became of a number that was typed on the page: whether it was looked at at all tells the count of its tries. */
export function triedNumber(
  before: Challenge | null,
  after: Challenge | null,
  answer: PageAnswer,
): TriedNumber {
  if (answer.kind === 'opened') return 'right';
  return before?.tries === after?.tries && before?.state === 'issued' ? 'too-many' : 'wrong';
}

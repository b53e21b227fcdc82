import { type Challenge, PAGE_BUTTONS, type PageAnswer, type PageRequest } from '../model/index.js';
import type { BotTurn, SimulatedConversation } from './format.js';

/** The official page, for conversations that are played once more with verified hand-offs. */
export interface SimulatedPage {
  ask(request: PageRequest): Promise<PageAnswer>;
}

/** What is said where a plain hand-off shows the official link. */
const PLAIN_LINK = 'hand-off.page';
/** What is said in place of it, up to the link. */
const VERIFIED_LINK: readonly string[] = ['hand-off.notice', 'hand-off.verified-page', 'hand-off.open-it'];
/** What a plain hand-off says of the page, and asks; after a verified one, it is one text. */
const PLAIN_ASK = /^hand-off\.(?:page|how|[a-z-]+\.asks)$/;
const VERIFIED_ASK = 'hand-off.resetting';

/** Whether a conversation hands anybody over. */
export function isRecovery({ run, turns }: SimulatedConversation): boolean {
  return (
    run.hand_offs === 'both' && turns.some((turn) => 'bot' in turn && saysOf(turn.bot).includes(PLAIN_LINK))
  );
}

/** What is written for the plain way of a turn, as it is where both ends are compared. */
export interface VerifiedTurn {
  /** Before the page; `null` where nobody is handed over in this turn. */
  readonly before: BotTurn | null;
  readonly after: BotTurn;
}

export function asVerified(turn: BotTurn): VerifiedTurn {
  const wanted = saysOf(turn);
  const own = wanted.filter((key) => !PLAIN_ASK.test(key));
  if (own.length === wanted.length) return { before: null, after: turn };
  const { says: _, links, ...rest } = turn;
  if (!wanted.includes(PLAIN_LINK)) return { before: null, after: { ...rest, says: [...own, VERIFIED_ASK] } };
  const linked = links === undefined ? {} : { links };
  return {
    before: { says: [...own, ...VERIFIED_LINK], ...linked },
    after: { ...rest, says: VERIFIED_ASK },
  };
}

/** What a person does on the page and on the way back from it, one after another. */
export type Crossing =
  | { readonly kind: 'asks'; readonly request: PageRequest }
  /** By the page's own link. */
  | { readonly kind: 'returns'; readonly nonce: string }
  | { readonly kind: 'picks'; readonly value: string };

const BROWSER = 'simulated-browser-1';

/** The way over the page, as a person goes it who is who they are. */
export function crossingOf({ id, handles, ownHandle, nonce, picture }: Challenge): readonly Crossing[] {
  const opens: Crossing = { kind: 'asks', request: { kind: 'open', id, browser: BROWSER } };
  if (handles.length === 0) return [opens, { kind: 'returns', nonce }];
  const chooses: PageRequest = { kind: 'choose-handle', id, browser: BROWSER, index: ownHandle };
  return [
    opens,
    { kind: 'asks', request: chooses },
    { kind: 'picks', value: `${PAGE_BUTTONS.picture}${picture}` },
  ];
}

function saysOf({ says }: BotTurn): readonly string[] {
  return says === undefined ? [] : [says].flat();
}

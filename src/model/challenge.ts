/** How far a verified hand-off has come. `stopped`: by the person, or because the two ends did not match. */
export type ChallengeState = 'issued' | 'opened' | 'pictures' | 'matched' | 'completed' | 'stopped';

/**
 * One pending verification: a person is led to the official page, and both ends are compared. It stands in the
 * snapshot, so that every step of it is a turn of the conversation: counted, spent and ended in the same commit.
 */
export interface Challenge {
  /** 128 random bits in base64url; the `jti` of the token in the link. */
  readonly id: string;
  /** Name of the hand-off in the registry. */
  readonly handOff: string;
  readonly state: ChallengeState;
  /** Epoch ms. */
  readonly issuedAt: number;
  /** Epoch ms after which nothing of it is taken any more, but what became of what was matched by then. */
  readonly deadline: number;
  /** HOTP secret of the link numbers (RFC 4226): 160 bits in base64url. */
  readonly secret: string;
  /**
   * Counter of the present link number; moved on when one is used or replaced, so that an older one is worth nothing.
   */
  readonly counter: number;
  /** How often the present link number was checked. */
  readonly tries: number;
  /** Opaque name of the browser that opened it; only that one goes on. */
  readonly browser: string | null;
  readonly openedAt: number | null;
  /** What the page sends back through the person's own Telegram account; 128 random bits in base64url. */
  readonly nonce: string;
  /** Where there is no such way back: four handles of which `ownHandle` is the person's. */
  readonly handles: readonly string[];
  readonly ownHandle: number;
  /** Nine pictures of {@link PICTURES}, of which the page shows `picture`. */
  readonly pictures: readonly number[];
  readonly picture: number;
}

/**
 * What is new on the official page. `mismatch`: the one on the page is not the one in the chat. `too-many`: its link
 * number was tried too often.
 */
export type PageNews =
  | 'opened'
  | 'pictures'
  | 'matched'
  | 'mismatch'
  | 'too-many'
  | 'mail-sent'
  | 'completed'
  | 'abandoned'
  | 'stopped';

/**
 * What the official page's server asks, after its signature was checked. `browser`: an opaque name it gave a browser.
 */
export type PageRequest =
  | { readonly kind: 'open'; readonly id: string; readonly browser: string }
  | { readonly kind: 'open-by-number'; readonly number: string; readonly browser: string }
  /** `null`: none of them is the person. */
  | {
      readonly kind: 'choose-handle';
      readonly id: string;
      readonly browser: string;
      readonly index: number | null;
    }
  /** Somebody else came back by the link of this hand-off. */
  | { readonly kind: 'returned-elsewhere'; readonly nonce: string }
  | { readonly kind: 'progress'; readonly id: string; readonly step: 'mail-sent' }
  | { readonly kind: 'result'; readonly id: string; readonly outcome: 'completed' | 'abandoned' };

/** What the official page's server is answered; nothing in it tells one person from another. */
export type PageAnswer =
  | {
      readonly kind: 'opened';
      readonly id: string;
      readonly deadline: number;
      readonly match:
        | { readonly kind: 'return'; readonly nonce: string }
        | { readonly kind: 'handles'; readonly handles: readonly string[] };
    }
  | { readonly kind: 'picture'; readonly picture: number }
  | { readonly kind: 'noted' }
  /**
   * `unknown` stands for everything that must not be told apart: never issued, expired, spent, another browser, wrong
   * number.
   */
  | { readonly kind: 'refused'; readonly why: 'unknown' | 'stopped' };

/** Pictures that both ends show, as emoji that look different on every system and are called the same by everybody. */
export const PICTURES = [
  ...'🍎🍌🍇🍓🍋🥕🌽🍄🍞🧀🥚🍕🎂🍭☕🍺',
  ...'🐶🐱🐭🐰🦊🐻🐼🐸🐵🐔🐧🦉🐢🐟🐬🦋',
  ...'🌵🌲🌻🌹🌙⭐🔥🌈⛄🌊⚡☂⛰🏠🏰⛺',
  ...'🚗🚲🚂✈⛵🚀⏰🔑🔔🎁🎈🎸🥁⚽🎲✂',
] as const;

/**
 * Values of buttons that are judged by the challenge: a picture with its number, none of them, and an end to the page.
 */
export const PAGE_BUTTONS = { picture: 'picture-', noPicture: 'picture-none', stop: 'stop-page' } as const;

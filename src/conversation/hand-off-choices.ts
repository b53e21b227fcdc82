import type { HandOffOutcome } from '../content/index.js';

/** The answers to "how did it go?" after a plain hand-off, with what each leads to. */
export const HAND_OFF_CHOICES: readonly {
  readonly value: string;
  readonly label: string;
  /** Said before going on; `null` for none. */
  readonly says: string | null;
  readonly outcome: HandOffOutcome;
  /** Intents that mean this answer when typed. */
  readonly means: readonly string[];
}[] = [
  { value: 'done', label: 'hand-off.btn-done', says: null, outcome: 'done', means: [] },
  {
    value: 'no-mail',
    label: 'hand-off.btn-no-mail',
    says: null,
    outcome: 'no-mail',
    means: ['mail-missing'],
  },
  {
    value: 'no-code',
    label: 'hand-off.btn-no-code',
    says: null,
    outcome: 'no-code',
    means: ['code-missing'],
  },
  {
    value: 'expired',
    label: 'hand-off.btn-expired',
    says: null,
    outcome: 'expired',
    means: ['link-expired'],
  },
  {
    value: 'no-access',
    label: 'hand-off.btn-no-access',
    says: null,
    outcome: 'no-access',
    means: ['lost-access', 'lost-mailbox', 'lost-number', 'forgot-answer'],
  },
  {
    value: 'asked-phrase',
    label: 'hand-off.btn-asked-phrase',
    says: 'hand-off.not-ours',
    outcome: 'stopped',
    means: [],
  },
];

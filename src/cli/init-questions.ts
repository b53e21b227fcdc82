import {
  type Checked,
  checkHandle,
  checkHours,
  checkMail,
  checkName,
  checkOwnPage,
  checkPage,
  checkSite,
  hoursText,
  problem,
  secretIn,
  used,
} from './init-checks.js';

/** Answers as texts in their one form; lists with `, ` between, empty for what there is not. */
export type Texts = Readonly<Partial<Record<QuestionId, string>>>;

export type QuestionId = (typeof QUESTIONS)[number]['id'];

/** One question of `lifeline init`, in the order they are asked. */
export interface Question {
  readonly id: string;
  readonly ask: string;
  /** Why it is asked, and what is done with it, in a line. */
  readonly explain: string;
  /** What no answer means; `null` when there must be one. */
  readonly none: string | null;
  /** One answer, or each of several with commas or spaces between. */
  readonly many?: true;
  /** Checks one answer; `sites` are those answered before. */
  readonly check: (text: string, sites: readonly string[]) => Checked<string>;
}

const page = (text: string): Checked<string> => checkPage(text);
const AS_HELP = 'the help center';

/** Everything about the product. Names are those of an answers file. */
export const QUESTIONS = [
  {
    id: 'product',
    ask: 'What is the product called?',
    explain: 'People see this name; write it as they know it.',
    none: null,
    check: checkName,
  },
  {
    id: 'sites',
    ask: 'Which are your own sites?',
    explain: 'Every page on them counts as official. Several: with commas.',
    none: null,
    many: true,
    check: checkSite,
  },
  {
    id: 'reset',
    ask: 'On which page do people reset their password?',
    explain: 'The bot leads people there. It must be on one of your sites.',
    none: null,
    check: checkOwnPage,
  },
  {
    id: 'mirrors',
    ask: 'Is there another official address of that page?',
    explain: 'For people who cannot open the first one. Several: with commas.',
    none: 'none',
    many: true,
    check: page,
  },
  {
    id: 'senders',
    ask: 'From which address does the reset mail come?',
    explain: 'Mail from any other is called not yours. Several: with commas.',
    none: null,
    many: true,
    check: checkMail,
  },
  {
    id: 'help',
    ask: 'Where is your help center?',
    explain: 'For what the bot does not know; pages on topics can be set later.',
    none: null,
    check: page,
  },
  {
    id: 'live-chat',
    ask: 'Is there a page with a live chat?',
    explain: 'A way to reach your support team.',
    none: 'no live chat',
    check: page,
  },
  {
    id: 'ticket',
    ask: 'Is there a page to write a support ticket?',
    explain: 'A way to reach your support team.',
    none: 'no tickets',
    check: page,
  },
  {
    id: 'mail',
    ask: 'Is there a mail address of your support?',
    explain: 'An answer from any other address is called not yours.',
    none: 'no mail',
    check: checkMail,
  },
  {
    id: 'x',
    ask: 'Is there an official account on X?',
    explain: 'Its handle, such as @your_wallet, so that people can tell copies.',
    none: 'no account',
    check: checkHandle,
  },
  {
    id: 'community',
    ask: 'Is there an official community?',
    explain: 'Its address. People are told that nobody there is support.',
    none: 'no community',
    check: page,
  },
  {
    id: 'report',
    ask: 'Where do people report a scam?',
    explain: 'The page for that, if there is one.',
    none: AS_HELP,
    check: page,
  },
  {
    id: 'status',
    ask: 'Where do people see whether the service runs?',
    explain: 'The page for that, if there is one.',
    none: AS_HELP,
    check: page,
  },
  {
    id: 'explorer',
    ask: 'Where do people look up a transaction?',
    explain: 'A block explorer: yours, or a public one that you trust.',
    none: null,
    check: page,
  },
  {
    id: 'app',
    ask: 'Where do people get the app?',
    explain: 'The page with the downloads for all systems.',
    none: 'your first site',
    check: page,
  },
  {
    id: 'hours',
    ask: 'When is somebody there?',
    explain: 'Your support, such as  mon-fri 09:00-18:00 Europe/Berlin',
    none: 'always',
    check: (text) => {
      const hours = checkHours(text);
      return 'problem' in hours ? hours : used(hours.value === null ? '' : hoursText(hours.value));
    },
  },
] as const satisfies readonly Question[];

/** The answers of a text with several. */
export function listOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\s,;]+/).filter((one) => one !== '');
}

/** Checks a whole answer and brings it into its one form. Refuses secrets, which belong into no answer. */
export function checkAnswer(question: Question, text: string, sites: readonly string[]): Checked<string> {
  const typed = text.trim();
  if (typed === '' || (question.none !== null && /^(none|no|-)$/i.test(typed)))
    return question.none === null ? problem('This one is needed.') : used('');
  const secret = secretIn(typed);
  if (secret !== null)
    return problem(
      `That looks like ${secret}. It does not belong here, nor anywhere else where people read.`,
    );
  const checked = (question.many === true ? listOf(typed) : [typed]).map((one) => question.check(one, sites));
  const wrong = checked.find((one) => 'problem' in one);
  if (wrong !== undefined) return wrong;
  return used([...new Set(checked.flatMap((one) => ('value' in one ? one.value : [])))].join(', '));
}

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { refuseExampleRegistry } from '../authoring/refuse-example.js';
import { writeLanguageFlow, writeLocales, writeRegistry } from '../authoring/write-registry.js';
import { type Bundle, buildBundle, type ContentFiles, formatFinding } from '../content/index.js';
import { SETTINGS_SCHEMA } from '../infra/settings.js';
import { LifelineError } from '../model/index.js';
import type { Before } from './init-before.js';
import { checkHours } from './init-checks.js';
import { changeEnv } from './init-env.js';
import { listOf, type Texts } from './init-questions.js';

/** Everything that was answered. */
export interface Setup {
  /** An answer to every question. */
  readonly texts: Texts;
  readonly languages: readonly string[];
  /** Handles of the bot on the platforms it is on. */
  readonly bot: Readonly<Record<string, string>>;
  /** Settings to write; those that are not named stay as they are. */
  readonly settings: Readonly<Record<string, string | null>>;
}

/** One file to write. */
export interface PlannedFile {
  readonly path: string;
  readonly text: string;
  readonly change: 'new' | 'changed';
  /** Only its owner may read it. */
  readonly secret: boolean;
}

export interface Plan {
  /** Files to write; the content folder is new when it is not there yet. */
  readonly files: readonly PlannedFile[];
  /** Where the content is. */
  readonly folder: string;
  /** The text of the registry, to look at. */
  readonly registry: string;
  /** Hosts whose addresses count as official from then on, and those of single pages beyond them. */
  readonly sites: readonly string[];
  readonly alsoOfficial: readonly string[];
  /** What the shipped words still offer though there is no such thing. */
  readonly promises: readonly string[];
  /** Whether a secret was made. */
  readonly secretMade: boolean;
  /** The settings that are written, or were so already. */
  readonly settings: Setup['settings'];
}

/** Links that lead to the help center until somebody sets a page of their own. */
const HELP_PAGES = [
  ...['help-fees', 'help-limits', 'help-assets', 'help-swap', 'help-account', 'help-identity'],
  ...['help-transactions', 'security-guide'],
];
const SYSTEMS = ['ios', 'android', 'windows', 'macos'];
const REGISTRY = 'flows/official.yaml';
const LOCALES = 'locales/locales.yaml';
const LANGUAGE = 'flows/language.yaml';

/** What writing the answers down would change. Throws `content-invalid` when the result would not be valid. */
export function planFiles(before: Before, setup: Setup): Plan {
  const content = contentOf(before, setup);
  const bundle = compiled(content);
  const planned = [...content].flatMap(([name, text]): PlannedFile[] => {
    const present = before.isThere ? before.files.get(name) : undefined;
    if (present === text) return [];
    const change = present === undefined ? 'new' : 'changed';
    return [{ path: join(before.folder, name), text, change, secret: false }];
  });
  const { settings, secretMade } = settingsOf(before, setup);
  const envText = changeEnv(before.envText, settings);
  const env: readonly PlannedFile[] =
    envText === before.envText
      ? []
      : [
          {
            path: before.envFile,
            text: envText,
            change: before.envText === null ? 'new' : 'changed',
            secret: true,
          },
        ];
  return {
    files: [...planned, ...env],
    folder: before.folder,
    registry: content.get(REGISTRY) ?? '',
    ...hostsOf(bundle),
    promises: promisesOf(setup.texts),
    secretMade,
    settings,
  };
}

/** The content as it would be. */
function contentOf(before: Before, setup: Setup): ContentFiles {
  const { files, shipped, names } = before;
  const { languages } = setup;
  const isSpoken = (name: string): boolean => {
    const tag = /^locales\/([^/]+)\//.exec(name)?.[1];
    return tag === undefined || languages.includes(tag);
  };
  const lacking = languages.filter(
    (tag) => ![...files.keys()].some((name) => name.startsWith(`locales/${tag}/`)),
  );
  const added = [...shipped].filter(([name]) => lacking.some((tag) => name.startsWith(`locales/${tag}/`)));
  // A language that is spoken no more keeps its files where they are: somebody may have worked on them.
  const kept = [...files].filter(([name]) => before.isThere || isSpoken(name));
  const content = new Map([...kept, ...added]);
  content.set(REGISTRY, writeRegistry(files.get(REGISTRY) ?? '', registryOf(before, setup)));
  content.set(LOCALES, writeLocales(files.get(LOCALES) ?? '', languages, names));
  const language = files.get(LANGUAGE);
  if (language !== undefined)
    content.set(LANGUAGE, writeLanguageFlow(language, shipped.get(LANGUAGE) ?? '', languages));
  return content;
}

function registryOf(before: Before, { texts, bot }: Setup): Parameters<typeof writeRegistry>[1] {
  const text = (id: keyof Texts): string => texts[id] ?? '';
  const orHelp = (id: keyof Texts): string => (text(id) === '' ? text('help') : text(id));
  const origins = listOf(text('sites'));
  const app = text('app') === '' ? (origins[0] ?? '') : text('app');
  const link = (id: 'live-chat' | 'ticket' | 'community') => (text(id) === '' ? null : { link: id });
  const hours = checkHours(text('hours') === '' ? 'always' : text('hours'));
  const topics = HELP_PAGES.filter((name) => isForHelp(before, name));
  const systems = SYSTEMS.filter((system) => isForApp(before, system));
  // The shipped content names handles that are nobody's of ours.
  const keptHandle = (platform: string): string | null =>
    before.isThere ? (before.bot[platform] ?? null) : null;
  return {
    product: text('product'),
    origins,
    resetMirrors: listOf(text('mirrors')),
    links: {
      'reset-help': text('reset'),
      'help-center': text('help'),
      'live-chat': orHelp('live-chat'),
      ticket: orHelp('ticket'),
      community: orHelp('community'),
      'report-scam': orHelp('report'),
      status: orHelp('status'),
      explorer: text('explorer'),
      ...Object.fromEntries(topics.map((name) => [name, text('help')])),
    },
    downloads: Object.fromEntries(systems.map((system) => [system, app])),
    senders: listOf(text('senders')),
    support: {
      'help-center': { link: 'help-center' },
      'live-chat': link('live-chat'),
      ticket: link('ticket'),
      mail: text('mail') === '' ? null : { mail: text('mail') },
      x: text('x') === '' ? null : { handle: text('x') },
      community: link('community'),
    },
    bot: {
      telegram: keptHandle('telegram'),
      discord: keptHandle('discord'),
      slack: keptHandle('slack'),
      ...bot,
    },
    hours: 'value' in hours ? hours.value : null,
  };
}

/** Whether a page led to the help center before, or nowhere real: one that somebody set stays. */
function isForHelp(before: Before, name: string): boolean {
  const url = before.pages[`links.${name}`];
  return url === undefined || url === before.texts.help;
}

function isForApp(before: Before, system: string): boolean {
  const url = before.pages[`downloads.${system}`];
  return url === undefined || url === before.pages['downloads.ios'];
}

function compiled(content: ContentFiles): Bundle {
  const built = buildBundle(content);
  if (built.kind === 'broken')
    throw new LifelineError(
      'content-invalid',
      `With these answers the content would have mistakes; nothing was written:\n${built.findings.slice(0, 10).map(formatFinding).join('\n')}`,
    );
  refuseExampleRegistry(content);
  return built.bundle;
}

function hostsOf({ registry }: Bundle): Pick<Plan, 'sites' | 'alsoOfficial'> {
  const sites = registry.origins.map((origin) => new URL(origin).host);
  return { sites, alsoOfficial: registry.hosts.filter((host) => !sites.includes(host)) };
}

/** Settings with where the content is and the secret everything is encrypted with, unless there is one already. */
function settingsOf(
  before: Before,
  setup: Setup,
): { readonly settings: Setup['settings']; readonly secretMade: boolean } {
  const { env } = before;
  const store = env.LIFELINE_STORE ?? SETTINGS_SCHEMA.shape.LIFELINE_STORE.parse(undefined);
  const besideStore = store.startsWith('lmdb:') && existsSync(join(store.slice('lmdb:'.length), 'secret'));
  const hasSecret = (env.LIFELINE_SECRET ?? '') !== '' || 'LIFELINE_SECRET' in setup.settings || besideStore;
  return {
    settings: {
      ...setup.settings,
      LIFELINE_CONTENT: before.folder,
      ...(hasSecret ? {} : { LIFELINE_SECRET: randomBytes(32).toString('base64') }),
    },
    secretMade: !hasSecret,
  };
}

/** Ways to reach support that the shipped words speak of. */
const PROMISES: readonly { readonly id: keyof Texts; readonly what: string }[] = [
  { id: 'live-chat', what: 'live chat' },
  { id: 'ticket', what: 'tickets' },
  { id: 'mail', what: 'mail address' },
  { id: 'x', what: 'account on X' },
  { id: 'community', what: 'community' },
];

function promisesOf(texts: Texts): readonly string[] {
  return PROMISES.filter(({ id }) => (texts[id] ?? '') === '').map(({ what }) => what);
}

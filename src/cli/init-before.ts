import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { parse } from 'dotenv';
import { checkShape } from '../content/check-shape.js';
import type { ContentFiles } from '../content/index.js';
import { readContentFiles } from '../content/read-files.js';
import { exampleText, REGISTRY_SCHEMA } from '../content/registry.js';
import { parseYaml } from '../content/yaml-source.js';
import { SETTINGS_SCHEMA } from '../infra/settings.js';
import { LifelineError } from '../model/index.js';
import { hoursText } from './init-checks.js';
import type { QuestionId, Texts } from './init-questions.js';

/** What is there before `lifeline init` writes anything. */
export interface Before {
  /** The folder with the content, as it goes into the settings. */
  readonly folder: string;
  /** The files of the content, or those of the shipped one where there is none yet. */
  readonly files: ContentFiles;
  readonly shipped: ContentFiles;
  /** Whether the content is there already. */
  readonly isThere: boolean;
  readonly envFile: string;
  /** The text of the `.env` file; `null` where there is none. */
  readonly envText: string | null;
  /** What is set in it, below what the environment sets. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of settings that the environment sets: it comes before the file. */
  readonly outside: readonly string[];
  /** Answers that the registry gives, without examples. */
  readonly texts: Texts;
  /** Addresses of links and downloads by their place in the registry (`links.help-fees`), without examples. */
  readonly pages: Readonly<Record<string, string>>;
  /** Handles of the bot by platform, without examples. */
  readonly bot: Readonly<Record<string, string>>;
  readonly languages: readonly string[];
  /** All languages there are, in their own names. */
  readonly names: Readonly<Record<string, string>>;
}

/** Where to look. */
export interface Around {
  /** The content folder that was named; that of the settings otherwise, else `content`. */
  readonly content: string | undefined;
  readonly envFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder with the shipped content. */
  readonly shipped: string;
}

const REGISTRY = 'flows/official.yaml';
const LOCALES = 'locales/locales.yaml';
const FOLDER = 'content';

/**
 * Looks at what is there. Throws `settings-invalid` for a content folder that is none, and `content-invalid` for a
 * registry that cannot be read.
 */
export async function lookAround(around: Around): Promise<Before> {
  const { content, envFile, environment } = around;
  const envText = existsSync(envFile) ? readFileSync(envFile, 'utf8') : null;
  const outside = Object.keys(SETTINGS_SCHEMA.shape).filter((name) => (environment[name] ?? '') !== '');
  const env = {
    ...(envText === null ? {} : parse(envText)),
    ...Object.fromEntries(outside.map((name) => [name, environment[name] ?? ''])),
  };
  const folder = content ?? (env.LIFELINE_CONTENT || FOLDER);
  const shipped = await readContentFiles(around.shipped);
  refuseShipped(folder, around.shipped);
  const isThere = existsSync(folder);
  if (isThere && !existsSync(join(folder, 'flows')))
    throw new LifelineError(
      'settings-invalid',
      `${folder} is there and holds no content (no folder "flows"). Name another one with --content DIR.`,
    );
  const files = isThere ? await readContentFiles(folder) : shipped;
  const names = { ...namesOf(shipped), ...namesOf(files) };
  return {
    folder,
    files,
    shipped,
    isThere,
    envFile,
    envText,
    env,
    outside,
    ...registryOf(files),
    languages: isThere ? Object.keys(namesOf(files)) : Object.keys(names),
    names,
  };
}

/** The shipped content is what every new one is made from, so it stays as it is. */
function refuseShipped(folder: string, shipped: string): void {
  const way = relative(shipped, resolve(folder));
  const isShipped = way === '' || (/^(flows|locales)(\/|$)/.test(way) && !isAbsolute(way));
  if (isShipped)
    throw new LifelineError(
      'settings-invalid',
      `${folder} is the shipped content, which stays as it is. Name another folder with --content DIR.`,
    );
}

function namesOf(files: ContentFiles): Readonly<Record<string, string>> {
  const { source } = parseYaml(LOCALES, files.get(LOCALES) ?? '');
  const names = (source.value as { names?: unknown } | null)?.names;
  if (typeof names !== 'object' || names === null)
    throw new LifelineError('content-invalid', `${LOCALES} names no languages. lifeline check says more.`);
  return names as Readonly<Record<string, string>>;
}

function registryOf(files: ContentFiles): Pick<Before, 'texts' | 'pages' | 'bot'> {
  const { source, findings } = parseYaml(REGISTRY, files.get(REGISTRY) ?? '');
  const shape = findings.length > 0 ? { findings } : checkShape(source, REGISTRY_SCHEMA);
  if ('findings' in shape)
    throw new LifelineError('content-invalid', `${REGISTRY} cannot be read. Mend it first: lifeline check`);
  const { product, origins, links, downloads, senders, support, bot, hours } = shape.value;
  const help = links['help-center']?.url;
  const isOffered = (channel: string): boolean =>
    support.some((entry) => entry.channel === channel && entry.none !== true);
  const linkOf = (name: string): string | undefined => links[name]?.url;
  const unlessHelp = (url: string | undefined): string | undefined => (url === help ? '' : url);
  const texts = {
    product: product.name,
    sites: origins.join(', '),
    reset: linkOf('reset-help'),
    mirrors: (links['reset-help']?.mirrors ?? []).join(', '),
    senders: senders
      .filter((sender) => sender.for === 'reset')
      .map(({ mail }) => mail)
      .join(', '),
    help,
    'live-chat': isOffered('live-chat') ? linkOf('live-chat') : '',
    ticket: isOffered('ticket') ? linkOf('ticket') : '',
    mail: support.find(({ channel }) => channel === 'mail')?.mail ?? '',
    x: support.find(({ channel }) => channel === 'x')?.handle ?? '',
    community: isOffered('community') ? linkOf('community') : '',
    report: unlessHelp(linkOf('report-scam')),
    status: unlessHelp(linkOf('status')),
    explorer: linkOf('explorer'),
    app: downloads.ios === origins[0] ? '' : downloads.ios,
    hours: hours === undefined ? '' : hoursText(hours),
  };
  const pages = {
    ...Object.fromEntries(Object.entries(links).map(([name, { url }]) => [`links.${name}`, url])),
    ...Object.fromEntries(Object.entries(downloads).map(([system, url]) => [`downloads.${system}`, url])),
  };
  return {
    texts: withoutExamples(texts, product.name),
    pages: realEntries(pages),
    bot: realEntries(bot),
  };
}

/** A registry whose product is an example gives no answers: not even its hours are anybody's. */
function withoutExamples(texts: Readonly<Record<QuestionId, string | undefined>>, product: string): Texts {
  return exampleText(product) ? {} : realEntries(texts);
}

function realEntries<Key extends string>(
  entries: Readonly<Partial<Record<Key, string | undefined>>>,
): Record<Key, string> {
  const real = Object.entries(entries).filter(
    (entry): entry is [Key, string] => typeof entry[1] === 'string' && !exampleText(entry[1]),
  );
  return Object.fromEntries(real) as Record<Key, string>;
}

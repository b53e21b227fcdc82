import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseRegistry, type Registry } from '../content/index.js';
import { createImpersonationJudge, createLinkJudge, createTextPolicy } from '../guard/index.js';
import type { HostListed } from '../guard/links/verdict.js';
import { blockListUrls, keptLists } from '../infra/block-lists.js';
import { readSettings } from '../infra/settings.js';
import { LifelineError } from '../model/index.js';
import { contentFolder } from './content-folder.js';
import { answerJsonLines } from './json-lines.js';

/** An id comes back as whoever asks gave it. */
const linksAsked = z.object({ id: z.unknown(), text: z.string() });
const author = z.object({ name: z.string().nullish(), handle: z.string().nullish() });
const impersonationAsked = z.object({ id: z.unknown(), text: z.string(), author: author.nullish() });

export interface LinkOptions {
  readonly content: string | undefined;
  /** A registry file; that of the content when it is not given. */
  readonly registry?: string;
  /** Texts come as lines of JSON. */
  readonly jsonl?: boolean;
}

/** `lifeline links`: every link of a text with a verdict, and whether the text might leave. */
export async function links(text: string | undefined, options: LinkOptions): Promise<void> {
  const registry = await registryOf(options);
  const judge = createLinkJudge(registry, await listed());
  const breaks = createTextPolicy(registry);
  if (options.jsonl === true) {
    await answerJsonLines(linksAsked, (asked) => ({
      id: asked.id,
      links: judge(asked.text),
      outboundAllowed: breaks(asked.text) === null,
    }));
    return;
  }
  const given = needed(text);
  const lines = judge(given).map(
    ({ url, verdict, why }) => `${verdict.padEnd(9)} ${why.padEnd(18)} ${shown(url)}`,
  );
  const broken = breaks(given);
  process.stdout.write(
    `${[...lines, `outbound  ${broken === null ? 'allowed' : `refused (${broken})`}`].join('\n')}\n`,
  );
}

/** `lifeline impersonation`: whether a message in a group would be taken for fake support, and why. */
export async function impersonation(text: string | undefined, options: LinkOptions): Promise<void> {
  const judge = createImpersonationJudge(await registryOf(options), await listed());
  if (options.jsonl === true) {
    await answerJsonLines(impersonationAsked, (asked) => {
      const by = asked.author ?? {};
      return { id: asked.id, ...judge(asked.text, { name: by.name ?? '', handle: by.handle ?? '' }) };
    });
    return;
  }
  const { scam, why } = judge(needed(text));
  process.stdout.write(`${scam ? 'fake support' : 'left alone'} (${why})\n`);
}

/** The block lists of the settings, as the bot has kept them. */
function listed(): Promise<HostListed> {
  const { LIFELINE_BLOCK_LISTS: named, LIFELINE_BLOCK_LISTS_FOLDER: folder } = readSettings(process.env);
  return keptLists(blockListUrls(named), folder);
}

async function registryOf({ registry, content }: LinkOptions): Promise<Registry> {
  const folder = contentFolder(content);
  const file = registry ?? `${folder}/flows/official.yaml`;
  try {
    return parseRegistry(file, await readFile(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof LifelineError) throw cause;
    throw new LifelineError('settings-invalid', `The registry ${file} cannot be read.`, { cause });
  }
}

function needed(text: string | undefined): string {
  if (text !== undefined) return text;
  throw new LifelineError('settings-invalid', 'Give a text, or --jsonl and lines of JSON.');
}

/** Without characters that would change the terminal. */
function shown(url: string): string {
  return url.replace(/[^\P{C}\u200b-\u200f]/gu, '').slice(0, 200);
}

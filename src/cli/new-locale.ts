import { checkAndProve } from '../authoring/check-and-prove.js';
import {
  addLocale,
  type DraftState,
  draftState,
  draftsOf,
  finishLocale,
  ownName,
  readTag,
  updateDraft,
  withDraftServed,
} from '../authoring/new-locale.js';
import { buildBundle, type ContentFiles, didYouMean, formatFinding } from '../content/index.js';
import { LifelineError } from '../model/index.js';
import { asTyped } from './as-typed.js';
import { chat } from './chat.js';
import { countOf } from './count-of.js';
import { createDialogue, type Dialogue, type DialogueStreams, Left } from './init-dialogue.js';
import { type Ground, openGround, summaryOf } from './new-plan.js';
import { changesOf, writeChanges } from './write-changes.js';

export interface LocaleOptions {
  readonly content?: string | undefined;
  readonly name?: string;
  readonly from?: string;
  readonly serve?: boolean;
  readonly same?: readonly string[];
}

/** Names that are printed of a long list. */
const SHOWN = 8;

/**
 * `lifeline new locale`: makes a draft of a language, says what is left to translate of one, or finishes it. Throws
 * `settings-invalid` for a language that cannot be, and `content-invalid` for a draft that cannot be served yet.
 */
export async function newLocale(tag: string | undefined, options: LocaleOptions): Promise<void> {
  const ground = await openGround(options.content);
  if (tag !== undefined) {
    process.stdout.write(`${asTyped(makeLocale(ground, tag, options).join('\n'))}\n`);
    return;
  }
  const { stdin: input, stdout: output } = process;
  if (input.isTTY !== true || output.isTTY !== true)
    throw new LifelineError('settings-invalid', 'Name the language: lifeline new locale fr');
  const asked = await askLocale({ input, output }, ground, options);
  if (asked === 'left') {
    process.stderr.write('Nothing was written.\n');
    process.exitCode = 130;
  } else if (asked !== 'written') {
    await chat({ content: ground.folder, locale: asked.chatIn, color: true });
  }
}

/** Does it, and returns what there is to say. */
export function makeLocale(ground: Ground, typed: string, options: LocaleOptions): readonly string[] {
  const drafts = draftsOf(ground.files);
  const isDraft = Object.hasOwn(drafts, typed.trim());
  const read = isDraft ? { tag: typed.trim() } : readTag(ground.bundle, typed);
  if ('problem' in read) throw new LifelineError('settings-invalid', read.problem);
  const { tag } = read;
  if (Object.hasOwn(drafts, tag))
    return options.serve === true ? finish(ground, tag, options.same ?? []) : goOn(ground, tag);
  if (options.serve === true)
    throw new LifelineError(
      'settings-invalid',
      `There is no draft of ${tag} yet. Make one: lifeline new locale ${tag}`,
    );
  return begin(ground, tag, options);
}

function begin(ground: Ground, tag: string, { name, from }: LocaleOptions): readonly string[] {
  const { locales } = ground.bundle;
  const other = from ?? locales.source;
  if (!Object.hasOwn(locales.names, other))
    throw new LifelineError(
      'settings-invalid',
      `There is no language "${other}" to begin with${didYouMean(other, Object.keys(locales.names))}`,
    );
  const own = (name ?? ownName(tag)).trim();
  if (own === '' || own.length > 40 || /[\p{Cc}\p{Cf}<>{}]/u.test(own))
    throw new LifelineError(
      'settings-invalid',
      'The name of a language has 1 to 40 letters, such as Français.',
    );
  const after = addLocale(ground.files, { tag, name: own, from: other });
  const changes = changesOf(ground.files, after);
  assertValid(after, tag);
  writeChanges(ground.folder, changes);
  return [...summaryOf(ground.folder, changes), ...leftLines(tag, own, other, draftState(after, tag))];
}

function goOn(ground: Ground, tag: string): readonly string[] {
  const after = updateDraft(ground.files, tag);
  const changes = changesOf(ground.files, after);
  assertValid(after, tag);
  writeChanges(ground.folder, changes);
  const { fallbacks, source } = ground.bundle.locales;
  const name = draftsOf(after)[tag] ?? tag;
  return [
    ...summaryOf(ground.folder, changes),
    ...leftLines(tag, name, fallbacks[tag] ?? source, draftState(after, tag)),
  ];
}

function finish(ground: Ground, tag: string, same: readonly string[]): readonly string[] {
  const { texts, missing, phrases } = draftState(ground.files, tag);
  const left = [...missing, ...texts.filter((key) => !same.includes(key))];
  if (left.length + phrases.length > 0)
    throw new LifelineError(
      'content-invalid',
      [
        `${tag} is not served yet, so that nobody reads two languages in one chat. Left to translate:`,
        ...(left.length > 0 ? [`  texts: ${shown(left)}`] : []),
        ...(phrases.length > 0 ? [`  phrases: ${shown(phrases)}`] : []),
        `A text that really reads the same: --same KEY`,
      ].join('\n'),
    );
  const after = finishLocale(ground.files, tag);
  const built = buildBundle(after);
  if (built.kind === 'broken')
    throw new LifelineError(
      'content-invalid',
      `Nothing was written. Mend this first:\n${built.findings.map(formatFinding).join('\n')}`,
    );
  const errors = checkAndProve({ files: after, unread: [] }, ground.shelf).findings.filter(
    ({ level }) => level === 'error',
  );
  // Texts are read and approved by name; until then the bot goes on with the content before.
  const next =
    errors.length === 0
      ? []
      : [`Before it goes live, lifeline check wants ${countOf(errors.length, 'thing')} mended.`];
  const changes = changesOf(ground.files, after);
  writeChanges(ground.folder, changes);
  return [
    ...summaryOf(ground.folder, changes),
    `${tag} is served from now on. Try it: lifeline chat --locale ${tag}`,
    ...next,
    'Simulated conversations that list the languages on offer need the new one: lifeline simulate says which.',
  ];
}

/** A draft that nobody could read never gets into the files. */
function assertValid(files: ContentFiles, tag: string): void {
  const built = buildBundle(withDraftServed(files, tag));
  if (built.kind === 'broken')
    throw new LifelineError(
      'content-invalid',
      `The draft ${tag} has mistakes; mend them first:\n${built.findings.map(formatFinding).join('\n')}`,
    );
}

function leftLines(tag: string, name: string, from: string, state: DraftState): readonly string[] {
  const { texts, missing, phrases } = state;
  const count = texts.length + missing.length;
  if (count + phrases.length === 0)
    return [`${name} (${tag}) is translated. Serve it: lifeline new locale ${tag} --serve`];
  return [
    `${name} (${tag}) is a draft: nobody is answered in it yet.`,
    `Left to translate, because it reads as in ${from}:`,
    ...(count > 0 ? [`  ${countOf(count, 'text')}: ${shown([...missing, ...texts])}`] : []),
    ...(phrases.length > 0 ? [`  ${countOf(phrases.length, 'list')} of phrases: ${shown(phrases)}`] : []),
    `See it: lifeline chat --locale ${tag}`,
  ];
}

function shown(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return `${names.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What came of the questions: where to talk to the language, if the person wants to. */
export type AskedLocale = { readonly chatIn: string } | 'written' | 'left';

/** Asks for a language, writes its draft, says what is left to translate, and whether to talk in it now. */
export async function askLocale(
  streams: DialogueStreams,
  ground: Ground,
  options: LocaleOptions = {},
): Promise<AskedLocale> {
  const dialogue = createDialogue(streams);
  let isWritten = false;
  try {
    dialogue.opening('A new language. Ctrl-C leaves; nothing is written until the last question.');
    const asked = await askWhich(dialogue, ground);
    dialogue.say(makeLocale(ground, asked.tag, { ...options, ...asked }).join('\n'));
    isWritten = true;
    const next = await dialogue.one('It is written. Try it now?', [
      { value: 'chat', label: 'Yes, open a chat in it' },
      { value: 'end', label: 'No' },
    ]);
    dialogue.closing(`Any time: lifeline chat --locale ${asked.tag}`);
    return next === 'chat' ? { chatIn: asked.tag } : 'written';
  } catch (error) {
    if (error instanceof Left) return isWritten ? 'written' : 'left';
    throw error;
  }
}

async function askWhich(
  dialogue: Dialogue,
  { files, bundle }: Ground,
): Promise<{ readonly tag: string; readonly name?: string; readonly from?: string }> {
  const typed = await dialogue.text({
    ask: 'Which language?',
    explain: 'Its tag: fr, pt-BR, zh-HK …',
    before: '',
    hint: 'fr',
    check: (text) => {
      const read = readTag(bundle, text);
      return 'problem' in read ? read.problem : null;
    },
  });
  const read = readTag(bundle, typed);
  const tag = 'tag' in read ? read.tag : typed.trim();
  if (Object.hasOwn(draftsOf(files), tag)) return { tag };
  const name = await dialogue.text({
    ask: 'What does it call itself?',
    explain: 'People choose it by this name.',
    before: ownName(tag),
    hint: null,
    check: (text) => (text.trim() === '' ? 'A name is needed.' : null),
  });
  const names = Object.entries(bundle.locales.names);
  const from = await dialogue.one(
    'From which language will it be translated?',
    names.map(([value, label]) => ({ value, label })),
  );
  return { tag, name, from };
}

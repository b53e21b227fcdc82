import { localesFor, MIN_PHRASES, type NewEntry, type Part } from '../authoring/new-entry.js';
import { refusePhrase, refuseText } from '../authoring/refuse-words.js';
import { createDialogue, type Dialogue, type DialogueStreams, Left } from './init-dialogue.js';
import { newLines } from './new-given.js';
import {
  type EntryKind,
  type EntryPlan,
  type Ground,
  PARTS,
  planEntry,
  refuseEntryName,
  summaryOf,
} from './new-plan.js';
import { writeChanges } from './write-changes.js';

/** How the questions ended. */
export type Asked = 'left' | 'written' | { readonly chatAt: string; readonly locale: string };

/** Asks for an answer or a flow, shows what would be written, and writes it; nothing when the person leaves. */
export async function askEntry(
  streams: DialogueStreams,
  ground: Ground,
  kind: EntryKind,
  name: string | undefined,
): Promise<Asked> {
  const dialogue = createDialogue(streams);
  let isWritten = false;
  try {
    dialogue.opening(`A new ${kind}. Ctrl-C leaves; nothing is written until you say so.`);
    const { entry, changes } = await agreed(dialogue, ground, kind, name);
    writeChanges(ground.folder, changes);
    isWritten = true;
    const [locale = ''] = localesFor(ground.bundle);
    const next = await dialogue.one('It is written. Try it now?', [
      { value: 'chat', label: 'Yes, open a chat there' },
      { value: 'end', label: 'No' },
    ]);
    dialogue.closing(`Any time: lifeline chat --at ${entry.name}`);
    return next === 'chat' ? { chatAt: entry.name, locale } : 'written';
  } catch (error) {
    if (error instanceof Left) return isWritten ? 'written' : 'left';
    throw error;
  }
}

/** The plan that the person wants written. */
async function agreed(
  dialogue: Dialogue,
  ground: Ground,
  kind: EntryKind,
  name: string | undefined,
): Promise<EntryPlan> {
  let entry = await askWords(dialogue, ground, kind, { ...EMPTY, name: name ?? '' }, name !== undefined);
  for (;;) {
    dialogue.say('Checking …');
    const plan = await planEntry(ground, kind, entry);
    const { wrong, warnings, says } = plan.trial;
    const isGood = wrong.length === 0;
    if (isGood) {
      for (const warning of warnings) dialogue.warn(warning);
      dialogue.box(summaryOf(ground.folder, plan.changes).join('\n'), 'What will be written');
      dialogue.say(says);
    } else dialogue.warn(`This cannot be written yet:\n${wrong.join('\n')}`);
    const choice = await dialogue.one(isGood ? 'Write it?' : 'Change an answer?', [
      ...(isGood ? [{ value: 'write', label: 'Yes, write it' }] : []),
      { value: 'change', label: isGood ? 'Change an answer' : 'Yes' },
      { value: 'leave', label: 'No, write nothing' },
    ]);
    if (choice === 'leave') throw new Left();
    if (choice === 'write') return plan;
    entry = await askWords(dialogue, ground, kind, entry, false);
  }
}

const EMPTY: NewEntry = { name: '', words: {}, phrases: {}, links: [], private: false };

/** Asks for everything, beginning with what was answered before. */
async function askWords(
  dialogue: Dialogue,
  ground: Ground,
  kind: EntryKind,
  before: NewEntry,
  isNamed: boolean,
): Promise<NewEntry> {
  const { bundle } = ground;
  const check = (typed: string): string | null => refuseEntryName(bundle, kind, typed);
  const name =
    isNamed && check(before.name) === null
      ? before.name.trim()
      : await dialogue.text({
          ask: 'What is it called?',
          explain: 'Small Latin letters, with - between words; only you see it.',
          before: before.name,
          hint: 'fees-abroad',
          check,
        });
  const words: Record<string, Readonly<Record<string, string>>> = {};
  const phrases: Record<string, readonly string[]> = {};
  const locales = localesFor(bundle);
  for (const locale of locales) {
    const language = bundle.locales.names[locale] ?? locale;
    const source = locale === locales[0] ? undefined : words[locales[0] ?? ''];
    words[locale] = await askParts(dialogue, ground, PARTS[kind], { locale, language, before, source });
    phrases[locale] = await askPhrases(dialogue, ground, { locale, language, before });
  }
  const links = kind === 'answer' ? await askLinks(dialogue, ground, before) : [];
  const where = await dialogue.one('Where may it be said?', [
    { value: 'everywhere', label: 'Everywhere', hint: 'in groups, too' },
    { value: 'direct', label: 'Only in a direct chat', hint: "about the person's own account" },
  ]);
  return { name: name.trim(), words, phrases, links, private: where === 'direct' };
}

interface InLocale {
  readonly locale: string;
  readonly language: string;
  readonly before: NewEntry;
}

async function askParts(
  dialogue: Dialogue,
  ground: Ground,
  parts: readonly Part[],
  {
    locale,
    language,
    before,
    source,
  }: InLocale & { readonly source: Readonly<Record<string, string>> | undefined },
): Promise<Readonly<Record<string, string>>> {
  const words: Record<string, string> = {};
  for (const { id, kind, ask, explain } of parts) {
    const like = source?.[id] ?? null;
    const typed = await dialogue.text({
      ask: `${ask}, in ${language}`,
      explain: like === null ? explain : like.replaceAll('\n', ' '),
      before: (before.words[locale]?.[id] ?? '').replaceAll('\n', '\\n'),
      hint: null,
      check: (text) => refuseText(ground, locale, kind, newLines(text), like),
    });
    words[id] = newLines(typed);
  }
  return words;
}

async function askPhrases(
  dialogue: Dialogue,
  { bundle }: Ground,
  { locale, language, before }: InLocale,
): Promise<readonly string[]> {
  const phrases: string[] = [];
  const earlier = before.phrases[locale] ?? [];
  for (let index = 0; index < Math.max(MIN_PHRASES, earlier.length); index += 1) {
    const typed = await dialogue.text({
      ask: `How do people say it in ${language}? (${index + 1} of ${MIN_PHRASES})`,
      explain: 'As somebody types who is in a hurry: short, long, with mistakes.',
      before: earlier[index] ?? '',
      hint: null,
      check: (text) => refusePhrase(bundle, locale, text, phrases),
    });
    phrases.push(typed.trim());
  }
  return phrases;
}

function askLinks(dialogue: Dialogue, { bundle }: Ground, before: NewEntry): Promise<readonly string[]> {
  const links = [...bundle.registry.links.values()].filter(({ name }) =>
    bundle.texts.get(bundle.locales.source)?.has(`link.${name}`),
  );
  return dialogue.some({
    ask: 'Which links does it give?',
    explain: 'From flows/official.yaml. Space chooses, Enter goes on; none is fine.',
    options: links.map(({ name, url }) => ({ value: name, label: name, hint: url })),
    before: before.links,
    atLeastOne: false,
  });
}

import { expect, it } from 'vitest';
import { ADDRESS, LONG_TEXT } from './contract-content.js';
import type { Person } from './fixture.js';
import { CALLS, LABELS, LINKS, MARKUP } from './markup.js';
import type { Scene } from './scene.js';
import { echo, echoes, openEcho } from './talk.js';

const SAFE = 'en common text removed safe';

/** Words arrive as words, whatever they are and however many. */
export function wordsContract(scene: () => Scene): void {
  it('splits a long text into messages, one row a call, and cuts no sign and no address', async () => {
    const process = await scene().start({ letsAllOut: true });
    const { platform } = scene();
    const ann = platform.person();
    const squeezed = (text: string): string => text.replace(/\s+/g, '');
    ann.says('en wants long');
    // The first text is the standing warning.
    const parts = () => scene().hears(ann).slice(1);
    await scene().until(() => squeezed(parts().join('')).length >= squeezed(LONG_TEXT).length);
    expect(squeezed(parts().join(''))).toBe(squeezed(LONG_TEXT));
    for (const part of parts()) {
      expect(part).not.toMatch(/\p{Surrogate}/u);
      expect(part.replaceAll(ADDRESS, '')).not.toMatch(/https?:|wallet\.example|help\/fees/);
    }
    const rows = process.commits.at(-1)?.outbox.filter(({ shown }) => shown.kind === 'message');
    expect(parts().length).toBeGreaterThanOrEqual(1);
    expect(rows).toHaveLength(parts().length + 1);
    expect(platform.posts()).toBe(parts().length + 1);
  });

  it('shows what a person wrote as it was written: no formatting, no mention', async () => {
    await scene().start({ letsAllOut: true });
    const ann = scene().platform.person({ name: '*ann* <!here>' });
    await openEcho(scene(), ann);
    for (const words of MARKUP) await echo(scene(), ann, words.replaceAll('\n', ' '));
    expect(echoes(scene(), ann).slice(1)).toEqual(MARKUP.map((words) => words.replaceAll('\n', ' ')));
    expect(marksOf(ann)).toEqual([]);
  });

  it('lets no call and no address of others leave, in whatever form', async () => {
    await scene().start();
    const ann = scene().platform.person({ name: '<!channel> evil.example' });
    await openEcho(scene(), ann);
    for (const words of [...CALLS, ...LINKS]) {
      const from = scene().hears(ann).length;
      ann.says(words);
      await scene().until(() => scene().hears(ann).length > from);
    }
    expect(marksOf(ann)).toEqual([]);
    for (const text of scene().hears(ann)) expect(text === SAFE || !/evil/.test(text)).toBe(true);
  });

  it('shows texts and labels of translators as they are written', async () => {
    await scene().start({ letsAllOut: true });
    const ann = scene().platform.person();
    ann.says('en wants marked');
    await scene().heard(ann, 'any of these?');
    const heard = scene().hears(ann).join('\n\n');
    for (const text of MARKUP) expect(heard).toContain(text);
    expect(marksOf(ann)).toEqual([]);
    const { choices = [] } = ann.sees().at(-1) ?? {};
    expect(choices).toEqual(LABELS.map((label) => shortened(label, choices)));
    ann.taps(choices[0] ?? '');
    await openEcho(scene(), ann);
  });
}

/** What is more than words in everything that the bot says. */
function marksOf(person: Person): readonly string[] {
  return person.sees().flatMap(({ from, marks }) => (from === 'bot' ? marks : []));
}

/** The label as the platform shows it: whole, or its beginning. */
function shortened(label: string, shown: readonly string[]): string {
  return (
    shown.find((one) => one === label || (one.endsWith('…') && label.startsWith(one.slice(0, -1)))) ?? label
  );
}

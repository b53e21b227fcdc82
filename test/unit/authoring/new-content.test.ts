import { describe, expect, it } from 'vitest';
import { addAnswer } from '../../../src/authoring/new-answer.js';
import type { NewEntry } from '../../../src/authoring/new-entry.js';
import { addFlow } from '../../../src/authoring/new-flow.js';
import {
  addLocale,
  draftState,
  draftsOf,
  finishLocale,
  ownName,
  readTag,
  updateDraft,
  withDraftServed,
} from '../../../src/authoring/new-locale.js';
import { writeLocales } from '../../../src/authoring/write-registry.js';
import { readConversation } from '../../../src/simulate/read-conversation.js';
import { runSimulations } from '../../../src/simulation.js';
import { bundleOf, edited, smallContent, withFile } from '../../support/small-content.js';

const bundle = bundleOf(smallContent());

const ANSWER: NewEntry = {
  name: 'gas',
  words: {
    en: { title: 'No gas', text: 'Nothing goes\n\nwithout gas.' },
    'zh-CN': { title: '没有 gas', text: '没有 gas 不能转账。' },
  },
  phrases: {
    en: ['no gas', 'out of gas', 'gas is empty', 'cannot pay gas', '007'],
    'zh-CN': ['没有gas', 'gas没了', '付不起gas', 'gas不够', 'gas空了'],
  },
  links: ['help-fees'],
  private: true,
};

const FLOW: NewEntry = {
  ...ANSWER,
  name: 'gas-or-not',
  words: Object.fromEntries(
    ['en', 'zh-CN'].map((tag) => [
      tag,
      {
        title: `${tag}: gas`,
        question: `${tag} which?`,
        first: `${tag} one`,
        'first-reply': `${tag} is one`,
        second: `${tag} two`,
        'second-reply': `${tag} is two`,
      },
    ]),
  ),
};

describe('a new answer', () => {
  it('stands in all its files, behind what was there', () => {
    const before = smallContent();
    const after = addAnswer(before, ANSWER);
    for (const [path, text] of before) {
      const lines = (after.get(path) ?? '').split('\n');
      expect(text.split('\n').every((line) => lines.includes(line))).toBe(true);
    }
    const { flows, texts, phrases } = bundleOf(after);
    expect(flows.get('gas')?.steps.get('answer')).toMatchObject({
      say: 'answers.gas',
      links: ['help-fees'],
      private: true,
    });
    expect(
      texts
        .get('en')
        ?.get('answers.gas')
        ?.format(() => ''),
    ).toBe('Nothing goes\n\nwithout gas.');
    expect(
      texts
        .get('zh-CN')
        ?.get('title.gas')
        ?.format(() => ''),
    ).toBe('没有 gas');
    expect(phrases.get('en')?.intents.get('gas')).toEqual(ANSWER.phrases.en);
  });

  it('is noted as compared with its source, among what was', () => {
    const path = 'locales/zh-CN/stamps.yaml';
    const before = 'source: en\ntexts:\n  a.b: "0"\n  b.c: "1"\n  title.z: "2"\n';
    const after = addAnswer(withFile(smallContent(), path, before), ANSWER);
    const lines = (after.get(path) ?? '').split('\n').map((line) => line.trim().split(':', 1)[0]);
    expect(lines).toEqual([
      expect.stringContaining('# Which source text'),
      'source',
      'texts',
      'a.b',
      'answers.gas',
      'b.c',
      'title.gas',
      'title.z',
      '',
    ]);
    expect(addAnswer(smallContent(), ANSWER).get(path)).toMatch(
      /^# .*\nsource: en\ntexts:\n {2}answers\.gas: "[0-9a-f]{8}"\n/,
    );
    const other = '# mine\nsource: zh-CN\ntexts:\n';
    expect(addAnswer(withFile(smallContent(), path, other), ANSWER).get(path)).toBe(other);
  });
});

describe('a new flow', () => {
  it('is valid, and its conversation reaches every step of it on every platform', async () => {
    const after = addFlow(smallContent(), FLOW);
    const path = 'test/conversations/gas-or-not.yaml';
    const read = readConversation(path, after.get(path) ?? '');
    if (!('conversation' in read)) throw new Error(JSON.stringify(read.findings));
    const { played, coverage } = await runSimulations(bundleOf(after), [read.conversation]);
    expect(played).toHaveLength(8);
    expect(played.flatMap(({ failure }) => failure ?? [])).toEqual([]);
    const { steps, edges } = coverage;
    expect([...steps.missing, ...edges.missing].filter((name) => name.startsWith('gas-or-not.'))).toEqual([]);
  });
});

describe('a language tag', () => {
  it.each([
    ['fr', 'fr'],
    [' FR ', 'fr'],
    ['pt-br', 'pt-BR'],
    ['pt_BR', 'pt-BR'],
    ['zh-hant-hk', 'zh-Hant-HK'],
  ])('%j is %s', (typed, tag) => {
    expect(readTag(bundle, typed)).toEqual({ tag });
  });

  it.each([
    ['', 'is needed'],
    ['French', 'language tag'],
    ['f', 'language tag'],
    ['xq', 'no language "xq"'],
    ['fr-QQ', 'region "QQ"'],
    ['en', 'is served already'],
    ['../fr', 'language tag'],
    ['en-u-ca-buddhist', 'language tag'],
  ])('%j is none that can be added', (typed, said) => {
    expect(readTag(bundle, typed)).toMatchObject({ problem: expect.stringContaining(said) });
  });

  it('has a name of its own', () => {
    expect([ownName('fr'), ownName('ja')]).toEqual(['Français', '日本語']);
  });
});

describe('a draft of a language', () => {
  const draft = addLocale(smallContent(), { tag: 'fr', name: 'Français', from: 'en' });

  it('is there with everything to translate, and not served', () => {
    expect(draftsOf(draft)).toEqual({ fr: 'Français' });
    const { locales, texts } = bundleOf(draft);
    expect(locales).toMatchObject({ required: ['en', 'zh-CN'], fallbacks: { fr: 'en' } });
    expect([...texts.keys()]).toEqual(['en', 'zh-CN']);
    const { texts: left, missing, phrases } = draftState(draft, 'fr');
    expect(left).toHaveLength(bundle.texts.get('en')?.size ?? 0);
    expect(missing).toEqual([]);
    expect(phrases).toContain('fees');
    expect(phrases).toContain('cancel');
  });

  it('can be tried out as if it were served', () => {
    const { texts, locales } = bundleOf(withDraftServed(draft, 'fr'));
    expect(texts.has('fr')).toBe(true);
    expect(locales.drafts).toBeUndefined();
    expect(withDraftServed(draft, 'de')).toBe(draft);
  });

  it('counts down as it is translated, and leaves out what reads the same everywhere', () => {
    const path = 'locales/fr/texts.yaml';
    const one = edited(draft, path, 'answers.fees: "en answers fees"', 'answers.fees: "frais"');
    const before = draftState(draft, 'fr').texts;
    expect(draftState(one, 'fr').texts).toEqual(before.filter((key) => key !== 'answers.fees'));
    const same = ['en', 'zh-CN', 'fr'].reduce(
      (files, tag) => edited(files, `locales/${tag}/texts.yaml`, 'thanks: "', 'thanks: "OK" # "'),
      draft,
    );
    expect(draftState(same, 'fr').texts).not.toContain('answers.thanks');
  });

  it('is as long a draft as it reads as in any language that is served', () => {
    const [path, locales] = ['locales/fr/texts.yaml', 'locales/locales.yaml'];
    const chinese = edited(draft, path, '"en answers fees"', '"zh-CN answers fees"');
    expect(draftState(chinese, 'fr').texts).toContain('answers.fees');
    const written = writeLocales(draft.get(locales) ?? '', ['zh-CN', 'en'], {
      en: 'English',
      'zh-CN': '简体中文',
    });
    const after = withFile(draft, locales, written);
    expect(draftsOf(after)).toEqual({ fr: 'Français' });
    expect(draftState(after, 'fr')).toEqual(draftState(draft, 'fr'));
  });

  it('is given what came into the content since', () => {
    const after = addAnswer(draft, ANSWER);
    expect(draftState(after, 'fr')).toMatchObject({ missing: ['title.gas', 'answers.gas'] });
    const updated = updateDraft(after, 'fr');
    expect(draftState(updated, 'fr').missing).toEqual([]);
    expect(draftState(updated, 'fr').texts).toContain('answers.gas');
    expect(updated.get('locales/fr/phrases.yaml')).toContain('  gas:\n    - no gas\n');
    expect(updateDraft(updated, 'fr')).toEqual(updated);
  });

  it('stands beside others', () => {
    const two = addLocale(draft, { tag: 'de', name: 'Deutsch', from: 'zh-CN' });
    expect(draftsOf(two)).toEqual({ fr: 'Français', de: 'Deutsch' });
    expect(draftsOf(withDraftServed(two, 'fr'))).toEqual({ de: 'Deutsch' });
  });

  it('is served, needed and chosen by a button once it is finished', () => {
    const finished = finishLocale(draft, 'fr');
    const { locales, flows, texts } = bundleOf(finished);
    expect(locales).toMatchObject({ required: ['en', 'zh-CN', 'fr'], names: { fr: 'Français' } });
    expect(draftsOf(finished)).toEqual({});
    const step = flows.get('language')?.steps.get('which');
    expect(step?.verb === 'ask' ? step.buttons.map(({ value }) => value) : []).toEqual(['en', 'zh-CN', 'fr']);
    for (const tag of ['en', 'zh-CN', 'fr'])
      expect(
        texts
          .get(tag)
          ?.get('language.btn-fr')
          ?.format(() => ''),
      ).toBe('Français');
  });

  it('leaves a flow of another make alone', () => {
    const other = withFile(draft, 'flows/language.yaml', '# mine\n');
    expect(finishLocale(other, 'fr').get('flows/language.yaml')).toBe('# mine\n');
  });
});

import { describe, expect, it } from 'vitest';
import { judgeContent } from '../../src/authoring/reload/judge.js';
import type { ContentFiles } from '../../src/content/index.js';
import { NO_MEMORY } from '../../src/content/memory.js';
import { createOutboundPolicy } from '../../src/guard/index.js';
import { createLiveContent } from '../../src/live-content.js';
import type { ModelShelf, OutboxRow } from '../../src/model/index.js';
import { checkedContent } from '../support/checked-content.js';
import { bundleOf, edited } from '../support/small-content.js';

const small = checkedContent();
const empty = (): ModelShelf => ({ get: () => null, put: () => undefined });
const first = () => ({ files: small, bundle: bundleOf(small) });
const nothing = { choices: [], expects: [] };

/** What a judge elsewhere hands over: plain data only, as between threads. */
function judged(files: ContentFiles) {
  const fit = judgeContent({ files, isForReal: false, isLive: true }, empty(), NO_MEMORY);
  if (fit.kind === 'unfit') throw new Error(fit.findings.map(({ message }) => message).join('\n'));
  return structuredClone(fit);
}

describe('live content', () => {
  it('says the new words after a swap, and keeps what has not changed', () => {
    const live = createLiveContent(first(), new Uint8Array(32), { waits: false });
    const before = live.engine();
    const files = edited(small, 'locales/en/texts.yaml', 'en mail came', 'has it come');
    live.swap(files, judged(files));
    const after = live.engine();
    const said = after.bundle.texts
      .get('en')
      ?.get('mail.came')
      ?.format(() => undefined);
    expect(said).toBe('has it come');
    expect(after.bundle.hash).toBe(bundleOf(files).hash);
    expect([after.conversation, after.understanding]).toEqual([before.conversation, before.understanding]);
    expect(after.bundle.registry).toBe(before.bundle.registry);
  });

  it('understands new phrases by the models that come with them', () => {
    const live = createLiveContent(first(), new Uint8Array(32), { waits: false, shelf: empty() });
    const files = edited(small, 'locales/en/phrases.yaml', 'en wants fees', 'what do you charge');
    live.swap(files, judged(files));
    const { event } = live.engine().understanding.understand('what do you charge', 'en', nothing);
    expect(event).toMatchObject({ kind: 'intent', intent: 'fees' });
  });

  it('judges rows that were committed before by the registry of now', () => {
    const live = createLiveContent(first(), new Uint8Array(32), { waits: false });
    const policy = createOutboundPolicy(() => live.engine().bundle.registry);
    const row = {
      links: ['help-fees'],
      shown: { kind: 'message', keys: [], choices: [] },
      call: { method: 'show', payload: { text: 'https://wallet.example/help/fees' } },
    } as unknown as OutboxRow;
    expect(policy(row)).toBeNull();
    const moved = edited(
      small,
      'flows/official.yaml',
      'wallet.example/help/fees',
      'wallet.example/help/costs',
    );
    live.swap(moved, judged(moved));
    expect(policy(row)).toBe('unlisted-address');
    const named = new Map(
      [...moved].map(([name, text]) => [name, text.replaceAll('help-fees', 'help-costs')]),
    );
    live.swap(named, judged(named));
    expect(policy(row)).toBe('link-withdrawn');
  });

  it('lets only what needs a model wait while models are trained', async () => {
    // No other test has trained on these.
    const own = edited(small, 'locales/en/phrases.yaml', 'en weather', 'en rain');
    const parts = { files: own, bundle: bundleOf(own) };
    const live = createLiveContent(parts, new Uint8Array(32), { waits: true, shelf: empty() });
    const { understanding } = live.engine();
    const yes = { choices: [{ value: 'yes', label: 'Yes', means: [] }], expects: [] };
    expect(understanding.understand('yes', 'en', yes).event).toEqual({ kind: 'choice', value: 'yes' });
    expect(understanding.understand('en help', 'en', nothing).event).toMatchObject({ kind: 'global' });
    const ask = () => understanding.understand('something about costs', 'en', nothing);
    expect(ask).toThrow(expect.objectContaining({ code: 'still-learning' }));
    await live.learn(async () => judged(own).models);
    await live.learned();
    expect(ask().event.kind).not.toBe('');
  });

  it('is made ready after what waits for the models, and lets others have their turn between', async () => {
    const order: string[] = [];
    const own = edited(small, 'locales/en/phrases.yaml', 'en weather', 'en snow');
    const parts = { files: own, bundle: bundleOf(own) };
    const live = createLiveContent(parts, new Uint8Array(32), { waits: true, shelf: empty() });
    const { understanding } = live.engine();
    const understand = understanding.understand.bind(understanding);
    Object.assign(understanding, {
      understand: (...said: Parameters<typeof understand>) => {
        order.push('step');
        setImmediate(() => order.push('other'));
        return understand(...said);
      },
    });
    void live.learned().then(() => order.push('learned'));
    await live.learn(async () => judged(own).models);
    expect(order.slice(0, 5)).toEqual(['learned', 'step', 'other', 'step', 'other']);
  });

  it('trains here when nobody does it elsewhere', async () => {
    const live = createLiveContent(first(), new Uint8Array(32), { waits: true, shelf: empty() });
    await expect(live.learn(() => Promise.reject(new Error('no thread')))).rejects.toThrow('no thread');
    const { event } = live.engine().understanding.understand('en wants fees', 'en', nothing);
    expect(event).toMatchObject({ kind: 'intent', intent: 'fees' });
  });
});

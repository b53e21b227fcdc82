import { describe, expect, it } from 'vitest';
import { createGroupWatch } from '../../../src/guard/index.js';
import type { InboundContent, InboundMessage } from '../../../src/model/index.js';
import { inbound } from '../../support/engine.js';
import { openReception, type ReceptionParts } from '../../support/reception.js';
import { bundleOf, smallContent } from '../../support/small-content.js';

const DAY_MS = 86_400_000;
const PHRASE = `${'abandon '.repeat(11)}about`;
const watch = createGroupWatch(bundleOf(smallContent()).registry);
const setUp = (parts: ReceptionParts = {}) => openReception({ watch, ...parts });

const text = (words: string): InboundContent => ({ kind: 'text', text: words });
const overheard = (
  update: number,
  content: InboundContent,
  options: { user?: string; place?: string; name?: string; handle?: string } = {},
): InboundMessage => {
  const { name = 'Joe', handle, ...where } = options;
  const author = { name, ...(handle === undefined ? {} : { handle }) };
  return { ...inbound(update, content, { place: '-9', ...where, public: true }), overheard: author };
};
const FAKE = text('Validate your wallet at https://dapp-fix.test');

describe('what is overheard in a group', () => {
  it.each<[string, InboundContent]>([
    ['ordinary talk', text('the fees are high today')],
    ['a question', text('is https://wallet.example.evil.test real?')],
    ['a warning', text('Admins never write first. Never share your phrase.')],
    ['a picture', { kind: 'media', media: 'photo', caption: '', fileName: '' }],
    ['something meant for us by its words only', text('wants mail-missing')],
  ])('is never answered: %s', async (_what, content) => {
    const { receiver, commits } = setUp();
    await expect(receiver.receive(overheard(1, content))).resolves.toEqual({
      kind: 'ignored',
      why: 'overheard',
    });
    expect(commits).toEqual([]);
  });

  it('is taken away when it is fake support; the group is warned and the support team told', async () => {
    const { receiver, commits, keys, memory, log } = setUp();
    await expect(receiver.receive(overheard(1, FAKE))).resolves.toEqual({ kind: 'committed' });
    expect(commits.map(({ outbox }) => outbox.map(({ shown }) => shown.kind))).toEqual([
      ['delete'],
      ['message'],
    ]);
    expect(keys(commits[1])).toEqual(['group.fake-support']);
    expect(await memory.listCases(9)).toMatchObject([
      { topic: 'fake-support', platform: 'telegram', state: 'open' },
    ]);
    expect(await memory.readCounters()).toMatchObject({ 'fake-support:wallet-ritual:telegram': 1 });
    expect(log.lines).toContainEqual(
      expect.objectContaining({ event: 'fake-support', code: 'wallet-ritual' }),
    );
    expect(JSON.stringify([commits, log.lines])).not.toMatch(/dapp-fix|Validate|Joe/);
    // No conversation begins by it.
    expect((await memory.load(overheard(1, FAKE).conversation)).snapshot).toBeNull();
  });

  it('is warned of once a person and day in a group, and taken away each time', async () => {
    const { receiver, commits, clock } = setUp();
    const kinds = (): readonly string[] =>
      commits.splice(0).flatMap(({ outbox }) => outbox.map(({ shown }) => shown.kind));
    await receiver.receive(overheard(1, FAKE));
    await receiver.receive(overheard(2, FAKE));
    expect(kinds()).toEqual(['delete', 'message', 'delete']);
    await receiver.receive(overheard(3, FAKE, { user: '6' }));
    expect(kinds()).toEqual(['delete', 'message']);
    await receiver.receive(overheard(4, FAKE, { place: '-10' }));
    expect(kinds()).toEqual(['delete', 'message']);
    clock.moveTo(clock.now() + DAY_MS);
    await receiver.receive(overheard(5, FAKE));
    expect(kinds()).toEqual(['delete', 'message']);
  });

  it('is answered once when it comes twice, and still warned of after a crash in between', async () => {
    const first = setUp();
    await first.receiver.receive(overheard(1, FAKE));
    await expect(first.receiver.receive(overheard(1, FAKE))).resolves.toEqual({ kind: 'duplicate' });
    expect(first.commits).toHaveLength(2);
    let died = false;
    const { receiver, commits, keys } = setUp({
      store: (memory) => ({
        commit: async (commit) => {
          if (commit.records.some(({ kind }) => kind === 'put-case') && !died) {
            died = true;
            throw new Error('the process ends here');
          }
          return memory.commit(commit);
        },
      }),
    });
    await expect(receiver.receive(overheard(1, FAKE))).rejects.toThrow('ends here');
    await receiver.receive(overheard(1, FAKE));
    expect(commits.flatMap((commit) => keys(commit))).toEqual(['group.fake-support']);
  });

  it('stays when it is not clear, and is warned of all the same', async () => {
    const { receiver, commits } = setUp({ watch: () => ({ scam: true, why: 'odds', isClear: false }) });
    await receiver.receive(overheard(1, text('hm')));
    expect(commits.map(({ outbox }) => outbox.map(({ shown }) => shown.kind))).toEqual([[], ['message']]);
  });

  it('is judged by captions, edits, hidden links and names', async () => {
    const { receiver, commits } = setUp();
    const hidden = {
      kind: 'text',
      text: 'our page',
      hiddenLinks: ['https://wallet.example.evil.test'],
    } as const;
    await receiver.receive(overheard(1, { kind: 'edit', text: 'DM me for help' }, { user: '1' }));
    await receiver.receive(
      overheard(
        2,
        { kind: 'media', media: 'photo', caption: 'send me your seed phrase', fileName: '' },
        { user: '2' },
      ),
    );
    await receiver.receive(overheard(3, hidden, { user: '3' }));
    await receiver.receive(overheard(4, text('hello'), { user: '4', name: 'Example Wallet Support' }));
    expect(commits).toHaveLength(8);
  });

  it('is left alone when one of our own accounts says it', async () => {
    const { receiver } = setUp();
    await expect(receiver.receive(overheard(1, FAKE, { handle: 'Example_Wallet' }))).resolves.toMatchObject({
      kind: 'ignored',
    });
  });

  it('is helped when it holds a secret, and nothing else of it is read', async () => {
    const { receiver, commits, keys } = setUp();
    await receiver.receive(overheard(1, text(`wants mail-missing ${PHRASE}`)));
    expect(keys(commits[0])).toContain('security.phrase-seen');
    expect(keys(commits[0])).not.toContain('mail.looked');
    expect(JSON.stringify(commits)).not.toContain('abandon');
  });

  it('is left alone where nobody watches', async () => {
    const { receiver } = openReception();
    await expect(receiver.receive(overheard(1, FAKE))).resolves.toMatchObject({ kind: 'ignored' });
  });
});

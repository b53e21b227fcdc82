import { describe, expect, it } from 'vitest';
import type { Challenge } from '../../../src/model/index.js';
import { MINUTE_MS, meet, PLAIN, REFUSED } from '../../support/hand-off.js';

/** Every word list begins with it; a public test vector. */
const PHRASE = `${'abandon '.repeat(11)}about`;
const OFFICIAL = { kind: 'text', text: 'wants is-it-official' } as const;
const RESTART = { kind: 'command', name: 'restart', text: '' } as const;

describe('a page that is heard of after the chat went on plainly', () => {
  it('leads back to the checked way when it is opened late', async () => {
    const { begin, passes, open, challenge, send, ask } = meet();
    await begin();
    expect(await passes(4 * MINUTE_MS)).toEqual(['hand-off.not-opened', ...PLAIN]);
    const { answer, said } = await open();
    expect(answer).toMatchObject({ kind: 'opened' });
    expect(said).toEqual(['hand-off.opened-return']);
    const { id, nonce } = await challenge();
    expect(await send({ kind: 'start', payload: `r_${nonce}` })).toEqual(['hand-off.resetting']);
    expect((await ask({ kind: 'progress', id, step: 'mail-sent' })).said).toEqual(['hand-off.mail-sent']);
  });

  it('shows the pictures when it is opened late', async () => {
    const { begin, passes, open, challenge, ask, tap } = meet('discord');
    await begin();
    await passes(4 * MINUTE_MS);
    expect((await open()).said).toEqual(['hand-off.opened-handles']);
    const { id, ownHandle, picture } = await challenge();
    const chosen = await ask({ kind: 'choose-handle', id, browser: 'b1', index: ownHandle });
    expect(chosen.said).toEqual(['hand-off.pictures']);
    expect(await tap(`picture-${picture}`)).toEqual(['hand-off.resetting']);
  });

  it.each(['telegram', 'discord'] as const)('can be stopped when it is opened late: %s', async (platform) => {
    const { begin, passes, open, tap } = meet(platform);
    await begin();
    await passes(4 * MINUTE_MS);
    await open();
    expect(await tap('stop')).toEqual(['hand-off.stopped', ...PLAIN]);
    expect((await open()).answer).toEqual({ kind: 'refused', why: 'stopped' });
  });

  it('is waited for until the link runs out, and no longer', async () => {
    const inTime = meet();
    await inTime.begin();
    await inTime.open();
    expect(await inTime.passes(14 * MINUTE_MS)).toEqual([]);
    const payload = `r_${(await inTime.challenge()).nonce}`;
    expect(await inTime.send({ kind: 'start', payload })).toEqual(['hand-off.resetting']);
    const late = meet();
    await late.begin();
    await late.passes(4 * MINUTE_MS);
    await late.open();
    expect(await late.passes(11 * MINUTE_MS)).toEqual(['hand-off.expired', ...PLAIN]);
    const { nonce } = await late.challenge();
    expect(await late.send({ kind: 'start', payload: `r_${nonce}` })).toContain('hand-off.late');
  });

  it('ends the hand-off when the person had stopped there before', async () => {
    const { begin, open, challenge, send, ask } = meet();
    await begin();
    await open();
    const { id, nonce } = await challenge();
    await send({ kind: 'start', payload: `r_${nonce}` });
    const abandoned = await ask({ kind: 'result', id, outcome: 'abandoned' });
    expect(abandoned.said).toEqual(['hand-off.abandoned', 'hand-off.how']);
    const completed = await ask({ kind: 'result', id, outcome: 'completed' });
    expect(completed.said).toEqual(['hand-off.completed', 'recover.after', 'common.bye']);
  });
});

describe('the mail of the page', () => {
  const resetting = async () => {
    const met = meet();
    await met.begin();
    await met.open();
    const { id, nonce } = await met.challenge();
    await met.send({ kind: 'start', payload: `r_${nonce}` });
    const sent = () => met.ask({ kind: 'progress', id, step: 'mail-sent' });
    const ends = (outcome: 'completed' | 'abandoned') => met.ask({ kind: 'result', id, outcome });
    return { ...met, sent, ends };
  };

  it('is asked after once, when it should have come', async () => {
    const { sent, passes, tap } = await resetting();
    expect(await passes(30 * MINUTE_MS)).toEqual([]);
    expect((await sent()).said).toEqual(['hand-off.mail-sent']);
    expect(await passes(9 * MINUTE_MS)).toEqual([]);
    expect(await passes(MINUTE_MS)).toEqual(['hand-off.mail-came']);
    expect(await passes(30 * MINUTE_MS)).toEqual([]);
    expect(await tap('no-mail')).toContain('mail.looked');
  });

  it('has as long again when it was sent again', async () => {
    const { sent, passes } = await resetting();
    await sent();
    await passes(9 * MINUTE_MS);
    expect((await sent()).said).toEqual(['hand-off.mail-sent']);
    expect(await passes(9 * MINUTE_MS)).toEqual([]);
    expect(await passes(MINUTE_MS)).toEqual(['hand-off.mail-came']);
    expect((await sent()).said).toEqual(['hand-off.mail-sent']);
  });

  it('is waited for no longer for a question that came between', async () => {
    const { sent, passes, send, place } = await resetting();
    await sent();
    await passes(4 * MINUTE_MS);
    expect(await send({ kind: 'text', text: 'wants fees' })).toEqual(['answers.fees', 'hand-off.mail-sent']);
    expect(await passes(6 * MINUTE_MS)).toEqual(['hand-off.mail-came']);
    expect(await send({ kind: 'text', text: 'wants fees' })).toEqual(['answers.fees', 'hand-off.mail-came']);
    expect(await place()).toBe('hand-off.mail-due');
  });

  it.each(['completed', 'abandoned'] as const)(
    'is asked after no more once it is over: %s',
    async (outcome) => {
      const { sent, passes, ends } = await resetting();
      await sent();
      expect((await ends(outcome)).said).toContain(`hand-off.${outcome}`);
      expect(await passes(30 * MINUTE_MS)).toEqual([]);
    },
  );
});

describe('the pictures', () => {
  const shown = async () => {
    const met = meet('discord');
    await met.begin();
    await met.open();
    const { id, ownHandle } = await met.challenge();
    await met.ask({ kind: 'choose-handle', id, browser: 'b1', index: ownHandle });
    return met;
  };

  it('are no wall: the plain way is beside them, and a way to stop the page', async () => {
    const skipped = await shown();
    expect(await skipped.tap('no-page')).toEqual(['hand-off.plain-instead', ...PLAIN]);
    const stopped = await shown();
    expect(await stopped.tap('stop')).toEqual(['hand-off.stopped', ...PLAIN]);
    expect((await stopped.challenge()).state).toBe('stopped');
  });

  it('are asked for until the link runs out, and then it goes on plainly', async () => {
    const { passes } = await shown();
    expect(await passes(14 * MINUTE_MS)).toEqual([]);
    expect(await passes(MINUTE_MS)).toEqual(['hand-off.expired', ...PLAIN]);
  });

  it.each([
    ['the right one', ({ picture }: Challenge) => `picture-${picture}`],
    [
      'another one',
      ({ picture, pictures }: Challenge) => `picture-${pictures.find((each) => each !== picture)}`,
    ],
    ['none of them', () => 'picture-none'],
  ])('raise no alarm at a link that has run out before its timer: %s', async (_, tapped) => {
    const { tap, clock, challenge } = await shown();
    clock.moveTo(clock.now() + 16 * MINUTE_MS);
    expect(await tap(tapped(await challenge()))).toEqual(['hand-off.expired', ...PLAIN]);
  });
});

describe('a page that is heard of while the chat is elsewhere', () => {
  it('opens nothing once the hand-off was left, and says so to the browser that opened it', async () => {
    const left = meet();
    await left.begin();
    await left.send(RESTART);
    expect(await left.open()).toEqual({ answer: REFUSED, said: [] });
    const { begin, open, send, challenge, desk, ask } = meet('discord');
    await begin();
    await open();
    await send(RESTART);
    const { id, ownHandle } = await challenge();
    expect(await desk.status(id, 'b1')).toBe('unknown');
    const chosen = await ask({ kind: 'choose-handle', id, browser: 'b1', index: ownHandle });
    expect(chosen).toEqual({ answer: REFUSED, said: [] });
  });

  it('leaves a question that came between, and goes on with the page', async () => {
    const { begin, open, send, challenge, place, passes } = meet();
    await begin();
    expect(await send(OFFICIAL)).toContain('official.which');
    expect((await open()).said).toEqual(['hand-off.opened-return']);
    expect(await send(OFFICIAL)).toContain('official.which');
    const { nonce } = await challenge();
    expect(await send({ kind: 'start', payload: `r_${nonce}` })).toEqual(['hand-off.resetting']);
    expect(await place()).toBe('hand-off.resetting');
    expect(await passes(20 * MINUTE_MS)).toEqual([]);
  });

  it('waits until an emergency is over, and says so', async () => {
    const { begin, open, send, challenge, tap } = meet();
    await begin();
    await send({ kind: 'text', text: PHRASE });
    expect((await open()).said).toEqual(['hand-off.opened-meanwhile', 'leaked.acts']);
    const { nonce } = await challenge();
    const returned = await send({ kind: 'start', payload: `r_${nonce}` });
    expect(returned).toEqual(['hand-off.page-waits', 'leaked.acts']);
    expect(await tap('false-alarm')).toEqual(['hand-off.resetting']);
  });

  it('can be stopped in an emergency too, which goes on', async () => {
    const { begin, open, send, tap, challenge, place } = meet();
    await begin();
    await send({ kind: 'text', text: PHRASE });
    await open();
    expect(await tap('stop-page')).toEqual(['hand-off.stopped-meanwhile', 'leaked.acts']);
    expect((await challenge()).state).toBe('stopped');
    expect(await tap('stop-page')).toEqual(['leaked.acts']);
    expect(await place()).toMatch(/^leaked-secret\./);
  });

  it('brings the advice for afterwards when the question between is over', async () => {
    const { begin, open, send, challenge, ask } = meet();
    await begin();
    await open();
    const { id, nonce } = await challenge();
    await send({ kind: 'start', payload: `r_${nonce}` });
    await send(OFFICIAL);
    const { said } = await ask({ kind: 'result', id, outcome: 'completed' });
    expect(said).toEqual(['hand-off.completed', 'official.which']);
    expect(await send({ kind: 'text', text: 'https://wallet.example' })).toContain('recover.after');
  });
});

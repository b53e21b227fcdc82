import { describe, expect, it } from 'vitest';
import { type Commit, PICTURES } from '../../../src/model/index.js';
import { MINUTE_MS, meet, PLAIN, REFUSED } from '../../support/hand-off.js';
import { START } from '../../support/talk.js';

describe('the audit trail of a verified hand-off', () => {
  it('tells of every step of it, once', async () => {
    const { begin, open, send, ask, challenge, noted } = meet();
    await begin();
    await open();
    await open();
    const { id, nonce } = await challenge();
    await send({ kind: 'start', payload: `r_${nonce}` });
    await ask({ kind: 'progress', id, step: 'mail-sent' });
    await ask({ kind: 'result', id, outcome: 'completed' });
    await ask({ kind: 'result', id, outcome: 'completed' });
    const steps = ['issued', 'opened', 'matched', 'mail-sent', 'completed'];
    expect(noted()).toEqual(steps.map((step) => `hand-off ${step}`));
  });

  it('tells of each try of a link number, and when there were too many', async () => {
    const { begin, number, ask, noted } = meet();
    await begin();
    const older = await number();
    const newest = await number();
    for (let wrong = 0; wrong < 6; wrong += 1)
      await ask({ kind: 'open-by-number', number: older, browser: 'b1' });
    await ask({ kind: 'open-by-number', number: newest, browser: 'b1' });
    expect(noted().slice(1)).toEqual([
      'link-number shown',
      'link-number shown',
      ...Array.from({ length: 5 }, () => 'link-number wrong'),
      'hand-off plain',
      'limit link-number',
      'limit link-number',
    ]);
  });

  it('tells of a mismatch, of who came back in the place of another, and of the limit', async () => {
    const { begin, open, send, challenge, noted } = meet();
    await begin();
    await open();
    const { nonce } = await challenge();
    await send({ kind: 'start', payload: `r_${nonce}` }, '6');
    expect(noted().slice(-2)).toEqual(['hand-off relayed', 'hand-off mismatch']);
    for (let round = 0; round < 3; round += 1) {
      await begin();
      await send({ kind: 'command', name: 'restart', text: '' });
    }
    expect(noted()).toContain('limit hand-off');
    expect(noted().at(-1)).toBe('hand-off plain');
  });
});

describe('a verified hand-off', () => {
  it('leads to the page by a signed link that is the same when it is shown again', async () => {
    const { begin, commits, messages, challenge, send } = meet();
    expect(await begin()).toEqual([
      'hand-off.notice',
      'safety.line',
      'hand-off.verified-page',
      'hand-off.open-it',
    ]);
    const link = (commit: Commit | undefined) =>
      messages(commit)
        .flatMap((message) => (message.kind === 'message' ? message.buttons : []))
        .findLast((button) => button.kind === 'url')?.url;
    const url = `https://wallet.example/help/fees#header.${(await challenge()).id}.signature`;
    expect(link(commits.at(-1))).toBe(url);
    expect(await send({ kind: 'text', text: 'wants fees' })).toContain('hand-off.open-it');
    expect(link(commits.at(-1))).toBe(url);
  });

  it('goes from the page back to Telegram and on to the reset', async () => {
    const { begin, open, send, ask, challenge, place, tap } = meet();
    await begin();
    const { answer, said } = await open();
    const { id, nonce, deadline } = await challenge();
    expect(answer).toEqual({ kind: 'opened', id, deadline, match: { kind: 'return', nonce } });
    expect(said).toEqual(['hand-off.opened-return']);
    expect(await send({ kind: 'start', payload: `r_${nonce}` })).toEqual(['hand-off.resetting']);
    expect((await ask({ kind: 'progress', id, step: 'mail-sent' })).said).toEqual(['hand-off.mail-sent']);
    const done = await ask({ kind: 'result', id, outcome: 'completed' });
    expect(done).toEqual({
      answer: { kind: 'noted' },
      said: ['hand-off.completed', 'recover.after', 'common.bye'],
    });
    expect(await place()).toBe('idle.idle');
    expect(await tap('no-mail')).not.toContain('hand-off.alarm');
  });

  it('lets the person choose their own name and a picture where the platform proves no return', async () => {
    const { begin, open, ask, tap, challenge, place, commits, messages } = meet('discord');
    await begin();
    const { answer } = await open();
    const { id, handles, ownHandle, picture, pictures } = await challenge();
    expect(answer).toMatchObject({ match: { kind: 'handles', handles } });
    expect([new Set(handles).size, handles[ownHandle]]).toEqual([4, 'Anna.77']);
    const chosen = await ask({ kind: 'choose-handle', id, browser: 'b1', index: ownHandle });
    expect(chosen).toEqual({ answer: { kind: 'picture', picture }, said: ['hand-off.pictures'] });
    const labels = messages(commits.at(-1)).flatMap((message) =>
      message.kind === 'message' ? message.buttons.map(({ label }) => label) : [],
    );
    expect(labels.slice(0, 9)).toEqual(pictures.map((index) => PICTURES[index]));
    expect(await tap(`picture-${picture}`)).toEqual(['hand-off.resetting']);
    expect(await place()).toBe('hand-off.resetting');
  });

  it.each<[string, (met: ReturnType<typeof meet>) => Promise<readonly string[]>]>([
    [
      'another name',
      async ({ ask, challenge }) => {
        const { id, ownHandle } = await challenge();
        return (await ask({ kind: 'choose-handle', id, browser: 'b1', index: (ownHandle + 1) % 4 })).said;
      },
    ],
    [
      'none of the names',
      async ({ ask, challenge }) => {
        const { id } = await challenge();
        return (await ask({ kind: 'choose-handle', id, browser: 'b1', index: null })).said;
      },
    ],
    [
      'another picture',
      async ({ ask, tap, challenge }) => {
        const { id, ownHandle, pictures, picture } = await challenge();
        await ask({ kind: 'choose-handle', id, browser: 'b1', index: ownHandle });
        return tap(`picture-${pictures.find((each) => each !== picture)}`);
      },
    ],
    [
      'none of the pictures',
      async ({ ask, tap, challenge }) => {
        const { id, ownHandle } = await challenge();
        await ask({ kind: 'choose-handle', id, browser: 'b1', index: ownHandle });
        return tap('picture-none');
      },
    ],
  ])('stops with an alarm at %s', async (_, mismatch) => {
    const met = meet('discord');
    await met.begin();
    await met.open();
    expect(await mismatch(met)).toEqual(['hand-off.alarm', 'recover.stopped']);
    const { id, ownHandle } = await met.challenge();
    const again = await met.ask({ kind: 'choose-handle', id, browser: 'b1', index: ownHandle });
    expect(again.answer).toEqual({ kind: 'refused', why: 'stopped' });
  });

  it('warns both when somebody else comes back by the link: what relayed it is caught', async () => {
    const { begin, open, send, challenge, place, commits } = meet();
    await begin();
    await open();
    const { nonce } = await challenge();
    const said = await send({ kind: 'start', payload: `r_${nonce}` }, '6');
    expect(said).toContain('hand-off.relayed');
    expect(said).toContain('hand-off.alarm');
    expect(commits.at(-1)?.person).toBe('telegram:5');
    expect(await place()).toBe('idle.idle');
  });

  it('is no alarm when the person comes back in a group: the way into the direct chat, and it goes on', async () => {
    const { begin, open, challenge, send, place } = meet();
    await begin();
    await open();
    const content = { kind: 'start', payload: `r_${(await challenge()).nonce}` } as const;
    expect(await send(content, '5', 'group')).toContain('public.open-private');
    expect((await challenge()).state).toBe('opened');
    expect(await place()).toBe('hand-off.opened');
    expect(await send(content)).toEqual(['hand-off.resetting']);
  });

  it('is caught when somebody else comes back by the link in a group', async () => {
    const { begin, open, challenge, send } = meet();
    await begin();
    await open();
    const content = { kind: 'start', payload: `r_${(await challenge()).nonce}` } as const;
    expect(await send(content, '6', 'group')).toContain('hand-off.alarm');
    expect((await challenge()).state).toBe('stopped');
  });

  it('waits for nobody when two people come back by the links of each other at the same time', async () => {
    const { begin, open, ask, send, challenge } = meet();
    await begin();
    await open();
    await begin('6');
    const [first, second] = [await challenge(), await challenge('6')];
    await ask({ kind: 'open', id: second.id, browser: 'b2' });
    await Promise.all([
      send({ kind: 'start', payload: `r_${second.nonce}` }),
      send({ kind: 'start', payload: `r_${first.nonce}` }, '6'),
    ]);
    expect([(await challenge()).state, (await challenge('6')).state]).toEqual(['stopped', 'stopped']);
  });

  it('knows nothing of a way back that is over or made up', async () => {
    const { begin, open, send, challenge, clock } = meet();
    await begin();
    expect(await send({ kind: 'start', payload: 'r_madeup' })).toContain('hand-off.late');
    await open();
    clock.moveTo(START + 16 * MINUTE_MS);
    expect(await send({ kind: 'start', payload: `r_${(await challenge()).nonce}` })).toContain(
      'hand-off.late',
    );
  });

  it('is opened once, and goes on in the browser that opened it', async () => {
    const { begin, open } = meet();
    await begin();
    const first = await open('b1');
    expect(await open('b1')).toEqual({ ...first, said: [] });
    expect(await open('b2')).toEqual({ answer: REFUSED, said: [] });
  });

  it('tells the chat once of what the page says twice', async () => {
    const { begin, challenge, ask } = meet();
    await begin();
    const request = { kind: 'open', id: (await challenge()).id, browser: 'b1' } as const;
    const first = await ask(request, 'same');
    expect(await ask(request, 'same')).toEqual({ ...first, said: [] });
  });

  it('answers again what was done when its answer was lost, a typed number too', async () => {
    const { begin, number, ask, challenge } = meet();
    await begin();
    const typed = { kind: 'open-by-number', number: await number(), browser: 'b1' } as const;
    const first = await ask(typed, 'same');
    expect(first.answer.kind).toBe('opened');
    expect(await ask(typed, 'same')).toEqual({ ...first, said: [] });
    expect((await challenge()).tries).toBe(1);
  });

  it('opens nothing under the name of another request', async () => {
    const { begin, ask, challenge } = meet();
    await begin();
    const { id } = await challenge();
    await ask({ kind: 'progress', id, step: 'mail-sent' }, 'other');
    expect((await ask({ kind: 'open', id, browser: 'b1' }, 'other')).answer).toEqual(REFUSED);
    expect((await challenge()).state).toBe('issued');
    await ask({ kind: 'open', id, browser: 'b1' });
    const late = await ask({ kind: 'open', id, browser: 'b2' }, 'other');
    expect(late.answer).toEqual(REFUSED);
  });

  it('takes nothing of a hand-off that ran out, though the clock is set back', async () => {
    let now = START;
    const { begin, open, challenge, send } = meet(
      'telegram',
      () => true,
      () => now,
    );
    await begin();
    now = START - 60 * MINUTE_MS;
    expect((await open()).answer).toEqual(REFUSED);
    now = START + MINUTE_MS;
    // It was met before its time, so it is over for good.
    expect((await open()).answer).toEqual(REFUSED);
    await send({ kind: 'command', name: 'restart', text: '' });
    await begin();
    now = START + 17 * MINUTE_MS;
    expect((await open()).answer).toEqual(REFUSED);
    now = START + 2 * MINUTE_MS;
    expect((await open()).answer).toEqual(REFUSED);
    expect((await challenge()).state).toBe('issued');
  });

  it('takes a link number once, the newest only, and five tries', async () => {
    const { begin, number, ask } = meet();
    await begin();
    const older = await number();
    const newest = await number();
    expect(newest).not.toBe(older);
    const by = (typed: string, browser = 'b1') => ask({ kind: 'open-by-number', number: typed, browser });
    expect((await by(older)).answer).toEqual(REFUSED);
    expect(await by(newest)).toMatchObject({ answer: { kind: 'opened' }, said: ['hand-off.opened-return'] });
    expect((await by(newest)).answer).toEqual(REFUSED);
    const other = meet();
    await other.begin();
    const first = await other.number();
    const right = await other.number();
    for (let wrong = 0; wrong < 5; wrong += 1)
      await other.ask({ kind: 'open-by-number', number: first, browser: 'b1' });
    const late = await other.ask({ kind: 'open-by-number', number: right, browser: 'b1' });
    expect(late.answer).toEqual(REFUSED);
  });

  it('says in the chat that a number was tried too often, once, with the plain link; the link is still good', async () => {
    const { begin, number, ask, open } = meet();
    await begin();
    const older = await number();
    await number();
    const wrong = () => ask({ kind: 'open-by-number', number: older, browser: 'b1' });
    for (let tries = 1; tries < 5; tries += 1) expect(await wrong()).toEqual({ answer: REFUSED, said: [] });
    expect(await wrong()).toEqual({ answer: REFUSED, said: ['hand-off.number-limit', ...PLAIN] });
    expect(await wrong()).toEqual({ answer: REFUSED, said: [] });
    expect(await open()).toMatchObject({ answer: { kind: 'opened' }, said: ['hand-off.opened-return'] });
  });

  it('says so of a number that was shown before a question that came between', async () => {
    const { begin, number, ask, send } = meet();
    await begin();
    const older = await number();
    await number();
    await send({ kind: 'text', text: 'wants is-it-official' });
    const wrong = () => ask({ kind: 'open-by-number', number: older, browser: 'b1' });
    for (let tries = 1; tries < 5; tries += 1) await wrong();
    expect((await wrong()).said).toEqual(['hand-off.number-limit', ...PLAIN]);
  });

  it('says that a number which is typed into the chat belongs on the page, and spends nothing', async () => {
    const { begin, number, send, ask, challenge } = meet();
    await begin();
    const shown = await number();
    const typed = `${shown.slice(0, 4)} ${shown.slice(4)}`;
    expect(await send({ kind: 'text', text: typed })).toEqual(['hand-off.type-nothing', 'hand-off.open-it']);
    expect((await challenge()).tries).toBe(0);
    const { answer } = await ask({ kind: 'open-by-number', number: shown, browser: 'b1' });
    expect(answer.kind).toBe('opened');
  });

  it('goes on plainly with whoever keeps typing, and never leaves them to support alone', async () => {
    const pasted = meet();
    await pasted.begin();
    const number = { kind: 'text', text: await pasted.number() } as const;
    expect(await pasted.send(number)).toEqual(['hand-off.type-nothing', 'hand-off.open-it']);
    expect(await pasted.send(number)).toEqual(['hand-off.typed-again', ...PLAIN]);
    expect(await pasted.send(number)).toEqual(['hand-off.pick-one', 'hand-off.how']);
    const opened = meet('discord');
    await opened.begin();
    await opened.open();
    const words = { kind: 'text', text: '12345678' } as const;
    expect(await opened.send(words)).toEqual(['hand-off.type-nothing', 'hand-off.opened-handles']);
    expect(await opened.send(words)).toEqual(['hand-off.typed-again', ...PLAIN]);
    const shown = meet('discord');
    await shown.begin();
    await shown.open();
    const { id, ownHandle } = await shown.challenge();
    await shown.ask({ kind: 'choose-handle', id, browser: 'b1', index: ownHandle });
    expect(await shown.send(words)).toEqual(['hand-off.type-nothing', 'hand-off.pictures']);
    expect(await shown.send(words)).toEqual(['hand-off.typed-again', ...PLAIN]);
  });

  it('takes nothing after the deadline but how it went with what was matched', async () => {
    const { begin, open, send, ask, challenge, passes, desk } = meet();
    await begin();
    await open();
    const { id, nonce } = await challenge();
    await send({ kind: 'start', payload: `r_${nonce}` });
    await passes(20 * MINUTE_MS);
    expect((await open()).answer).toEqual(REFUSED);
    expect(await ask({ kind: 'progress', id, step: 'mail-sent' })).toEqual({
      answer: { kind: 'noted' },
      said: ['hand-off.mail-sent'],
    });
    await passes(40 * MINUTE_MS);
    expect(await desk.status(id, 'b1')).toBe('matched');
    expect(await ask({ kind: 'result', id, outcome: 'completed' })).toEqual({
      answer: { kind: 'noted' },
      said: ['hand-off.completed', 'recover.after', 'common.bye'],
    });
  });

  it('takes no result of what was never matched, and none a day later', async () => {
    const unmatched = meet();
    await unmatched.begin();
    await unmatched.open();
    const { id } = await unmatched.challenge();
    const completed = { kind: 'result', id, outcome: 'completed' } as const;
    expect((await unmatched.ask(completed)).answer).toEqual(REFUSED);
    await unmatched.passes(16 * MINUTE_MS);
    expect((await unmatched.ask(completed)).answer).toEqual(REFUSED);
    expect(await unmatched.desk.status(id, 'b1')).toBe('unknown');
    const late = meet();
    await late.begin();
    await late.open();
    const { id: matched, nonce } = await late.challenge();
    await late.send({ kind: 'start', payload: `r_${nonce}` });
    await late.passes(24 * 60 * MINUTE_MS);
    expect((await late.ask({ ...completed, id: matched })).answer).toEqual(REFUSED);
  });

  it('ends at the plain link when the page is not opened, or not matched in time', async () => {
    const unopened = meet();
    await unopened.begin();
    expect(await unopened.passes(3 * MINUTE_MS)).toEqual(['hand-off.not-opened', ...PLAIN]);
    const unmatched = meet();
    await unmatched.begin();
    await unmatched.open();
    expect(await unmatched.passes(15 * MINUTE_MS)).toEqual(['hand-off.expired', ...PLAIN]);
    expect(await unmatched.tap('no-mail')).toContain('mail.looked');
  });

  it('ends at the plain link when the person wants so, or stops it', async () => {
    const skipped = meet();
    await skipped.begin();
    expect(await skipped.tap('no-page')).toEqual(['hand-off.plain-instead', ...PLAIN]);
    const stopped = meet();
    await stopped.begin();
    await stopped.open();
    expect(await stopped.tap('stop')).toEqual(['hand-off.stopped', ...PLAIN]);
    expect((await stopped.open()).answer).toEqual({ kind: 'refused', why: 'stopped' });
  });

  it('is plain at once while the page does not take part', async () => {
    const { begin } = meet('telegram', () => false);
    expect(await begin()).toEqual(PLAIN);
  });

  it('is plain after three within an hour, and says so', async () => {
    const { begin, send } = meet();
    for (let round = 0; round < 3; round += 1) {
      expect(await begin()).toContain('hand-off.notice');
      await send({ kind: 'command', name: 'restart', text: '' });
    }
    expect(await begin()).toEqual(['hand-off.limit', ...PLAIN]);
  });

  it('is given six times a day, then plainly, until a day after the first', async () => {
    const { begin, send, clock } = meet();
    const start = clock.now();
    const begins = async (hours: number): Promise<string | undefined> => {
      clock.moveTo(start + hours * 60 * MINUTE_MS);
      const [first] = await begin();
      await send({ kind: 'command', name: 'restart', text: '' });
      return first;
    };
    for (const hours of [0, 0.3, 0.6, 3, 7, 11])
      expect(await begins(hours), `${hours}`).toBe('hand-off.notice');
    for (const hours of [15, 19, 23.9]) expect(await begins(hours), `${hours}`).toBe('hand-off.limit');
    expect(await begins(24)).toBe('hand-off.notice');
    expect(await begins(24.2)).toBe('hand-off.limit');
    expect(await begins(24.3)).toBe('hand-off.notice');
  });

  it('knows nothing of an id, a number or a browser that was never given out', async () => {
    const { ask, desk, begin, open, challenge } = meet();
    expect((await ask({ kind: 'open', id: 'none', browser: 'b1' })).answer).toEqual(REFUSED);
    expect((await ask({ kind: 'open-by-number', number: '12345678', browser: 'b1' })).answer).toEqual(
      REFUSED,
    );
    await begin();
    await open('b1');
    const { id } = await challenge();
    expect(await desk.status(id, 'b1')).toBe('opened');
    expect(await desk.status(id, 'b2')).toBe('unknown');
    expect(await desk.status('none', 'b1')).toBe('unknown');
  });
});

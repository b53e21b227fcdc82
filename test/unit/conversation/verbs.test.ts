import { describe, expect, it } from 'vitest';
import { createConversation } from '../../../src/conversation/index.js';
import type { LookedUp } from '../../../src/model/index.js';
import { bundleOf, edited, smallContent } from '../../support/small-content.js';
import { openTalk, START } from '../../support/talk.js';

const bundle = bundleOf(smallContent());
const LOOKED = 'ask mail.looked [spam waited person]';
const CAME = 'ask mail.came [yes no]';
const HOW = 'ask hand-off.how [done no-mail no-code expired no-access asked-phrase]';

describe('the machine, verb by verb', () => {
  it('opens with the standing warning, in public with the shorter one, and rests', () => {
    const conversation = createConversation(bundle, () => 'ours');
    const open = (isPublic: boolean) =>
      conversation.open({ now: START, platform: 'console', locale: 'en', public: isPublic });
    expect(open(false).effects).toEqual([{ kind: 'say', text: 'safety.full', private: false }]);
    expect(open(true).effects).toEqual([{ kind: 'say', text: 'public.not-us', private: false }]);
    expect(open(false).position).toMatchObject({ flow: 'idle', step: 'idle', stack: [], dueAt: null });
  });

  it('ask, say, branch and link: goes on by a choice to the next question', () => {
    const talk = openTalk(bundle, 'mail-missing');
    expect(talk.at).toBe('mail-missing.looked');
    expect(talk.pick('spam')).toEqual([
      'cancel-timer mail-missing.looked',
      'say mail.check',
      'link help-fees',
      CAME,
    ]);
    expect(talk.position.slots).toEqual({ looked: 'spam' });
    expect(talk.at).toBe('mail-missing.came');
  });

  it('branch: takes "otherwise" when no condition holds', () => {
    const strict = bundleOf(
      edited(smallContent(), 'flows/mail-missing.yaml', 'when: looked = spam', 'when: looked = waited'),
    );
    const talk = openTalk(strict, 'mail-missing');
    expect(talk.pick('spam')).toEqual([
      'cancel-timer mail-missing.looked',
      'say mail.check',
      'say common.bye',
    ]);
    expect(talk.at).toBe('idle.idle');
  });

  it('branch: knows the platform, the locale and the hours of support', () => {
    const files = edited(
      smallContent(),
      'flows/mail-missing.yaml',
      'looked = spam',
      'platform = console and locale = en and hours = open',
    );
    const bundleByHours = bundleOf(files);
    const morning = openTalk(bundleByHours, 'mail-missing');
    expect(morning.pick('spam')).toContain('link help-fees');
    const night = openTalk(bundleByHours, 'mail-missing');
    night.now = START + 10 * 3_600_000;
    expect(night.pick('spam')).not.toContain('link help-fees');
  });

  it('say: is private where the step says so', () => {
    const conversation = createConversation(bundle, () => 'ours');
    const turn = { now: START, platform: 'console', locale: 'en', public: false } as const;
    const start = conversation.advance(
      conversation.open(turn).position,
      { kind: 'start', flow: 'recover', step: 'after' },
      turn,
    );
    expect(start.effects[0]).toEqual({ kind: 'say', text: 'recover.after', private: true });
  });

  it('human: says the words and gives the topic, then rests', () => {
    const talk = openTalk(bundle, 'mail-missing');
    expect(talk.pick('person')).toEqual([
      'cancel-timer mail-missing.looked',
      'human mail common.reach-support',
    ]);
    expect(talk.at).toBe('idle.idle');
  });

  it('set: notes a value', () => {
    const talk = openTalk(bundle, 'recover');
    expect(talk.position.slots).toEqual({ entered: 'yes' });
  });

  it('hand_off: leads to the page, asks how it went and follows each answer', () => {
    const to = (value: string): readonly [readonly string[], string] => {
      const talk = openTalk(bundle, 'recover');
      expect(talk.pick('page')).toEqual(['hand-off reset-password', HOW]);
      return [talk.pick(value), talk.at];
    };
    expect(to('done')).toEqual([['say recover.after', 'say common.bye'], 'idle.idle']);
    expect(to('no-mail')[1]).toBe('mail-missing.looked');
    // Without outcomes of their own: no-code goes where no-mail goes, no-access where failed goes.
    expect(to('no-code')[1]).toBe('mail-missing.looked');
    expect(to('no-access')).toEqual([['human recovery common.reach-support'], 'idle.idle']);
    expect(to('expired')).toEqual([['hand-off reset-password', HOW], 'recover.page']);
    expect(to('asked-phrase')).toEqual([['say hand-off.not-ours', 'say recover.stopped'], 'idle.idle']);
  });

  it('hand_off: gives up after the second answer that is not understood', () => {
    const talk = openTalk(bundle, 'recover');
    talk.pick('page');
    expect(talk.unclear()).toEqual(['say hand-off.pick-one', HOW]);
    expect(talk.unclear()).toEqual(['human recovery common.reach-support']);
  });

  it('do look-up: follows the verdict on what was answered', () => {
    const seen: string[] = [];
    const to = (verdict: LookedUp): readonly string[] => {
      const talk = openTalk(bundle, 'is-it-official', (value) => {
        seen.push(value);
        return verdict;
      });
      return talk.send({ kind: 'answer', value: '@somebody' });
    };
    expect(to('ours')).toEqual(['say official.ours']);
    expect(to('not-ours')).toEqual(['say official.not-ours']);
    expect(to('look-alike')).toEqual(['say official.fake', 'report @somebody']);
    // This content does not tell it apart.
    expect(to('elsewhere')).toEqual(['say official.not-ours']);
    expect(new Set(seen)).toEqual(new Set(['@somebody']));
  });

  it('do set-locale: speaks the new language at once', () => {
    const talk = openTalk(bundle, 'language');
    expect(talk.pick('zh-CN')).toEqual(['set-locale zh-CN', 'say language.done']);
    expect(talk.position.locale).toBe('zh-CN');
  });

  it('do forget-me and do open-private', () => {
    expect(openTalk(bundle, 'forget-me').pick('yes')).toEqual(['forget-me', 'say forget.done']);
    expect(openTalk(bundle).wish('room')).toEqual(['open-private room']);
  });

  it('answers: says the text with its links', () => {
    const talk = openTalk(bundle);
    expect(talk.wish('fees')).toEqual(['links answers.fees help-fees']);
    expect(talk.wish('thanks')).toEqual(['say answers.thanks']);
    expect(talk.at).toBe('idle.idle');
  });

  it('free answers: saves the words and goes on; ignores them where none is expected', () => {
    const talk = openTalk(bundle, 'proof');
    talk.send({ kind: 'answer', value: 'a receipt' });
    expect(talk.position.slots).toEqual({ proof: 'a receipt' });
    const other = openTalk(bundle, 'mail-missing');
    expect([other.send({ kind: 'answer', value: 'x' }), other.at]).toEqual([[], 'mail-missing.looked']);
  });

  it('answers at once what the same message already holds', () => {
    const talk = openTalk(bundle, undefined, () => 'ours');
    const found = [
      { kind: 'hash', value: 'no' },
      { kind: 'handle', value: '@us' },
    ] as const;
    expect(talk.send({ kind: 'intent', intent: 'is-it-official', found })).toEqual(['say official.ours']);
    expect(talk.position.slots).toEqual({ asked: '@us' });
  });

  it('unclear: says so and asks again until the tries are used up', () => {
    const talk = openTalk(bundle, 'mail-missing');
    talk.pick('spam');
    expect(talk.unclear()).toEqual(['say mail.again', CAME]);
    expect(talk.unclear()).toEqual(['say mail.again', CAME]);
    expect(talk.unclear()).toEqual(['human mail common.reach-support']);
  });

  it('unclear: counts tries anew at the next question', () => {
    const talk = openTalk(bundle, 'mail-missing');
    talk.unclear();
    talk.pick('spam');
    talk.unclear();
    talk.unclear();
    expect([talk.position.tries, talk.at]).toEqual([2, 'mail-missing.came']);
  });

  it('unclear: keeps the timeout of the question where it is', () => {
    const talk = openTalk(bundle, 'mail-missing');
    talk.now += 60_000;
    talk.unclear();
    expect(talk.position.dueAt).toBe(START + 1_800_000);
  });

  it('gives nothing for a choice that is not on offer', () => {
    const talk = openTalk(bundle, 'mail-missing');
    expect([talk.pick('nothing-of-the-kind'), talk.at]).toEqual([[], 'mail-missing.looked']);
  });
});

describe('waits and timeouts', () => {
  it('set a timer, and a choice cancels it', () => {
    const talk = openTalk(bundle);
    expect(talk.send({ kind: 'start', flow: 'mail-missing' })).toEqual([
      LOOKED,
      'set-timer mail-missing.looked +1800000',
    ]);
    expect(talk.pick('waited')).toEqual([
      'cancel-timer mail-missing.looked',
      'ask mail.waiting [arrived]',
      'set-timer mail-missing.pause +600000',
    ]);
    expect(talk.position.dueAt).toBe(START + 600_000);
    expect(talk.pick('arrived')).toEqual(['cancel-timer mail-missing.pause', 'say common.bye']);
  });

  it('go on by themselves when they are due', () => {
    const waiting = openTalk(bundle, 'mail-missing');
    waiting.pick('waited');
    waiting.now += 600_000;
    expect(waiting.due()).toContain(CAME);
    const asked = openTalk(bundle, 'mail-missing');
    asked.now += 1_800_000;
    expect(asked.due()).toContain('say common.still-there');
    expect(asked.at).toBe('idle.idle');
  });

  it('ignore a timer that is stale: another due time, another step, or one that was left', () => {
    const talk = openTalk(bundle, 'mail-missing');
    const before = talk.position;
    expect(talk.send({ kind: 'timer', timer: 'mail-missing.looked', due: START + 1 })).toEqual([]);
    expect(talk.send({ kind: 'timer', timer: 'mail-missing.pause', due: START + 1_800_000 })).toEqual([]);
    expect(talk.position).toBe(before);
    talk.pick('spam');
    expect(talk.send({ kind: 'timer', timer: 'mail-missing.looked', due: START + 1_800_000 })).toEqual([]);
    expect(talk.at).toBe('mail-missing.came');
  });

  it('survive a digression with their old due time', () => {
    const talk = openTalk(bundle, 'mail-missing');
    talk.pick('waited');
    talk.now += 240_000;
    const asked = talk.wish('is-it-official');
    expect(asked).toContain('cancel-timer mail-missing.pause');
    talk.now += 60_000;
    const back = talk.send({ kind: 'answer', value: 'x' });
    expect(back).toEqual([
      'say official.not-ours',
      'ask mail.waiting [arrived]',
      'set-timer mail-missing.pause +300000',
    ]);
    expect(talk.position.dueAt).toBe(START + 600_000);
    talk.now = START + 600_000;
    expect(talk.due()).toContain(CAME);
  });

  it('come due at once when the digression took longer than the wait', () => {
    const talk = openTalk(bundle, 'mail-missing');
    talk.pick('waited');
    talk.wish('is-it-official');
    talk.now += 3_600_000;
    expect(talk.send({ kind: 'answer', value: 'x' })).toContain('set-timer mail-missing.pause +0');
    expect(talk.position.dueAt).toBe(talk.now);
    expect(talk.due()).toContain(CAME);
  });

  it('begin anew for a question that is asked again after its time', () => {
    const talk = openTalk(bundle, 'mail-missing');
    talk.wish('is-it-official');
    talk.now += 3_600_000;
    expect(talk.send({ kind: 'answer', value: 'x' })).toContain('set-timer mail-missing.looked +1800000');
    expect(talk.position.dueAt).toBe(talk.now + 1_800_000);
  });

  it('are kept when the question is only asked again', () => {
    const talk = openTalk(bundle, 'mail-missing');
    talk.pick('waited');
    talk.now += 60_000;
    expect(talk.send({ kind: 'other', input: 'photo' }).at(-1)).toBe('set-timer mail-missing.pause +540000');
    expect(talk.unclear()).toEqual(['ask mail.waiting [arrived]']);
    expect(talk.position.dueAt).toBe(START + 600_000);
  });
});

import { describe, expect, it } from 'vitest';
import { createConversation } from '../../../src/conversation/index.js';
import { bundleOf, edited, smallContent } from '../../support/small-content.js';
import { openTalk, START, type Talk } from '../../support/talk.js';

const bundle = bundleOf(smallContent());
const LOOKED = 'ask mail.looked [spam waited person]';
const CAME = 'ask mail.came [yes no]';
const MENU = 'ask menu.what [mail reset]';
const ACTS = 'ask leaked.acts [false-alarm moved]';
const SECRET = { kind: 'secret', secrets: ['phrase'], removed: true } as const;
const HELD = { kind: 'held', secret: 'key', ref: '7' } as const;
const HELD_ASK = 'ask held.which [no yes]';

/** Somebody in the middle of `mail-missing`, behind its first question. */
function inTheMiddle() {
  const talk = openTalk(bundle, 'mail-missing');
  talk.pick('spam');
  return talk;
}

describe('calls', () => {
  it('come back with the outcome of the flow that was called', () => {
    const talk = openTalk(bundle, 'recover');
    expect(talk.pick('prove')).toEqual(['ask proof.which [have none leave]']);
    expect(talk.position.stack).toEqual([{ flow: 'recover', step: 'prove', kind: 'call', dueAt: null }]);
    talk.pick('have');
    expect([talk.at, talk.position.stack]).toEqual(['recover.page', []]);
    const other = openTalk(bundle, 'recover');
    other.pick('prove');
    expect(other.pick('none')).toEqual(['human recovery common.reach-support']);
  });

  it('are over, the caller too, when the called flow ends', () => {
    const talk = openTalk(bundle, 'recover');
    talk.pick('prove');
    expect(talk.pick('leave')).toEqual(['say proof.gone']);
    expect([talk.at, talk.position.stack]).toEqual(['idle.idle', []]);
  });

  it('end back at the question that a digression interrupted before the call', () => {
    const talk = inTheMiddle();
    const deep = {
      ...talk.position,
      stack: [
        { flow: 'mail-missing', step: 'came', kind: 'digression', dueAt: null },
        { flow: 'recover', step: 'prove', kind: 'call', dueAt: null },
      ],
      flow: 'proof',
      step: 'which',
      verb: 'ask',
    } as const;
    const turn = { now: START, platform: 'console', locale: 'en', public: false } as const;
    const { position } = createConversation(bundle, () => 'ours').advance(
      deep,
      { kind: 'choice', value: 'leave' },
      turn,
    );
    expect([`${position.flow}.${position.step}`, position.stack]).toEqual(['mail-missing.came', []]);
  });

  it('are over when the called flow leaves for another one, which nobody called', () => {
    const leaving = edited(
      smallContent(),
      'flows/proof.yaml',
      'value: leave, go: gone',
      'value: leave, go: "flow:forget-me"',
    );
    const talk = openTalk(bundleOf(leaving), 'recover');
    talk.pick('prove');
    talk.pick('leave');
    expect([talk.at, talk.position.stack]).toEqual(['forget-me.sure', []]);
    expect([talk.pick('no'), talk.at]).toEqual([[], 'idle.idle']);
  });

  it('return to rest from a flow that nobody called', () => {
    const talk = openTalk(bundle, 'proof');
    expect([talk.pick('have'), talk.at]).toEqual([[], 'idle.idle']);
  });
});

describe('digressions', () => {
  it('are answered, and the question is asked again', () => {
    const talk = inTheMiddle();
    expect(talk.wish('fees')).toEqual(['links answers.fees help-fees', CAME]);
    expect([talk.at, talk.position.stack]).toEqual(['mail-missing.came', []]);
  });

  it('may ask something themselves before they lead back', () => {
    const talk = inTheMiddle();
    talk.wish('is-it-official');
    expect(talk.at).toBe('is-it-official.which');
    expect(talk.send({ kind: 'answer', value: 'x' })).toEqual(['say official.not-ours', CAME]);
    expect(talk.at).toBe('mail-missing.came');
  });

  it('keep the tries of the digression apart from those of the question', () => {
    const talk = inTheMiddle();
    talk.unclear();
    talk.wish('fees');
    expect(talk.position.tries).toBeLessThanOrEqual(1);
    expect(talk.unclear()).toEqual(['say mail.again', CAME]);
  });

  it('are not stacked for the same flow: its question is asked again', () => {
    const talk = inTheMiddle();
    talk.wish('is-it-official');
    expect(talk.wish('is-it-official')).toEqual(['ask official.which []']);
    expect(talk.position.stack).toHaveLength(1);
  });

  it('never stack more than eight places', () => {
    const talk = inTheMiddle();
    for (let round = 0; round < 12; round += 1) {
      talk.wish('is-it-official');
      talk.wish('forget-me');
      talk.wish('language');
    }
    expect(talk.position.stack).toHaveLength(8);
    // The oldest are dropped: what was interrupted last comes first.
    expect(talk.pick('en')).toEqual(['set-locale en', 'say language.done', 'ask forget.sure [yes no]']);
    expect(talk.position.stack).toHaveLength(7);
  });

  // docs/content.md: "A flow that never waits for the person counts as `interrupts: true`."
  it('are what a flow that never waits is, also when it says something private', () => {
    const files = edited(
      smallContent(),
      'flows/contact-support.yaml',
      'go: idle }',
      'go: over }\n  over: { end: common.bye }',
    );
    const talk = openTalk(bundleOf(files), 'mail-missing');
    talk.pick('spam');
    expect(talk.wish('contact-support')).toEqual([
      'human mail-missing common.reach-support',
      'say common.bye',
      CAME,
    ]);
  });
});

describe('switching to another flow', () => {
  it('asks in the middle, by the name of the other flow', () => {
    const talk = inTheMiddle();
    expect(talk.wish('forgot-password')).toEqual(['ask switch.ask (title.recover) [yes no]']);
    expect(talk.pick('no')).toEqual([CAME]);
    expect([talk.at, talk.position.later, talk.position.stack]).toEqual(['mail-missing.came', null, []]);
  });

  it('follows a yes for good', () => {
    const talk = inTheMiddle();
    talk.wish('forgot-password');
    expect(talk.pick('yes')).toEqual(['ask recover.first [page prove]']);
    expect([talk.at, talk.position.stack, talk.position.later]).toEqual(['recover.first', [], null]);
  });

  it('takes two answers that are not understood for a no', () => {
    const talk = inTheMiddle();
    talk.wish('forgot-password');
    expect(talk.unclear()).toEqual(['say common.pick-one', 'ask switch.ask (title.recover) [yes no]']);
    expect(talk.unclear()).toEqual([CAME]);
  });

  it('takes another wish in between as said before the question', () => {
    const talk = inTheMiddle();
    talk.wish('forgot-password');
    expect(talk.wish('fees')).toEqual(['links answers.fees help-fees', CAME]);
    expect(talk.position.later).toBeNull();
  });

  it('does not ask at a first question, in the menu or at rest', () => {
    const first = openTalk(bundle, 'mail-missing');
    expect(first.wish('forgot-password').at(-1)).toBe('ask recover.first [page prove]');
    const lobby = openTalk(bundle, 'menu');
    expect(lobby.wish('forgot-password')).toEqual(['ask recover.first [page prove]']);
    expect(openTalk(bundle).wish('forgot-password')).toEqual(['ask recover.first [page prove]']);
  });

  it('asks at the first question of a flow that was called, whose caller would be lost', () => {
    const talk = openTalk(bundle, 'recover');
    talk.pick('prove');
    expect(talk.wish('mail-missing')).toEqual(['ask switch.ask (title.mail-missing) [yes no]']);
  });

  it('asks the question again for the flow the person is in', () => {
    expect(inTheMiddle().wish('mail-missing')).toEqual([CAME]);
  });
});

describe('an emergency', () => {
  it('pushes everything aside at once, and its return leads back', () => {
    const talk = inTheMiddle();
    expect(talk.send(SECRET)).toEqual(['secret-seen phrase', ACTS]);
    expect(talk.position.slots['secret-kind']).toBe('phrase');
    expect(talk.position.stack).toEqual([
      { flow: 'mail-missing', step: 'came', kind: 'preempted', dueAt: null },
    ]);
    expect(talk.pick('false-alarm')).toEqual([CAME]);
    expect(talk.at).toBe('mail-missing.came');
  });

  it.each([
    ['in the menu over an interrupted question', (talk: Talk) => talk.send(SECRET)],
    ['with a doubt about a message', (talk: Talk) => [talk.send(HELD), talk.pick('yes')]],
  ])('does not lead back either, by way of another flow, when it began %s', (_how, begin) => {
    const leaving = edited(
      smallContent(),
      'flows/leaked-secret.yaml',
      'value: moved, go: over',
      'value: moved, go: "flow:proof"',
    );
    const lobby = edited(leaving, 'flows/help.yaml', 'start: says', 'lobby: true\nstart: says');
    const files = edited(lobby, 'flows/help.yaml', 'go: end }', 'go: menu }');
    const talk = openTalk(bundleOf(files), 'mail-missing');
    talk.pick('spam');
    if (_how.includes('menu')) talk.send({ kind: 'global', word: 'help' });
    begin(talk);
    expect(talk.at).toBe('leaked-secret.acts');
    talk.pick('moved');
    expect(talk.pick('leave')).toEqual(['say proof.gone']);
    expect([talk.at, talk.position.stack]).toEqual(['idle.idle', []]);
  });

  it('does not lead back when it has ended', () => {
    const talk = inTheMiddle();
    talk.send(SECRET);
    expect(talk.pick('moved')).toEqual(['say leaked.over']);
    expect([talk.at, talk.position.stack]).toEqual(['idle.idle', []]);
  });

  it('asks first where something only may be a secret, and goes on where it was', () => {
    const talk = inTheMiddle();
    expect(talk.send(HELD)).toEqual([HELD_ASK]);
    expect(talk.send(HELD)).toEqual([HELD_ASK]);
    expect(talk.pick('no')).toEqual(['say held.nothing', CAME]);
    expect([talk.at, talk.position.stack]).toEqual(['mail-missing.came', []]);
  });

  it('takes what may be a secret for one when the person says so, or says nothing clear', () => {
    for (const doubt of [['yes'], ['?', '?']]) {
      const talk = inTheMiddle();
      talk.send(HELD);
      for (const answer of doubt)
        answer === '?' ? talk.send({ kind: 'unclear', near: [] }) : talk.pick(answer);
      expect(talk.at).toBe('leaked-secret.acts');
      expect(talk.position.slots).toMatchObject({ leaked: 'keys' });
      expect(talk.pick('false-alarm')).toEqual([CAME]);
    }
  });

  it('asks what the person needs after a doubt at rest', () => {
    const talk = openTalk(bundle);
    talk.send(HELD);
    expect(talk.pick('no')).toEqual(['say held.nothing', MENU]);
  });

  it('begins anew for a secret within it, without stacking itself', () => {
    const talk = inTheMiddle();
    talk.send(SECRET);
    expect(talk.send({ ...SECRET, secrets: ['code'] })).toEqual(['secret-seen code', ACTS]);
    expect(talk.position.stack).toHaveLength(1);
  });

  it('is opened by words too, and asked again by more words', () => {
    const talk = inTheMiddle();
    expect(talk.wish('leaked-secret')).toEqual([ACTS]);
    expect(talk.wish('leaked-secret')).toEqual([ACTS]);
    expect(talk.pick('false-alarm')).toEqual([CAME]);
  });

  it('keeps another wish until it is over, and asks then', () => {
    const talk = openTalk(bundle);
    talk.send(SECRET);
    expect(talk.wish('forgot-password')).toEqual([ACTS]);
    expect(talk.position.later).toBe('recover');
    expect(talk.pick('moved')).toEqual(['say leaked.over', 'ask later.ask (title.recover) [yes no]']);
    expect(talk.pick('yes')).toEqual(['ask recover.first [page prove]']);
    expect(talk.position.later).toBeNull();
  });

  it('comes first of two wishes in one message', () => {
    const talk = openTalk(bundle);
    const both = { kind: 'intent', intent: 'forgot-password', found: [], also: 'leaked-secret' } as const;
    expect(talk.send(both)).toEqual([ACTS]);
    expect(talk.position.later).toBe('recover');
  });

  it('lets the kept wish go by a no', () => {
    const talk = openTalk(bundle);
    talk.send(SECRET);
    talk.wish('forgot-password');
    talk.pick('moved');
    expect(talk.pick('no')).toEqual([]);
    expect([talk.at, talk.position.later]).toEqual(['idle.idle', null]);
  });

  it('answers a harmless question in between and asks its own again', () => {
    const talk = openTalk(bundle);
    talk.send(SECRET);
    expect(talk.wish('fees')).toEqual(['links answers.fees help-fees', ACTS]);
  });

  it('interrupts a built-in question without coming back to it', () => {
    const talk = inTheMiddle();
    talk.wish('forgot-password');
    talk.send(SECRET);
    expect(talk.pick('false-alarm')).toEqual([CAME]);
  });
});

describe('global words', () => {
  it('cancel: says so and rests, from anywhere', () => {
    const talk = inTheMiddle();
    talk.wish('is-it-official');
    expect(talk.send({ kind: 'global', word: 'cancel' })).toEqual(['say common.cancelled']);
    expect([talk.at, talk.position.stack]).toEqual(['idle.idle', []]);
  });

  it('cancel: stops the timer of the question', () => {
    const talk = openTalk(bundle, 'mail-missing');
    expect(talk.send({ kind: 'global', word: 'cancel' })).toContain('cancel-timer mail-missing.looked');
  });

  it('restart: clears what was noted, except what must be kept, and shows the menu', () => {
    const talk = inTheMiddle();
    talk.send(SECRET);
    expect(talk.position.slots).toMatchObject({ looked: 'spam', leaked: 'keys' });
    expect(talk.send({ kind: 'global', word: 'restart' })).toEqual([MENU]);
    expect(talk.position.slots).toEqual({ leaked: 'keys' });
    expect(talk.position.stack).toEqual([]);
  });

  it('human: gives the channels at once, named after the flow, and asks again', () => {
    const talk = inTheMiddle();
    expect(talk.send({ kind: 'global', word: 'human' })).toEqual([
      'human mail-missing common.reach-support',
      CAME,
    ]);
    expect(openTalk(bundle).send({ kind: 'global', word: 'human' })).toEqual([
      'human general common.reach-support',
    ]);
  });

  it('help, language and forget-me: open in the middle and lead back', () => {
    const talk = inTheMiddle();
    expect(talk.send({ kind: 'global', word: 'help' })).toEqual(['say help.says', 'say common.bye', CAME]);
    talk.send({ kind: 'global', word: 'language' });
    expect(talk.pick('en').at(-1)).toBe(CAME);
    talk.send({ kind: 'global', word: 'forget-me' });
    expect(talk.pick('no')).toEqual([CAME]);
  });
});

describe('"did you mean"', () => {
  it('offers the names of what was near, and opens what is picked', () => {
    const talk = openTalk(bundle);
    expect(talk.send({ kind: 'ask-back', intents: ['fees', 'mail-missing'] })).toEqual([
      'ask ask-back.which [fees mail-missing none]',
    ]);
    expect(talk.pick('mail-missing')[0]).toBe(LOOKED);
    expect(talk.at).toBe('mail-missing.looked');
  });

  it('leads back to the question when none of them was meant', () => {
    const talk = inTheMiddle();
    talk.send({ kind: 'ask-back', intents: ['fees', 'thanks'] });
    expect(talk.pick('none')).toEqual([CAME]);
  });

  it('shows the menu when none was meant and nothing was asked before', () => {
    const talk = openTalk(bundle);
    talk.send({ kind: 'ask-back', intents: ['fees', 'thanks'] });
    expect(talk.pick('none')).toEqual([MENU]);
  });

  it('opens a harmless answer and then asks again what it interrupted', () => {
    const talk = inTheMiddle();
    talk.send({ kind: 'ask-back', intents: ['fees', 'thanks'] });
    expect(talk.pick('fees')).toEqual(['links answers.fees help-fees', CAME]);
  });

  it('offers at most three', () => {
    const talk = openTalk(bundle);
    talk.send({ kind: 'ask-back', intents: ['fees', 'thanks', 'menu', 'help'] });
    expect(talk.position.asked).toEqual(['fees', 'thanks', 'menu']);
  });

  it('gives nothing for a choice it did not offer, and stays where it is', () => {
    const talk = openTalk(bundle, 'mail-missing');
    talk.send({ kind: 'ask-back', intents: ['fees', 'thanks'] });
    expect([talk.pick('yes'), talk.at]).toEqual([[], 'system.which']);
  });

  it('offers no usual wish that this content does not know', () => {
    const files = ['en', 'zh-CN'].reduce(
      (before, tag) =>
        edited(before, `locales/${tag}/phrases.yaml`, '  forgot-password: [', '  locked-out: ['),
      edited(smallContent(), 'flows/recover.yaml', 'triggers: [forgot-password]', 'triggers: [locked-out]'),
    );
    const talk = openTalk(bundleOf(files));
    expect(talk.unclear()).toEqual(['ask help-out.nothing [is-it-official contact-support none]']);
  });

  it('offers usual wishes after a miss at rest, and support first after two', () => {
    const talk = openTalk(bundle);
    expect(talk.unclear()).toEqual([
      'ask help-out.nothing [forgot-password is-it-official contact-support none]',
    ]);
    expect(talk.unclear()).toEqual([
      'ask support.first [contact-support forgot-password is-it-official none]',
    ]);
    expect(talk.wish('thanks')).toEqual(['say answers.thanks']);
    expect(talk.position.misses).toBe(0);
  });
});

describe('arrivals and small things', () => {
  it('start: welcomes; at a flow it begins there; at a step exactly there', () => {
    const talk = openTalk(bundle);
    expect(talk.send({ kind: 'start', flow: null })).toEqual(['say welcome.hello', MENU]);
    expect(talk.send({ kind: 'start', flow: 'recover' })).toEqual(['ask recover.first [page prove]']);
    expect(talk.send({ kind: 'start', flow: 'mail-missing', step: 'came' })).toEqual([CAME]);
    expect(talk.at).toBe('mail-missing.came');
  });

  it('start: at a flow, too, forgets what was stacked', () => {
    const talk = openTalk(bundle, 'recover');
    talk.pick('prove');
    talk.send({ kind: 'start', flow: 'is-it-official' });
    expect(talk.position.stack).toEqual([]);
  });

  it('start: forgets what was stacked', () => {
    const talk = inTheMiddle();
    talk.wish('is-it-official');
    talk.send({ kind: 'start', flow: null });
    expect(talk.position.stack).toEqual([]);
  });

  it('resume: asks the open question again, else welcomes', () => {
    expect(inTheMiddle().send({ kind: 'resume' })).toEqual([CAME]);
    expect(openTalk(bundle).send({ kind: 'resume' })).toEqual(['say welcome.hello', MENU]);
  });

  it('locale: takes the language and asks again', () => {
    const talk = inTheMiddle();
    expect(talk.send({ kind: 'locale', locale: 'zh-CN' })).toEqual(['set-locale zh-CN', CAME]);
    expect(talk.position.locale).toBe('zh-CN');
  });

  it.each([
    ['photo', 'say unsupported.photo'],
    ['edited', 'say common.edited'],
    ['empty', 'say common.empty'],
    ['unknown-command', 'say common.unknown-command'],
    ['old-button', 'say common.old-button'],
  ] as const)('answers %s and asks again', (input, said) => {
    expect(inTheMiddle().send({ kind: 'other', input })).toEqual([said, CAME]);
  });

  it('answers an old button at rest with the menu', () => {
    expect(openTalk(bundle).send({ kind: 'other', input: 'old-button' })).toEqual([
      'say common.old-button',
      MENU,
    ]);
  });

  it('helps with a link that does not open, and asks again', () => {
    expect(inTheMiddle().send({ kind: 'wont-open', links: ['help-fees'] })).toEqual([
      'link-help help-fees',
      CAME,
    ]);
  });

  it('says nothing for an intent nobody answers', () => {
    const talk = inTheMiddle();
    expect([talk.wish('no-such-intent'), talk.at]).toEqual([[], 'mail-missing.came']);
  });
});

describe('a public place', () => {
  const inPublic = () => {
    const talk = openTalk(bundle);
    talk.public = true;
    return talk;
  };

  it('answers what is harmless on the spot', () => {
    expect(inPublic().wish('fees')).toEqual(['links answers.fees help-fees']);
    expect(inPublic().wish('help')).toEqual(['say help.says', 'say common.bye']);
  });

  it('answers in private what is about the person', () => {
    const mine = edited(
      smallContent(),
      'flows/answers.yaml',
      'say: answers.thanks',
      'say: answers.thanks, private: true',
    );
    const talk = openTalk(bundleOf(mine));
    expect(talk.wish('thanks')).toEqual(['say answers.thanks']);
    talk.public = true;
    expect(talk.wish('thanks')).toEqual(['open-private thanks']);
  });

  it.each([
    ['a flow that asks', { kind: 'intent', intent: 'mail-missing', found: [] }, 'open-private mail-missing'],
    ['an answer with a private link', { kind: 'intent', intent: 'inside', found: [] }, 'open-private inside'],
    ['a person', { kind: 'intent', intent: 'contact-support', found: [] }, 'open-private contact-support'],
    ['the emergency', { kind: 'intent', intent: 'leaked-secret', found: [] }, 'open-private leaked-secret'],
    ['the word for a person', { kind: 'global', word: 'human' }, 'open-private contact-support'],
    ['the word for the menu', { kind: 'global', word: 'restart' }, 'open-private menu'],
    ['the word for the language', { kind: 'global', word: 'language' }, 'open-private language'],
    ['something unclear', { kind: 'unclear', near: [] }, 'open-private menu'],
    ['something between two wishes', { kind: 'ask-back', intents: ['fees', 'help'] }, 'open-private menu'],
    ['an arrival', { kind: 'start', flow: null }, 'open-private menu'],
    ['an arrival at a flow', { kind: 'start', flow: 'recover' }, 'open-private recover'],
    ['an old button', { kind: 'other', input: 'old-button' }, 'open-private menu'],
    ['a call without a word', { kind: 'other', input: 'empty' }, 'open-private menu'],
  ] as const)('opens a private chat for %s', (_what, event, effect) => {
    const talk = inPublic();
    expect([talk.send(event), talk.at]).toEqual([[effect], 'idle.idle']);
  });

  it.each(['photo', 'document', 'too-long', 'unknown-command'] as const)(
    'says why it cannot read a message: %s',
    (input) => {
      const said = input === 'too-long' || input === 'unknown-command' ? 'common' : 'unsupported';
      expect(inPublic().send({ kind: 'other', input })).toEqual([`say ${said}.${input}`]);
    },
  );

  it('opens a private chat for an answer that is marked private', () => {
    const files = edited(
      smallContent(),
      'flows/answers.yaml',
      'thanks: { say: answers.thanks }',
      'thanks: { say: answers.thanks, private: true }',
    );
    const talk = openTalk(bundleOf(files));
    expect(talk.wish('thanks')).toContain('say answers.thanks');
    talk.public = true;
    expect(talk.wish('thanks')).toEqual(['open-private thanks']);
  });

  it('says that a secret was seen, and goes on in private', () => {
    expect(inPublic().send(SECRET)).toEqual(['secret-seen phrase', 'open-private leaked-secret']);
  });

  it('takes a language without showing the menu to everybody', () => {
    const talk = inPublic();
    expect(talk.send({ kind: 'locale', locale: 'zh-CN' })).not.toContain(MENU);
    expect(talk.at).toBe('idle.idle');
  });
});

describe('two wishes in one message', () => {
  const both = { kind: 'intent', intent: 'fees', found: [], also: 'forgot-password' } as const;

  it('are answered one after the other, the second after a question', () => {
    const talk = openTalk(bundle);
    expect(talk.send(both).at(-1)).toBe('ask later.ask (title.recover) [yes no]');
    expect(talk.pick('yes')).toEqual(['ask recover.first [page prove]']);
  });
  it('that lead to the same place are one', () => {
    const talk = openTalk(bundle);
    talk.send({ ...both, also: 'fees' });
    expect([talk.at, talk.position.later]).toEqual(['idle.idle', null]);
  });
  it('wait for the interrupted question, and for the second until that is over', () => {
    const talk = inTheMiddle();
    expect(talk.send(both).at(-1)).toBe(CAME);
    expect(talk.position.later).toBe('recover');
  });
  it('are kept where the first one is the answer to a question', () => {
    const talk = openTalk(bundle, 'mail-missing');
    const said = talk.send({ kind: 'choice', value: 'person', also: 'forgot-password' });
    expect(said.at(-1)).toBe('ask later.ask (title.recover) [yes no]');
    expect(talk.pick('yes')).toEqual(['ask recover.first [page prove]']);
  });
  it('come in the order of their urgency, also behind an answer', () => {
    const talk = inTheMiddle();
    expect(talk.send({ kind: 'choice', value: 'yes', also: 'leaked-secret' })).toEqual([ACTS]);
  });
});

describe('a choice that words point at', () => {
  const link = { kind: 'link', value: 'https://elsewhere.test' } as const;
  const asking = bundleOf(
    edited(
      smallContent(),
      'flows/mail-missing.yaml',
      'value: waited, go: pause',
      'value: waited, go: "flow:is-it-official"',
    ),
  );

  it('answers the question it leads to with what stands in them', () => {
    const talk = openTalk(asking, 'mail-missing');
    expect(talk.send({ kind: 'choice', value: 'waited', found: [link] }).at(-1)).toBe(
      'say official.not-ours',
    );
  });
  it('asks that question when nothing fits', () => {
    const talk = openTalk(asking, 'mail-missing');
    const hash = { kind: 'hash', value: 'ab12' } as const;
    expect(talk.send({ kind: 'choice', value: 'waited', found: [hash] }).at(-1)).toMatch(
      /^ask official.which/,
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { ContentFiles } from '../../../src/content/index.js';
import { carryOver } from '../../../src/conversation/carry-over.js';
import { createConversation } from '../../../src/conversation/index.js';
import { shapeOf } from '../../../src/conversation/shape.js';
import type { Snapshot } from '../../../src/model/index.js';
import { bundleOf, edited, smallContent, withoutFile } from '../../support/small-content.js';
import { inShort, openTalk, START, stored } from '../../support/talk.js';

const small = smallContent();
const MAIL = 'flows/mail-missing.yaml';
const TURN = { now: START + 60_000, platform: 'console', locale: 'en', public: false } as const;

/** A snapshot behind the first question of `mail-missing`, made with the small content. */
function atCame(): Snapshot {
  const talk = openTalk(bundleOf(small), 'mail-missing');
  talk.pick('spam');
  return stored(talk.position);
}

function resumed(snapshot: Snapshot, files: ContentFiles) {
  const { position, effects, changed } = createConversation(bundleOf(files), () => 'ours').resume(
    snapshot,
    TURN,
  );
  return {
    at: `${position.flow}.${position.step}`,
    position,
    effects: effects.map((effect) => inShort(effect, TURN.now)),
    changed,
  };
}

/** The small content with a step of `mail-missing` under another name, everywhere. */
function renamed(from: string, to: string, was: string): ContentFiles {
  const text = (small.get(MAIL) ?? '')
    .replaceAll(`go: ${from}`, `go: ${to}`)
    .replace(`  ${from}:\n`, `  ${to}:\n${was}`);
  return new Map([...small, [MAIL, text]]);
}

describe('resume', () => {
  it('stays silent while the structure is the same, also when texts have changed', () => {
    const texts = edited(small, 'locales/en/texts.yaml', 'en mail came', 'has it come');
    expect(resumed(atCame(), texts)).toMatchObject({ at: 'mail-missing.came', effects: [], changed: false });
  });

  it('stays silent when another part of the flows has changed, and is pinned to the new structure', () => {
    const files = edited(small, MAIL, 'say: mail.check, go: by-looked', 'say: mail.again, go: by-looked');
    const after = resumed(atCame(), files);
    expect(after).toMatchObject({ at: 'mail-missing.came', effects: [], changed: false });
    expect(after.position.bundle).toBe(bundleOf(files).structure);
  });

  it('asks again when the choices have changed', () => {
    const files = edited(
      small,
      MAIL,
      'value: "no", go: pause }',
      'value: "no", go: pause }\n      - { label: mail.btn-spam, value: spam, go: check }',
    );
    expect(resumed(atCame(), files)).toMatchObject({
      at: 'mail-missing.came',
      effects: ['ask mail.came [yes no spam]'],
      changed: true,
    });
  });

  it('goes on in silence at a step that says what it was called', () => {
    const after = resumed(atCame(), renamed('came', 'arrived', '    was: came\n'));
    expect(after).toMatchObject({ at: 'mail-missing.arrived', effects: [], changed: false });
  });

  it('explains and shows the menu when the step is gone', () => {
    const after = resumed(atCame(), renamed('came', 'arrived', ''));
    expect(after).toMatchObject({
      at: 'menu.what',
      effects: ['say flow-changed.explain', 'ask menu.what [mail reset]'],
      changed: true,
    });
    expect(after.position.stack).toEqual([]);
  });

  it('explains when the whole flow is gone', () => {
    const gone = edited(
      edited(withoutFile(small, MAIL), 'flows/menu.yaml', 'flow:mail-missing', 'flow:proof'),
      'flows/recover.yaml',
      'flow:mail-missing',
      'flow:proof',
    );
    const files = ['en', 'zh-CN'].reduce(
      (before, tag) =>
        edited(before, `locales/${tag}/phrases.yaml`, `  mail-missing: [${tag} wants mail missing]\n`, ''),
      gone,
    );
    expect(resumed(atCame(), files)).toMatchObject({ at: 'menu.what', changed: true });
  });

  it('explains when the step has another verb now', () => {
    const files = edited(
      small,
      MAIL,
      'pause: { wait: mail, say: mail.waiting, buttons: [ { label: mail.btn-yes, value: arrived, go: done } ], go: came }',
      'pause: { say: mail.waiting, go: came }',
    );
    const talk = openTalk(bundleOf(small), 'mail-missing');
    talk.pick('waited');
    expect(resumed(stored(talk.position), files)).toMatchObject({ at: 'menu.what', changed: true });
  });

  it('keeps the end of a wait whose time was edited', () => {
    const talk = openTalk(bundleOf(small), 'mail-missing');
    talk.pick('waited');
    const after = resumed(stored(talk.position), edited(small, 'flows/_times.yaml', 'mail: 10m', 'mail: 1h'));
    expect(after.position.dueAt).toBe(START + 600_000);
  });

  it('keeps the end of a wait whose step was renamed, under the new name', () => {
    const talk = openTalk(bundleOf(small), 'mail-missing');
    talk.pick('waited');
    const text = (small.get(MAIL) ?? '')
      .replaceAll('go: pause', 'go: rest')
      .replace('pause: { wait', 'rest: { was: pause, wait');
    const after = resumed(stored(talk.position), new Map([...small, [MAIL, text]]));
    expect(after).toMatchObject({
      at: 'mail-missing.rest',
      effects: ['cancel-timer mail-missing.pause', 'set-timer mail-missing.rest +540000'],
    });
  });

  it('carries the places to come back to, and explains where one is gone', () => {
    const talk = openTalk(bundleOf(small), 'mail-missing');
    talk.pick('spam');
    talk.wish('is-it-official');
    const snapshot = stored(talk.position);
    expect(resumed(snapshot, renamed('came', 'arrived', '    was: came\n')).position.stack).toMatchObject([
      { flow: 'mail-missing', step: 'arrived' },
    ]);
    expect(resumed(snapshot, renamed('came', 'arrived', '')).position.stack).toMatchObject([
      { flow: 'flow-changed', step: 'explain', kind: 'digression' },
    ]);
  });

  it('drops the frame of a call whose step calls no more', () => {
    const talk = openTalk(bundleOf(small), 'recover');
    talk.pick('prove');
    const files = edited(
      small,
      'flows/recover.yaml',
      'prove: { call: proof, then: { solved: page, not-solved: person } }',
      'prove: { say: recover.first, go: page }',
    );
    expect(resumed(stored(talk.position), files).position).toMatchObject({
      flow: 'proof',
      step: 'which',
      stack: [],
    });
  });

  it('stays silent at a built-in question about a wish that is still there', () => {
    const talk = openTalk(bundleOf(small), 'mail-missing');
    talk.pick('spam');
    talk.wish('forgot-password');
    expect(resumed(stored(talk.position), edited(small, 'flows/_times.yaml', '10m', '11m'))).toMatchObject({
      at: 'system.switch',
      effects: [],
    });
  });

  it('does not ask about switching to a flow that is gone', () => {
    const talk = openTalk(bundleOf(small), 'mail-missing');
    talk.pick('spam');
    talk.wish('forgot-password');
    const gone = edited(
      withoutFile(small, 'flows/recover.yaml'),
      'flows/menu.yaml',
      'flow:recover',
      'flow:proof',
    );
    const files = ['en', 'zh-CN'].reduce(
      (before, tag) =>
        edited(
          before,
          `locales/${tag}/phrases.yaml`,
          `  forgot-password: [${tag} wants forgot password]\n`,
          '',
        ),
      gone,
    );
    expect(resumed(stored(talk.position), files).effects).toEqual(['ask mail.came [yes no]']);
  });
});

describe('resume in a hand-off', () => {
  const REGISTRY = 'flows/official.yaml';
  const RECOVER = 'flows/recover.yaml';
  const verified = edited(
    small,
    REGISTRY,
    '{ link: reset-help }',
    '{ link: reset-help, verified: true, page: help-fees }',
  );
  const moved = (files: ContentFiles) =>
    edited(files, REGISTRY, 'url: "https://wallet.example/reset"', 'url: "https://wallet.example/new-reset"');
  const at = (files: ContentFiles): Snapshot => {
    const talk = openTalk(bundleOf(files), 'recover');
    talk.pick('page');
    return stored(talk.position);
  };

  it('shows the new link when the registry has another one', () => {
    expect(at(small)).toMatchObject({ flow: 'recover', step: 'page', verb: 'hand_off' });
    expect(resumed(at(small), moved(small))).toMatchObject({
      at: 'recover.page',
      changed: true,
      effects: expect.arrayContaining(['hand-off reset-password']),
    });
    expect(
      resumed(at(small), edited(small, RECOVER, 'end: recover.stopped', 'end: common.bye')),
    ).toMatchObject({
      changed: false,
    });
  });

  it('goes on in silence inside a verified one whose page is the same', () => {
    expect(at(verified)).toMatchObject({ flow: 'hand-off', step: 'plain' });
    const after = resumed(at(verified), edited(verified, RECOVER, 'end: recover.stopped', 'end: common.bye'));
    expect(after).toMatchObject({ at: 'hand-off.plain', effects: [], changed: false });
  });

  it('asks again inside a verified one whose page is another', () => {
    expect(resumed(at(verified), moved(verified))).toMatchObject({ at: 'hand-off.plain', changed: true });
  });

  it('goes on plainly when the page takes part no more', () => {
    expect(resumed(at(verified), small)).toMatchObject({
      at: 'recover.page',
      changed: true,
      effects: expect.arrayContaining(['hand-off reset-password']),
      position: { stack: [] },
    });
  });

  it('explains when the step that led there is gone', () => {
    const files = [...verified].map(([name, text]): [string, string] => [
      name,
      name === RECOVER
        ? text.replaceAll(/\bpage: \{ hand_off/g, 'site: { hand_off').replaceAll(/: page\b/g, ': site')
        : text,
    ]);
    expect(resumed(at(verified), new Map(files))).toMatchObject({ at: 'menu.what', changed: true });
  });
});

describe('a flow that was called', () => {
  it('ends with an explanation when its caller has no way any more for what it ends with', () => {
    const talk = openTalk(bundleOf(small), 'recover');
    talk.pick('prove');
    const bundle = bundleOf(small);
    const recover = bundle.flows.get('recover');
    const prove = recover?.steps.get('prove');
    if (recover === undefined || prove?.verb !== 'call') throw new Error('recover.prove calls');
    const { solved: _, ...outcomes } = prove.outcomes;
    const steps = new Map([...recover.steps, ['prove', { ...prove, outcomes }]]);
    const changed = { ...bundle, flows: new Map([...bundle.flows, ['recover', { ...recover, steps }]]) };
    const { position, effects } = createConversation(changed, () => 'ours').advance(
      talk.position,
      { kind: 'choice', value: 'have' },
      TURN,
    );
    expect(effects.map((effect) => inShort(effect, TURN.now))).toContain('say flow-changed.explain');
    expect(position).toMatchObject({ flow: 'menu', step: 'what' });
  });
});

describe('carryOver', () => {
  it('keeps a resting conversation at rest, and drops a wish whose flow is gone', () => {
    const bundle = bundleOf(small);
    const snapshot: Snapshot = {
      ...stored(openTalk(bundle).position),
      bundle: 'older',
      later: 'no-such-flow',
      asked: ['fees', 'no-such-intent'],
    };
    expect(carryOver(snapshot, bundle)).toMatchObject({
      kind: 'same',
      snapshot: { flow: 'idle', later: null, asked: ['fees'], bundle: bundle.structure },
    });
  });
});

describe('shapeOf', () => {
  it('changes when the official page begins to take part in a hand-off, or ends to', () => {
    const shape = (files: ContentFiles): readonly string[] => {
      const bundle = bundleOf(files);
      const steps = [...bundle.flows.values()].flatMap((flow) => [...flow.steps.values()]);
      return steps.flatMap((step) => (step.verb === 'hand_off' ? [shapeOf(step, bundle)] : []));
    };
    const to = '{ link: reset-help, verified: true, page: help-fees }';
    const before = shape(small);
    const after = shape(edited(small, 'flows/official.yaml', '{ link: reset-help }', to));
    expect(before.length).toBeGreaterThan(0);
    expect(after).toHaveLength(before.length);
    for (const each of after) expect(before).not.toContain(each);
  });

  it('changes with the question, the slot and the choices, not with where they lead', () => {
    const shape = (files: ContentFiles): string => {
      const step = bundleOf(files).flows.get('mail-missing')?.steps.get('looked');
      return step === undefined ? '' : shapeOf(step, bundleOf(files));
    };
    const before = shape(small);
    expect(before).toMatch(/^[0-9a-f]{12}:([0-9a-f]{8}){3}$/);
    expect(shape(edited(small, MAIL, 'value: waited, go: pause', 'value: waited, go: check'))).toBe(before);
    for (const [from, to] of [
      ['ask: mail.looked', 'ask: mail.came'],
      ['save: looked', 'save: seen'],
      ['label: mail.btn-waited', 'label: mail.btn-no'],
      ['value: waited', 'value: later'],
    ] as const) {
      const other = edited(small, MAIL, from, to);
      expect(
        shape(from.startsWith('save') ? edited(other, MAIL, 'when: looked', 'when: seen') : other),
      ).not.toBe(before);
    }
  });
});

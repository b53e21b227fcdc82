import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../../src/content/index.js';
import { readContentFiles } from '../../../src/content/read-files.js';
import type { Commit, InboundContent, Snapshot } from '../../../src/model/index.js';
import { computeTurn } from '../../../src/runtime/turn.js';
import type { Engine, TurnInput } from '../../../src/runtime/turn-request.js';
import { snapshotRecord } from '../../../src/store/records.js';
import { inbound, keysOf, openStage, plainEngine } from '../../support/engine.js';
import { type Edit, everyEdit, type Fate, restingOf } from '../../support/live-edits.js';
import { bundleOf } from '../../support/small-content.js';
import { START } from '../../support/talk.js';

const shipped: Bundle = bundleOf(await readContentFiles('.'));
const stage = openStage();
const old = plainEngine(shipped);
const LATER = START + 60_000;
const PLAIN = { secrets: [], held: null, earlier: [], cut: false, script: null } as const;
const CONVERSATION = inbound(1, { kind: 'start', payload: '' }, { platform: 'console' }).conversation;

/** One turn on a snapshot: what is said, by text keys, and where the conversation is afterwards. */
function turn(engine: Engine, snapshot: Snapshot | null, input: TurnInput | InboundContent, now = LATER) {
  const isContent = !('message' in input) && input.kind !== 'timer' && input.kind !== 'page';
  const message = inbound(2, isContent ? input : { kind: 'text', text: '' }, { platform: 'console' });
  const { conversation, person, platform, id: seen } = message;
  const commit: Commit = computeTurn(
    engine,
    stage,
    {
      ...{ conversation, person, platform, seen, now, entropy: new Uint8Array(32) },
      input: isContent ? { kind: 'message', message, inspection: { ...PLAIN, content: input } } : input,
    },
    { version: snapshot === null ? 0 : 1, snapshot, person: null },
  );
  const messages = commit.outbox.map(
    (row) => row.call.payload.message as Parameters<typeof keysOf>[0][number],
  );
  const after = commit.snapshot;
  return {
    keys: keysOf(messages).join(' '),
    after,
    at: `${after?.flow}.${after?.step}`,
    timers: commit.timers,
  };
}

const write = (text: string): InboundContent => ({ kind: 'text', text });
const present = (snapshot: Snapshot | null): Snapshot => {
  if (snapshot === null) throw new Error('nothing is kept of the conversation');
  return snapshot;
};

/** Somebody who waits at a step, and how they came to. */
interface Parked {
  readonly how: string;
  readonly snapshot: Snapshot;
  /** Whether the step is where they are, not only where they come back to. */
  readonly isHere: boolean;
}

function parkedAt(flow: string, step: string): readonly Parked[] {
  const opened = turn(old, null, { kind: 'start', payload: '' }, START).after;
  const here = present(turn(old, opened, { kind: 'start', payload: `${flow}.${step}` }, START).after);
  const parked: Parked[] = [{ how: 'there', snapshot: here, isHere: true }];
  for (const [name, { steps }] of shipped.flows)
    for (const caller of steps.values())
      if (caller.verb === 'call' && caller.flow === flow)
        parked.push({
          how: `called by ${name}.${caller.name}`,
          isHere: true,
          snapshot: {
            ...here,
            stack: [{ flow: name, step: caller.name, kind: 'call', dueAt: null }],
          },
        });
  // Asked whether to leave it, asked what was meant, and in an emergency.
  for (const [how, text] of [
    ['in the middle of another wish', 'wants lost-access'],
    ['in the middle of a question about us', 'wants is-it-official'],
    ['in an emergency', 'wants leaked-secret'],
  ] as const) {
    const { after } = turn(old, here, write(text), START);
    if (after !== null && after.flow !== flow && after.stack.length > 0)
      parked.push({ how, snapshot: after, isHere: false });
  }
  return parked;
}

/** What somebody who waits may do next. */
function deeds(
  engine: Engine,
  snapshot: Snapshot,
): readonly (readonly [string, TurnInput | InboundContent])[] {
  const taps = snapshot.offers.map((offer): readonly [string, InboundContent] => [
    `taps ${offer.event.kind === 'choice' ? offer.event.value : offer.event.kind}`,
    { kind: 'tap', data: engine.buttons.sign(CONVERSATION, offer.turn, offer.index) },
  ]);
  const timer = `${snapshot.flow}.${snapshot.step}`;
  return [
    ...taps,
    ['writes something else', write('xyzzy')],
    ['wants fees', write('wants fees')],
    ['asks for a person', { kind: 'command', name: 'human', text: '' }],
    ...(snapshot.dueAt === null ? [] : [['waits', { kind: 'timer', timer, dueAt: snapshot.dueAt }] as const]),
  ];
}

type Deed = readonly [string, TurnInput | InboundContent];
type Turned = ReturnType<typeof turn>;

/** Everything that may be done at the step itself; elsewhere, where it matters only later, two things. */
function deedsOf({ how, snapshot }: Parked): readonly Deed[] {
  const all = deeds(old, snapshot);
  return how === 'there' ? all : [...all.slice(0, 1), ...all.slice(-1)];
}

/** What is wrong with a conversation after an edit and one thing that the person did; empty when nothing is. */
function wrong(
  engine: Engine,
  parked: Parked,
  [deed, input]: Deed,
  before: Turned,
  fate: Fate | null,
  edit: Edit,
  helped: Set<string>,
): readonly string[] {
  const faults: string[] = [];
  const { keys, after, at } = turn(engine, parked.snapshot, input);
  if (after === null) return before.after === null ? [] : ['the conversation is gone'];
  if (keys === '' && deed !== 'waits') faults.push('nobody answers');
  const { flow, step } = after;
  const isBuiltIn = flow === 'idle' || flow === 'system';
  const resting = engine.bundle.flows.get(flow)?.steps.get(step);
  if (
    !isBuiltIn &&
    (resting === undefined || !restingOf({ steps: new Map([[step, resting]]) } as never).length)
  )
    faults.push(`rests at ${at}, which is no place to rest`);
  const expected = engine.conversation.expected(after);
  if (flow !== 'idle' && expected.choices.length + expected.expects.length === 0 && after.dueAt === null)
    faults.push(`waits for nothing at ${at}`);
  const unoffered = expected.choices.filter(
    ({ value }) => !after.offers.some(({ event }) => event.kind === 'choice' && event.value === value),
  );
  // A text that changed nothing about the choices leaves the buttons as they are.
  if (flow !== 'idle' && unoffered.length > 0 && deed !== 'waits') faults.push('choices are not on offer');
  const place = JSON.stringify([at, after.stack]);
  const human = { kind: 'command', name: 'human', text: '' } as const;
  if (!helped.has(place)) {
    if (!isDeepStrictEqual(snapshotRecord.parse(after), after)) faults.push('cannot be stored');
    if (!turn(engine, after, human).keys.includes('human.channels'))
      faults.push('no way to the support team');
  }
  helped.add(place);
  if (!parked.isHere || fate === null) return faults;
  const told = keys.includes('flow-changed.explain');
  const again = keys.includes('flow-changed.again');
  const asBefore = at === before.at || at === `${before.after?.flow}.${edit.now(before.after?.step ?? '')}`;
  const tapped = /^taps (?!wont-open)(.+)$/.exec(deed)?.[1];
  const isAnswer = tapped !== undefined || deed === 'writes something else';
  switch (fate) {
    case 'goes-on':
      if (told || again) faults.push('is told of a change that is none for them');
      if (!asBefore && edit.name !== 'new question before') faults.push(`is at ${at}, not ${before.at}`);
      break;
    case 'explained':
      if (!told) faults.push('is not told that the place is gone');
      if (isAnswer && flow !== 'menu') faults.push(`is at ${at}, not in the menu`);
      break;
    case 'asked-again':
      if (told) faults.push('is told that the place is gone');
      if (isAnswer && !again) faults.push('an answer to the old question was taken');
      if (isAnswer && step !== parked.snapshot.step) faults.push(`is at ${at}`);
      break;
    case 'choice-counts': {
      const there = engine.bundle.flows.get(parked.snapshot.flow)?.steps.get(parked.snapshot.step);
      const values = there?.verb === 'ask' || there?.verb === 'wait' ? there.buttons : [];
      if (told) faults.push('is told that the place is gone');
      if (tapped === undefined) break;
      if (values.some(({ value }) => value === tapped) ? !asBefore || again : !again)
        faults.push(`is at ${at} after ${tapped}`);
      break;
    }
  }
  return faults;
}

describe('an edit under a live conversation', () => {
  const places = [...shipped.flows.values()].flatMap((flow) =>
    restingOf(flow).map((step) => ({ flow, step, parked: parkedAt(flow.name, step.name) })),
  );
  const cases = places.flatMap(({ flow, step, parked }) =>
    parked.flatMap((one) =>
      deedsOf(one).map((deed) => ({
        ...{ flow, step, one, deed },
        before: turn(old, one.snapshot, deed[1]),
      })),
    ),
  );

  it('is tried at every resting step of every shipped flow', () => {
    expect(places.length).toBeGreaterThan(140);
    expect(cases.length).toBeGreaterThan(1_500);
    for (const { flow, step, parked } of places)
      expect(parked[0]?.snapshot).toMatchObject({ flow: flow.name, step: step.name });
  });

  it.each(everyEdit(shipped).map((edit) => [edit.name, edit] as const))(
    '%s: everybody goes on sensibly',
    (_name, edit) => {
      const engine = plainEngine(edit.bundle);
      const helped = new Set<string>();
      const faults = cases.flatMap(({ flow, step, one, deed, before }) =>
        wrong(engine, one, deed, before, edit.fate(flow, step), edit, helped).map(
          (fault) => `${flow.name}.${step.name} (${one.how}), who ${deed[0]}: ${fault}`,
        ),
      );
      expect(faults.slice(0, 4)).toEqual([]);
    },
  );
});

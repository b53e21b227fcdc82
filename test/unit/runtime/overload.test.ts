import { describe, expect, it } from 'vitest';
import { type ConversationId, conversationId } from '../../../src/model/index.js';
import { createWaitingRoom, type Place } from '../../../src/runtime/overload.js';
import { START } from '../../support/talk.js';

const talk = (user: string): ConversationId => conversationId('telegram', { channel: user }, user);
const A = talk('1');
const overloaded = expect.objectContaining({ code: 'overloaded', retryable: true });

/** Lets messages `first` to `last` of a conversation in; returns their places by number. */
function arrive(
  room: ReturnType<typeof createWaitingRoom<number>>,
  first: number,
  last: number,
  secrets: readonly number[] = [],
): Map<number, Place<number>> {
  const places = new Map<number, Place<number>>();
  for (let number = first; number <= last; number += 1) {
    const hasSecret = secrets.includes(number);
    places.set(number, room.enter(number, { conversation: A, hasSecret, now: START }));
  }
  return places;
}

const kinds = (places: ReadonlyMap<number, Place<number>>, kind: string): readonly number[] =>
  [...places].flatMap(([number, place]) => (place.begin().kind === kind ? [number] : []));

describe('the waiting room of one conversation', () => {
  it('reads twenty messages that wait', () => {
    expect(kinds(arrive(createWaitingRoom<number>(), 1, 20), 'turn')).toHaveLength(20);
  });

  it('keeps the last ten when one more comes', () => {
    const places = arrive(createWaitingRoom<number>(), 1, 21);
    const read = [...places].flatMap(([, place]) => {
      const treatment = place.begin();
      return treatment.kind === 'turn' ? [treatment.content] : [];
    });
    expect(read).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20, 21]);
  });

  it('counts only those that wait, not those that have begun', () => {
    const room = createWaitingRoom<number>();
    const begun = arrive(room, 1, 15);
    expect(kinds(begun, 'turn')).toHaveLength(15);
    expect(kinds(arrive(room, 16, 35), 'turn')).toHaveLength(20);
  });

  it('never passes over a message with a secret', () => {
    const places = arrive(createWaitingRoom<number>(), 1, 21, [1, 7]);
    expect(kinds(places, 'shortened')).toEqual([2, 3, 4, 5, 6, 8, 9, 10, 11]);
  });

  it('has one reply for all that it has not gone out for', () => {
    const room = createWaitingRoom<number>();
    const places = arrive(room, 1, 60);
    const bursts = new Set(
      [...places.values()].flatMap((place) => {
        const treatment = place.begin();
        return treatment.kind === 'shortened' ? [treatment.burst] : [];
      }),
    );
    expect(bursts.size).toBe(1);
  });

  it('has another one for what came after the reply', () => {
    const room = createWaitingRoom<number>();
    const first = arrive(room, 1, 21).get(1)?.begin();
    if (first?.kind !== 'shortened') throw new Error('the first one is read');
    first.burst.told = true;
    const later = arrive(room, 22, 33);
    const shortened = [...later.values()].map((place) => place.begin());
    expect(shortened.filter((treatment) => treatment.kind === 'shortened')).not.toHaveLength(0);
    for (const treatment of shortened)
      if (treatment.kind === 'shortened') expect(treatment.burst).not.toBe(first.burst);
  });

  it('is bounded, whatever the messages hold', () => {
    const room = createWaitingRoom<number>();
    const everyone = Array.from({ length: 200 }, (_, index) => index + 1);
    const places = arrive(room, 1, 200, everyone);
    expect(() => arrive(room, 201, 201, [201])).toThrow(overloaded);
    expect(room.enter(1, { conversation: talk('2'), hasSecret: false, now: START }).begin().kind).toBe(
      'turn',
    );
    places.get(1)?.leave(true);
    expect(kinds(arrive(room, 201, 201, [201]), 'turn')).toEqual([201]);
  });
});

describe('the waiting room of all', () => {
  const enter = (
    room: ReturnType<typeof createWaitingRoom<string>>,
    user: string,
    at = START,
    secret = false,
  ) => room.enter(user, { conversation: talk(user), hasSecret: secret, now: at });

  it('tells a message that too many write, but reads one with a secret', () => {
    const room = createWaitingRoom<string>(2);
    const [first] = [enter(room, '1'), enter(room, '2')];
    expect(enter(room, '3').begin()).toEqual({ kind: 'busy' });
    expect(room.size).toBe(3);
    expect(enter(room, '4', START, true).begin()).toEqual({ kind: 'turn', content: '4' });
    expect(first?.begin()).toEqual({ kind: 'turn', content: '1' });
  });

  it('tells so once a minute; what comes meanwhile has to come again', () => {
    const room = createWaitingRoom<string>(1);
    enter(room, '1');
    enter(room, '2').leave(true);
    expect(() => enter(room, '2', START + 59_999)).toThrow(overloaded);
    expect(enter(room, '2', START + 60_000).begin().kind).toBe('busy');
  });

  it('tells so again at once when the reply was not committed', () => {
    const room = createWaitingRoom<string>(1);
    enter(room, '1');
    enter(room, '2').leave(false);
    expect(enter(room, '2').begin().kind).toBe('busy');
  });

  it('takes nothing more at twice the limit', () => {
    const room = createWaitingRoom<string>(2);
    for (const user of ['1', '2', '3', '4']) enter(room, user);
    expect(() => enter(room, '5', START, true)).toThrow(overloaded);
    expect(room.size).toBe(4);
  });

  it('reads on once there is room', () => {
    const room = createWaitingRoom<string>(1);
    const [first, second] = [enter(room, '1'), enter(room, '2')];
    first.leave(true);
    second.leave(true);
    expect(room.size).toBe(0);
    expect(enter(room, '2').begin()).toEqual({ kind: 'turn', content: '2' });
  });
});

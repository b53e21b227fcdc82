import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DueOrder } from '../../../src/store/due-order.js';

describe('DueOrder', () => {
  it('lists what is due, the longest waiting first, whatever came and went before', () => {
    const item = fc.record({ at: fc.integer({ min: 0, max: 20 }), removed: fc.boolean() });
    fc.assert(
      fc.property(fc.array(item), fc.integer({ min: 0, max: 20 }), fc.nat(8), (items, now, limit) => {
        const order = new DueOrder();
        const added = items.map(({ at, removed }, index) => ({ at, order: index, removed }));
        for (const each of added) order.add(each);
        for (const each of added) if (each.removed) order.remove({ at: each.at, order: each.order });
        const left = added.filter((each) => !each.removed).sort((a, b) => a.at - b.at || a.order - b.order);
        expect(order.due(now, limit)).toEqual(left.filter((each) => each.at <= now).slice(0, limit));
        expect(order.first(() => 0)).toBe(left[0]?.at ?? null);
      }),
    );
  });

  it('keeps thousands in order while they come and go', () => {
    const order = new DueOrder();
    // Steps of a prime through a ring reach every time once, in no order that a sorted list would like.
    const items = Array.from({ length: 5000 }, (_, index) => ({ at: (index * 1931) % 5000, order: index }));
    for (const item of items) order.add(item);
    for (const item of items) if (item.at % 3 !== 0) order.remove(item);
    const left = items.filter((item) => item.at % 3 === 0).sort((a, b) => a.at - b.at);
    expect(order.due(5000, 5000)).toEqual(left);
    for (const item of left) order.remove(item);
    expect(order.first(() => 0)).toBeNull();
  });

  it('ignores the removal of what is not there', () => {
    const order = new DueOrder();
    order.add({ at: 1, order: 1 });
    order.remove({ at: 1, order: 2 });
    order.remove({ at: 2, order: 1 });
    expect(order.due(1, 9)).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { createAdmission } from '../../../../adapters/slack/admission.js';

const event = (id: string) => ({ type: 'event_callback', event_id: id });

/** An admission of four, and works that end when they are told to. */
function createScene() {
  const changes: boolean[] = [];
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const admission = createAdmission(4, (isFull) => changes.push(isFull));
  const take = (id: string): Promise<void> =>
    admission.admit(event(id), () => {
      begun.push(id);
      return new Promise<void>((resolve, reject) => {
        ends.set(id, (error) => (error === undefined ? resolve() : reject(error)));
      });
    });
  const end = async (id: string): Promise<void> => {
    ends.get(id)?.();
    await new Promise(setImmediate);
  };
  return { admission, changes, begun, ends, take, end };
}

describe('the admission', () => {
  it('takes nothing more in when it is full, until half of it is done', async () => {
    const { admission, changes, begun, take, end } = createScene();
    for (const id of ['1', '2', '3', '4', '5']) void take(id);
    expect([begun, admission.isFull, changes]).toEqual([['1', '2', '3', '4'], true, [true]]);
    await end('1');
    await take('6');
    expect(begun).toHaveLength(4);
    await end('2');
    expect(changes).toEqual([true, false]);
    void take('5');
    expect(begun.at(-1)).toBe('5');
  });

  it('takes a repetition of what is in hand only where there is much room', async () => {
    const { begun, take, end } = createScene();
    void take('1');
    void take('1');
    expect(begun).toEqual(['1', '1']);
    await take('1');
    expect(begun).toHaveLength(2);
    void take('2');
    expect(begun).toEqual(['1', '1', '2']);
    await end('2');
    void take('2');
    expect(begun.at(-1)).toBe('2');
  });

  it('is not kept full by work that fails', async () => {
    const { admission, begun, ends, take, end } = createScene();
    const works = ['1', '2', '3', '4'].map((id) => take(id));
    ends.get('1')?.(new Error('the store is away'));
    await expect(works[0]).rejects.toThrow('the store is away');
    await end('2');
    expect(admission.isFull).toBe(false);
    void take('1');
    expect(begun.at(-1)).toBe('1');
  });
});

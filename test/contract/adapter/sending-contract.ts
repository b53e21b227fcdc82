import { expect, it } from 'vitest';
import type { SendFaults, Traits } from './fixture.js';
import type { Scene } from './scene.js';
import { echo, echoes, openEcho, openTwo } from './talk.js';

/** What becomes of a message that does not go through at once. */
export function sendingContract(scene: () => Scene, { lostAnswer, tellsBlock }: Traits): void {
  const faults = (): SendFaults => {
    const { faults: known } = scene().platform;
    if (known === null) throw new Error('sending cannot fail here');
    return known;
  };

  it('waits as long as the platform asks, keeps the order, and delays nobody else', async () => {
    const { process, ann, bob } = await openTwo(scene());
    const { platform } = scene();
    faults().limit(60);
    ann.says('one');
    await process.logs('row-retried');
    ann.says('two');
    await echo(scene(), bob, 'not me');
    const posts = platform.posts();
    await scene().pass(59_000);
    expect(platform.posts()).toBe(posts);
    expect(echoes(scene(), ann)).toEqual(['']);
    await scene().passUntil(() => echoes(scene(), ann).length === 3);
    expect(echoes(scene(), ann)).toEqual(['', 'one', 'two']);
    expect(echoes(scene(), bob)).toEqual(['', 'not me']);
  });

  it.each([
    ['soon', 0],
    // More than the two minutes in which Discord knows a nonce, and just before the next try.
    ['long', 124_000],
  ])(
    'shows a message whose answer was lost, %s after that, no more often than it must',
    async (_when, waitMs) => {
      const process = await scene().start();
      const { platform } = scene();
      const ann = platform.person();
      await openEcho(scene(), ann);
      faults().loseAnswer();
      ann.says('one');
      await process.logs('row-retried');
      if (waitMs > 0) {
        await platform.cut();
        await scene().pass(waitMs);
        await platform.mend();
      }
      ann.says('two');
      await scene().passUntil(() => echoes(scene(), ann).includes('two'));
      const ones = echoes(scene(), ann).filter((words) => words === 'one').length;
      expect(ones).toBeGreaterThanOrEqual(1);
      expect(ones).toBeLessThanOrEqual(lostAnswer === 'once' ? 1 : 2);
      expect(echoes(scene(), ann).at(-1)).toBe('two');
    },
  );

  it.each(['drop', 'fail'] as const)('shows a message once that did not get through: %s', async (fault) => {
    const process = await scene().start();
    const ann = scene().platform.person();
    await openEcho(scene(), ann);
    faults()[fault]();
    ann.says('one');
    await process.logs('row-retried');
    ann.says('two');
    await scene().passUntil(() => echoes(scene(), ann).length === 3);
    expect(echoes(scene(), ann)).toEqual(['', 'one', 'two']);
  });

  it('gives up on a person who cannot be reached, on nobody else, and only until they write again', async () => {
    const { process, ann, bob } = await openTwo(scene());
    const { platform } = scene();
    const hold = process.hold('before');
    ann.says('one');
    await hold.reached;
    ann.reachable(false);
    hold.release();
    await process.logs('row-dead');
    const posts = platform.posts();
    await scene().pass(60_000);
    await echo(scene(), bob, 'not me');
    expect(platform.posts()).toBe(posts + 1);
    ann.reachable(true);
    await echo(scene(), ann, 'two');
    expect(echoes(scene(), ann)).toEqual(['', 'two']);
  });

  it('calls nobody who is known to have blocked it, and answers what they write after that', async () => {
    const process = await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    await openEcho(scene(), ann);
    faults().limit(60);
    ann.says('one');
    await process.logs('row-retried');
    const posts = platform.posts();
    ann.reachable(false);
    if (tellsBlock) await process.logs('blocked');
    await scene().pass(61_000);
    if (!tellsBlock) await process.logs('row-dead');
    ann.reachable(true);
    await echo(scene(), ann, 'two');
    expect(platform.posts() - posts).toBe(tellsBlock ? 1 : 2);
    expect(echoes(scene(), ann)).toEqual(['', 'two']);
    expect(await scene().store.listDead(9)).toHaveLength(1);
  });
}

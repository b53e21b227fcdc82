import { expect, it } from 'vitest';
import type { PlatformFixture } from './fixture.js';
import type { Scene } from './scene.js';
import { echoes, openEcho, openTwo } from './talk.js';

/** What becomes of a talk while the connection suffers. */
export function connectionContract(scene: () => Scene, { troubles, traits }: PlatformFixture): void {
  it.each(troubles)('loses nothing and doubles nothing over %s', async (name) => {
    const { process, ann, bob } = await openTwo(scene());
    const { platform } = scene();
    await process.delivered();
    platform.trouble(name);
    ann.says('one');
    ann.says('two');
    bob.says('three');
    const all = () => [...echoes(scene(), ann), ...echoes(scene(), bob)];
    await scene().passUntil(() => {
      platform.redeliver();
      return all().length === 5;
    });
    ann.says('four');
    await scene().passUntil(() => echoes(scene(), ann).includes('four'));
    expect(echoes(scene(), ann)).toEqual(['', 'one', 'two', 'four']);
    expect(echoes(scene(), bob)).toEqual(['', 'three']);
  });

  it('comes back after an outage, tells of it, and answers what was written meanwhile', async () => {
    const process = await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    await openEcho(scene(), ann);
    await process.delivered();
    expect(process.state()).toBe('running');
    await platform.cut();
    if (traits.tellsOutage) await scene().passUntil(() => process.state() === 'starting');
    ann.says('one');
    await scene().pass(5_000);
    await platform.mend();
    platform.redeliver();
    await scene().passUntil(() => echoes(scene(), ann).length === 2);
    await scene().passUntil(() => process.state() === 'running');
    ann.says('two');
    await scene().passUntil(() => echoes(scene(), ann).includes('two'));
    expect(echoes(scene(), ann)).toEqual(['', 'one', 'two']);
  });
}

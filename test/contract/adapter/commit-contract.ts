import { describe, expect, it } from 'vitest';
import type { Person, TapState, Traits } from './fixture.js';
import type { Process } from './process.js';
import type { Scene } from './scene.js';
import { echo, echoes, openEcho, TAPPED } from './talk.js';

/** What holds around the commit, whenever a process ends. */
export function commitContract(scene: () => Scene, traits: Traits): void {
  /** A tap whose process is gone is shown as failed, or comes again to the next one; the tap after it works. */
  const expectLostTap = async (ann: Person, tap: () => TapState): Promise<void> => {
    if (traits.lostTap === 'fails') expect(tap()).toBe('failed');
    await scene().start();
    if (traits.lostTap === 'comes-again') await scene().until(() => echoes(scene(), ann).length === 2);
    else expect(echoes(scene(), ann)).toEqual(['']);
    const before = echoes(scene(), ann).length;
    const next = ann.taps('again');
    await scene().until(() => next() === 'answered' && echoes(scene(), ann).length === before + 1);
    await echo(scene(), ann, 'one');
    expect(echoes(scene(), ann)).toHaveLength(before + 2);
  };

  /** Kills a process before or after the commit of what somebody does; returns what that gave. */
  const killAt = async <Done>(process: Process, when: 'before' | 'after', act: () => Done): Promise<Done> => {
    const hold = process.hold(when);
    const done = act();
    await hold.reached;
    await scene().settle();
    await scene().kill(process);
    return done;
  };

  it('acknowledges what people write only after its commit', async () => {
    const process = await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    await openEcho(scene(), ann);
    await scene().until(() => (platform.unacknowledged?.() ?? 0) === 0);
    const hold = process.hold('before');
    ann.says('one');
    await hold.reached;
    await scene().settle();
    if (platform.unacknowledged !== null) expect(platform.unacknowledged()).toBe(1);
    expect(echoes(scene(), ann)).toEqual(['']);
    hold.release();
    await scene().until(() => echoes(scene(), ann).length === 2);
    await scene().until(() => (platform.unacknowledged?.() ?? 0) === 0);
  });

  describe('a process that is killed before a commit', () => {
    it('leaves a message to be brought again', async () => {
      const process = await scene().start();
      const ann = scene().platform.person();
      await openEcho(scene(), ann);
      await killAt(process, 'before', () => ann.says('one'));
      await scene().start();
      scene().platform.redeliver();
      if (traits.bringsAgain) await scene().until(() => echoes(scene(), ann).length === 2);
      await echo(scene(), ann, 'two');
      expect(echoes(scene(), ann)).toEqual(traits.bringsAgain ? ['', 'one', 'two'] : ['', 'two']);
    });

    it('leaves the first words of a person to be brought again', async () => {
      const process = await scene().start();
      const ann = scene().platform.person();
      await killAt(process, 'before', () => ann.says('en wants echo'));
      await scene().start();
      scene().platform.redeliver();
      if (!traits.bringsAgain) ann.says('en wants echo');
      await scene().until(() => echoes(scene(), ann).length === 1);
      await echo(scene(), ann, 'one');
      expect(echoes(scene(), ann)).toEqual(['', 'one']);
    });

    it('leaves a tap to the app, and the next tap works', async () => {
      const process = await scene().start();
      const ann = scene().platform.person();
      await openEcho(scene(), ann);
      const tap = await killAt(process, 'before', () => ann.taps('again'));
      await expectLostTap(ann, tap);
    });
  });

  it('leaves a tap to the app that is made while nothing runs, and the next tap works', async () => {
    const process = await scene().start();
    const ann = scene().platform.person();
    await openEcho(scene(), ann);
    await scene().stop(process);
    const tap = ann.taps('again');
    await scene().pass(4_000);
    if (traits.lostTap === 'comes-again') expect(tap()).not.toBe('answered');
    await expectLostTap(ann, tap);
  });

  describe('a process that is killed after a commit', () => {
    it('leaves the answer to the next one, which gives it once', async () => {
      const process = await scene().start();
      const ann = scene().platform.person();
      await openEcho(scene(), ann);
      await killAt(process, 'after', () => ann.says('one'));
      await scene().start();
      scene().platform.redeliver();
      await scene().until(() => echoes(scene(), ann).length === 2);
      await echo(scene(), ann, 'two');
      expect(echoes(scene(), ann)).toEqual(['', 'one', 'two']);
    });

    it('leaves the answer to a tap to the next one too', async () => {
      const process = await scene().start();
      const ann = scene().platform.person();
      await openEcho(scene(), ann);
      await killAt(process, 'after', () => ann.taps('again'));
      await scene().start();
      await scene().until(() => echoes(scene(), ann).length === 2);
      await echo(scene(), ann, 'one');
      expect(echoes(scene(), ann)).toEqual(['', TAPPED, 'one']);
    });
  });

  it('loses nothing and doubles nothing when it has to stop in the middle of a turn', async () => {
    const process = await scene().start();
    const ann = scene().platform.person();
    await openEcho(scene(), ann);
    const hold = process.hold('before');
    ann.says('one');
    await hold.reached;
    await scene().settle();
    const stopped = scene().stop(process);
    if (traits.bringsAgain) ann.says('two');
    hold.release();
    await stopped;
    expect(echoes(scene(), ann)).toEqual(['', 'one']);
    await scene().start();
    scene().platform.redeliver();
    if (traits.bringsAgain) await scene().until(() => echoes(scene(), ann).length === 3);
    await echo(scene(), ann, 'three');
    expect(echoes(scene(), ann)).toEqual(
      traits.bringsAgain ? ['', 'one', 'two', 'three'] : ['', 'one', 'three'],
    );
  });

  it('answers what was written while nothing ran', async () => {
    await scene().stop(await scene().start());
    const ann = scene().platform.person();
    ann.says('en wants echo');
    await scene().start();
    scene().platform.redeliver();
    if (!traits.bringsAgain) ann.says('en wants echo');
    await scene().until(() => echoes(scene(), ann).length === 1);
    await echo(scene(), ann, 'one');
    expect(echoes(scene(), ann)).toEqual(['', 'one']);
  });

  it('brings in what people wrote while nothing ran for long, in order, before what they write now', async () => {
    const process = await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    await openEcho(scene(), ann);
    await scene().pass(2_000);
    await scene().stop(process);
    if (traits.bringsAgain) for (const words of ['one', 'two']) ann.says(words);
    await scene().pass(600_000);
    platform.giveUp();
    const started = scene().start();
    if (traits.bringsAgain) ann.says('three');
    await started;
    if (traits.bringsAgain) await scene().until(() => echoes(scene(), ann).length === 4);
    await echo(scene(), ann, 'four');
    expect(echoes(scene(), ann)).toEqual(
      traits.bringsAgain ? ['', 'one', 'two', 'three', 'four'] : ['', 'four'],
    );
  });

  /** Ways into a talk in which nobody has to write; each ends with an answer in the direct chat. */
  const beginnings: Readonly<Record<string, (ann: Person) => Promise<void>>> = {
    'a command': async (ann) => {
      ann.command('help');
      await scene().heard(ann, 'en help says');
    },
    ...(traits.rooms === null
      ? {}
      : {
          'the tap in a room that opens the direct chat': async (ann) => {
            const room = scene().platform.room();
            ann.mentions('en wants forgot password', room);
            await scene().heard(ann, 'private', { room });
            ann.taps('en public open btn', room);
            await scene().heard(ann, 'en recover first');
          },
        }),
  };

  it.each(Object.entries(beginnings))(
    'brings in what somebody writes while nothing runs for long who had given only %s before',
    async (_name, begin) => {
      const process = await scene().start();
      const { platform } = scene();
      const ann = platform.person();
      await begin(ann);
      await scene().pass(2_000);
      await scene().stop(process);
      const from = scene().hears(ann).length;
      if (traits.bringsAgain) ann.says('en wants fees');
      await scene().pass(600_000);
      platform.giveUp();
      await scene().start();
      if (!traits.bringsAgain) ann.says('en wants fees');
      await scene().heard(ann, 'en answers fees', { from });
    },
  );
}

import { expect, it } from 'vitest';
import type { Traits } from './fixture.js';
import type { Scene } from './scene.js';
import { echo, echoes, heardText, openEcho, openTwo, TAPPED } from './talk.js';

/** Who is heard, how often, and in which order. */
export function hearingContract(scene: () => Scene, traits: Traits): void {
  it('answers the very first words of a person, in a process that has seen nothing yet', async () => {
    await scene().start();
    const ann = scene().platform.person();
    ann.says('en wants echo');
    await scene().heard(ann, heardText(''));
    expect(scene().hears(ann).join('\n')).toContain('en safety full');
  });

  it('leaves alone what it says itself, and what other bots say', async () => {
    await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    await openEcho(scene(), ann);
    const posts = platform.posts();
    platform.otherBotSays('en wants echo', platform.room());
    await echo(scene(), ann, 'still there?');
    await echo(scene(), ann, 'and now?');
    expect(platform.posts()).toBe(posts + 2);
  });

  it('lets an update that comes twice have one effect', async () => {
    await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    await openEcho(scene(), ann);
    platform.repeatNext?.();
    await echo(scene(), ann, 'one');
    await echo(scene(), ann, 'two');
    platform.repeatNext?.();
    ann.taps('again');
    await scene().until(() => echoes(scene(), ann).length === 4);
    await echo(scene(), ann, 'three');
    await echo(scene(), ann, 'four');
    expect(echoes(scene(), ann)).toEqual(['', 'one', 'two', TAPPED, 'three', 'four']);
  });

  it('keeps the order of each chat while many write at once', async () => {
    await scene().start();
    const { platform } = scene();
    const people = Array.from({ length: traits.people === 'many' ? 4 : 1 }, () => platform.person());
    for (const person of people) person.says('en wants echo');
    const words = Array.from({ length: 7 }, (_, index) => `line ${index}`);
    for (const line of words) for (const person of people) person.says(line);
    await scene().until(() => people.every((person) => echoes(scene(), person).length === 8));
    for (const person of people) expect(echoes(scene(), person)).toEqual(['', ...words]);
  });

  if (traits.people === 'many') {
    it('lets nobody wait for the turn of somebody else that hangs', async () => {
      const { process, ann, bob } = await openTwo(scene());
      await process.delivered();
      const hold = process.hold('before');
      ann.says('one');
      await hold.reached;
      for (const words of ['two', 'three']) {
        bob.says(words);
        await scene().passUntil(() => echoes(scene(), bob).includes(words));
      }
      expect(echoes(scene(), ann)).toEqual(['']);
      hold.release();
      ann.says('four');
      await scene().passUntil(() => echoes(scene(), ann).includes('four'));
      expect(echoes(scene(), ann)).toEqual(['', 'one', 'four']);
      expect(echoes(scene(), bob)).toEqual(['', 'two', 'three']);
    });
  }
}

import { expect, it } from 'vitest';
import type { RoomTraits } from './fixture.js';
import type { Scene } from './scene.js';
import { echo, echoes, openEcho } from './talk.js';

/** What belongs to the private part of the flows that are tried here. */
const PRIVATE = /en recover|heard «|en mail|code|password/;

/** What is said where others read along, and what is not. */
export function roomsContract(scene: () => Scene, traits: RoomTraits): void {
  it('is silent until it is addressed', async () => {
    await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    const room = platform.room();
    await openEcho(scene(), ann);
    const posts = platform.posts();
    ann.says('en wants fees', room);
    ann.says('en wants forgot password', room);
    await echo(scene(), ann, 'anything there?');
    expect(platform.posts()).toBe(posts + 1);
    expect(scene().hears(ann, room)).toEqual([]);
  });

  it('answers what is harmless right there, once, and warns of whoever writes privately now', async () => {
    await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    const bob = platform.person({ name: 'bob' });
    const room = platform.room();
    bob.says('good morning', room);
    ann.mentions('en wants fees', room);
    await scene().heard(ann, 'en answers fees', { room });
    const [first] = scene().hears(ann, room);
    expect(first?.startsWith('en public not us')).toBe(true);
    expect(scene().hears(bob, room)).toEqual(scene().hears(ann, room));
    ann.mentions('en wants thanks', room);
    await scene().heard(ann, 'en answers thanks', { room });
    expect(scene().hears(ann, room)).toHaveLength(2);
  });

  it('warns in the first answer that others see, after one for one person alone', async () => {
    await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    const bob = platform.person({ name: 'bob' });
    const room = platform.room();
    bob.says('good morning', room);
    const command = ann.command('help', room);
    await scene().heard(ann, 'en help says', { room });
    await scene().until(() => command() === 'answered');
    const from = scene().hears(bob, room).length;
    ann.mentions('en wants fees', room);
    await scene().heard(bob, 'en answers fees', { room, from });
    expect(scene().hears(bob, room).join('\n')).toContain('en public not us');
  });

  it('opens the private part in the direct chat with one tap, and says nothing of it in the room', async () => {
    await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    const room = platform.room();
    ann.mentions('en wants forgot password', room);
    await scene().heard(ann, 'private', { room });
    expect(scene().hears(ann, room)).toHaveLength(1);
    expect(scene().hears(ann, room)[0]).toMatch(/^en public not us\n\nen private @/);
    expect(ann.sees(room).at(-1)?.choices).toEqual(['en public open btn']);
    expect(scene().hears(ann)).toEqual([]);
    const tap = ann.taps('en public open btn', room);
    await scene().heard(ann, 'en recover first');
    await scene().until(() => tap() === 'answered');
    ann.taps('en recover btn page');
    await scene().heard(ann, 'page wallet.example');
    expect(scene().hears(ann, room)).toHaveLength(1);
    expect(scene().hears(ann, room).join('\n')).not.toMatch(PRIVATE);
  });

  it('opens the private part for whoever taps', async () => {
    await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    const bob = platform.person({ name: 'bob' });
    const room = platform.room();
    bob.says('good morning', room);
    ann.mentions('en wants forgot password', room);
    await scene().heard(bob, 'private', { room });
    bob.taps('en public open btn', room);
    await scene().heard(bob, 'en recover first');
    expect(scene().hears(ann)).toEqual([]);
  });

  it('keeps the private part of everything it knows out of the room', async () => {
    await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    const room = platform.room();
    const wishes = ['contact support', 'mail missing', 'leaked secret', 'echo', 'some', 'language', 'inside'];
    for (const wish of wishes) {
      const from = scene().hears(ann, room).length;
      ann.mentions(`en wants ${wish}`, room);
      await scene().heard(ann, 'private', { room, from });
    }
    expect(scene().hears(ann, room).join('\n')).not.toMatch(PRIVATE);
    expect(scene().hears(ann)).toEqual([]);
  });

  it('warns of fake support once, names nobody, quotes nothing, and takes it away where it may', async () => {
    const process = await scene().start();
    const { platform, store } = scene();
    const ann = platform.person();
    const mallory = platform.person({ name: 'mallory' });
    const room = platform.room();
    platform.allowDeleting(room);
    ann.says('the fees are high today', room);
    mallory.says('Validate your wallet at https://dapp-fix.test', room);
    await scene().heard(ann, 'en group fake support', { room });
    mallory.says('Validate your wallet at https://dapp-repair.test', room);
    await process.logs('fake-support', 2);
    await scene().settle();
    await process.delivered();
    expect(scene().hears(ann, room)).toHaveLength(1);
    expect(scene().hears(ann, room).join()).not.toMatch(/dapp|mallory|validate/i);
    const left = ann.sees(room).filter(({ from }) => from === 'person');
    expect(left).toHaveLength(process.capabilities.deletesIn.public === false ? 3 : 1);
    expect(await store.listCases(9)).toMatchObject([{ topic: 'fake-support' }]);
    const items = [];
    for await (const item of store.exportItems()) items.push(item);
    expect(JSON.stringify([items, process.logged])).not.toMatch(/dapp-|Validate/);
  });

  it('takes a secret that was not meant for it for the emergency it is', async () => {
    await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    const room = platform.room();
    platform.allowDeleting(room);
    ann.says(`${'abandon '.repeat(11)}about`, room);
    await scene().heard(ann, 'en security phrase seen', { room });
    expect(platform.transcript()).not.toContain('abandon abandon');
  });

  it(`answers a command ${traits.commands === 'alone' ? 'for the eyes of its person only' : 'aloud'}`, async () => {
    await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    const bob = platform.person({ name: 'bob' });
    const room = platform.room();
    bob.says('good morning', room);
    const command = ann.command('help', room);
    await scene().heard(ann, 'en help says', { room });
    await scene().until(() => command() === 'answered');
    const isAlone = traits.commands === 'alone';
    const seen = ann.sees(room).filter(({ from }) => from === 'bot');
    expect(seen.map(({ alone }) => alone)).toEqual(seen.map(() => isAlone));
    expect(scene().hears(bob, room)).toEqual(isAlone ? [] : scene().hears(ann, room));
  });

  it('refuses the button of somebody else politely, for whoever tapped alone, and changes nothing', async () => {
    await scene().start();
    const { platform } = scene();
    const ann = platform.person();
    const bob = platform.person({ name: 'bob' });
    await openEcho(scene(), ann);
    await openEcho(scene(), bob);
    const tap = bob.tapsOf(ann, 'again');
    const refused = 'en common not your button';
    await scene().until(
      () =>
        bob.notes().includes(refused) ||
        scene()
          .hears(bob)
          .some((text) => text === refused),
    );
    await scene().until(() => tap() === 'answered');
    await echo(scene(), ann, 'still here');
    expect(echoes(scene(), ann)).toEqual(['', 'still here']);
    expect(scene().hears(ann).join('\n')).not.toContain(refused);
  });

  if (traits.tellsClosed) {
    it('tells in the room, for that person alone, how to open a direct chat that is closed', async () => {
      const process = await scene().start();
      const { platform } = scene();
      const ann = platform.person();
      const room = platform.room();
      ann.mentions('en wants forgot password', room);
      await scene().heard(ann, 'private', { room });
      ann.reachable(false);
      ann.taps('en public open btn', room);
      await scene().heard(ann, 'en public direct closed', { room });
      expect(ann.sees(room).at(-1)?.alone).toBe(true);
      await process.logs('row-dead');
      ann.reachable(true);
      ann.taps('en public open btn', room);
      await scene().heard(ann, 'en recover first');
    });
  }

  const { commandTtlMs } = traits;
  if (commandTtlMs !== null) {
    it('answers in the direct chat, never aloud, what can no longer be answered where it was asked', async () => {
      const process = await scene().start();
      const { platform } = scene();
      const ann = platform.person();
      const bob = platform.person({ name: 'bob' });
      const room = platform.room();
      bob.says('good morning', room);
      platform.limitAnswers(commandTtlMs / 1000);
      ann.command('help', room);
      await process.logs('row-retried');
      await scene().pass(commandTtlMs + 1_000);
      await scene().passUntil(() =>
        scene()
          .hears(ann)
          .some((text) => text.includes('en help says')),
      );
      expect(scene().hears(bob, room)).toEqual([]);
      expect(scene().hears(ann, room)).toEqual([]);
    });
  }
}

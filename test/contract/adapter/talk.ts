import type { Person, Room } from './fixture.js';
import type { Process } from './process.js';
import type { Scene } from './scene.js';

/** What the bot says back in the flow `echo`. */
export function heardText(words: string): string {
  return `heard «${words}»`;
}

/** What it says back of a tap on its button. */
export const TAPPED = 'more';

/** Opens the flow that says back what it hears. */
export async function openEcho(scene: Scene, person: Person): Promise<void> {
  const from = scene.hears(person).length;
  person.says('en wants echo');
  await scene.heard(person, heardText(''), { from });
}

/** A process, and two people in the echo. */
export async function openTwo(
  scene: Scene,
): Promise<{ readonly process: Process; readonly ann: Person; readonly bob: Person }> {
  const process = await scene.start();
  const ann = scene.platform.person();
  const bob = scene.platform.person({ name: 'bob' });
  await openEcho(scene, ann);
  await openEcho(scene, bob);
  return { process, ann, bob };
}

/** Says something in the echo, and waits until it is said back. */
export async function echo(scene: Scene, person: Person, words: string): Promise<void> {
  const from = scene.hears(person).length;
  person.says(words);
  await scene.heard(person, heardText(words), { from });
}

/** Texts of the echo that a person has heard, oldest first, without what comes around them. */
export function echoes(scene: Scene, person: Person, room?: Room): readonly string[] {
  return scene
    .hears(person, room)
    .flatMap((text) => [...text.matchAll(/heard «([^»]*)»/g)].map(([, words = '']) => words));
}

import { afterEach, beforeEach, describe } from 'vitest';
import { choicesContract } from './choices-contract.js';
import { commitContract } from './commit-contract.js';
import type { PlatformFixture } from './fixture.js';
import { hearingContract } from './hearing-contract.js';
import { roomsContract } from './rooms-contract.js';
import { openScene, type Scene } from './scene.js';
import { secretsContract } from './secrets-contract.js';
import { wordsContract } from './words-contract.js';

/** The contract of an adapter, on its emulator: the whole path, with the real runtime and a store that outlives processes. */
export function adapterContract(fixture: PlatformFixture): void {
  describe(fixture.name, () => {
    let opened: Scene;
    beforeEach(async () => {
      opened = await openScene(fixture);
    });
    afterEach(() => opened.close());
    const scene = () => opened;

    describe('hearing', () => hearingContract(scene, fixture.traits));
    describe('commits', () => commitContract(scene, fixture.traits));
    describe('choices', () => choicesContract(scene));
    describe('secrets', () => secretsContract(scene, fixture.traits));
    const { rooms } = fixture.traits;
    if (rooms !== null) describe('rooms', () => roomsContract(scene, rooms));
    describe('words', () => wordsContract(scene));
  });
}

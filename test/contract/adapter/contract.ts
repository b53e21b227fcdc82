import { afterEach, beforeEach, describe } from 'vitest';
import { choicesContract } from './choices-contract.js';
import { commitContract } from './commit-contract.js';
import { connectionContract } from './connection-contract.js';
import type { PlatformFixture } from './fixture.js';
import { hearingContract } from './hearing-contract.js';
import { roomsContract } from './rooms-contract.js';
import { openScene, type Scene } from './scene.js';
import { secretsContract } from './secrets-contract.js';
import { sendingContract } from './sending-contract.js';
import { wordsContract } from './words-contract.js';

/**
 * The contract of an adapter, on its emulator: the whole path, with the real runtime and a store that outlives
 * processes.
 */
export function adapterContract(fixture: PlatformFixture): void {
  describe(fixture.name, () => {
    let opened: Scene;
    beforeEach(async () => {
      opened = await openScene(fixture);
    });
    afterEach(() => opened.close());
    const scene = () => opened;
    const { traits } = fixture;

    describe('hearing', () => hearingContract(scene, traits));
    describe('commits', () => commitContract(scene, traits));
    describe('choices', () => choicesContract(scene));
    describe('secrets', () => secretsContract(scene, traits));
    const { rooms } = traits;
    if (rooms !== null) describe('rooms', () => roomsContract(scene, rooms));
    if (traits.network) {
      describe('sending', () => sendingContract(scene, traits));
      describe('connection', () => connectionContract(scene, fixture));
    }
    describe('words', () => wordsContract(scene));
  });
}

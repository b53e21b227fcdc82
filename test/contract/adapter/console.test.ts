import { consoleFixture } from './console-fixture.js';
import { adapterContract } from './contract.js';

adapterContract(consoleFixture);

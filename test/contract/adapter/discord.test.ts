import { adapterContract } from './contract.js';
import { discordFixture } from './discord-fixture.js';

adapterContract(discordFixture);

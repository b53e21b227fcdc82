import { adapterContract } from './contract.js';
import { slackHttpFixture, slackSocketFixture } from './slack-fixture.js';

adapterContract(slackSocketFixture);
adapterContract(slackHttpFixture);

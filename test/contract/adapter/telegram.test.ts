import { adapterContract } from './contract.js';
import { telegramPollFixture, telegramWebhookFixture } from './telegram-fixture.js';

adapterContract(telegramPollFixture);
adapterContract(telegramWebhookFixture);

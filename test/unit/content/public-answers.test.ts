import { expect, it } from 'vitest';
import { createConversation } from '../../../src/conversation/index.js';
import { realContent } from '../../support/real-content.js';
import { START } from '../../support/talk.js';

const { bundle } = await realContent();
const conversation = createConversation(bundle, () => 'not-ours');

/** What only somebody asks who is on the way back into their own account. */
const PERSONAL = [
  ...['forgot-password', 'mail-missing', 'code-missing', 'lost-mailbox', 'lost-number', 'lost-access'],
  ...[
    'lost-authenticator',
    'lost-phone',
    'lost-mnemonic',
    'forgot-answer',
    'account-locked',
    'leaked-secret',
  ],
  ...['stolen-funds', 'contact-support', 'secure-account', 'security-settings', 'forget-me'],
  ...['mail-how-long', 'mail-address-wrong', 'link-expired', 'password-not-accepted'],
  ...['why-cant-you-reset', 'reset-removes-2fa', 'change-mail', 'change-phone', 'close-account'],
  ...['identity-check', 'what-to-have-ready'],
  // They ask who has given something away to say so: nobody else may read that.
  ...['where-type-mnemonic', 'screen-share', 'support-dm', 'phone-support', 'phishing-mail', 'mail-sender'],
];

it.each(PERSONAL)('says nothing of it in public, and leads to a private chat: %s', (intent) => {
  const turn = { now: START, platform: 'telegram', locale: 'en', public: true } as const;
  const flow = bundle.triggers.get(intent);
  expect(flow).toBeDefined();
  const { position } = conversation.open(turn);
  const { effects } = conversation.advance(position, { kind: 'intent', intent, found: [] }, turn);
  expect(effects).toEqual([{ kind: 'open-private', flow }]);
});

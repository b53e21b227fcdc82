import { randomBytes } from 'node:crypto';
import { createGuard } from '../src/guard/index.js';
import { type Challenge, conversationId, type InboundContent, type Store } from '../src/model/index.js';
import { newKeySet, signingKey, signToken } from '../src/recovery/index.js';
import { createHandOffs } from '../src/runtime/hand-offs.js';
import { createReceiver, type Receiver } from '../src/runtime/receive.js';
import { inbound, openStage, plainEngine } from '../test/support/engine.js';
import { bundleOf, edited, smallContent } from '../test/support/small-content.js';
import { ISSUER, PAGE } from './recovery-route.js';
import { SILENT } from './silent.js';

/** People who are handed over by the whole path, from the decoded message to the commit, with real keys and a store. */
export interface Talk {
  readonly receiver: Receiver;
  /** Says the wish, so that the tap on the page's button is next. */
  readonly wishes: (user: string) => Promise<void>;
  /** Taps a button of the person's last offers, by its value. */
  readonly taps: (user: string, value: string) => Promise<void>;
  /** The same in two steps: what is to be tapped, and the tap. */
  readonly button: (user: string, value: string) => Promise<() => Promise<void>>;
  readonly challenge: (user: string) => Promise<Challenge>;
}

export async function openTalk(store: Store): Promise<Talk> {
  const engine = plainEngine(
    bundleOf(
      edited(
        smallContent(),
        'flows/official.yaml',
        '{ link: reset-help }',
        '{ link: reset-help, verified: true, page: help-fees, start: help-fees, check: help-fees }',
      ),
    ),
  );
  const keys = await newKeySet(Date.now());
  const receiver = createReceiver({
    ...{ store, log: SILENT, worker: 'bench', guard: createGuard() },
    engine: () => engine,
    clock: { now: () => store.now(), after: () => () => undefined },
    entropy: () => randomBytes(32),
    adapters: new Map([['telegram', openStage()]]),
    handOffs: createHandOffs({
      store,
      isReady: () => true,
      sign: async (challenge) =>
        signToken(challenge, { signingKey: await signingKey(keys), issuer: ISSUER, audience: PAGE }),
    }),
    committed: () => undefined,
  });
  let updates = 0;
  const send = async (user: string, content: InboundContent): Promise<void> => {
    updates += 1;
    await receiver.receive(inbound(updates, content, { platform: 'telegram', user }));
  };
  const snapshotOf = async (user: string) => {
    const { snapshot } = await store.load(conversationId('telegram', { channel: user }, user));
    if (snapshot === null) throw new Error('nobody talks there');
    return snapshot;
  };
  const button = async (user: string, value: string): Promise<() => Promise<void>> => {
    const conversation = conversationId('telegram', { channel: user }, user);
    const { offers } = await snapshotOf(user);
    const offer = offers.findLast(({ event }) => event.kind === 'choice' && event.value === value);
    if (offer === undefined) throw new Error(`nothing offers ${value}`);
    const { turn, index } = offer;
    return () => send(user, { kind: 'tap', data: engine.buttons.sign(conversation, turn, index) });
  };
  return {
    receiver,
    wishes: (user) => send(user, { kind: 'text', text: 'wants forgot-password' }),
    taps: async (user, value) => (await button(user, value))(),
    button,
    challenge: async (user) => {
      const { challenge } = await snapshotOf(user);
      if (challenge === undefined) throw new Error('nobody was handed over');
      return challenge;
    },
  };
}

import type {
  Commit,
  CommitResult,
  ConversationId,
  DueTimer,
  InboundId,
  LaneClaim,
  Loaded,
  PersonId,
  RowId,
  RowOutcome,
  Store,
} from '../../../src/model/index.js';
import type { StoreModel } from './model.js';
import { LEASE_MS, type Worker, type World } from './worker.js';

/** One call of a worker to its store. */
export interface Call {
  readonly worker: Worker;
  readonly what: string;
  run(store: Store): Promise<unknown>;
  /**
   * Does it on the model; `answer` is the store's, for what only that can choose. Returns what the answer has to be.
   */
  replay(model: StoreModel, answer: unknown, alone: boolean): unknown;
  /** What worker and ledger make of the answer. */
  learn(answer: unknown): void;
}

function call<Answer>(
  worker: Worker,
  what: string,
  parts: {
    readonly run: (store: Store) => Promise<Answer>;
    readonly replay: (model: StoreModel, answer: Answer, alone: boolean) => Answer;
    readonly learn?: (answer: Answer) => void;
  },
): Call {
  return {
    worker,
    what,
    run: parts.run,
    replay: (model, answer, alone) => parts.replay(model, answer as Answer, alone),
    learn: (answer) => parts.learn?.(answer as Answer),
  };
}

export function load(_world: World, worker: Worker, conversation: ConversationId): Call {
  return call<Loaded>(worker, 'load', {
    run: (store) => store.load(conversation),
    replay: (model, answer) => model.load(conversation, answer),
    learn: (loaded) => worker.cache.set(conversation, loaded),
  });
}

export function commit(world: World, worker: Worker, made: Commit): Call {
  const { conversation, records, snapshot } = made;
  return call<CommitResult>(worker, 'commit', {
    run: (store) => store.commit(made),
    replay: (model, answer) => model.commit(made, answer),
    learn: (answer) => {
      const loaded = worker.cache.get(conversation);
      if (answer.kind !== 'duplicate') worker.cache.delete(conversation);
      if (answer.kind === 'conflict') worker.cache.set(conversation, answer.fresh);
      if (answer.kind !== 'ok') return;
      world.ledger.acknowledged(made);
      const { version, claim } = answer;
      const put = records.findLast((record) => record.kind === 'put-person');
      const person = put?.record ?? loaded?.person ?? null;
      if (!records.some((record) => record.kind === 'forget'))
        worker.cache.set(conversation, { version, snapshot, person });
      if (claim !== null) worker.lanes.set(conversation, { claim, isSent: false });
    },
  });
}

export function claimLane(world: World, worker: Worker, conversation: ConversationId): Call {
  const { now } = world;
  return call<LaneClaim | null>(worker, 'claimLane', {
    run: (store) => store.claimLane(conversation, worker.sender, now),
    replay: (model, answer) => model.claimLane(conversation, worker.sender, now, answer),
    learn: (claim) => {
      if (claim !== null) worker.lanes.set(conversation, { claim, isSent: false });
    },
  });
}

export function renewLane({ now }: World, worker: Worker, claim: LaneClaim): Call {
  return call<boolean>(worker, 'renewLane', {
    run: (store) => store.renewLane(claim, LEASE_MS, now),
    replay: (model) => model.shared.renewLane(claim.conversation, claim.token, now + LEASE_MS),
  });
}

/** Sends the row of a lane unless that is done, and settles it. */
export function settleRow(
  world: World,
  worker: Worker,
  claim: LaneClaim,
  outcome: RowOutcome,
  paceAt: number,
): Call {
  const { conversation, row, token } = claim;
  const settling = { token, paceAt, now: world.now, leaseMs: LEASE_MS };
  send(world, worker, conversation);
  return call(worker, `settleRow ${outcome.kind}`, {
    run: (store) => store.settleRow(row.id, outcome, settling),
    replay: (model) => model.settleRow(row.id, outcome, settling),
    learn: (answer) => {
      worker.lanes.delete(conversation);
      if (answer.kind === 'lost') return;
      world.ledger.settled(claim, outcome);
      if (answer.next === null) return;
      worker.lanes.set(conversation, { claim: { ...claim, row: answer.next, paceAt }, isSent: false });
    },
  });
}

/** Makes the call of the row a worker holds, which the store knows nothing of. */
export function send(world: World, worker: Worker, conversation: ConversationId): void {
  const lane = worker.lanes.get(conversation);
  if (lane === undefined || lane.isSent) return;
  world.ledger.sent(lane.claim);
  worker.lanes.set(conversation, { ...lane, isSent: true });
}

export function claimTimers({ now }: World, worker: Worker, limit: number): Call {
  return call<readonly DueTimer[]>(worker, 'claimTimers', {
    run: (store) => store.claimTimers(now, limit, LEASE_MS),
    replay: (model, answer, alone) => model.claimTimers(now, limit, LEASE_MS, alone ? undefined : answer),
    learn: (timers) => {
      worker.timers = [...worker.timers, ...timers];
    },
  });
}

const RATE = { perSecond: 1 / 64, burst: 3 };

export function takeLease({ now }: World, worker: Worker): Call {
  const name = 'poll';
  return call(worker, 'takeLease', {
    run: (store) => store.takeLease(name, worker.name, LEASE_MS, now),
    replay: (model, answer) => model.shared.takeLease(name, worker.name, LEASE_MS, now, answer),
    learn: (lease) => {
      worker.lease = lease;
    },
  });
}

export function releaseLease(_world: World, worker: Worker): Call | null {
  const { lease } = worker;
  if (lease === null) return null;
  return call<void>(worker, 'releaseLease', {
    run: (store) => store.releaseLease(lease),
    replay: (model) => model.shared.releaseLease(lease),
    learn: () => {
      worker.lease = null;
    },
  });
}

export function setValue(world: World, worker: Worker, which: number): Call | null {
  const { lease } = worker;
  if (lease === null) return null;
  const value = `${worker.name} ${which} ${world.now}`;
  return call(worker, 'setValue', {
    run: (store) => store.setValue(lease.name, value, lease),
    replay: (model) => model.shared.setValue(lease.name, value, lease),
  });
}

export function takeTokens({ now }: World, worker: Worker, want: number): Call {
  return call(worker, 'takeTokens', {
    run: (store) => store.takeTokens('all', want, RATE, now),
    replay: (model) => model.shared.takeTokens('all', want, RATE, now),
  });
}

export function countFailure(
  { now }: World,
  worker: Worker,
  failed: { readonly conversation: ConversationId; readonly seen: InboundId },
): Call {
  return call(worker, 'countFailure', {
    run: (store) => store.countFailure(failed.conversation, failed.seen, now),
    replay: (model) => model.countFailure(failed.seen, now),
  });
}

export function forget({ now, ledger }: World, worker: Worker, person: PersonId): Call {
  return call(worker, 'forget', {
    run: (store) => store.forget(person, now),
    replay: (model) => model.forget(person, now),
    learn: () => ledger.forgotten(person),
  });
}

export function retryDead({ now, ledger }: World, worker: Worker, id: RowId): Call {
  const conversation = id.slice(0, id.indexOf('#')) as ConversationId;
  return call(worker, 'retryDead', {
    run: (store) => store.retryDead(id, now),
    replay: (model) => model.retryDead(id, now),
    learn: (isBack) => {
      if (isBack) ledger.revived(conversation, id);
    },
  });
}

export function dropDead(_world: World, worker: Worker, id: RowId): Call {
  return call(worker, 'dropDead', {
    run: (store) => store.dropDead(id),
    replay: (model) => model.dropDead(id),
  });
}

export function dropQuarantine(_world: World, worker: Worker, id: InboundId): Call {
  return call(worker, 'dropQuarantine', {
    run: (store) => store.dropQuarantine(id),
    replay: (model) => model.dropQuarantine(id),
  });
}

export function closeCase(_world: World, worker: Worker, number: string): Call {
  return call(worker, 'updateCase', {
    run: (store) => store.updateCase(number, { state: 'closed' }),
    replay: (model) => model.closeCase(number),
  });
}

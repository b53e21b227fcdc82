import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../../../src/model/index.js';
import { auditContract, auditSweepContract } from './audit-contract.js';
import { claimsContract } from './claims-contract.js';
import { commitContract } from './commit-contract.js';
import { keepingContract } from './keeping-contract.js';
import { limitsContract, limitsSweepContract } from './limits-contract.js';
import { outboxContract } from './outbox-contract.js';
import { programContract } from './program-contract.js';
import { recordsContract } from './records-contract.js';
import { sharingContract } from './sharing-contract.js';
import { sweepContract, timeContract } from './time-contract.js';
import { unansweredContract, unansweredSweepContract } from './unanswered-contract.js';

/** The contract of the store: every test gets a new, empty one from `open`, and `close` puts it away. */
export function storeContract(
  name: string,
  open: () => Promise<{ readonly store: Store; readonly close: () => Promise<void> }>,
  options: {
    /** Whether lifetimes end by `sweep`; else the store ends them by itself, which no fake time shows. */
    readonly sweeps: boolean;
    /** Opens another one beside it, when `open` gives the same again. */
    readonly openOther?: typeof open;
  },
): void {
  describe(name, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const store = () => opened.store;

    describe('commits', () => commitContract(store));
    describe('outbox', () => outboxContract(store));
    describe('time', () => timeContract(store));
    if (options.sweeps) describe('lifetimes', () => sweepContract(store));
    describe('records', () => recordsContract(store));
    describe('limits and names', () => limitsContract(store));
    if (options.sweeps) describe('lifetimes of limits and names', () => limitsSweepContract(store));
    describe('questions that nobody answered', () => unansweredContract(store));
    if (options.sweeps) describe('lifetimes of questions', () => unansweredSweepContract(store));
    describe('claims', () => claimsContract(store));
    describe('sharing', () => sharingContract(store));
    describe('keeping', () => keepingContract(store, options.openOther ?? open));
    describe('audit trail', () => auditContract(store));
    if (options.sweeps) describe('lifetimes of the audit trail', () => auditSweepContract(store));
    describe('program', () => programContract(store));
  });
}

import { describe, expect, it } from 'vitest';
import type { ApiAnswer } from '../../../../adapters/telegram/api.js';
import { createDeletionRights } from '../../../../adapters/telegram/deletion-rights.js';
import { createFakeClock } from '../../../../src/simulate/fake-clock.js';
import { START } from '../../../support/talk.js';

const MINUTE_MS = 60_000;
const GROUP = '-1001';
const ok = (result: unknown): ApiAnswer => ({ kind: 'ok', result });
const failed: ApiAnswer = { kind: 'error', status: 500, description: 'Internal Server Error' };

/** Rights that are answered one after another. */
function openRights(...answers: readonly (ApiAnswer | Promise<ApiAnswer>)[]) {
  const clock = createFakeClock(START);
  const waiting = [...answers];
  const asked: unknown[] = [];
  const rights = createDeletionRights(
    async (method, payload) => {
      asked.push([method, payload]);
      return waiting.shift() ?? failed;
    },
    clock,
    '900',
    1_500,
  );
  return { rights, clock, asked };
}

const news = (status: string, canDelete?: boolean) => ({
  update_id: 1,
  my_chat_member: {
    chat: { id: -1001, type: 'supergroup' },
    new_chat_member: { status, ...(canDelete === undefined ? {} : { can_delete_messages: canDelete }) },
  },
});

describe('what we may delete in a group', () => {
  it.each([
    [{ status: 'creator' }, true],
    [{ status: 'administrator', can_delete_messages: true }, true],
    [{ status: 'administrator', can_delete_messages: false }, false],
    [{ status: 'administrator' }, false],
    [{ status: 'member' }, false],
    [{ status: 'of a kind to come' }, false],
    ['nonsense', null],
  ])('follows from what we are there: %j', async (member, may) => {
    const { rights, asked } = openRights(ok(member));
    expect(await rights.in(GROUP)).toBe(may);
    expect(asked).toEqual([['getChatMember', { chat_id: GROUP, user_id: 900 }]]);
  });

  it('is asked for once in ten minutes, by all who want to know', async () => {
    const { rights, clock, asked } = openRights(ok({ status: 'member' }), ok({ status: 'creator' }));
    expect(await Promise.all([rights.in(GROUP), rights.in(GROUP)])).toEqual([false, false]);
    clock.moveTo(START + 10 * MINUTE_MS - 1);
    expect(await rights.in(GROUP)).toBe(false);
    clock.moveTo(START + 10 * MINUTE_MS);
    expect(await rights.in(GROUP)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('is asked for again after a minute when there was no answer', async () => {
    const { rights, clock } = openRights(failed, ok({ status: 'creator' }));
    expect(await rights.in(GROUP)).toBeNull();
    clock.moveTo(START + MINUTE_MS);
    expect(await rights.in(GROUP)).toBe(true);
  });

  it('is not waited for longer than a message can', async () => {
    const { rights, clock } = openRights(new Promise<ApiAnswer>(() => undefined));
    const may = rights.in(GROUP);
    clock.moveTo(START + 1_500);
    expect(await may).toBeNull();
  });

  it('is known at once from the news of a change', async () => {
    const { rights, asked } = openRights();
    expect(rights.note(news('administrator', true))).toBe('administrator');
    expect(await rights.in(GROUP)).toBe(true);
    expect(rights.note(news('kicked'))).toBe('kicked');
    expect(await rights.in(GROUP)).toBe(false);
    expect(asked).toEqual([]);
  });

  it('is nothing that other updates tell of', () => {
    const { rights } = openRights();
    const blocked = {
      my_chat_member: { chat: { id: 42, type: 'private' }, new_chat_member: { status: 'kicked' } },
    };
    expect([rights.note(blocked), rights.note({ update_id: 1 }), rights.note(null)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

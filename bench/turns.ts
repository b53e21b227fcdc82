import {
  type Commit,
  type ConversationId,
  conversationId,
  inboundId,
  personOf,
  rowId,
  type Sender,
  type Snapshot,
} from '../src/model/index.js';

let inbounds = 0;

/** A direct conversation of a person with this number. */
export function talkOf(user: number): ConversationId {
  const id = String(user);
  return conversationId('telegram', { channel: id }, id);
}

/** A turn as they are: a snapshot of 1.2 kB as JSON, one row of a question with three buttons. */
export function turnOf(
  conversation: ConversationId,
  expectedVersion: number,
  now: number,
  sender: Sender | null,
): Commit {
  inbounds += 1;
  const seen = inboundId('telegram', `${process.pid}-${inbounds}`);
  return {
    conversation,
    person: personOf(conversation),
    expectedVersion,
    seen,
    snapshot: snapshotAt(now),
    outbox: [
      {
        id: rowId(conversation, seen, 0),
        call: {
          method: 'sendMessage',
          payload: {
            chat_id: conversation,
            text: 'Where did you look for the mail? It is often in the spam folder, or in the folder for advertisements. '.repeat(
              2,
            ),
            reply_markup: {
              inline_keyboard: ['spam', 'address', 'waited'].map((value, index) => [
                { text: `The button for ${value}`, callback_data: `1761234567.${index}.AbCdEfGhIj` },
              ]),
            },
          },
        },
        links: [],
        shown: { kind: 'message', keys: ['mail.where-looked'], choices: ['spam', 'address', 'waited'] },
      },
    ],
    timers: [],
    records: [],
    now,
    sentAt: null,
    sender,
    replicated: false,
  };
}

function snapshotAt(now: number): Snapshot {
  const offers = ['spam', 'address', 'waited', 'other', 'person'].map((value, index) => ({
    turn: 1_761_234_567,
    index,
    event: { kind: 'choice', value } as const,
    standing: false,
  }));
  return {
    format: 1,
    bundle: '4f1c2d3e4f5a6b7c',
    flow: 'mail-missing',
    step: 'where-looked',
    verb: 'ask',
    shape: '9f8e7d6c5b4a39281706f5e4d3c2b1a0',
    stack: [
      { flow: 'recover-password', step: 'mail', kind: 'call', dueAt: now + 600_000 },
      { flow: 'menu', step: 'what-happened', kind: 'digression', dueAt: null },
    ],
    slots: { looked: 'spam', waited: 'yes', account: 'mail', device: 'phone', note: 'x'.repeat(197) },
    tries: 0,
    dueAt: now + 600_000,
    later: 'fees',
    asked: ['mail-missing', 'forgot-password'],
    turn: 1_761_234_567,
    offers,
    locale: 'zh-CN',
    misses: 0,
    lastAt: now,
  };
}

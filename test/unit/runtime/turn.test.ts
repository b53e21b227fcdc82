import { describe, expect, it } from 'vitest';
import type {
  Adapter,
  Commit,
  EncodeTarget,
  InboundContent,
  InboundMessage,
  Loaded,
  NewRow,
  OutboundMessage,
  Snapshot,
} from '../../../src/model/index.js';
import { IDLE_TTL_MS } from '../../../src/model/index.js';
import type { Inspection } from '../../../src/runtime/inspect-content.js';
import { computeTurn } from '../../../src/runtime/turn.js';
import type { TurnInput } from '../../../src/runtime/turn-request.js';
import { inbound, keysOf, openStage, plainEngine } from '../../support/engine.js';
import { bundleOf, edited, smallContent } from '../../support/small-content.js';
import { START } from '../../support/talk.js';

const engine = plainEngine(bundleOf(smallContent()));
const stage = openStage();
const NEW: Loaded = { version: 0, snapshot: null, person: null };
const PLAIN = { secrets: [], held: null, earlier: [], cut: false, script: null } as const;
const ENTROPY = Uint8Array.from({ length: 32 }, (_, index) => index * 7);

/** A note in the audit trail. */
function noted(what: string, outcome: string) {
  return { kind: 'append-audit', what, outcome, bundle: engine.bundle.hash };
}

interface Options {
  readonly loaded?: Loaded;
  readonly now?: number;
  readonly inspection?: Partial<Inspection>;
  readonly message?: Partial<InboundMessage>;
  /** The platform gives no reference of the message. */
  readonly nameless?: boolean;
  readonly public?: boolean;
  readonly on?: typeof engine;
}

function turnOf(
  input: TurnInput,
  seen: InboundMessage,
  { loaded = NEW, now = START, on = engine }: Options,
): Commit {
  const { conversation, person, platform, id } = seen;
  return computeTurn(
    on,
    stage,
    { conversation, person, platform, seen: id, input, now, entropy: ENTROPY },
    loaded,
  );
}

function turn(content: InboundContent, options: Options = {}): Commit {
  const { messageRef, ...rest } = inbound(1, content, { public: options.public === true });
  const isNamed = options.nameless !== true && content.kind !== 'tap' && messageRef !== undefined;
  const message = { ...rest, ...(isNamed ? { messageRef } : {}), ...options.message };
  return turnOf(
    { kind: 'message', message, inspection: { ...PLAIN, content, ...options.inspection } },
    message,
    options,
  );
}

const committed = (commit: Commit, version = 1): Loaded => ({
  version,
  snapshot: commit.snapshot,
  person: null,
});
const messageOf = (row: NewRow): OutboundMessage => row.call.payload.message as OutboundMessage;
const said = (commit: Commit): readonly string[] => keysOf(commit.outbox.map(messageOf));
const deletedBy = (commit: Commit): readonly string[] =>
  commit.outbox.map(messageOf).flatMap((message) => (message.kind === 'delete' ? [message.messageRef] : []));
const text = (words: string): InboundContent => ({ kind: 'text', text: words });

function dataOf(commit: Commit, value: string): string {
  const buttons = commit.outbox
    .map(messageOf)
    .flatMap((message) => (message.kind === 'message' ? message.buttons : []));
  const button = buttons.find((candidate) => candidate.kind === 'tap' && candidate.value === value);
  return button?.kind === 'tap' ? button.data : '';
}

const asked = turn(text('wants mail-missing'));

describe('computeTurn', () => {
  it('gives the same commit for the same arguments, and changes none of them', () => {
    const loaded = Object.freeze(committed(asked));
    const before = JSON.stringify(loaded);
    const again = (): Commit => turn({ kind: 'tap', data: dataOf(asked, 'person') }, { loaded });
    expect(again()).toEqual(again());
    expect(JSON.stringify(loaded)).toBe(before);
  });

  it('begins with the standing warning, once', () => {
    expect(said(asked)).toEqual(['safety.full', 'mail.looked']);
    expect(said(turn(text('wants fees'), { loaded: committed(asked) }))).toEqual([
      'answers.fees',
      'mail.looked',
    ]);
  });

  it('commits what belongs together: snapshot, rows with their ids, timers', () => {
    expect(asked).toMatchObject({
      expectedVersion: 0,
      snapshot: {
        format: 1,
        flow: 'mail-missing',
        step: 'looked',
        turn: START / 1000 + 1,
        lastAt: START,
        locale: 'en',
      },
      timers: [{ kind: 'set', timer: 'mail-missing.looked', dueAt: START + 1_800_000 }],
      records: [],
    });
    expect(asked.outbox.map((row) => row.id)).toEqual([
      'telegram:5:5#telegram:1:5.0',
      'telegram:5:5#telegram:1:5.1',
    ]);
    expect(asked.outbox[1]?.shown).toEqual({
      kind: 'message',
      keys: ['mail.looked'],
      choices: ['spam', 'waited', 'person'],
    });
  });

  it('says when the person did it, where the platform tells', () => {
    expect(asked.sentAt).toBeNull();
    expect(turn(text('wants fees'), { message: { sentAt: START - 1_000 } }).sentAt).toBe(START - 1_000);
  });

  it('waits for a replica when it sends the person to the official page', () => {
    const first = turn(text('wants forgot-password'));
    const sent = turn({ kind: 'tap', data: dataOf(first, 'page') }, { loaded: committed(first) });
    expect(said(sent)).toContain('safety.line+hand-off.page');
    expect([first.replicated, sent.replicated]).toEqual([false, true]);
  });

  it('goes on by a tap, and names the links of a row', () => {
    const next = turn({ kind: 'tap', data: dataOf(asked, 'spam') }, { loaded: committed(asked) });
    expect(said(next)).toEqual(['mail.check', 'mail.page', 'mail.came']);
    expect(next.outbox.map((row) => row.links)).toEqual([[], ['help-fees'], []]);
    expect(next.timers).toEqual([{ kind: 'cancel', timer: 'mail-missing.looked' }]);
    expect(next.snapshot?.turn).toBe((asked.snapshot?.turn ?? 0) + 1);
  });

  it('asks the present question again for a button of an older turn', () => {
    const next = turn({ kind: 'tap', data: dataOf(asked, 'spam') }, { loaded: committed(asked) });
    const old = turn({ kind: 'tap', data: dataOf(asked, 'waited') }, { loaded: committed(next, 2) });
    expect(said(old)).toEqual(['common.old-button+mail.came']);
    expect(old.snapshot).toMatchObject({ flow: 'mail-missing', step: 'came' });
  });

  it('keeps "it won\'t open" working after the next turn', () => {
    const next = turn({ kind: 'tap', data: dataOf(asked, 'spam') }, { loaded: committed(asked) });
    const later = turn(text('wants thanks'), { loaded: committed(next, 2) });
    const help = turn({ kind: 'tap', data: dataOf(next, 'wont-open') }, { loaded: committed(later, 3) });
    expect(said(help)).toEqual(['link.type-yourself+link.no-mirror', 'mail.came']);
  });

  it('keeps the choices on offer while the place is the same and nothing is asked', () => {
    const bye = turn({ kind: 'tap', data: dataOf(asked, 'person') }, { loaded: committed(asked) });
    expect(bye.snapshot?.offers).toEqual([]);
    const photo = turn(
      { kind: 'media', media: 'photo', caption: '', fileName: '' },
      { loaded: committed(asked) },
    );
    expect(photo.snapshot?.offers.map((offer) => offer.event)).toEqual(
      asked.snapshot?.offers.map((offer) => offer.event),
    );
  });

  it("refuses someone else's button politely and changes nothing", () => {
    const stranger = inbound(9, { kind: 'tap', data: dataOf(asked, 'spam') }, { user: '6' });
    const refused = turnOf(
      {
        kind: 'message',
        message: stranger,
        inspection: { ...PLAIN, content: stranger.content },
      },
      stranger,
      {},
    );
    expect(said(refused)).toEqual(['common.not-your-button']);
    expect(refused.snapshot).toBeNull();
    const mine = turn(
      { kind: 'tap', data: 'garbage' },
      { loaded: committed(asked), message: { replyVia: { kind: 'telegram-callback', token: 't' } } },
    );
    expect(mine.outbox.map(messageOf)).toEqual([
      { kind: 'answer-tap', token: 't', text: 'en common not your button', note: true },
    ]);
    expect(mine.snapshot).toBe(asked.snapshot);
  });

  it('answers a tap first, where the platform waits for it', () => {
    const next = turn(
      { kind: 'tap', data: dataOf(asked, 'person') },
      { loaded: committed(asked), message: { replyVia: { kind: 'telegram-callback', token: 't' } } },
    );
    expect(said(next)[0]).toBe('answer-tap');
  });

  it('says no word to a tap that was acknowledged at once, and refuses it where only that person sees it', () => {
    const replyVia = { kind: 'slack-response', token: 't', expiresAt: START } as const;
    const message = { replyVia, visibility: 'public' } as const;
    const next = turn({ kind: 'tap', data: dataOf(asked, 'person') }, { loaded: committed(asked), message });
    expect(said(next)).not.toContain('answer-tap');
    const refused = turn({ kind: 'tap', data: 'garbage' }, { loaded: committed(asked), message });
    expect(said(refused)).toEqual(['common.not-your-button']);
    const aloud = turn(
      { kind: 'tap', data: 'garbage' },
      { loaded: committed(asked), message: { visibility: 'public' } },
    );
    expect(said(aloud)).toEqual([]);
  });

  it('says what opens a talk in public apart, for what goes into the direct chat after all', () => {
    const targets: EncodeTarget[] = [];
    const adapter: Pick<Adapter, 'capabilities' | 'encode'> = {
      ...stage,
      encode: (message, to) => {
        targets.push(to);
        return stage.encode(message, to);
      },
    };
    const said = inbound(1, text('wants fees'), { public: true });
    const { conversation, person, platform, id: seen } = said;
    const inspection = { ...PLAIN, content: said.content };
    const input = { kind: 'message', message: said, inspection } as const;
    const request = { conversation, person, platform, seen, input, now: START, entropy: ENTROPY };
    const { outbox } = computeTurn(engine, adapter, request, NEW);
    const [first] = outbox.map(messageOf);
    const warning = targets[0]?.publicWarning;
    expect(warning).toBe('en public not us');
    expect(first?.kind === 'message' && first.text.startsWith(`${warning}\n\n`)).toBe(true);
  });

  it('numbers a case for a person, from the entropy of the turn', () => {
    const { outbox, records } = turn(
      { kind: 'tap', data: dataOf(asked, 'person') },
      { loaded: committed(asked) },
    );
    expect(records).toMatchObject([
      {
        kind: 'put-case',
        person: 'telegram:5',
        case: {
          number: 'LL-3FE-NW3',
          topic: 'mail',
          platform: 'telegram',
          locale: 'en',
          openedAt: START,
          state: 'open',
          notified: false,
        },
      },
      noted('case', 'LL-3FE-NW3'),
    ]);
    expect(JSON.stringify(outbox)).toContain('case LL-3FE-NW3');
  });

  it('lets an emergency come first, then the wish beside it', () => {
    const commit = turn(text('wants fees'), { inspection: { secrets: ['phrase'] } });
    expect(said(commit)).toEqual([
      'delete',
      'safety.full',
      'security.phrase-seen+security.removed',
      'answers.fees',
      'leaked.acts',
    ]);
    expect(commit.records).toEqual([
      { kind: 'count', name: 'secret:phrase:telegram:en', by: 1 },
      noted('secret', 'phrase'),
    ]);
  });

  it('counts every kind of secret that a message held, once', () => {
    const { records } = turn(text(''), { inspection: { secrets: ['phrase', 'password'] } });
    expect(records).toEqual([
      { kind: 'count', name: 'secret:phrase:telegram:en', by: 1 },
      { kind: 'count', name: 'secret:password:telegram:en', by: 1 },
      { kind: 'append-audit', what: 'secret', outcome: 'phrase', bundle: engine.bundle.hash },
    ]);
  });

  it('keeps what the caption of a picture asks for beside a secret, as of a text', () => {
    const photo = { kind: 'media', media: 'photo', fileName: '' } as const;
    const wish = turn(
      { ...photo, caption: 'wants forgot-password' },
      { inspection: { secrets: ['phrase'] } },
    );
    expect(wish.snapshot).toMatchObject({ flow: 'leaked-secret', later: 'recover' });
    const bare = turn({ ...photo, caption: '' }, { inspection: { secrets: ['phrase'] } });
    expect(bare.snapshot?.flow).toBe('leaked-secret');
  });

  it('asks about what may be a secret, and deletes its message once the person says that it is one', () => {
    const asked = turn(text(''), { inspection: { held: 'key' } });
    expect(said(asked)).toEqual(['safety.full', 'held.which']);
    const yes = turn({ kind: 'tap', data: dataOf(asked, 'yes') }, { loaded: committed(asked) });
    expect(said(yes)).toEqual(['delete', 'security.key-seen+security.removed', 'leaked.acts']);
    expect(deletedBy(yes)).toEqual(['1']);
    expect(yes.records).toEqual([
      { kind: 'count', name: 'secret:key:telegram:en', by: 1 },
      noted('secret', 'key'),
    ]);
  });

  it('says how to delete a message that may hold a secret where it could not be named', () => {
    const asked = turn({ kind: 'edit', text: '' }, { inspection: { held: 'key' }, nameless: true });
    const yes = turn({ kind: 'tap', data: dataOf(asked, 'yes') }, { loaded: committed(asked) });
    expect(said(yes)).toEqual(['security.key-seen+security.delete-yourself', 'leaked.acts']);
  });

  it('asks nothing about it in public, and names nobody', () => {
    const asked = turn(text(''), { inspection: { held: 'key' }, public: true });
    expect(said(asked)).toEqual(['public.not-us+held.in-public+public.open-private']);
  });

  it('looks up what a text hides and shows, and not the words it hides it under', () => {
    const ours = 'https://wallet.example/help';
    const asked = turn(text('wants is-it-official'));
    const about = (words: string, hiddenLinks: readonly string[]) =>
      turn({ kind: 'text', text: words, hiddenLinks }, { loaded: committed(asked) }).snapshot?.slots.asked;
    expect(about('here', [ours])).toBe(ours);
    expect(about('our page', [ours])).toBe(ours);
    expect(about('see https://evil.test', [ours])).toBe(`${ours}\nhttps://evil.test`);
    const forwarded = { kind: 'text', text: 'hello', forwardedFrom: '@somebody' } as const;
    expect(turn(forwarded, { loaded: committed(asked) }).snapshot?.slots.asked).toBe('@somebody');
  });

  it('says who is not us in the first answer that all see, and once', () => {
    const alone = { replyVia: { kind: 'slack-response', token: 'x', expiresAt: START + 1 } } as const;
    const first = turn(text('wants fees'), { public: true, message: alone });
    const second = turn(text('wants fees'), { public: true, loaded: committed(first) });
    const third = turn(text('wants fees'), { public: true, loaded: committed(second) });
    expect([first, second, third].map(said)).toEqual([
      ['public.not-us+answers.fees'],
      ['public.not-us+answers.fees'],
      ['answers.fees'],
    ]);
  });

  it('deletes the earlier messages that hold a part of a secret, too', () => {
    const found = turn(text(''), { inspection: { secrets: ['phrase'], earlier: ['7', '8'] } });
    expect(deletedBy(found)).toEqual(['7', '8', '1']);
  });

  it('asks nobody to delete what they took back themselves', () => {
    const commit = turn({ kind: 'withdrawn', text: '' }, { inspection: { secrets: ['phrase'] } });
    expect(said(commit)).toContain('security.phrase-seen');
    expect(deletedBy(commit)).toEqual([]);
  });

  it('keeps a waiting wish until the emergency is over', () => {
    const commit = turn(text('wants forgot-password'), { inspection: { secrets: ['phrase'] } });
    expect(commit.snapshot).toMatchObject({ flow: 'leaked-secret', later: 'recover' });
  });

  it("remembers a chosen language as the person's, and speaks a written one meanwhile", () => {
    const written = turn(text('wants fees 你好'));
    expect(written.snapshot?.locale).toBe('zh-CN');
    expect(written.records).toEqual([]);
    const chosen = turn({ kind: 'command', name: 'language', text: 'zh-CN' });
    expect(chosen.records).toEqual([
      { kind: 'put-person', person: 'telegram:5', record: { locale: 'zh-CN' } },
    ]);
    const kept = turn(text('wants fees 你好'), {
      loaded: { version: 1, snapshot: null, person: { locale: 'en' } },
    });
    expect(kept.snapshot?.locale).toBe('en');
  });

  it('says that it follows the person into another language, in the midst of a talk', () => {
    const asked = turn(text('wants fees'));
    const followed = turn(text('wants fees 你好'), { loaded: committed(asked) });
    expect(said(followed)).toEqual(['language.follows', 'answers.fees']);
    const stays = turn(text('wants fees 你好'), { loaded: committed(followed) });
    expect(said(stays)).toEqual(['answers.fees']);
  });

  it('begins in the language of the platform where it is one of ours', () => {
    const hinted = (localeHint: string): string | undefined =>
      turn(text('wants fees'), { message: { localeHint } }).snapshot?.locale;
    expect([hinted('zh-hans'), hinted('zh'), hinted('fr'), hinted('!')]).toEqual([
      'zh-CN',
      'zh-CN',
      'en',
      'en',
    ]);
  });

  it('guesses by the script where nothing tells the language, until the first hint', () => {
    const chinese = plainEngine(
      bundleOf(edited(smallContent(), 'locales/locales.yaml', 'source: en', 'source: zh-CN')),
    );
    const first = (script?: 'Latn' | 'Han'): Snapshot | null =>
      turn(
        { kind: 'media', media: 'sticker', caption: '', fileName: '' },
        script === undefined ? { on: chinese } : { on: chinese, inspection: { script } },
      ).snapshot;
    expect(first('Latn')).toMatchObject({ locale: 'en', localeIsGuess: true });
    expect(first('Han')).toMatchObject({ locale: 'zh-CN', localeIsGuess: true });
    expect(first()).toMatchObject({ locale: 'zh-CN', localeIsGuess: true });
    const guessed = { version: 1, snapshot: first('Latn'), person: null };
    const next = (options: Options): Snapshot | null =>
      turn(text('ok'), { on: chinese, loaded: guessed, ...options }).snapshot;
    expect(next({ inspection: { script: 'Han' } })).toMatchObject({ locale: 'en', localeIsGuess: true });
    const hinted = next({ message: { localeHint: 'zh-CN' } });
    expect(hinted?.locale).toBe('zh-CN');
    expect(hinted).not.toHaveProperty('localeIsGuess');
    const later = turn(text('ok'), {
      on: chinese,
      loaded: { version: 2, snapshot: hinted, person: null },
      message: { localeHint: 'en' },
    });
    expect(later.snapshot?.locale).toBe('zh-CN');
  });

  it('forgets everything at once, and still says so', () => {
    const sure = turn(text('wants forget-me'));
    const gone = turn({ kind: 'tap', data: dataOf(sure, 'yes') }, { loaded: committed(sure) });
    expect(gone).toMatchObject({
      snapshot: null,
      timers: [],
      records: [{ kind: 'forget', person: 'telegram:5' }, noted('forget', 'asked')],
    });
    expect(said(gone)).toEqual(['forget.done']);
  });

  it('fires a timer: goes on and takes the timer away', () => {
    const waiting = turn({ kind: 'tap', data: dataOf(asked, 'waited') }, { loaded: committed(asked) });
    const dueAt = START + 600_000;
    const fired = turnOf({ kind: 'timer', timer: 'mail-missing.pause', dueAt }, inbound(2, text('')), {
      loaded: committed(waiting),
      now: dueAt,
    });
    expect(said(fired)).toEqual(['mail.came']);
    expect(fired.timers).toEqual([{ kind: 'cancel', timer: 'mail-missing.pause' }]);
    expect(fired.snapshot?.lastAt).toBe(START);
  });

  it('ends a wait that is over before it answers somebody who comes back', () => {
    const waiting = turn({ kind: 'tap', data: dataOf(asked, 'waited') }, { loaded: committed(asked) });
    const loaded = committed(waiting);
    const now = START + 600_000;
    const fees = turn(text('wants fees'), { loaded, now });
    expect([said(fees), fees.snapshot?.step]).toEqual([['answers.fees', 'mail.came'], 'came']);
    expect(fees.timers).toEqual([{ kind: 'cancel', timer: 'mail-missing.pause' }]);
    expect(said(turn(text('xyzzy'), { loaded, now }))).toEqual(['mail.came']);
    expect(said(turn(text('xyzzy'), { loaded, now: now - 1 }))).toEqual(['mail.waiting']);
    // Whoever taps is past the wait, and an emergency comes before all.
    const arrived = turn({ kind: 'tap', data: dataOf(waiting, 'arrived') }, { loaded, now });
    expect(said(arrived)).toEqual(['common.bye']);
    expect(said(turn(text(''), { loaded, now, inspection: { secrets: ['phrase'] } }))).not.toContain(
      'mail.came',
    );
  });

  it('lets a wait end that was over when an emergency pushed it aside', () => {
    const waiting = turn({ kind: 'tap', data: dataOf(asked, 'waited') }, { loaded: committed(asked) });
    const now = START + 3_600_000;
    const aside = turn({ kind: 'command', name: 'language', text: '' }, { loaded: committed(waiting), now });
    const back = turn({ kind: 'tap', data: dataOf(aside, 'en') }, { loaded: committed(aside, 2), now });
    const set = back.timers.find(({ kind }) => kind === 'set');
    if (set?.kind !== 'set') throw new Error('no timer is set');
    const input = { kind: 'timer', timer: set.timer, dueAt: set.dueAt } as const;
    const fired = turnOf(input, inbound(3, text('')), { loaded: committed(back, 3), now: now + 1 });
    expect([set.dueAt, said(fired)]).toEqual([now, ['mail.came']]);
  });

  it('takes a stale timer away without a word', () => {
    const stale = turnOf({ kind: 'timer', timer: 'mail-missing.pause', dueAt: 1 }, inbound(2, text('')), {
      loaded: committed(asked),
    });
    const taken = { kind: 'cancel', timer: 'mail-missing.pause', dueAt: 1 };
    expect([stale.outbox, stale.timers]).toEqual([[], [taken]]);
    const gone = turnOf({ kind: 'timer', timer: 'x.y', dueAt: 1 }, inbound(2, text('')), {});
    expect(gone).toMatchObject({ outbox: [], snapshot: null, timers: [{ kind: 'cancel', timer: 'x.y' }] });
  });

  it('leaves an edit in public alone, unless it holds a secret', () => {
    const edit: InboundContent = { kind: 'edit', text: 'wants fees' };
    expect(turn(edit, { public: true })).toMatchObject({ outbox: [], snapshot: null });
    expect(said(turn(edit, { public: true, inspection: { secrets: ['phrase'] } }))[0]).toBe('delete');
    expect(said(turn(edit))).toContain('common.edited');
  });

  it('leads into the direct chat by one button: to the emergency first, else to what is written below a photo', () => {
    const ways = (commit: Commit): readonly string[] =>
      commit.outbox
        .map(messageOf)
        .flatMap((message) => (message.kind === 'message' ? message.buttons : []))
        .flatMap((button) => (button.kind === 'private' ? [button.flow] : []));
    const photo: InboundContent = {
      ...{ kind: 'media', media: 'photo', fileName: '' },
      caption: 'wants mail-missing',
    };
    expect(ways(turn(photo, { public: true }))).toEqual(['mail-missing']);
    const leaked = turn(text('wants mail-missing'), { public: true, inspection: { secrets: ['phrase'] } });
    expect(ways(leaked)).toEqual(['leaked-secret']);
    expect(said(leaked)).toHaveLength(2);
  });

  it('begins anew a day after the last word, and never meets its old buttons', () => {
    const fresh = turn(
      { kind: 'tap', data: dataOf(asked, 'spam') },
      { loaded: committed(asked), now: START + IDLE_TTL_MS },
    );
    expect(said(fresh)).toEqual(['safety.full', 'common.old-button+menu.what']);
    expect(fresh.snapshot?.turn).toBeGreaterThan(asked.snapshot?.turn ?? 0);
    expect(
      turn(text('wants thanks'), { loaded: committed(asked), now: START + IDLE_TTL_MS - 1 }).snapshot?.step,
    ).toBe('looked');
  });

  it('shows the menu instead of nothing', () => {
    const rested = turn(text('wants thanks'));
    expect(said(turn(text('wants no-such-thing'), { loaded: committed(rested) }))).toEqual(['menu.what']);
  });

  it('carries a conversation over to new content before it answers', () => {
    const changed = plainEngine(
      bundleOf(edited(smallContent(), 'flows/mail-missing.yaml', 'value: waited', 'value: "in-time"')),
    );
    const next = turn(text('wants fees'), { loaded: committed(asked), on: changed });
    expect(said(next)).toEqual(['answers.fees', 'mail.looked']);
    expect(next.outbox.at(-1)?.shown.choices).toEqual(['spam', 'in-time', 'person']);
    expect(next.snapshot?.bundle).toBe(changed.bundle.structure);
  });

  it('keeps to itself in public what is private', () => {
    expect(said(turn(text('wants mail-missing'), { public: true }))).toEqual([
      'public.not-us+public.open-private',
    ]);
  });

  it('stores no word of the person but a free answer that was asked for', () => {
    const snapshot: Snapshot | null = turn(text('a very private sentence'), {
      loaded: committed(asked),
    }).snapshot;
    expect(JSON.stringify(snapshot)).not.toContain('private sentence');
  });
});

describe('a turn after an edit of the content', () => {
  const small = smallContent();
  const MAIL = 'flows/mail-missing.yaml';
  const asked = committed(turn({ kind: 'start', payload: 'mail-missing' }));
  const tapped = (value: string): InboundContent => {
    const offer = asked.snapshot?.offers.find(
      ({ event }) => event.kind === 'choice' && event.value === value,
    );
    if (offer === undefined) throw new Error(`${value} is not on offer`);
    const { conversation } = inbound(1, { kind: 'text', text: '' });
    return { kind: 'tap', data: engine.buttons.sign(conversation, offer.turn, offer.index) };
  };
  const on = (from: string, to: string) =>
    plainEngine(bundleOf(edited(edited(small, MAIL, from, to), MAIL, 'looked = spam', 'looked = waited')));
  const SPAM = '      - { label: mail.btn-spam, value: spam, go: check }\n';

  it('takes no answer for one to another question, and says why it asks', () => {
    const commit = turn(tapped('person'), { loaded: asked, on: on('ask: mail.looked', 'ask: mail.again') });
    expect(said(commit)).toEqual(['flow-changed.again+mail.again']);
    expect(commit.snapshot).toMatchObject({ flow: 'mail-missing', step: 'looked' });
  });

  it('takes a choice that is still the same where another one is gone', () => {
    const commit = turn(tapped('waited'), { loaded: asked, on: on(SPAM, '') });
    expect(said(commit)).toEqual(['mail.waiting']);
    expect(commit.snapshot).toMatchObject({ flow: 'mail-missing', step: 'pause' });
  });

  it('asks again where the tapped choice is gone, or means something else', () => {
    for (const to of ['', SPAM.replace('btn-spam', 'btn-no')]) {
      const commit = turn(tapped('spam'), { loaded: asked, on: on(SPAM, to) });
      expect(said(commit)).toEqual(['flow-changed.again+mail.looked']);
    }
  });

  it('takes nothing typed for a choice where the choices have moved', () => {
    const commit = turn({ kind: 'text', text: 'zh-CN mail btn waited' }, { loaded: asked, on: on(SPAM, '') });
    expect(said(commit)).toEqual(['flow-changed.again+mail.looked']);
  });

  it('follows another wish from a question that has changed', () => {
    const changed = on('ask: mail.looked', 'ask: mail.again');
    const commit = turn({ kind: 'text', text: 'wants fees' }, { loaded: asked, on: changed });
    expect(said(commit).join(' ')).toContain('answers.fees');
    expect(said(commit).join(' ')).not.toContain('flow-changed.again');
  });

  it('lets a timer act under the new name of its step, and asks nothing', () => {
    const waiting = committed(turn(tapped('waited'), { loaded: asked }));
    const dueAt = waiting.snapshot?.dueAt ?? 0;
    const text = (small.get(MAIL) ?? '')
      .replaceAll('go: pause', 'go: rest')
      .replace('pause: { wait: mail, say: mail.waiting', 'rest: { was: pause, wait: mail, say: mail.again');
    const renamed = plainEngine(bundleOf(new Map([...small, [MAIL, text]])));
    const fired = turnOf(
      { kind: 'timer', timer: 'mail-missing.pause', dueAt },
      inbound(2, { kind: 'text', text: '' }),
      { loaded: waiting, now: dueAt, on: renamed },
    );
    expect(said(fired)).toEqual(['mail.came']);
    expect(fired.timers).toContainEqual({ kind: 'cancel', timer: 'mail-missing.pause' });
  });

  it('offers no way around a link that was withdrawn', () => {
    const paged = committed(turn(tapped('spam'), { loaded: asked }));
    const offer = paged.snapshot?.offers.find(({ event }) => event.kind === 'wont-open');
    const { bundle } = engine;
    const links = new Map([...bundle.registry.links].filter(([name]) => name !== 'help-fees'));
    const recalled = plainEngine({
      ...bundle,
      structure: 'recalled',
      registry: { ...bundle.registry, links },
    });
    const { conversation } = inbound(1, { kind: 'text', text: '' });
    const data = engine.buttons.sign(conversation, offer?.turn ?? 0, offer?.index ?? 0);
    const commit = turn({ kind: 'tap', data }, { loaded: paged, on: recalled });
    expect(said(commit)).toEqual(['common.old-button+mail.came']);
  });
});

import { describe, expect, it } from 'vitest';
import { type RenderContext, render } from '../../../src/content/index.js';
import type { Effect, OutboundMessage } from '../../../src/model/index.js';
import { bundleOf, edited, smallContent } from '../../support/small-content.js';

const bundle = bundleOf(smallContent());
const CONTEXT: RenderContext = {
  bundle,
  locale: 'en',
  platform: 'telegram',
  public: false,
  capabilities: { deletesIn: { direct: true, public: false }, maxTextChars: 4096, maxLabelChars: 64 },
  slots: { asked: '@somebody' },
  turn: 7,
  sign: (turn, index) => `${turn}.${index}.mac`,
  messageRef: '99',
  caseNumber: 'LL-ABC-DEF',
};

type Said = Extract<OutboundMessage, { kind: 'message' }>;
const messages = (effects: readonly Effect[], context: Partial<RenderContext> = {}): readonly Said[] =>
  render(effects, { ...CONTEXT, ...context }).messages.filter((message) => message.kind === 'message');

const say = (text: string, isPrivate = false): Effect => ({ kind: 'say', text, private: isPrivate });
const ask: Effect = {
  kind: 'ask',
  text: 'mail.came',
  title: null,
  private: false,
  choices: [
    { value: 'yes', label: 'mail.btn-yes' },
    { value: 'no', label: 'mail.btn-no' },
  ],
};

describe('render', () => {
  it('joins words to the question behind them', () => {
    expect(messages([say('mail.check'), ask])).toMatchObject([
      { text: 'en mail check\n\nen mail came', keys: ['mail.check', 'mail.came'], private: false },
    ]);
  });

  it('keeps what has buttons and what follows it apart', () => {
    expect(messages([ask, say('mail.check')]).map((message) => message.keys)).toEqual([
      ['mail.came'],
      ['mail.check'],
    ]);
  });

  it('keeps the standing warning and long texts apart', () => {
    expect(messages([say('safety.full'), say('welcome.hello')])).toHaveLength(2);
    const long = bundleOf(edited(smallContent(), 'locales/en/texts.yaml', 'en mail check', 'x'.repeat(650)));
    expect(messages([say('mail.check'), say('mail.again')], { bundle: long })).toHaveLength(2);
  });

  it('makes one message of all words in public', () => {
    expect(
      messages([say('public.not-us'), say('safety.full'), say('help.says')], { public: true }),
    ).toHaveLength(1);
  });

  it('ends with a way into the direct chat in public, by one button', () => {
    const flows = (effects: readonly Effect[], isPublic = true): readonly string[] =>
      messages(effects, { public: isPublic })
        .flatMap(({ buttons }) => buttons)
        .flatMap((button) => (button.kind === 'private' ? [button.flow] : []));
    expect(flows([say('public.not-us'), say('help.says')])).toEqual(['menu']);
    expect(flows([say('help.says'), { kind: 'open-private', flow: 'recover' }])).toEqual(['recover']);
    expect(flows([say('help.says')], false)).toEqual([]);
    expect(flows([])).toEqual([]);
    const links: Effect = { kind: 'links', text: 'answers.fees', to: ['help-fees'] };
    const kinds = (all: readonly Effect[]): readonly (readonly string[])[] =>
      messages(all, { public: true }).map(({ buttons }) => buttons.map(({ kind }) => kind));
    expect(kinds([say('public.not-us'), links])).toEqual([['url', 'tap', 'private']]);
    // Whatever is said there, it is one message.
    expect(kinds([{ kind: 'open-private', flow: 'recover' }, links])).toEqual([['private', 'url', 'tap']]);
  });

  it('signs choices, numbers them and offers them in order', () => {
    const { messages: sent, offers } = render([ask], CONTEXT);
    expect(sent).toMatchObject([
      {
        buttons: [
          { kind: 'tap', label: 'en mail btn yes', value: 'yes', data: '7.0.mac', numbered: true },
          { kind: 'tap', label: 'en mail btn no', value: 'no', data: '7.1.mac', numbered: true },
        ],
      },
    ]);
    expect(offers).toEqual([
      { turn: 7, index: 0, event: { kind: 'choice', value: 'yes' }, standing: false },
      { turn: 7, index: 1, event: { kind: 'choice', value: 'no' }, standing: false },
    ]);
  });

  it('gives a link with its button and a standing "it won\'t open"', () => {
    const { messages: sent, offers } = render(
      [{ kind: 'link', text: 'mail.page', label: 'mail.page-btn', to: 'help-fees' }],
      CONTEXT,
    );
    expect(sent).toMatchObject([
      {
        text: 'en mail page',
        buttons: [
          {
            kind: 'url',
            label: 'en mail page btn',
            url: 'https://wallet.example/help/fees',
            link: 'help-fees',
          },
          { kind: 'tap', label: 'en link wont open', numbered: false },
        ],
      },
    ]);
    expect(offers).toEqual([
      { turn: 7, index: 0, event: { kind: 'wont-open', links: ['help-fees'] }, standing: true },
    ]);
  });

  it('puts the safety line before a private link', () => {
    const [message] = messages([
      { kind: 'link', text: 'mail.page', label: 'mail.page-btn', to: 'reset-help' },
    ]);
    expect(message).toMatchObject({ keys: ['safety.line', 'mail.page'], private: true });
  });

  it('names links of an answer by themselves', () => {
    const [message] = messages([{ kind: 'links', text: 'answers.fees', to: ['help-fees', 'reset-help'] }]);
    expect(message?.buttons.map((button) => button.label)).toEqual([
      'en link help fees',
      'en link reset help',
      'en link wont open',
    ]);
  });

  it('helps with a link: the host in words, then its mirrors', () => {
    const [mirrored, bare] = messages([{ kind: 'link-help', links: ['reset-help', 'help-fees'] }]);
    expect(mirrored).toMatchObject({
      text: 'en type wallet.example\n\nen link mirrors',
      buttons: [
        {
          kind: 'url',
          label: 'en open wallet-mirror.example',
          url: 'https://wallet-mirror.example/reset',
          link: 'reset-help',
        },
      ],
      private: true,
    });
    expect(bare).toMatchObject({
      keys: ['link.type-yourself', 'link.no-mirror'],
      buttons: [],
      private: false,
    });
  });

  it('shows the official page of a hand-off with its host, then what it asks', () => {
    const [page, asks] = messages([{ kind: 'hand-off', name: 'reset-password' }]);
    expect(page).toMatchObject({ keys: ['safety.line', 'hand-off.page'], private: true });
    expect(page?.text).toContain('en page wallet.example');
    expect(page?.buttons[0]).toMatchObject({ kind: 'url', url: 'https://wallet.example/reset' });
    expect(asks).toMatchObject({ keys: ['hand-off.reset-password.asks'], private: true });
  });

  it('gives a person: channels with their addresses, what to have ready, and the case number', () => {
    const [channels, ready, number] = messages([
      { kind: 'human', topic: 'mail', text: 'common.reach-support' },
    ]);
    expect(channels?.keys).toEqual(['common.reach-support', 'human.channels']);
    expect(channels?.text).toContain('• en support mail (support@wallet.example): en support mail for');
    expect(channels?.text).toContain('• en support phone (+86 400 000 0000): en support phone for');
    expect(channels?.buttons).toMatchObject([{ kind: 'url', link: 'help-fees', label: 'en support desk' }]);
    expect(ready?.keys).toEqual(['human.ready', 'human.never']);
    expect(number).toMatchObject({ text: 'en case LL-ABC-DEF', keys: ['human.case'] });
  });

  it('says that the team was told only where that is arranged', () => {
    const told = bundleOf(
      edited(smallContent(), 'flows/official.yaml', 'cases: {}', 'cases: { notify: { telegram: "-100" } }'),
    );
    expect(
      messages([{ kind: 'human', topic: 'mail', text: 'common.reach-support' }], { bundle: told }).at(-1)
        ?.keys,
    ).toEqual(['human.case-notified']);
  });

  it('deletes the message with a secret where that is possible, else says how', () => {
    const seen: Effect = { kind: 'secret-seen', secret: 'phrase', refs: [] };
    expect(render([seen], CONTEXT).messages).toMatchObject([
      { kind: 'delete', messageRef: '99' },
      {
        kind: 'message',
        keys: ['security.phrase-seen', 'security.removed'],
        unlessDeleted: { keys: ['security.phrase-seen', 'security.delete-tried'] },
      },
    ]);
    expect(render([seen], { ...CONTEXT, public: true }).messages).toMatchObject([
      { kind: 'message', keys: ['security.phrase-seen', 'security.delete-yourself'] },
    ]);
  });

  it('keeps both wordings when words about a deletion join their neighbours', () => {
    const capabilities = { ...CONTEXT.capabilities, deletesIn: { direct: false, public: true } };
    const effects: readonly Effect[] = [
      { kind: 'say', text: 'public.not-us', private: false },
      { kind: 'secret-seen', secret: 'phrase', refs: [] },
      { kind: 'open-private', flow: 'recover' },
    ];
    const around = (deletion: string) => [
      'public.not-us',
      'security.phrase-seen',
      deletion,
      'public.open-private',
    ];
    expect(render(effects, { ...CONTEXT, capabilities, public: true }).messages).toMatchObject([
      { kind: 'delete', messageRef: '99' },
      {
        kind: 'message',
        keys: around('security.removed'),
        unlessDeleted: { keys: around('security.delete-tried') },
      },
    ]);
  });

  it('does not say that a message was removed which could not be named', () => {
    const [message] = messages([{ kind: 'secret-seen', secret: 'key', refs: [] }], { messageRef: null });
    expect(message?.keys).toEqual(['security.key-seen', 'security.delete-yourself']);
  });

  it('fills in values: slots, titles, the bot, and nothing for what is missing', () => {
    const [switching] = messages([{ ...ask, text: 'switch.ask', title: 'title.recover' }]);
    expect(switching?.text).toBe('en leave for en title recover');
    const [opened] = messages([{ kind: 'open-private', flow: 'recover' }]);
    expect(opened).toMatchObject({
      text: 'en private @ExampleLifelineBot',
      buttons: [{ kind: 'private', flow: 'recover' }],
    });
    const slot = bundleOf(
      edited(
        edited(smallContent(), 'locales/en/texts.yaml', 'en mail check', 'you said {asked} {looked}'),
        'locales/zh-CN/texts.yaml',
        'zh-CN mail check',
        '{asked} {looked}',
      ),
    );
    expect(messages([say('mail.check')], { bundle: slot })[0]?.text).toBe('you said @somebody');
  });

  it('speaks the locale, and falls back where it has no text', () => {
    expect(messages([say('mail.check')], { locale: 'zh-CN' })[0]?.text).toBe('zh-CN mail check');
    const texts = new Map(
      [...bundle.texts].map(([tag, known]) => [
        tag,
        new Map([...known].filter(([key]) => tag === 'en' || key !== 'mail.check')),
      ]),
    );
    expect(messages([say('mail.check')], { bundle: { ...bundle, texts }, locale: 'zh-CN' })[0]?.text).toBe(
      'en mail check',
    );
  });

  it('never shows a key that nobody has', () => {
    expect(messages([say('no.such-key'), ask]).map((message) => message.text)).toEqual(['en mail came']);
    expect(messages([say('no.such-key')])).toEqual([]);
  });

  it('gives nothing for effects without words', () => {
    const silent: readonly Effect[] = [
      { kind: 'set-timer', timer: 'a.b', dueAt: 1 },
      { kind: 'cancel-timer', timer: 'a.b' },
      { kind: 'set-locale', locale: 'en' },
      { kind: 'forget-me' },
      { kind: 'report', what: 'x' },
    ];
    expect(render(silent, CONTEXT)).toEqual({ messages: [], offers: [] });
  });

  describe('in a public place', () => {
    const PRIVATE: readonly Effect[] = [
      say('recover.after', true),
      { ...ask, private: true },
      { kind: 'hand-off', name: 'reset-password' },
      { kind: 'human', topic: 'mail', text: 'common.reach-support' },
    ];

    it.each(PRIVATE.map((effect): [string, Effect] => [effect.kind, effect]))(
      'shows a way into a private chat instead of a private %s',
      (_kind, effect) => {
        const { messages: sent, offers } = render([effect], { ...CONTEXT, public: true });
        expect(sent).toMatchObject([
          { keys: ['public.open-private'], private: false, buttons: [{ kind: 'private' }] },
        ]);
        expect(offers).toEqual([]);
      },
    );

    it.each<Effect>([
      { kind: 'link', text: 'mail.page', label: 'mail.page-btn', to: 'reset-help' },
      { kind: 'links', text: 'answers.inside', to: ['reset-help'] },
      { kind: 'link-help', links: ['reset-help'] },
    ])('shows a way into a private chat instead of a private $kind', (effect) => {
      const { messages: sent } = render([effect], { ...CONTEXT, public: true });
      expect(sent).toMatchObject([{ keys: ['public.open-private'], private: false }]);
    });
  });
});

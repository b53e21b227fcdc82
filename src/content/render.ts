import {
  type Button,
  type Choice,
  type ConversationEvent,
  type Effect,
  type Offer,
  type OutboundMessage,
  PAGE_BUTTONS,
  PICTURES,
  type TextKey,
} from '../model/index.js';
import { messageOf } from './bundle.js';
import type { ValueFor } from './message.js';
import { joinPieces, type Piece } from './pieces.js';
import { checkLinkOf, type OfficialLink } from './registry.js';
import type { RenderContext } from './render-context.js';
import { SECRET_SEEN, type SystemText } from './system-texts.js';
import { valueFor } from './values.js';

export interface Rendered {
  readonly messages: readonly OutboundMessage[];
  readonly offers: readonly Offer[];
}

/** Effects to outbound messages and the choices they offer. Pure; effects without words give nothing. */
export function render(effects: readonly Effect[], context: RenderContext): Rendered {
  const renderer = new Renderer(context);
  const deletes: OutboundMessage[] = [];
  const pieces = effects.flatMap((effect) => {
    if (effect.kind === 'secret-seen' && renderer.deletes) {
      for (const messageRef of refsOf(effect, context)) deletes.push({ kind: 'delete', messageRef });
    }
    return renderer.pieces(effect);
  });
  const messages = joinPieces(renderer.withWayIn(pieces), context.public).map(
    ({ alone: _, ...message }): OutboundMessage => ({ kind: 'message', ...message }),
  );
  return { messages: [...deletes, ...messages], offers: renderer.offers };
}

const PRIVATE_EFFECTS: ReadonlySet<Effect['kind']> = new Set([
  'hand-off',
  'human',
  'verified-link',
  'link-number',
  'page-opened',
  'ask-pictures',
  'issue-challenge',
  'session-code',
]);

class Renderer {
  readonly offers: Offer[] = [];
  readonly deletes: boolean;
  readonly #context: RenderContext;

  constructor(context: RenderContext) {
    this.#context = context;
    this.deletes = context.capabilities.deletesIn[context.public ? 'public' : 'direct'];
  }

  pieces(effect: Effect): readonly Piece[] {
    if (this.#context.public && this.#isPrivate(effect)) return [this.#openPrivate('menu')];
    switch (effect.kind) {
      case 'say':
        return [
          this.#piece([effect.text], { private: effect.private, alone: effect.text === 'safety.full' }),
        ];
      case 'ask': {
        const { title } = effect;
        const values =
          title === null ? undefined : (name: string) => (name === 'title' ? this.#text(title) : undefined);
        const buttons = effect.choices.map(({ value, label }) =>
          this.#tap(this.#text(label), value, { kind: 'choice', value }, false),
        );
        return [this.#piece([effect.text], { private: effect.private, buttons, values })];
      }
      case 'link':
        return [this.#linkPiece(effect.text, effect.label, effect.to)];
      case 'links':
        return [this.#linksPiece(effect.text, effect.to)];
      case 'hand-off':
        return this.#handOff(effect.name);
      case 'issue-challenge':
        return this.#sessionCode(this.#context.bundle.registry.hand_offs[effect.name]?.check);
      case 'session-code':
        return this.#sessionCode(checkLinkOf(this.#context.bundle.registry)?.name);
      case 'verified-link':
        return [this.#verifiedLink(effect.name)];
      case 'link-number':
        return [this.#piece(['hand-off.number'], { private: true, alone: true })];
      case 'page-opened':
        return [this.#pageOpened()];
      case 'ask-pictures':
        return [this.#pictures(effect.choices)];
      case 'link-help':
        return effect.links.map((name) => this.#linkHelp(name));
      case 'human':
        return this.#human(effect.text);
      case 'open-private':
        return [this.#openPrivate(effect.flow)];
      case 'secret-seen':
        return [this.#secretSeen(effect)];
      default:
        return [];
    }
  }

  /** The deletion stands before it: what it says of that is true only once it has happened. */
  #secretSeen(effect: SecretSeen): Piece {
    const seen = SECRET_SEEN[effect.secret];
    const piece = (...more: readonly SystemText[]): Piece => this.#piece([seen, ...more], { alone: true });
    const hasRefs = refsOf(effect, this.#context).length > 0;
    if (this.#context.isWithdrawn === true && !hasRefs) return piece();
    if (!this.deletes || !hasRefs) return piece('security.delete-yourself');
    const { text, keys } = piece('security.delete-tried');
    return { ...piece('security.removed'), unlessDeleted: { text, keys } };
  }

  /** In public the last words carry a button into the direct chat. */
  withWayIn(pieces: readonly Piece[]): readonly Piece[] {
    const last = pieces.at(-1);
    const hasWay = pieces.some(({ buttons }) => buttons.some(({ kind }) => kind === 'private'));
    if (!this.#context.public || last === undefined || hasWay) return pieces;
    return [...pieces.slice(0, -1), { ...last, buttons: [...last.buttons, this.#wayIn('menu')] }];
  }

  #isPrivate(effect: Effect): boolean {
    switch (effect.kind) {
      case 'say':
      case 'ask':
        return effect.private;
      case 'link':
        return this.#link(effect.to).private;
      case 'links':
        return effect.to.some((name) => this.#link(name).private);
      case 'link-help':
        return effect.links.some((name) => this.#link(name).private);
      default:
        return PRIVATE_EFFECTS.has(effect.kind);
    }
  }

  #handOff(name: string): readonly Piece[] {
    const link = this.#link(this.#context.bundle.registry.hand_offs[name]?.link ?? '');
    const page = this.#piece(['safety.line', 'hand-off.page'], {
      private: true,
      alone: true,
      link,
      buttons: this.#linkButtons([link], () => 'hand-off.open-btn'),
    });
    return [page, this.#piece([`hand-off.${name}.asks`], { private: true })];
  }

  /** How to check this bot on the official site, where that has a page for it. */
  #sessionCode(check: string | undefined): readonly Piece[] {
    if (check === undefined || this.#context.session == null) return [];
    return [this.#piece(['hand-off.session'], { private: true, link: this.#link(check) })];
  }

  #verifiedLink(name: string): Piece {
    const { registry } = this.#context.bundle;
    const link = this.#link(registry.hand_offs[name]?.page ?? registry.hand_offs[name]?.link ?? '');
    const [open, ...others] = this.#linkButtons([link], () => 'hand-off.open-btn');
    const url = this.#context.handOff?.pageUrl ?? link.url;
    return this.#piece(['safety.line', 'hand-off.verified-page'], {
      private: true,
      alone: true,
      link,
      buttons: open?.kind === 'url' ? [{ ...open, url }, ...others] : others,
    });
  }

  #pageOpened(): Piece {
    const stop = this.#tap(
      this.#text('hand-off.btn-stop'),
      PAGE_BUTTONS.stop,
      { kind: 'choice', value: PAGE_BUTTONS.stop },
      true,
    );
    return this.#piece(['hand-off.opened-meanwhile'], { private: true, alone: true, buttons: [stop] });
  }

  #pictures(choices: readonly Choice[]): Piece {
    const pictures = this.#context.handOff?.challenge.pictures ?? [];
    const tap = (label: string, value: string): Button =>
      this.#tap(label, value, { kind: 'choice', value }, false);
    const buttons = [
      ...pictures.map((picture) => tap(PICTURES[picture] ?? '', `${PAGE_BUTTONS.picture}${picture}`)),
      tap(this.#text('hand-off.btn-no-picture'), PAGE_BUTTONS.noPicture),
      ...choices.map(({ value, label }) => tap(this.#text(label), value)),
    ];
    return this.#piece(['hand-off.pictures'], { private: true, alone: true, buttons });
  }

  #linkPiece(text: TextKey, label: TextKey, name: string): Piece {
    const link = this.#link(name);
    const keys = link.private ? ['safety.line', text] : [text];
    return this.#piece(keys, {
      private: link.private,
      alone: true,
      link,
      buttons: this.#linkButtons([link], () => label),
    });
  }

  #linksPiece(text: TextKey, names: readonly string[]): Piece {
    const links = names.map((name) => this.#link(name));
    return this.#piece([text], {
      alone: true,
      link: links[0],
      buttons: this.#linkButtons(links, (link) => `link.${link.name}`),
    });
  }

  #linkHelp(name: string): Piece {
    const link = this.#link(name);
    const hostOf = (url: string) => (wanted: string) => (wanted === 'host' ? new URL(url).host : undefined);
    const buttons = link.mirrors.map(
      (url): Button => ({ kind: 'url', label: this.#text('link.mirror-btn', hostOf(url)), url, link: name }),
    );
    return this.#piece(['link.type-yourself', link.mirrors.length > 0 ? 'link.mirrors' : 'link.no-mirror'], {
      private: link.private,
      alone: true,
      link,
      buttons,
    });
  }

  #human(text: TextKey): readonly Piece[] {
    const { registry } = this.#context.bundle;
    const notified = registry.cases.notify !== undefined;
    const buttons = registry.support.flatMap((entry): readonly Button[] => {
      if (entry.link === undefined) return [];
      return [
        {
          kind: 'url',
          label: this.#text(`support.${entry.channel}`),
          url: this.#link(entry.link).url,
          link: entry.link,
        },
      ];
    });
    return [
      this.#piece([text, 'human.channels'], { private: true, alone: true, buttons }),
      this.#piece(['human.ready', 'human.never'], { private: true, alone: true }),
      this.#piece([notified ? 'human.case-notified' : 'human.case'], { private: true, alone: true }),
    ];
  }

  #openPrivate(flow: string): Piece {
    return this.#piece(['public.open-private'], { buttons: [this.#wayIn(flow)] });
  }

  #wayIn(flow: string): Button {
    return { kind: 'private', label: this.#text('public.open-btn'), flow };
  }

  #linkButtons(links: readonly OfficialLink[], label: (link: OfficialLink) => TextKey): readonly Button[] {
    const open = links.map(
      (link): Button => ({ kind: 'url', label: this.#text(label(link)), url: link.url, link: link.name }),
    );
    const names = links.map((link) => link.name);
    return [
      ...open,
      this.#tap(this.#text('link.wont-open'), 'wont-open', { kind: 'wont-open', links: names }, true),
    ];
  }

  #tap(label: string, value: string, event: ConversationEvent, standing: boolean): Button {
    const { turn, sign } = this.#context;
    const index = this.offers.length;
    this.offers.push({ turn, index, event, standing });
    return { kind: 'tap', label, value, data: sign(turn, index), numbered: !standing };
  }

  #link(name: string): OfficialLink {
    const link = this.#context.bundle.registry.links.get(name);
    if (link === undefined) throw new TypeError(`the checked bundle has no link ${name}`);
    return link;
  }

  #piece(
    keys: readonly TextKey[],
    options: {
      private?: boolean;
      alone?: boolean;
      buttons?: readonly Button[];
      link?: OfficialLink | undefined;
      values?: ValueFor | undefined;
    },
  ): Piece {
    const values: ValueFor = (name) =>
      options.values?.(name) ?? (options.link === undefined ? undefined : linkValue(options.link, name));
    const text = keys.map((key) => this.#text(key, values)).join('\n\n');
    return {
      text,
      keys,
      buttons: options.buttons ?? [],
      private: options.private ?? false,
      alone: options.alone ?? false,
    };
  }

  #text(key: TextKey, values?: ValueFor): string {
    const { bundle, locale } = this.#context;
    const message = messageOf(bundle, locale, key);
    return message === null
      ? ''
      : message
          .format(
            (name) => values?.(name) ?? valueFor(name, this.#context, (of, more) => this.#text(of, more)),
          )
          .trim();
  }
}

type SecretSeen = Extract<Effect, { kind: 'secret-seen' }>;

/** The messages that hold the secret, as far as they can be named. */
function refsOf({ refs }: SecretSeen, { messageRef }: RenderContext): readonly string[] {
  return [...new Set([...refs, ...(messageRef === null ? [] : [messageRef])])];
}

/** What a text may say of the link in its message: its host, or its address as one types it. */
function linkValue(link: OfficialLink, name: string): string | undefined {
  if (name === 'host') return link.host;
  return name === 'address' ? link.url.replace(/^https:\/\//, '').replace(/\/$/, '') : undefined;
}

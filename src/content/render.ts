import type {
  Button,
  Capabilities,
  ConversationEvent,
  Deletes,
  Effect,
  Offer,
  OutboundMessage,
  Platform,
  SecretKind,
  TextKey,
} from '../model/index.js';
import { type Bundle, messageOf } from './bundle.js';
import { channelLines } from './channels.js';
import type { ValueFor } from './message.js';
import { joinPieces, type Piece } from './pieces.js';
import type { OfficialLink } from './registry.js';
import { SECRET_SEEN, type SystemText } from './system-texts.js';

/** Circumstances of the words: who reads them, where, and what the buttons are signed with. */
export interface RenderContext {
  readonly bundle: Bundle;
  readonly locale: string;
  readonly platform: Platform;
  readonly public: boolean;
  readonly capabilities: Capabilities;
  readonly slots: Readonly<Record<string, string>>;
  readonly turn: number;
  /** The payload of a button: `<turn>.<index>.<MAC>`. */
  readonly sign: (turn: number, index: number) => string;
  /** The inbound message, where it can be deleted. */
  readonly messageRef: string | null;
  /** The person took their message back before it was read: nothing is left to delete. */
  readonly isWithdrawn?: boolean;
  readonly caseNumber: string | null;
}

export interface Rendered {
  readonly messages: readonly OutboundMessage[];
  readonly offers: readonly Offer[];
}

/** Effects to outbound messages and the choices they offer. Pure; effects without words give nothing. */
export function render(effects: readonly Effect[], context: RenderContext): Rendered {
  const renderer = new Renderer(context);
  const deletes: OutboundMessage[] = [];
  const pieces = effects.flatMap((effect) => {
    if (effect.kind === 'secret-seen' && renderer.deletes !== false && context.messageRef !== null) {
      deletes.push({ kind: 'delete', messageRef: context.messageRef });
    }
    return renderer.pieces(effect);
  });
  const messages = joinPieces(pieces, context.public).map(
    ({ text, keys, buttons, private: isPrivate }): OutboundMessage => ({
      kind: 'message',
      text,
      keys,
      buttons,
      private: isPrivate,
    }),
  );
  return { messages: [...deletes, ...messages], offers: renderer.offers };
}

class Renderer {
  readonly offers: Offer[] = [];
  readonly deletes: Deletes;
  readonly #context: RenderContext;

  constructor(context: RenderContext) {
    this.#context = context;
    this.deletes =
      context.messageRef !== null && context.capabilities.deletesIn[context.public ? 'public' : 'direct'];
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
      case 'link-help':
        return effect.links.map((name) => this.#linkHelp(name));
      case 'human':
        return this.#human(effect.text);
      case 'open-private':
        return [this.#openPrivate(effect.flow)];
      case 'secret-seen':
        return [this.#piece(this.#secretSeen(effect.secret), { alone: true })];
      default:
        return [];
    }
  }

  #secretSeen(secret: SecretKind): readonly TextKey[] {
    const seen = SECRET_SEEN[secret];
    return this.#context.isWithdrawn === true ? [seen] : [seen, deletionText(this.deletes)];
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
        return effect.kind === 'hand-off' || effect.kind === 'human';
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
    const buttons: readonly Button[] = [{ kind: 'private', label: this.#text('public.open-btn'), flow }];
    return this.#piece(['public.open-private'], { buttons });
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
    return message === null ? '' : message.format((name) => values?.(name) ?? this.#value(name)).trim();
  }

  #value(name: string): string | undefined {
    const { bundle, locale, platform, slots, caseNumber } = this.#context;
    const { registry } = bundle;
    const listed = (items: readonly string[]): string =>
      new Intl.ListFormat(locale, { type: 'disjunction' }).format(items);
    switch (name) {
      case 'product':
        return registry.product.name;
      case 'sender':
        return listed(
          registry.senders.filter((sender) => sender.for === 'reset').map((sender) => sender.mail),
        );
      case 'senders':
        return listed(registry.senders.map((sender) => sender.mail));
      case 'host':
        return registry.hosts[0];
      case 'hosts':
        return listed(registry.hosts);
      case 'bot':
        return platform === 'console'
          ? registry.product.name
          : `@${(registry.bot[platform] ?? '').replace(/^@/, '')}`;
      case 'channels':
        return channelLines(registry, (key, values) => this.#text(key, values));
      case 'case':
        return caseNumber ?? undefined;
      default:
        return slots[name];
    }
  }
}

/** What is said of the message that held a secret. */
function deletionText(deletes: Deletes): SystemText {
  if (deletes === 'tries') return 'security.delete-tried';
  return deletes ? 'security.removed' : 'security.delete-yourself';
}

/** What a text may say of the link in its message: its host, or its address as one types it. */
function linkValue(link: OfficialLink, name: string): string | undefined {
  if (name === 'host') return link.host;
  return name === 'address' ? link.url.replace(/^https:\/\//, '').replace(/\/$/, '') : undefined;
}

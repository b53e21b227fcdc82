import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';

/** What a wallet says of itself, for the registry. Addresses are in the form the registry takes. */
export interface OwnRegistry {
  readonly product: string;
  readonly origins: readonly string[];
  readonly resetMirrors: readonly string[];
  /** Links by name; others that the file has stay as they are. */
  readonly links: Readonly<Record<string, string>>;
  readonly downloads: Readonly<Record<string, string>>;
  /** Senders of the reset mail. */
  readonly senders: readonly string[];
  /** Ways to reach support; those of other channels stay as they are, and `null` takes one away. */
  readonly support: Readonly<Record<string, Readonly<Record<string, string | true>> | null>>;
  /** Handles of the bot by platform; `null` takes one away. */
  readonly bot: Readonly<Record<string, string | null>>;
  /** `null`: support is always there. */
  readonly hours: {
    readonly days: readonly string[];
    readonly from: string;
    readonly to: string;
    readonly zone: string;
  } | null;
}

const EXAMPLE_HEAD = /^# Example domains only\..*$/m;
const HEAD = '# The only file with addresses, handles and numbers: nothing else leaves.';

/** Writes what a wallet says of itself into the text of a registry; remarks, order and everything else stay. */
export function writeRegistry(text: string, own: OwnRegistry): string {
  const document = parseDocument(text.replace(EXAMPLE_HEAD, HEAD));
  document.setIn(['product', 'name'], own.product);
  document.set('origins', block(document, own.origins));
  for (const [name, url] of Object.entries(own.links)) setLink(document, name, { url });
  setLink(document, 'reset-help', {
    mirrors: own.resetMirrors.length === 0 ? null : flow(document, own.resetMirrors),
  });
  for (const [system, url] of Object.entries(own.downloads)) document.setIn(['downloads', system], url);
  document.set('senders', block(document, sendersOf(document, own.senders)));
  document.set('support', block(document, supportOf(document, own.support)));
  for (const [platform, handle] of Object.entries(own.bot)) {
    if (handle === null) document.deleteIn(['bot', platform]);
    else document.setIn(['bot', platform], handle);
  }
  if (own.hours === null) document.delete('hours');
  else document.set('hours', hoursOf(document, own.hours));
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function setLink(document: Document, name: string, fields: Readonly<Record<string, unknown>>): void {
  if (!document.hasIn(['links', name])) document.setIn(['links', name], flow(document, {}));
  for (const [field, value] of Object.entries(fields)) {
    if (value === null) document.deleteIn(['links', name, field]);
    else document.setIn(['links', name, field], value);
  }
}

/** A list, one entry a line; entries that are maps stand in one line each. */
function block(document: Document, entries: readonly unknown[]): YAMLSeq {
  const list = document.createNode(entries) as YAMLSeq;
  list.flow = false;
  for (const entry of list.items) if (isMap(entry)) entry.flow = true;
  return list;
}

function flow(document: Document, value: unknown): YAMLMap | YAMLSeq {
  const node = document.createNode(value) as YAMLMap | YAMLSeq;
  node.flow = true;
  if (isMap(node)) for (const { value: inner } of node.items) if (isSeq(inner)) inner.flow = true;
  return node;
}

/** Times are quoted: some programs read `09:00` as a number. */
function hoursOf(document: Document, hours: NonNullable<OwnRegistry['hours']>): YAMLMap | YAMLSeq {
  const node = flow(document, hours);
  for (const name of ['from', 'to']) {
    const time = node.get(name, true);
    if (isScalar(time)) time.type = 'QUOTE_DOUBLE';
  }
  return node;
}

interface Sender {
  readonly mail?: unknown;
  readonly for?: unknown;
}

/** The senders of the reset mail, and those of other mail that are no examples. */
function sendersOf(document: Document, mails: readonly string[]): readonly unknown[] {
  const before = (document.toJS() as { senders?: readonly Sender[] }).senders ?? [];
  const others = before.filter((sender) => sender.for !== 'reset' && !/example/i.test(String(sender.mail)));
  return [...mails.map((mail) => ({ mail, for: 'reset' })), ...others];
}

interface Channel {
  readonly channel?: unknown;
}

function supportOf(document: Document, own: OwnRegistry['support']): readonly unknown[] {
  const before = (document.toJS() as { support?: readonly Channel[] }).support ?? [];
  const left = new Map(Object.entries(own));
  const kept = before.flatMap((entry): readonly unknown[] => {
    const name = String(entry.channel);
    const mine = left.get(name);
    left.delete(name);
    if (mine === undefined) return [entry];
    return mine === null ? [] : [{ channel: name, ...mine }];
  });
  const added = [...left].flatMap(([channel, mine]) => (mine === null ? [] : [{ channel, ...mine }]));
  return [...kept, ...added];
}

/**
 * Writes which languages a content speaks into the text of `locales.yaml`: the first of them is the source when the one
 * before is not among them. `names` are those of all languages there are.
 */
export function writeLocales(
  text: string,
  languages: readonly string[],
  names: Readonly<Record<string, string>>,
): string {
  const document = parseDocument(text);
  const before = document.toJS() as {
    source: string;
    fallbacks?: Readonly<Record<string, string>>;
    drafts?: object;
  };
  const source = languages.includes(before.source) ? before.source : (languages[0] ?? before.source);
  const fallback = (tag: string): string | undefined => {
    const wanted = before.fallbacks?.[tag];
    if (wanted !== undefined && languages.includes(wanted)) return wanted;
    const other = tag === source ? languages.find((one) => one !== source) : source;
    return other;
  };
  const fallbacks = languages.flatMap((tag): [string, string][] => {
    const to = fallback(tag);
    return to === undefined ? [] : [[tag, to]];
  });
  // A draft is translated from the language it falls back to.
  const ofDrafts = Object.entries(before.fallbacks ?? {}).filter(([tag]) =>
    Object.hasOwn(before.drafts ?? {}, tag),
  );
  document.set('source', source);
  document.set('required', flow(document, languages));
  document.set('fallbacks', flow(document, Object.fromEntries([...fallbacks, ...ofDrafts])));
  document.set('names', flow(document, Object.fromEntries(languages.map((tag) => [tag, names[tag] ?? tag]))));
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

interface LanguageFlow {
  readonly steps?: { readonly which?: { readonly buttons?: readonly { readonly value?: unknown }[] } };
}

/**
 * Writes the buttons of the languages into the text of the flow `language`: the shipped flow's for those that are
 * spoken, and whatever others the text has. A text of another make stays as it is.
 */
export function writeLanguageFlow(text: string, shipped: string, languages: readonly string[]): string {
  const document = parseDocument(text);
  const buttonsOf = (flowText: LanguageFlow) => flowText.steps?.which?.buttons;
  const present = buttonsOf(document.toJS() as LanguageFlow);
  const known = buttonsOf(parseDocument(shipped).toJS() as LanguageFlow);
  if (present === undefined || known === undefined) return text;
  const isKnown = (value: unknown): boolean => known.some((button) => button.value === value);
  const mine = (value: unknown): boolean => languages.includes(String(value));
  const wanted = [
    ...known
      .filter(({ value }) => mine(value))
      .map((button) => present.find(({ value }) => value === button.value) ?? button),
    ...present.filter(({ value }) => !isKnown(value) && mine(value)),
  ];
  if (JSON.stringify(wanted) === JSON.stringify(present)) return text;
  document.setIn(['steps', 'which', 'buttons'], block(document, wanted));
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

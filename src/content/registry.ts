import { z } from 'zod';

const httpsUrl = z
  .string()
  .regex(
    /^https:\/\/[a-z0-9.-]+(\/[^\s]*)?$/,
    'must be an https address with a plain host, without user name or port',
  )
  .refine((text) => URL.canParse(text), 'is not a web address');
const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case words joined by "-"');
const mail = z.email('must be a mail address');
const handle = z.string().regex(/^@?[A-Za-z0-9._-]{2,64}$/, 'must be a handle');
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const weekdayName = z.enum(WEEKDAYS);
const hour = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'must be a time such as "09:00"');

const channel = z.strictObject({
  channel: name,
  link: name.optional(),
  mail: mail.optional(),
  handle: handle.optional(),
  phone: z
    .string()
    .regex(/^\+[0-9 ]{6,20}$/, 'must be a number such as "+86 400 000 0000"')
    .optional(),
  /** Stated as missing: "there is no phone support". */
  none: z.literal(true).optional(),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** `flows/official.yaml`: the only file with addresses of any kind. */
export const REGISTRY_SCHEMA = z.strictObject({
  product: z.strictObject({ name: z.string().min(1).max(40) }),
  origins: z.array(httpsUrl).min(1),
  links: z.record(
    name,
    z.strictObject({
      url: httpsUrl,
      mirrors: z.array(httpsUrl).default([]),
      private: z.boolean().default(false),
    }),
  ),
  downloads: z
    .record(z.enum(['ios', 'android', 'windows', 'macos', 'linux', 'web']), httpsUrl)
    .or(z.record(name, httpsUrl))
    .default({}),
  senders: z.array(z.strictObject({ mail, for: name })).min(1),
  support: z.array(channel),
  bot: z.strictObject({ telegram: handle.optional(), discord: handle.optional(), slack: handle.optional() }),
  hours: z
    .strictObject({
      zone: z.string().refine(isTimeZone, 'is no time zone such as Asia/Shanghai'),
      days: z.array(weekdayName).min(1),
      from: hour,
      to: hour,
    })
    .optional(),
  hand_offs: z.record(
    name,
    z.strictObject({
      link: name,
      verified: z.boolean().default(false),
      page: name.optional(),
      start: name.optional(),
      check: name.optional(),
    }),
  ),
  cases: z
    .strictObject({
      notify: z
        .strictObject({
          telegram: z
            .string()
            .regex(/^-?[0-9]+$/)
            .optional(),
          webhook: httpsUrl.optional(),
        })
        .optional(),
    })
    .default({}),
});

type RawRegistry = z.infer<typeof REGISTRY_SCHEMA>;

export interface OfficialLink {
  readonly name: string;
  readonly url: string;
  readonly host: string;
  readonly mirrors: readonly string[];
  readonly private: boolean;
}

/** The registry with everything looked up by name. */
export interface Registry extends Omit<RawRegistry, 'links' | 'downloads' | 'origins'> {
  readonly origins: readonly string[];
  readonly links: ReadonlyMap<string, OfficialLink>;
  /** Hosts of the origins first, then of every link and mirror, each once. */
  readonly hosts: readonly string[];
  /** Every address that may leave, exactly. */
  readonly urls: ReadonlySet<string>;
  readonly mails: ReadonlySet<string>;
  /** Lower-case handles without `@`. */
  readonly handles: ReadonlySet<string>;
  /** Digits only. */
  readonly phones: ReadonlySet<string>;
}

/** Looks everything up once. Downloads become links named `download-<system>`. */
export function toRegistry(raw: RawRegistry): Registry {
  const links = new Map<string, OfficialLink>();
  const add = (
    linkName: string,
    link: { url: string; mirrors: readonly string[]; private: boolean },
  ): void => {
    links.set(linkName, { name: linkName, host: new URL(link.url).host, ...link });
  };
  for (const [linkName, link] of Object.entries(raw.links)) add(linkName, link);
  for (const [system, url] of Object.entries(raw.downloads))
    add(`download-${system}`, { url, mirrors: [], private: false });
  const urls = [...raw.origins, ...[...links.values()].flatMap((link) => [link.url, ...link.mirrors])];
  const handles = [
    ...raw.support.flatMap((entry) => entry.handle ?? []),
    ...Object.values(raw.bot).filter((entry) => entry !== undefined),
  ];
  return {
    ...raw,
    links,
    hosts: [...new Set(urls.map((url) => new URL(url).host))],
    urls: new Set(urls),
    mails: new Set(
      [...raw.senders.map((sender) => sender.mail), ...raw.support.flatMap((entry) => entry.mail ?? [])].map(
        (address) => address.toLowerCase(),
      ),
    ),
    handles: new Set(handles.map((entry) => entry.replace(/^@/, '').toLowerCase())),
    phones: new Set(raw.support.flatMap((entry) => entry.phone?.replace(/\D/g, '') ?? [])),
  };
}

/** The link to the page that knows session codes; `null` where no hand-off that is verified names one. */
export function checkLinkOf({ hand_offs: handOffs, links }: Registry): OfficialLink | null {
  const named = Object.values(handOffs).find(({ verified, check }) => verified && check !== undefined);
  return links.get(named?.check ?? '') ?? null;
}

/** Names, handles and domains that nobody really has: "example" anywhere, and the domains of RFC 2606 and RFC 6761. */
const EXAMPLE = /example|\.(test|invalid)(?=$|[/:])/i;

/** Whether a name, handle or address is an example that nobody really has. */
export function exampleText(text: string): boolean {
  return EXAMPLE.test(text);
}

/** Places of a registry that still hold an example, for the refusal at start. */
export function exampleEntries(raw: RawRegistry): readonly (readonly (string | number)[])[] {
  const found: (readonly (string | number)[])[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value === 'string') {
      if (exampleText(value)) found.push(path);
    } else if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) visit(entry, [...path, index]);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, entry] of Object.entries(value)) visit(entry, [...path, key]);
    }
  };
  visit(raw, []);
  return found;
}

/** Whether support is open at `now` (epoch ms); without hours it always is. */
export function supportHours(registry: Registry, now: number): 'open' | 'closed' {
  const { hours } = registry;
  if (hours === undefined) return 'open';
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: hours.zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string): string => parts.find((entry) => entry.type === type)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}`;
  const day = part('weekday').toLowerCase();
  const weekday = (WEEKDAYS as readonly string[]).indexOf(day);
  const opens = (index: number): boolean => hours.days.some((open) => open === WEEKDAYS.at(index));
  const overnight = hours.to <= hours.from;
  const today = opens(weekday) && time >= hours.from && (overnight || time < hours.to);
  return today || (overnight && opens(weekday - 1) && time < hours.to) ? 'open' : 'closed';
}

import { type Bundle, comparisonsOf, supportHours } from '../../content/index.js';
import type { TurnContext } from '../../conversation/index.js';
import { PLATFORMS, type Platform } from '../../model/index.js';

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 7 * 24;

/** What some condition of the flows asks for: slots, and circumstances. Pure. */
export function askedBy(bundle: Bundle): ReadonlySet<string> {
  return new Set(
    [...bundle.flows.values()]
      .flatMap((flow) => [...flow.steps.values()])
      .flatMap((step) => (step.verb === 'branch' ? step.branch : []))
      .flatMap(({ when }) => comparisonsOf(when).map(({ name }) => name)),
  );
}

/** Every set of circumstances that some condition of the flows, or a verified hand-off, tells apart. Pure. */
export function circumstancesOf(bundle: Bundle): readonly TurnContext[] {
  const asked = askedBy(bundle);
  const platforms: readonly Platform[] = asked.has('platform') ? PLATFORMS : ['console'];
  const { names, source } = bundle.locales;
  const locales = asked.has('locale') ? Object.keys(names) : [source];
  const times = asked.has('hours') ? openAndClosed(bundle) : [0];
  const isVerified = Object.values(bundle.registry.hand_offs).some(({ verified }) => verified);
  const verifies = isVerified ? (['yes', 'limit', 'no'] as const) : (['no'] as const);
  return platforms.flatMap((platform) =>
    locales.flatMap((locale) =>
      times.flatMap((now) =>
        verifies.map((may) => ({ now, platform, locale, public: false, challenge: null, verifies: may })),
      ),
    ),
  );
}

/** A time at which support is open and one at which it is closed, as far as there are both. */
function openAndClosed({ registry }: Bundle): readonly number[] {
  const hours = Array.from({ length: WEEK_HOURS }, (_, hour) => hour * HOUR_MS);
  return (['open', 'closed'] as const).flatMap(
    (wanted) => hours.find((now) => supportHours(registry, now) === wanted) ?? [],
  );
}

import { z } from 'zod';
import type { Finding } from '../../content/index.js';
import type { Store } from '../../model/index.js';

/** Findings of a refusal that are kept; the first ones are the ones to begin with. */
const MOST_FINDINGS = 20;
const NAME = 'content:refused';
const LEASE_MS = 2_000;

const refusalSchema = z.object({
  /** Host and folder. */
  place: z.string(),
  /** Epoch ms. */
  at: z.number(),
  /** All findings there were. */
  count: z.number(),
  findings: z.array(
    z.object({
      code: z.string(),
      level: z.enum(['error', 'warning']),
      file: z.string(),
      line: z.number(),
      col: z.number(),
      message: z.string(),
    }),
  ),
});

/** Content of a folder that did not go live, and why. */
export type Refusal = Readonly<z.infer<typeof refusalSchema>>;

/** A refusal as it is kept. */
export function refusalOf(place: string, at: number, findings: readonly Finding[]): Refusal {
  const first = findings
    .slice(0, MOST_FINDINGS)
    .map(({ code, level, file, line, col, message }) => ({ code, level, file, line, col, message }));
  return { place, at, count: findings.length, findings: first };
}

/** What is refused at present, on all hosts. */
export async function readRefusals(store: Pick<Store, 'getValue'>): Promise<readonly Refusal[]> {
  const kept = await store.getValue(NAME);
  return kept === null ? [] : z.array(refusalSchema).parse(JSON.parse(kept));
}

/** Keeps the refusal of a place, or that there is none; `false` while another worker writes, for once more later. */
export async function keepRefusal(
  store: Store,
  worker: string,
  place: string,
  refusal: Refusal | null,
): Promise<boolean> {
  const lease = await store.takeLease(NAME, worker, LEASE_MS, store.now());
  if (lease === null) return false;
  try {
    const all = await readRefusals(store);
    const others = all.filter((each) => each.place !== place);
    if (refusal === null && others.length === all.length) return true;
    const now = refusal === null ? others : [...others, refusal];
    return await store.setValue(NAME, JSON.stringify(now), lease);
  } finally {
    await store.releaseLease(lease);
  }
}

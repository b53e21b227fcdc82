import { z } from 'zod';
import { type ContentFiles, hashFiles } from '../../content/index.js';
import type { Store } from '../../model/index.js';

/** Bundles that stay in the store: the active one and those before it. */
const KEPT = 8;
const KEPT_NAME = 'content:kept';
const filesSchema = z.array(z.tuple([z.string(), z.string()]));
const keptSchema = z.array(z.string());

/** Files as a bundle is kept in the store. */
export function packFiles(files: ContentFiles): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Reads a kept bundle; `null` when it is not there or is not what its name says. */
export async function readShared(store: Store, hash: string): Promise<ContentFiles | null> {
  const bytes = await store.getBundle(hash);
  if (bytes === null) return null;
  const files = new Map(filesSchema.parse(JSON.parse(new TextDecoder().decode(bytes))));
  return hashFiles(files, () => true) === hash ? files : null;
}

/** Makes files the active bundle of all workers, for which `place` has spoken; older ones make room. */
export async function shareFiles(
  store: Store,
  files: ContentFiles,
  hash: string,
  place: string,
): Promise<void> {
  await store.putBundle(hash, packFiles(files));
  await store.activateBundle(hash);
  await store.setValue(spokenName(place), hash);
  const listed = await store.getValue(KEPT_NAME);
  const before = listed === null ? [] : keptSchema.parse(JSON.parse(listed));
  const kept = [hash, ...before.filter((each) => each !== hash)];
  for (const old of kept.slice(KEPT)) await store.dropBundle(old);
  await store.setValue(KEPT_NAME, JSON.stringify(kept.slice(0, KEPT)));
}

/** The bundle that the folder of a place held when it last spoke; `null` when it never did. */
export function lastSpoken(store: Store, place: string): Promise<string | null> {
  return store.getValue(spokenName(place));
}

function spokenName(place: string): string {
  return `content:of:${place}`;
}

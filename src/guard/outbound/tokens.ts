import type { Registry } from '../../content/index.js';

/** Whether we signed a token for the origin of an official page. */
export type IsOurToken = (token: string, audience: string) => boolean;

/** A whole text that is one address with a JWS behind it: only a button holds one. */
const WITH_TOKEN =
  /^(https:\/\/[^\s#]{1,300})#([A-Za-z0-9_-]{1,300}\.[A-Za-z0-9_-]{1,300}\.[A-Za-z0-9_-]{1,200})$/;

/** Takes a token of ours off the address of a page that verifies hand-offs; every other text stays as it is. */
export function withoutTokens(registry: Registry, isOurToken: IsOurToken, text: string): string {
  const [, url = '', token = ''] = WITH_TOKEN.exec(text) ?? [];
  if (url === '' || !pagesOf(registry).has(url)) return text;
  return isOurToken(token, new URL(url).origin) ? url : text;
}

/** Addresses of the pages that verify hand-offs. */
function pagesOf(registry: Registry): ReadonlySet<string> {
  const urls = Object.values(registry.hand_offs).flatMap(({ link, page, verified }) =>
    verified ? (registry.links.get(page ?? link)?.url ?? []) : [],
  );
  return new Set(urls);
}

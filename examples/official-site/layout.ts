import { html, type Markup } from './html.js';
import { LOCALE_NAMES, LOCALES, type Locale, type Words } from './words.js';

/** One page, without what stands around every page. */
export interface Page {
  readonly title: string;
  readonly body: Markup;
  /** Ways on below the page; the plain reset is never out of reach. */
  readonly ways?: readonly Way[];
  /** Something to be afraid of: the page says so by its colour too. */
  readonly isAlarm?: boolean;
}

export type Way = 'reset' | 'start' | 'check' | 'login';

/** What stands around every page. */
export interface Frame {
  readonly locale: Locale;
  readonly words: Words;
  readonly product: string;
  /** Path of the page, for the switch of languages. */
  readonly path: string;
}

const WAY_PATHS: Readonly<Record<Way, string>> = {
  reset: '/reset',
  start: '/start',
  check: '/check',
  login: '/login',
};

/** A whole document. */
export function documentOf(page: Page, { locale, words, product, path }: Frame): string {
  const { title, body, ways = ['reset', 'check'], isAlarm = false } = page;
  const { markup } = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${product}</title>
<link rel="icon" href="/public/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/public/style.css">
<script src="/public/page.js" defer></script>
</head>
<body${isAlarm ? html` class="alarm"` : null}>
<header><p>${product}</p></header>
<main>
<h1>${title}</h1>
${body}
${
  ways.length === 0
    ? null
    : html`<nav class="ways" aria-labelledby="more"><h2 id="more">${words('page.more')}</h2><ul>${ways.map(
        (way) => html`<li><a href="${WAY_PATHS[way]}">${words(`page.to-${way}`)}</a></li>`,
      )}</ul></nav>`
}
</main>
<footer>
<p>${words('page.never')}</p>
<nav class="languages" aria-label="${words('page.languages')}"><ul>${LOCALES.map((each) =>
    each === locale
      ? html`<li><span aria-current="true" lang="${each}">${LOCALE_NAMES[each]}</span></li>`
      : html`<li><a lang="${each}" href="/language?to=${each}&amp;back=${path}">${LOCALE_NAMES[each]}</a></li>`,
  )}</ul></nav>
</footer>
</body>
</html>
`;
  return markup;
}

/** A form with what proves that it is ours. */
export function form(action: string, formToken: string, inside: Markup): Markup {
  return html`<form method="post" action="${action}" novalidate>
<input type="hidden" name="form" value="${formToken}">
${inside}
</form>`;
}

export function button(label: string, kind: 'main' | 'quiet' = 'main'): Markup {
  return html`<button class="${kind}">${label}</button>`;
}

/** A sentence about what was typed, read aloud by screen readers. */
export function trouble(sentence: string | null): Markup | null {
  return sentence === null ? null : html`<p class="trouble" id="trouble" role="alert">${sentence}</p>`;
}

/** What a field with a trouble needs to be found by it. */
export function ofTrouble(sentence: string | null): Markup | null {
  return sentence === null ? null : html` aria-invalid="true" aria-describedby="trouble"`;
}

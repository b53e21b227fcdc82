import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** Where screenshots are kept; not in the repository. */
const OUTPUT = 'test-output/browser';
const CHROMIUM = '/usr/bin/chromium';

/** A browser that finds the wallet's host here, and nothing else anywhere. */
export async function startBrowser(tlsPort: number): Promise<Browser> {
  mkdirSync(OUTPUT, { recursive: true });
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      `--host-resolver-rules=MAP harbor.internal:443 127.0.0.1:${tlsPort},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1`,
    ],
  });
}

/** A person's phone: 390 by 844 points, in their language. */
export interface Phone {
  readonly page: Page;
  /** The heading of the page. */
  heading(): Promise<string>;
  /** Presses a button or link by its words. */
  press(words: string): Promise<void>;
  /** How often something was typed or filled in so far, on all pages. */
  typed(): number;
  /** Looks at the page as axe and a camera do: nothing may be wrong with it. */
  look(name: string): Promise<void>;
  close(): Promise<void>;
}

/** `used` is told each time somebody presses something there. */
export async function openPhone(
  browser: Browser,
  locale: string,
  used: () => void = () => undefined,
): Promise<Phone> {
  const context: BrowserContext = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, locale, ignoreHTTPSErrors: true },
    ...{ isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  });
  context.setDefaultTimeout(15_000);
  let typed = 0;
  await context.exposeBinding('noteTyped', () => {
    typed += 1;
  });
  await context.addInitScript({ content: "document.addEventListener('input', () => noteTyped(), true)" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  // A 4xx or 5xx page is a page; what the policy of the page refuses is not.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      faults.push(message.text());
  });
  return {
    page,
    heading: async () => (await page.locator('h1').textContent()) ?? '',
    typed: () => typed,
    press: async (words) => {
      used();
      await page
        .getByRole('button', { name: words, exact: true })
        .or(page.getByRole('link', { name: words, exact: true }))
        .click();
    },
    look: async (name) => {
      await page.screenshot({ path: `${OUTPUT}/${name}.png`, fullPage: true });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
      // Nothing is wider than the screen.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      expect(faults).toEqual([]);
    },
    close: () => context.close(),
  };
}

/** The words of the page in a language. */
export { readWords as readPageWords } from '../../examples/official-site/words.js';

import type { CommandMenu } from '../model/index.js';
import type { Bundle } from './bundle.js';

/** The command menu in every locale. */
export function commandMenus(bundle: Bundle): readonly CommandMenu[] {
  const names = ['start', 'help', 'language', 'human', 'cancel', 'restart', 'forgetme'];
  return [...bundle.texts.keys()].map((locale) => ({
    locale,
    source: locale === bundle.locales.source,
    commands: names.map((name) => ({
      name,
      description:
        bundle.texts
          .get(locale)
          ?.get(`command.${name}`)
          ?.format(() => undefined) ?? name,
    })),
  }));
}

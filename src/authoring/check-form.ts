import { aboutFile, type Finding } from '../content/index.js';
import type { ReadContent } from '../content/read-files.js';

/** The files that content is made of; those of a language that is not named yet are read when it is. */
const READ =
  /^(?:flows\/(?:_global|_times|[a-z][a-z0-9-]*)|locales\/(?:locales|approved|glossary|[^/]+\/(?:texts|phrases|checks|stamps)))\.yaml$/;
const EXPECTED = {
  flows: 'flows/NAME.yaml, of small letters, digits and "-"',
  locales: 'locales/TAG/texts.yaml, phrases.yaml, checks.yaml or stamps.yaml',
} as const;

/** How files are written down: nothing that keeps them from being read, but that editors should not leave in them. */
export function checkForm({ files, others = [] }: Pick<ReadContent, 'files' | 'others'>): readonly Finding[] {
  const strays = [...[...files.keys()].filter((file) => !READ.test(file)), ...others];
  return [
    ...strays.map(ignored),
    ...[...files].flatMap(([file, text]) => {
      const found: Finding[] = [];
      if (text.startsWith('\uFEFF')) {
        const fix = { start: 0, end: 1, text: '', safe: true };
        const message = 'begins with a byte order mark, which nobody sees.';
        found.push(aboutFile('byte-order-mark', file, message, { fix }));
      }
      const first = text.indexOf('\r\n');
      if (first >= 0) {
        const fix = { start: 0, end: text.length, text: text.replaceAll('\r\n', '\n'), safe: true };
        const message = 'ends its lines as on Windows (CR LF).';
        found.push(aboutFile('windows-lines', file, message, { fix }));
      }
      return found;
    }),
  ];
}

function ignored(file: string): Finding {
  const message = 'is not read: nothing of it is a part of the content.';
  const expected = EXPECTED[file.startsWith('flows/') ? 'flows' : 'locales'];
  return aboutFile('file-ignored', file, message, { expected });
}

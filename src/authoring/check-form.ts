import { FINDING_CODES } from '../content/finding-codes.js';
import type { ContentFiles, Finding } from '../content/index.js';

/** How files are written down: nothing that keeps them from being read, but that editors should not leave in them. */
export function checkForm(files: ContentFiles): readonly Finding[] {
  return [...files].flatMap(([file, text]) => {
    const found: Finding[] = [];
    const at = { file, line: 1, col: 1, length: 0 };
    if (text.startsWith('\uFEFF')) {
      const fix = { start: 0, end: 1, text: '', safe: true };
      const message = 'begins with a byte order mark, which nobody sees.';
      found.push({
        code: 'byte-order-mark',
        level: FINDING_CODES['byte-order-mark'].level,
        ...at,
        message,
        fix,
      });
    }
    const first = text.indexOf('\r\n');
    if (first >= 0) {
      const fix = { start: 0, end: text.length, text: text.replaceAll('\r\n', '\n'), safe: true };
      const message = 'ends its lines as on Windows (CR LF).';
      found.push({ code: 'windows-lines', level: FINDING_CODES['windows-lines'].level, ...at, message, fix });
    }
    return found;
  });
}

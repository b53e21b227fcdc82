import { FINDING_CODES, type FindingCode } from '../content/finding-codes.js';
import { FINDING_EXAMPLES } from './finding-examples.js';

/** What a code means, with a wrong and a right example; `null` for a code that does not exist. */
export function explainCode(code: string): string | null {
  const known = CODES.find((one) => one === code);
  return known === undefined ? null : section(known);
}

const CODES = Object.keys(FINDING_CODES) as readonly FindingCode[];

const HEAD = `# Findings

What \`lifeline check\` finds, by code. An *error* keeps content from going live; a *warning* does not. Each code has a wrong and a
right example, which a test holds to be true. This page is what \`lifeline check --explain\` prints; a test holds both together.

`;

/** Every code, as the page \`docs/findings.md\`. */
export function explainAll(): string {
  const table = CODES.map(
    (code) => `| [\`${code}\`](#${code}) | ${FINDING_CODES[code].level} | ${FINDING_CODES[code].when} |\n`,
  );
  return `${HEAD}| code | level | when |\n|---|---|---|\n${table.join('')}\n${CODES.map(section).join('\n')}`;
}

function section(code: FindingCode): string {
  const { level, when, todo } = FINDING_CODES[code];
  const example = FINDING_EXAMPLES[code];
  const where = example.kind === 'edit' ? `# ${example.file}\n` : '';
  const shown = (label: string, text: string): string =>
    example.kind === 'edit'
      ? `${label}:\n\`\`\`yaml\n${where}${text.trimEnd()}\n\`\`\`\n`
      : `${label}: ${text}\n`;
  return `## ${code}\n\n*${level}.* ${when} ${todo}\n\n${shown('Wrong', example.wrong)}\n${shown('Right', example.right)}`;
}

/** Markup that is safe to send: everything that came from outside was escaped when it was put in. */
export interface Markup {
  readonly markup: string;
}

type Piece = string | number | Markup | null | readonly Markup[];

/** Markup of a template; strings are escaped, `null` is nothing, lists are joined. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const markup = parts.reduce((text, part, index) => {
    const before = index === 0 ? '' : shown(pieces[index - 1] ?? null);
    return `${text}${before}${part}`;
  }, '');
  return { markup };
}

function shown(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece));
  return 'markup' in piece ? piece.markup : piece.map(({ markup }) => markup).join('');
}

/** For text and for attributes in double quotes. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

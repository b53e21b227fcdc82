/** A parsed `when`, as plain JSON for the machine. */
export type Condition =
  | {
      readonly kind: 'is';
      readonly name: string;
      readonly values: readonly string[];
      readonly negated: boolean;
    }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

/** Names in a condition that are not slots. */
export const CIRCUMSTANCES = ['platform', 'locale', 'hours'] as const;

const TOKEN = /\s*(!=|=|\(|\)|\[|\]|,|[A-Za-z0-9][A-Za-z0-9_-]*)/y;

/**
 * Parses `slot = value`, `slot != value`, `slot in [a, b]`, joined by `not`, `and`, `or` and parentheses.
 * Returns a sentence instead when it cannot be read.
 */
export function parseCondition(text: string): Condition | { readonly error: string } {
  const tokens = tokenise(text);
  if (typeof tokens === 'string') return { error: tokens };
  let next = 0;
  const peek = (): string | undefined => tokens[next];
  const take = (): string => tokens[next++] ?? '';
  const expect = (wanted: string): void => {
    const found = take();
    if (found !== wanted) throw new SyntaxError(`expected "${wanted}" but found "${found || 'the end'}"`);
  };
  const word = (what: string): string => {
    const found = take();
    if (!/^[A-Za-z0-9]/.test(found))
      throw new SyntaxError(`expected ${what} but found "${found || 'the end'}"`);
    return found;
  };
  const comparison = (): Condition => {
    const name = word('a slot');
    const operator = take();
    if (operator === '=' || operator === '!=') {
      return { kind: 'is', name, values: [word('a value')], negated: operator === '!=' };
    }
    if (operator !== 'in') throw new SyntaxError(`expected =, != or in after "${name}"`);
    expect('[');
    const values = [word('a value')];
    while (peek() === ',') {
      take();
      values.push(word('a value'));
    }
    expect(']');
    return { kind: 'is', name, values, negated: false };
  };
  const unary = (): Condition => {
    if (peek() === 'not') {
      take();
      return { kind: 'not', of: unary() };
    }
    if (peek() !== '(') return comparison();
    take();
    const inner = either();
    expect(')');
    return inner;
  };
  const joined = (join: 'and' | 'or', operand: () => Condition): Condition => {
    let left = operand();
    while (peek() === join) {
      take();
      left = { kind: join, left, right: operand() };
    }
    return left;
  };
  const both = (): Condition => joined('and', unary);
  const either = (): Condition => joined('or', both);
  try {
    const condition = either();
    return next === tokens.length ? condition : { error: `did not expect "${peek() ?? ''}" here` };
  } catch (error) {
    if (error instanceof SyntaxError) return { error: error.message };
    throw error;
  }
}

function tokenise(text: string): readonly string[] | string {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const trimmed = text.trimEnd();
  while (TOKEN.lastIndex < trimmed.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(trimmed);
    if (match?.[1] === undefined) return `cannot read "${trimmed.slice(from).trim().slice(0, 20)}"`;
    tokens.push(match[1]);
  }
  return tokens.length > 60 ? 'is longer than 60 words' : tokens;
}

/** Whether a condition holds, given the value of each name (a slot nobody set is `undefined`). */
export function holds(condition: Condition, valueFor: (name: string) => string | undefined): boolean {
  switch (condition.kind) {
    case 'is': {
      const value = valueFor(condition.name);
      return (value !== undefined && condition.values.includes(value)) !== condition.negated;
    }
    case 'not':
      return !holds(condition.of, valueFor);
    case 'and':
      return holds(condition.left, valueFor) && holds(condition.right, valueFor);
    case 'or':
      return holds(condition.left, valueFor) || holds(condition.right, valueFor);
  }
}

/** Every name a condition reads with the values it is compared to. */
export function comparisonsOf(condition: Condition): readonly { name: string; values: readonly string[] }[] {
  switch (condition.kind) {
    case 'is':
      return [condition];
    case 'not':
      return comparisonsOf(condition.of);
    default:
      return [...comparisonsOf(condition.left), ...comparisonsOf(condition.right)];
  }
}

/**
 * What stands in the brackets of an XPath: comparisons of @attributes, text(), `.` and child paths with a literal, `contains` and
 * `starts-with`, positions, `and`, `or`, `not`. Names alone are kept apart: writes make what they name, reads find it by index.
 */
import type { Element } from './element.ts';

type Test = (node: Element, position: number, size: number) => boolean;

export type Predicate =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  | { readonly kind: 'test'; readonly test: Test };

const TOKEN = /\s*('[^']*'|"[^"]*"|!=|[()=,]|[\w.@/*-]+(?:\(\))?)\s*/y;

function tokensOf(text: string): string[] | undefined {
  const out: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) return undefined;
    out.push(match[1] as string);
  }
  return out;
}

const isLiteral = (token: string | undefined): token is string => token !== undefined && /^['"]/.test(token);

/** The strings at "@name", "text()", "." or "tag/member". */
function valuesAt(node: Element, path: string): string[] {
  let at: Element[] = [node];
  for (const step of path.split('/')) {
    if (step.startsWith('@')) return at.flatMap((one) => one.attributes[step.slice(1)] ?? []);
    if (step === 'text()' || step === '.') return at.map((one) => one.text);
    at = at.flatMap((one) => one.children.filter((child) => step === '*' || child.name === step));
  }
  return at.map((one) => one.text);
}

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  whole(): Test | undefined {
    const test = this.#joined('or');
    return this.#at === this.#tokens.length ? test : undefined;
  }

  #joined(word: 'or' | 'and'): Test | undefined {
    const next = (): Test | undefined => (word === 'or' ? this.#joined('and') : this.#primary());
    let left = next();
    while (left && this.#take(word)) {
      const [before, right] = [left, next()];
      if (!right) return undefined;
      left = word === 'or' ? (...of) => before(...of) || right(...of) : (...of) => before(...of) && right(...of);
    }
    return left;
  }

  #primary(): Test | undefined {
    if (this.#take('(')) {
      const inside = this.#joined('or');
      return this.#take(')') ? inside : undefined;
    }
    const token = this.#tokens[this.#at++];
    if (token === undefined || isLiteral(token)) return undefined;
    if (token === 'not' && this.#take('(')) {
      const inside = this.#joined('or');
      return inside && this.#take(')') ? (...of) => !inside(...of) : undefined;
    }
    if (token === 'contains' || token === 'starts-with') {
      if (!this.#take('(')) return undefined;
      const path = this.#tokens[this.#at++] ?? '';
      const part = this.#take(',') ? this.#tokens[this.#at++] : undefined;
      if (!isLiteral(part) || !this.#take(')')) return undefined;
      const wanted = part.slice(1, -1);
      return (node) => valuesAt(node, path).some((value) => (token === 'contains' ? value.includes(wanted) : value.startsWith(wanted)));
    }
    if (/^\d+$/.test(token)) return (_node, position) => position === Number(token);
    if (token === 'last()') return (_node, position, size) => position === size;
    if (token === 'position()')
      return this.#take('=')
        ? (
            (wanted) => (_node, position) =>
              position === wanted
          )(Number(this.#tokens[this.#at++]))
        : undefined;
    for (const sign of ['=', '!='] as const) {
      if (!this.#take(sign)) continue;
      const value = this.#tokens[this.#at++];
      if (!isLiteral(value)) return undefined;
      const wanted = value.slice(1, -1);
      return (node) => valuesAt(node, token).some((one) => (one === wanted) === (sign === '='));
    }
    return (node) => valuesAt(node, token).length > 0;
  }
}

/** "(@name='a') or (@name='b')" -> the names, where nothing else is said. */
function alternatives(tokens: readonly string[], subject: RegExp): string[] | undefined {
  const bare = tokens.filter((token) => token !== '(' && token !== ')');
  const out: string[] = [];
  for (let at = 0; at < bare.length; at += 4) {
    const [path = '', sign, value, word] = bare.slice(at, at + 4);
    if (!subject.test(path) || sign !== '=' || !isLiteral(value) || (word !== undefined && word !== 'or')) return undefined;
    out.push(value.slice(1, -1));
  }
  return bare.length % 4 === 3 ? out : undefined;
}

/** undefined: not understood. */
export function parsePredicate(text: string): Predicate | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  const names = alternatives(tokens, /^@name$/);
  if (names) return { kind: 'names', names };
  const texts = alternatives(tokens, /^(text\(\)|\.)$/);
  if (texts) return { kind: 'texts', texts };
  const test = new Parser(tokens).whole();
  return test && { kind: 'test', test };
}

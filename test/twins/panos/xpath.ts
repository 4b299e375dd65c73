/** The part of XPath that clients of the XML API use: absolute paths with names, `*`, and predicates on @name or text(). */
import { attach, type Element, element, named } from './element.ts';

export type Predicate =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'startsWith'; readonly prefix: string }
  | { readonly kind: 'texts'; readonly texts: readonly string[] };

export interface PathStep {
  readonly name: string;
  readonly predicate?: Predicate;
}

const LITERAL = `'[^']*'|"[^"]*"`;
const unquote = (text: string) => text.slice(1, -1);

function parsePredicate(text: string): Predicate | undefined {
  const starts = new RegExp(`^starts-with\\(\\s*@name\\s*,\\s*(${LITERAL})\\s*\\)$`).exec(text);
  if (starts) return { kind: 'startsWith', prefix: unquote(starts[1] as string) };
  const parts = text.replace(/^\((.*)\)$/s, '$1').split(/\s+or\s+/);
  const names = parts.map((part) => new RegExp(`^\\(?@name\\s*=\\s*(${LITERAL})\\)?$`).exec(part.trim())?.[1]);
  if (names.every((name) => name !== undefined)) return { kind: 'names', names: names.map((name) => unquote(name as string)) };
  const texts = parts.map((part) => new RegExp(`^(?:text\\(\\)|\\.)\\s*=\\s*(${LITERAL})$`).exec(part.trim())?.[1]);
  return texts.every((value) => value !== undefined) ? { kind: 'texts', texts: texts.map((value) => unquote(value as string)) } : undefined;
}

/** undefined: not a path that the device takes (code 6 or 17). */
export function parsePath(xpath: string): readonly PathStep[] | undefined {
  let text = xpath.trim();
  if (text.startsWith('//') || text === '') return undefined;
  if (!text.startsWith('/')) text = `/config/${text}`;
  const steps: PathStep[] = [];
  const step = /\/([A-Za-z_][\w.-]*|\*)(?:\[((?:'[^']*'|"[^"]*"|[^\]'"])*)\])?/y;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) return undefined;
    const predicate = match[2] === undefined ? undefined : parsePredicate(match[2].trim());
    if (match[2] !== undefined && predicate === undefined) return undefined;
    steps.push(predicate ? { name: match[1] as string, predicate } : { name: match[1] as string });
  }
  return steps;
}

function matches(node: Element, step: PathStep): boolean {
  if (step.name !== '*' && node.name !== step.name) return false;
  const predicate = step.predicate;
  if (!predicate) return true;
  if (predicate.kind === 'texts') return predicate.texts.includes(node.text);
  const name = node.attributes.name ?? '';
  return predicate.kind === 'names' ? predicate.names.includes(name) : name.startsWith(predicate.prefix);
}

export interface Located {
  readonly node: Element;
  readonly parent: Element | undefined;
  /** absolute path with names, as the device would write it */
  readonly path: string;
}

export const pathOf = (parent: string, node: Element): string =>
  `${parent}/${node.name}${node.attributes.name === undefined ? '' : `[@name='${node.attributes.name}']`}`;

function stepInto(node: Element, step: PathStep): Element[] {
  if (step.name === 'entry' && step.predicate?.kind === 'names') {
    return step.predicate.names.flatMap((name) => named(node, name) ?? []);
  }
  return node.children.filter((one) => matches(one, step));
}

/** All nodes that a path names; `root` is the `config` element itself. */
export function select(root: Element, steps: readonly PathStep[]): Located[] {
  const first = steps[0];
  if (!first || !matches(root, first)) return [];
  let at: Located[] = [{ node: root, parent: undefined, path: '/config' }];
  for (const step of steps.slice(1)) {
    at = at.flatMap(({ node, path }) => stepInto(node, step).map((one) => ({ node: one, parent: node, path: pathOf(path, one) })));
  }
  return at;
}

/** The node at a path, made where it is missing; undefined where a step does not say what to make. */
export function ensure(root: Element, steps: readonly PathStep[]): Located | undefined {
  let at: Located = { node: root, parent: undefined, path: '/config' };
  if (steps[0]?.name !== 'config') return undefined;
  for (const step of steps.slice(1)) {
    let next = stepInto(at.node, step)[0];
    if (!next) {
      if (step.name === '*' || (step.name === 'entry' && step.predicate?.kind !== 'names')) return undefined;
      next = element(step.name);
      if (step.predicate?.kind === 'names') {
        if (step.predicate.names.length !== 1) return undefined;
        next.attributes.name = step.predicate.names[0] as string;
      } else if (step.predicate?.kind === 'texts') next.text = step.predicate.texts[0] ?? '';
      attach(at.node, next);
    }
    at = { node: next, parent: at.node, path: pathOf(at.path, next) };
  }
  return at;
}

/** The part of XPath that clients of the XML API use: absolute paths with names, `*`, `//`, predicates, and an attribute at the end. */
import { attach, type Element, element, named } from './element.ts';
import { type Predicate, parsePredicate } from './predicate.ts';

export interface PathStep {
  /** an element, `*`, or `@name` of an attribute */
  readonly name: string;
  /** at any depth */
  readonly deep?: true;
  readonly predicates: readonly Predicate[];
}

const PREDICATE = String.raw`\[(?:'[^']*'|"[^"]*"|[^\]'"])*\]`;

/** undefined: not a path that the device takes (code 6 or 17). */
export function parsePath(xpath: string): readonly PathStep[] | undefined {
  const trimmed = xpath.trim();
  if (trimmed === '') return undefined;
  const text = trimmed.startsWith('/') ? trimmed : `/config/${trimmed}`;
  const steps: PathStep[] = [];
  const step = new RegExp(String.raw`(//?)(@?[A-Za-z_][\w.-]*|\*)((?:${PREDICATE})*)`, 'y');
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) return undefined;
    const [, slashes, name = '', brackets = ''] = match;
    const predicates = [...brackets.matchAll(new RegExp(PREDICATE, 'g'))].map((one) => parsePredicate(one[0].slice(1, -1).trim()));
    if (predicates.includes(undefined) || (name.startsWith('@') && step.lastIndex < text.length)) return undefined;
    steps.push({ name, ...(slashes === '//' ? { deep: true } : {}), predicates: predicates as Predicate[] });
  }
  return steps;
}

/** The names that a step asks for, where it asks for nothing else. */
export const namesOf = (step: PathStep): readonly string[] | undefined =>
  step.predicates.length === 1 && step.predicates[0]?.kind === 'names' ? step.predicates[0].names : undefined;

function filtered(nodes: readonly Element[], predicate: Predicate): readonly Element[] {
  switch (predicate.kind) {
    case 'names':
      return nodes.filter((one) => predicate.names.includes(one.attributes.name ?? ''));
    case 'texts':
      return nodes.filter((one) => predicate.texts.includes(one.text));
    case 'test':
      return nodes.filter((one, index) => predicate.test(one, index + 1, nodes.length));
  }
}

export interface Located {
  readonly node: Element;
  readonly parent: Element | undefined;
  /** absolute path with names, as the device would write it */
  readonly path: string;
  /** only this attribute of it was asked for */
  readonly attribute?: true;
}

export const pathOf = (parent: string, node: Element): string =>
  `${parent}/${node.name}${node.attributes.name === undefined ? '' : `[@name='${node.attributes.name}']`}`;

function stepInto(node: Element, step: PathStep): readonly Element[] {
  const names = step.name === 'entry' ? namesOf(step) : undefined;
  if (names) return names.flatMap((name) => named(node, name) ?? []);
  const children = node.children.filter((one) => step.name === '*' || one.name === step.name);
  return step.predicates.reduce<readonly Element[]>(filtered, children);
}

function everyBelow(at: Located): Located[] {
  return [at, ...at.node.children.flatMap((one) => everyBelow({ node: one, parent: at.node, path: pathOf(at.path, one) }))];
}

/** All nodes that a path names; `root` is the `config` element itself. An attribute comes as its element with nothing else. */
export function select(root: Element, steps: readonly PathStep[]): Located[] {
  const first = steps[0];
  if (!first) return [];
  let at: Located[] = [{ node: { ...root, children: [root] }, parent: undefined, path: '' }];
  for (const step of steps) {
    if (step.deep)
      at = at.flatMap((one) => (one.path === '' ? [one, ...everyBelow({ ...one, node: root, path: '/config' })] : everyBelow(one)));
    if (step.name.startsWith('@')) {
      const key = step.name.slice(1);
      return at.flatMap((one) => {
        const value = one.node.attributes[key];
        return value === undefined ? [] : [{ ...one, node: element(one.node.name, [], { [key]: value }), attribute: true as const }];
      });
    }
    at = at.flatMap(({ node, path }) =>
      stepInto(node, step).map((one) => ({ node: one, parent: path === '' ? undefined : node, path: pathOf(path, one) })),
    );
  }
  return at;
}

/** The same path with a name for each entry: an `entry` without one means the only one. undefined: it does not name a single place. */
export function settled(root: Element, steps: readonly PathStep[]): readonly PathStep[] | undefined {
  const out: PathStep[] = [];
  for (const step of steps) {
    const exact =
      namesOf(step)?.length === 1 ||
      (step.predicates.length === 0 && step.name !== 'entry' && step.name !== '*') ||
      (step.predicates.length === 1 && step.predicates[0]?.kind === 'texts' && step.predicates[0].texts.length === 1);
    if (exact && !step.deep && !step.name.startsWith('@')) {
      out.push(step);
      continue;
    }
    const found = select(root, [...out, step]);
    const only = found[0];
    if (found.length !== 1 || !only || step.name.startsWith('@')) return undefined;
    return settled(root, [...(parsePath(only.path) ?? []), ...steps.slice(out.length + 1)]);
  }
  return out;
}

/** The node at a settled path, made where it is missing. */
export function ensure(root: Element, steps: readonly PathStep[]): Located | undefined {
  let at: Located = { node: root, parent: undefined, path: '/config' };
  if (steps[0]?.name !== 'config') return undefined;
  for (const step of steps.slice(1)) {
    let next = stepInto(at.node, step)[0];
    if (!next) {
      const name = namesOf(step)?.[0];
      const texts = step.predicates[0];
      next = element(step.name, texts?.kind === 'texts' ? (texts.texts[0] ?? '') : [], name === undefined ? {} : { name });
      attach(at.node, next);
    }
    at = { node: next, parent: at.node, path: pathOf(at.path, next) };
  }
  return at;
}

/** A settled path as the device would write it. */
export const written = (steps: readonly PathStep[]): string =>
  steps.reduce((path, step) => {
    const name = namesOf(step)?.[0];
    return `${path}/${step.name}${name === undefined ? '' : `[@name='${name}']`}`;
  }, '');

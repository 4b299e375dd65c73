/** The configuration tree: plain mutable elements, parsed and printed as PAN-OS does (attributes kept, text or children, never mixed). */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

export function element(name: string, content: string | Element[] = [], attributes: Record<string, string> = {}): Element {
  return { name, attributes, children: typeof content === 'string' ? [] : content, text: typeof content === 'string' ? content : '' };
}

export const entry = (name: string, children: Element[] = []): Element => element('entry', children, { name });

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  // numbers like &#39; are decoded under this name only
  htmlEntities: true,
});

type Parsed = Record<string, unknown>;

function convert(node: Parsed): Element {
  const name = Object.keys(node).find((key) => key !== ':@') as string;
  const out = element(name, [], { ...((node[':@'] as Record<string, string> | undefined) ?? {}) });
  for (const child of node[name] as Parsed[]) {
    if ('#text' in child) out.text += String(child['#text']);
    else out.children.push(convert(child));
  }
  return out;
}

/** All top elements of a text; undefined where it is not well-formed. */
export function parseFragment(text: string): Element[] | undefined {
  if (XMLValidator.validate(`<x>${text.replace(/^\s*<\?xml[^>]*\?>/, '')}</x>`) !== true) return undefined;
  return (parser.parse(text) as Parsed[]).filter((node) => !('#text' in node)).map(convert);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export function print(node: Element): string {
  const attributes = Object.entries(node.attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');
  if (node.children.length > 0) return `<${node.name}${attributes}>${node.children.map(print).join('')}</${node.name}>`;
  return node.text === '' ? `<${node.name}${attributes}/>` : `<${node.name}${attributes}>${escaped(node.text)}</${node.name}>`;
}

export function clone(node: Element): Element {
  return { name: node.name, attributes: { ...node.attributes }, children: node.children.map(clone), text: node.text };
}

export const child = (node: Element | undefined, ...path: string[]): Element | undefined =>
  path.reduce<Element | undefined>((at, name) => at?.children.find((one) => one.name === name), node);

/** Entries by name, built at the first look and kept by {@link attach} and {@link detach}: a rulebase holds 10,000 of them. */
const index = new WeakMap<Element, Map<string, Element>>();

export function named(node: Element | undefined, name: string): Element | undefined {
  if (!node) return undefined;
  let map = index.get(node);
  if (!map) {
    map = new Map();
    for (const one of node.children) if (one.name === 'entry') map.set(one.attributes.name ?? '', one);
    index.set(node, map);
  }
  return map.get(name);
}

export function attach(parent: Element, node: Element, at = parent.children.length): void {
  parent.children.splice(at, 0, node);
  if (node.name === 'entry') index.get(parent)?.set(node.attributes.name ?? '', node);
}

export function detach(parent: Element, node: Element): void {
  const at = parent.children.indexOf(node);
  if (at < 0) return;
  parent.children.splice(at, 1);
  if (node.name === 'entry') index.get(parent)?.delete(node.attributes.name ?? '');
}

export function replaceChildren(parent: Element, children: Element[]): void {
  parent.children = children;
  index.delete(parent);
}

export function renameEntry(parent: Element, node: Element, name: string): void {
  node.attributes.name = name;
  index.delete(parent);
}

export const textOf = (node: Element | undefined, ...path: string[]): string | undefined => child(node, ...path)?.text;

/** The texts of `<member>` below a node. */
export const members = (node: Element | undefined, ...path: string[]): string[] =>
  (child(node, ...path)?.children ?? []).filter((one) => one.name === 'member').map((one) => one.text);

export const entries = (node: Element | undefined, ...path: string[]): Element[] =>
  (child(node, ...path)?.children ?? []).filter((one) => one.name === 'entry');

/** A child is the same thing as another when `set` would merge them: entries by name, members by text, the rest by element name. */
export function sameIdentity(a: Element, b: Element): boolean {
  if (a.name !== b.name) return false;
  if (a.name === 'entry') return a.attributes.name === b.attributes.name;
  return a.name === 'member' ? a.text === b.text : true;
}

/** XML from a device, read with bounds: what is not a whole, plain `<response>` is refused before anything is concluded from it. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { panosError } from './errors.ts';

export interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Xml[];
  readonly text: string;
}

/** Configurations of 10,000 rules are about 10 MB. */
export const LARGEST_ANSWER = 64 * 1024 * 1024;

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

function convert(node: Parsed): Xml {
  const name = Object.keys(node).find((key) => key !== ':@') ?? '';
  const children: Xml[] = [];
  let text = '';
  for (const one of node[name] as Parsed[]) {
    if ('#text' in one) text += String(one['#text']);
    else children.push(convert(one));
  }
  return { name, attributes: (node[':@'] as Record<string, string> | undefined) ?? {}, children, text };
}

const refuse = (why: string, text: string) =>
  panosError('CEXT_PANOS_ANSWER_NOT_UNDERSTOOD', `${why}; it begins: ${JSON.stringify(text.slice(0, 120))}`);

/** The `<response>` of an answer. Throws CEXT_PANOS_ANSWER_NOT_UNDERSTOOD. */
export function parseResponse(text: string): Xml {
  const start = text.slice(0, 2000).trimStart();
  if (!/^(<\?xml[^>]*\?>\s*)?<response[\s>/]/.test(start)) throw refuse('the answer is no <response> of the XML API', text);
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw refuse('the answer declares entities', text);
  if (XMLValidator.validate(text) !== true) throw refuse('the answer is not well-formed XML', text);
  const roots = (parser.parse(text) as Parsed[]).filter((node) => !('#text' in node)).map(convert);
  const root = roots[0];
  if (roots.length !== 1 || root?.name !== 'response' || !/^(success|error)$/.test(root.attributes.status ?? '')) {
    throw refuse('the answer has no status', text);
  }
  return root;
}

export const at = (node: Xml | undefined, ...path: string[]): Xml | undefined =>
  path.reduce<Xml | undefined>((here, name) => here?.children.find((one) => one.name === name), node);

export const texts = (node: Xml | undefined, ...path: string[]): string[] =>
  (at(node, ...path)?.children ?? []).filter((one) => one.name === 'member').map((one) => one.text);

export const entriesOf = (node: Xml | undefined, ...path: string[]): readonly Xml[] =>
  (at(node, ...path)?.children ?? []).filter((one) => one.name === 'entry');

/** All text below a node, one line per piece: messages come in many shapes (reference B1.3). */
export function allText(node: Xml | undefined): string {
  if (!node) return '';
  const own = node.text === '' ? [] : [node.text];
  const message = node.attributes.message === undefined ? [] : [`${node.attributes.ip ?? ''} ${node.attributes.message}`.trim()];
  return [...own, ...message, ...node.children.map(allText).filter((text) => text !== '')].join('\n');
}

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');

export const tag = (name: string, content: string): string => (content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`);
export const memberList = (name: string, values: readonly string[]): string =>
  tag(name, values.map((value) => tag('member', escapeXml(value))).join(''));

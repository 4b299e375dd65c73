/** What a push installs on a firewall (reference B2): policy and objects of its device group, and the templates of its stack. */
import type { Pushed } from './device.ts';
import { child, clone, type Element, element, entries, members, named } from './element.ts';
import { overlay } from './merge.ts';
import { ancestors, device as deviceNode } from './scope.ts';

export const groupNode = (root: Element, name: string): Element | undefined => named(child(deviceNode(root), 'device-group'), name);

/** Policy and objects of a device group with what it has from its ancestors and from shared, in the order of evaluation. */
export function policyOf(root: Element, group: string): Pushed {
  const chain = [group, ...ancestors(root, group)].flatMap((name) => groupNode(root, name) ?? []);
  const shared = child(root, 'shared');
  const bases = (kind: string, nodes: readonly (Element | undefined)[]) => nodes.flatMap((node) => child(node, kind) ?? []).map(clone);
  return {
    places: [...chain, ...(shared ? [shared] : [])].map(clone),
    pre: bases('pre-rulebase', [shared, ...chain.toReversed()]),
    post: bases('post-rulebase', [...chain, shared]),
  };
}

/** Stacks and bare templates that a firewall is in. */
export function templatesOf(root: Element, serial: string): string[] {
  const tables = ['template-stack', 'template'].flatMap((table) => entries(deviceNode(root), table));
  return tables.filter((one) => named(child(one, 'devices'), serial)).map((one) => one.attributes.name ?? '');
}

export const serialsOfTemplate = (root: Element, table: 'template' | 'template-stack', name: string): string[] | undefined => {
  const node = named(child(deviceNode(root), table), name);
  return node && entries(node, 'devices').map((one) => one.attributes.name ?? '');
};

function marked(node: Element, template: string): Element {
  if (node.name !== 'config' && node.name !== 'devices') Object.assign(node.attributes, { ptpl: template, src: 'tpl' });
  for (const one of node.children) marked(one, template);
  return node;
}

/** One `<config>` of a stack: the first template wins over the next, the stack's own values over all. */
export function templateConfiguration(root: Element, name: string): Element {
  const stack = named(child(deviceNode(root), 'template-stack'), name);
  const names = stack ? [...members(stack, 'templates').toReversed(), name] : [name];
  let out = element('config', []);
  for (const one of names) {
    const holder = one === name && stack ? stack : named(child(deviceNode(root), 'template'), one);
    const config = child(holder, 'config');
    if (config) out = out.children.length === 0 ? marked(clone(config), one) : overlay(out, marked(clone(config), one));
  }
  return out;
}

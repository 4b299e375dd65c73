/** Changes of the configuration tree that writes are made of. */
import { attach, child, clone, detach, type Element, named, sameIdentity } from './element.ts';
import { CHOICES } from './schema.ts';
import type { Located } from './xpath.ts';

/** What `set` does: merge by identity; of a choice only the newest stays. */
export function merge(into: Element, from: readonly Element[]): void {
  for (const one of from) {
    const choice = CHOICES.find((names) => names.includes(one.name));
    if (choice) for (const other of into.children.filter((it) => it.name !== one.name && choice.includes(it.name))) detach(into, other);
    const there = one.name === 'entry' ? named(into, one.attributes.name ?? '') : into.children.find((it) => sameIdentity(it, one));
    if (!there) attach(into, clone(one));
    else {
      if (one.children.length === 0) there.text = one.text;
      merge(there, one.children);
    }
  }
}

/** The node becomes like another, and stays the same node. */
export function restore(node: Element, from: Element): void {
  node.attributes = { ...from.attributes };
  node.text = from.text;
  for (const one of [...node.children]) detach(node, one);
  for (const one of from.children) attach(node, one);
}

export function detachOrRestore(at: Located, before: Element | undefined): void {
  if (before) restore(at.node, before);
  else if (at.parent) detach(at.parent, at.node);
}

/** Rules keep their uuid when a whole rulebase is replaced. */
export function keepUuids(node: Element, before: Element | undefined): void {
  if (node.name !== 'rules' || !before) return;
  for (const rule of node.children) {
    const uuid = named(before, rule.attributes.name ?? '')?.attributes.uuid;
    if (uuid !== undefined) rule.attributes.uuid = uuid;
  }
}

/** References follow a rename. */
export function replaceReference(node: Element, from: string, to: string): void {
  for (const key of ['source', 'destination', 'static', 'members', 'tag', 'service', 'translated-address']) {
    for (const one of child(node, key)?.children ?? []) if (one.name === 'member' && one.text === from) one.text = to;
  }
  const single = child(node, 'service');
  if (single?.text === from) single.text = to;
  const pool = child(node, 'source-translation', 'dynamic-ip-and-port', 'translated-address');
  for (const one of pool?.children ?? []) if (one.text === from) one.text = to;
}

/** A device's own configuration over what a template brought; nodes that only the template has carry `src` and `ptpl`. */
export function overlay(template: Element, own: Element): Element {
  const out = clone(template);
  const lay = (below: Element, above: Element): void => {
    delete below.attributes.src;
    delete below.attributes.ptpl;
    for (const [key, value] of Object.entries(above.attributes)) below.attributes[key] = value;
    if (above.children.length === 0 && above.text !== '') below.text = above.text;
    for (const one of above.children) {
      const there = one.name === 'entry' ? named(below, one.attributes.name ?? '') : below.children.find((it) => sameIdentity(it, one));
      if (there) lay(there, one);
      else attach(below, clone(one));
    }
  };
  lay(out, own);
  return out;
}

/**
 * Running and candidate configuration. What changes hands at a commit are *units*: an entry (an address, a rule, a zone), or a leaf that
 * is in no entry. The candidate remembers per unit which administrators changed it, so that a partial commit publishes only theirs.
 */
import { attach, clone, detach, type Element, element, named, print, replaceChildren } from './element.ts';
import { ensure, type Located, parsePath, pathOf, select } from './xpath.ts';

/** Entries that only hold other things: a vsys is no unit, an address in it is. */
const HOLDERS = new Set(['devices', 'vsys', 'device-group', 'template', 'template-stack', 'users']);

interface Segment {
  readonly name: string;
  readonly entry: string | undefined;
}

function segments(path: string): Segment[] {
  return [...path.matchAll(/\/([\w.-]+)(?:\[@name='([^']*)'\])?/g)].map((match) => ({ name: match[1] as string, entry: match[2] }));
}

const join = (parts: readonly Segment[]): string =>
  parts.map((part) => `/${part.name}${part.entry === undefined ? '' : `[@name='${part.entry}']`}`).join('');

/** The unit that a path is in, or undefined where it stands above units. */
export function unitOf(path: string): string | undefined {
  const parts = segments(path);
  for (let at = 1; at < parts.length; at++) {
    const part = parts[at] as Segment;
    if (part.name === 'member') return join(parts.slice(0, at));
    if (part.name === 'entry' && !HOLDERS.has((parts[at - 1] as Segment).name)) return join(parts.slice(0, at + 1));
  }
  return undefined;
}

export function parentPath(path: string): string {
  return join(segments(path).slice(0, -1));
}

/** Every unit at or below a node, by path. */
export function unitsBelow(node: Element, path: string, out = new Map<string, Element>()): Map<string, Element> {
  const parts = segments(path);
  const holder = node.name === 'entry' && HOLDERS.has(parts.at(-2)?.name ?? '');
  if ((node.name === 'entry' && !holder) || (!holder && (node.children.length === 0 || node.children[0]?.name === 'member'))) {
    out.set(path, node);
    return out;
  }
  if (holder) out.set(`${path}#`, element('entry'));
  for (const one of node.children) unitsBelow(one, pathOf(path, one), out);
  return out;
}

export interface Ownership {
  readonly admins: Set<string>;
  at: number;
  readonly id: number;
  moved: boolean;
}

/** What a commit shall publish: clones taken when the job was enqueued. */
export interface Change {
  readonly unit: string;
  readonly node: Element | undefined;
  readonly moved: boolean;
}

export class Configuration {
  running: Element;
  candidate: Element;
  /** grows with every change of the running configuration */
  version = 0;
  readonly owners = new Map<string, Ownership>();
  #dirtyIds = 0;

  constructor(seed: Element) {
    this.running = seed;
    this.candidate = clone(seed);
  }

  at(path: string, root: Element = this.candidate): Located | undefined {
    const steps = parsePath(path.replace(/#$/, ''));
    return steps ? select(root, steps)[0] : undefined;
  }

  /** Runs a change at or below a path, and notes who changed which units. Returns the units that differ. */
  track(admin: string, path: string, now: number, change: () => void, moved = false): string[] {
    const unit = unitOf(path);
    const look = (): Map<string, string> => {
      const found = this.at(unit ?? path);
      if (!found) return new Map();
      if (unit) return new Map([[unit, print(found.node)]]);
      return new Map([...unitsBelow(found.node, found.path)].map(([key, node]) => [key, print(node)]));
    };
    const before = look();
    change();
    const after = look();
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter((key) => moved || before.get(key) !== after.get(key));
    for (const key of changed) this.mark(admin, key, now, moved);
    return changed;
  }

  mark(admin: string, unit: string, now: number, moved = false): void {
    const there = this.owners.get(unit);
    const owner = there ?? { admins: new Set<string>(), at: now, id: ++this.#dirtyIds, moved: false };
    owner.admins.add(admin);
    owner.at = now;
    owner.moved ||= moved;
    this.owners.set(unit, owner);
    if (!owner.moved || !this.at(unit)) this.#forgetIfEqual(unit);
  }

  #forgetIfEqual(unit: string): void {
    const [candidate, running] = [this.at(unit), this.at(unit, this.running)];
    if (candidate ? running && print(candidate.node) === print(running.node) : !running) this.owners.delete(unit);
  }

  /** Changes of these administrators (all of them where undefined), as they are now. */
  changes(admins: ReadonlySet<string> | undefined, excluded: (unit: string) => boolean = () => false): Change[] {
    return [...this.owners]
      .filter(([unit, owner]) => !excluded(unit) && (!admins || [...owner.admins].some((admin) => admins.has(admin))))
      .map(([unit, owner]) => {
        const found = this.at(unit)?.node;
        return { unit, node: found && clone(found), moved: owner.moved };
      });
  }

  /** Running with these changes, as a new tree. */
  preview(changes: readonly Change[]): Element {
    const out = clone(this.running);
    const byParent = Map.groupBy(changes, (change) => parentPath(change.unit.replace(/#$/, '')));
    for (const [parent, group] of [...byParent].sort((a, b) => a[0].length - b[0].length)) this.#publish(out, parent, group);
    return out;
  }

  publish(changes: readonly Change[]): void {
    this.running = this.preview(changes);
    this.version++;
    for (const change of changes) {
      const now = this.at(change.unit)?.node;
      if (now && change.node ? print(now) === print(change.node) : now === change.node) this.owners.delete(change.unit);
    }
  }

  #publish(root: Element, parent: string, changes: readonly Change[]): void {
    const place = changes.some((change) => change.node) ? ensure(root, parsePath(parent) ?? []) : this.at(parent, root);
    if (!place) return;
    const container = place.node;
    const placed = new Map<string, Element>();
    for (const change of changes) {
      const last = segments(change.unit.replace(/#$/, '')).at(-1) as Segment;
      const old = last.entry === undefined ? container.children.find((one) => one.name === last.name) : named(container, last.entry);
      if (change.unit.endsWith('#')) {
        if (change.node && !old) attach(container, element('entry', [], { name: last.entry as string }));
        if (!change.node && old) detach(container, old);
      } else if (!change.node) {
        if (old) detach(container, old);
      } else if (old && !change.moved) {
        const at = container.children.indexOf(old);
        detach(container, old);
        attach(container, clone(change.node), at);
      } else {
        if (old) detach(container, old);
        if (last.entry === undefined) attach(container, clone(change.node));
        else placed.set(last.entry, clone(change.node));
      }
    }
    if (placed.size > 0) this.#insert(container, parent, placed);
  }

  /** New and moved entries come to stand behind their nearest neighbour of the candidate that is in running too. */
  #insert(container: Element, parent: string, placed: ReadonlyMap<string, Element>): void {
    const order = this.at(parent)?.node.children ?? [];
    const after = new Map<string, Element[]>();
    const head: Element[] = [];
    let list = head;
    for (const one of order) {
      const name = one.attributes.name ?? '';
      const mine = placed.get(name);
      if (mine) list.push(mine);
      else if (named(container, name) && !this.owners.get(pathOf(parent, one))?.moved) {
        list = [];
        after.set(name, list);
      }
    }
    replaceChildren(container, [...head, ...container.children.flatMap((one) => [one, ...(after.get(one.attributes.name ?? '') ?? [])])]);
  }

  /** The candidate thrown away (load config from running-config.xml): everybody's pending edits are lost. */
  revert(): void {
    this.candidate = clone(this.running);
    this.owners.clear();
  }

  /** Another candidate in place of this one: whatever differs from running is this administrator's. */
  replace(admin: string, root: Element, now: number): void {
    this.candidate = clone(root);
    this.owners.clear();
    const [before, after] = [unitsBelow(this.running, '/config'), unitsBelow(this.candidate, '/config')];
    for (const unit of new Set([...before.keys(), ...after.keys()])) this.mark(admin, unit, now);
  }

  /** A copy of a candidate node with the marks of uncommitted work, as `get` shows it. */
  annotated(node: Element, path: string): Element {
    const copy = clone(node);
    if (this.owners.size === 0) return copy;
    const unit = unitOf(path);
    const mark = (one: Element, owner: Ownership): void => {
      const time = new Date(owner.at).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');
      Object.assign(one.attributes, { admin: [...owner.admins].at(-1) as string, dirtyId: String(owner.id), time });
      for (const child of one.children) mark(child, owner);
    };
    if (unit) {
      const owner = this.owners.get(unit);
      if (owner) mark(copy, owner);
    } else
      for (const [key, one] of unitsBelow(copy, path)) {
        const owner = this.owners.get(key);
        if (owner) mark(one, owner);
      }
    return copy;
  }
}

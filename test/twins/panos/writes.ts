/** One write of the candidate: set, edit, delete, rename, clone, move. What it leaves is checked, and undone where the device refuses it. */
import { type Answer, failure, noSuchNode, succeeded, success } from './answer.ts';
import { unitsBelow } from './configuration.ts';
import { type Device, newUuid } from './device.ts';
import { attach, clone, detach, type Element, named, parseFragment, renameEntry } from './element.ts';
import { detachOrRestore, keepUuids, merge, replaceReference, restore } from './merge.ts';
import { Referrers, readable } from './referrers.ts';
import { checkUnit } from './schema.ts';
import { ensure, type Located, namesOf, type PathStep, parsePath, select, settled, written } from './xpath.ts';

const isRule = (path: string): boolean => /\/rules\/entry\[[^/]*$/.test(path);
const ambiguous = (): Answer => failure('6', 'xpath does not name a single node');

export class Writes {
  readonly #device: Device;
  readonly #referrers: Referrers;

  constructor(device: Device) {
    this.#device = device;
    this.#referrers = new Referrers(device);
  }

  /** Runs a change; if what it leaves is invalid, it is undone and the device's words come back. */
  #write(admin: string, path: string, change: () => void, undo: () => void, moved = false): Answer {
    const device = this.#device;
    const changed = device.configuration.track(admin, path, device.now(), change, moved);
    const wrong: string[] = [];
    for (const unit of changed) {
      const node = device.configuration.at(unit)?.node;
      if (!node) continue;
      if (isRule(unit)) node.attributes.uuid ??= newUuid();
      const scope = device.scopeAt(device.configuration.candidate, unit);
      wrong.push(...checkUnit(unit, node, scope, device.options.dagInNat));
    }
    if (wrong.length > 0) {
      device.configuration.track(admin, path, device.now(), undo);
      return failure('12', ...wrong.slice(0, 20));
    }
    for (const unit of changed) this.#referrers.look(unit);
    return succeeded();
  }

  set(admin: string, asked: readonly PathStep[], text: string): Answer {
    const content = text.trim() === '' ? [] : parseFragment(text);
    if (!content) return failure('18', 'Malformed element');
    const { candidate } = this.#device.configuration;
    const steps = settled(candidate, asked);
    if (!steps) return ambiguous();
    const existing = select(candidate, steps)[0];
    const before = existing && clone(existing.node);
    let at: Located | undefined;
    return this.#write(
      admin,
      existing?.path ?? written(steps),
      () => {
        at = ensure(candidate, steps);
        if (at) merge(at.node, content);
      },
      () => at && detachOrRestore(at, before),
    );
  }

  edit(admin: string, asked: readonly PathStep[], text: string): Answer {
    const content = parseFragment(text);
    if (!content) return failure('18', 'Malformed element');
    const { candidate } = this.#device.configuration;
    const steps = settled(candidate, asked);
    const last = steps?.at(-1);
    if (!steps || !last) return ambiguous();
    const name = namesOf(last)?.[0];
    const given = content[0];
    if (content.length !== 1 || given?.name !== last.name || (name !== undefined && given.attributes.name !== name)) {
      return failure('12', 'edit failed, may need to override template object first');
    }
    const existing = select(candidate, steps)[0];
    const before = existing && clone(existing.node);
    const node = clone(given);
    for (const key of ['admin', 'dirtyId', 'time', 'loc']) delete node.attributes[key];
    let at: Located | undefined;
    return this.#write(
      admin,
      existing?.path ?? written(steps),
      () => {
        at = ensure(candidate, steps);
        if (!at) return;
        const uuid = before?.attributes.uuid ?? node.attributes.uuid;
        if (uuid !== undefined && isRule(at.path)) node.attributes.uuid = uuid;
        keepUuids(node, before);
        restore(at.node, node);
      },
      () => at && detachOrRestore(at, before),
    );
  }

  delete(admin: string, steps: readonly PathStep[]): Answer {
    const { configuration } = this.#device;
    const found = select(configuration.candidate, steps);
    if (found.length === 0) return success("<msg>Object doesn't exist</msg>", '7');
    for (const one of found) {
      const referrers = [...unitsBelow(one.node, one.path)].flatMap(([unit]) =>
        this.#referrers.of(unit).filter((by) => !found.some((other) => by.startsWith(other.path))),
      );
      if (referrers.length > 0) {
        const name = one.node.attributes.name ?? one.node.name;
        return failure('10', ` ${name} cannot be deleted because of references from:`, ...referrers.slice(0, 20).map(readable));
      }
    }
    for (const one of found) {
      const parent = one.parent;
      if (!parent) return failure('6', 'the root cannot be deleted');
      // deleting members is a change of the unit that holds them
      const changed = configuration.track(admin, one.path, this.#device.now(), () => detach(parent, one.node));
      for (const unit of changed) this.#referrers.look(unit);
    }
    return succeeded();
  }

  rename(admin: string, steps: readonly PathStep[], newName: string): Answer {
    const { configuration } = this.#device;
    const found = select(configuration.candidate, steps)[0];
    if (!found?.parent) return noSuchNode();
    if (newName === '') return failure('17', 'newname is missing');
    if (named(found.parent, newName)) return failure('8', `'${newName}' already exists, object is not unique`);
    const { parent, node } = found;
    const oldName = node.attributes.name ?? '';
    const oldPath = found.path;
    const referrers = this.#referrers.of(oldPath);
    const newPath = `${oldPath.slice(0, oldPath.lastIndexOf('/'))}/entry[@name='${newName}']`;
    const answer = this.#write(
      admin,
      newPath,
      () => renameEntry(parent, node, newName),
      () => renameEntry(parent, node, oldName),
    );
    if (!answer.ok) return answer;
    configuration.mark(admin, oldPath, this.#device.now());
    configuration.mark(admin, newPath, this.#device.now(), true);
    for (const unit of referrers) {
      const place = configuration.at(unit);
      if (place) configuration.track(admin, unit, this.#device.now(), () => replaceReference(place.node, oldName, newName));
      this.#referrers.look(unit);
    }
    this.#referrers.look(oldPath);
    return answer;
  }

  clone(admin: string, steps: readonly PathStep[], from: string, newName: string): Answer {
    const { candidate } = this.#device.configuration;
    const fromSteps = parsePath(from);
    const source = fromSteps && select(candidate, fromSteps)[0];
    const place = select(candidate, steps)[0];
    if (!source || !place) return noSuchNode();
    return this.copy(admin, source.node, place, newName);
  }

  /** A copy of an entry in a container. */
  copy(admin: string, source: Element, place: Located, name: string): Answer {
    if (named(place.node, name)) return failure('8', `'${name}' already exists, object is not unique`);
    const copy = clone(source);
    copy.attributes = { name };
    return this.#write(
      admin,
      `${place.path}/entry[@name='${name}']`,
      () => attach(place.node, copy),
      () => detach(place.node, copy),
    );
  }

  move(admin: string, steps: readonly PathStep[], where: string, dst: string | undefined): Answer {
    const found = select(this.#device.configuration.candidate, steps)[0];
    if (!found?.parent) return noSuchNode();
    const { parent, node } = found;
    if (!['top', 'bottom', 'before', 'after'].includes(where)) return failure('17', `Invalid where: ${where}`);
    const from = parent.children.indexOf(node);
    const rest = parent.children.filter((one) => one !== node);
    let to = where === 'top' ? 0 : rest.length;
    if (where === 'before' || where === 'after') {
      const anchor = dst === undefined ? undefined : named(parent, dst);
      if (!anchor) return failure(undefined, `Invalid destination '${dst ?? ''}': No such node`);
      if (anchor === node) return failure('14', 'Operation not possible: a rule cannot be moved relative to itself');
      to = rest.indexOf(anchor) + (where === 'after' ? 1 : 0);
    }
    // the vendor's provider moves rules after the one they already follow, and no device minds; up from the top is documented as impossible
    if (to === from)
      return where === 'before' || where === 'after'
        ? succeeded()
        : failure('14', `${node.attributes.name} is already at the ${where}, move is not possible`);
    return this.#write(
      admin,
      found.path,
      () => {
        detach(parent, node);
        attach(parent, node, to);
      },
      () => undefined,
      true,
    );
  }
}

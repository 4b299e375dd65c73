/** `type=config`: show, get, set, edit, delete, rename, clone, move, override, multi-config, complete (reference B1.2, B1.3, B1.7, B1.9). */
import { type Answer, failure, noSuchNode, result, succeeded, success } from './answer.ts';
import { unitsBelow } from './configuration.ts';
import { type Device, newUuid } from './device.ts';
import { attach, child, clone, detach, type Element, element, named, parseFragment, print, renameEntry, sameIdentity } from './element.ts';
import { CHOICES, checkUnit, references } from './schema.ts';
import { lookup, scopeOf } from './scope.ts';
import { ensure, type Located, type PathStep, parsePath, pathOf, select } from './xpath.ts';

export type Parameters = Readonly<Record<string, string | undefined>>;

const WRITES = ['set', 'edit', 'delete', 'rename', 'clone', 'move', 'override', 'multi-config', 'multi-move', 'multi-clone'];
const isRule = (path: string): boolean => /\/(security|nat)\/rules\/entry\[[^/]*$/.test(path);

/** What `set` does: merge by identity; of a choice only the newest stays. */
function merge(into: Element, from: readonly Element[]): void {
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

export class Actions {
  readonly #device: Device;
  /** referrers by "kind name"; valid for one candidate tree */
  #index: { readonly of: Element; readonly byName: Map<string, Set<string>>; readonly byUnit: Map<string, string[]> } | undefined;

  constructor(device: Device) {
    this.#device = device;
  }

  run(admin: string, parameters: Parameters): Answer {
    const action = parameters.action ?? '';
    if (WRITES.includes(action)) {
      const refused = this.#refuseWrite(admin);
      if (refused) return refused;
    }
    if (action === 'multi-config') return this.#multi(admin, parameters);
    return this.#one(admin, action, parameters);
  }

  #refuseWrite(admin: string): Answer | undefined {
    const { ha } = this.#device;
    if (ha?.state === 'passive') return failure('15', 'Operation denied: this device is the passive member of an HA pair');
    const lock = this.#device.lockedByOther('config', admin);
    return lock ? failure(undefined, `Config for scope ${lock.scope} is currently locked by ${lock.admin}`) : undefined;
  }

  #one(admin: string, action: string, parameters: Parameters): Answer {
    const steps = parsePath(parameters.xpath ?? '');
    if (steps?.[0]?.name !== 'config')
      return failure(parameters.xpath ? '17' : '6', parameters.xpath ? 'xpath is invalid' : 'No xpath given');
    const { configuration } = this.#device;
    switch (action) {
      case 'show': {
        const found = select(configuration.running, steps);
        return found.length === 0 ? noSuchNode() : result(found.map((one) => one.node));
      }
      case 'get': {
        const found = select(configuration.candidate, steps);
        if (found.length === 0) return success('<result/>', '7');
        const body = found.map((one) => print(configuration.annotated(one.node, one.path))).join('');
        return success(`<result total-count="${found.length}" count="${found.length}">${body}</result>`, '19');
      }
      case 'set':
        return this.#set(admin, steps, parameters.element ?? '');
      case 'edit':
      case 'override':
        return this.#edit(admin, steps, parameters.element ?? '');
      case 'delete':
        return this.#delete(admin, steps);
      case 'rename':
        return this.#rename(admin, steps, parameters.newname ?? '');
      case 'clone':
        return this.#clone(admin, steps, parameters.from ?? '', parameters.newname ?? '');
      case 'move':
        return this.#move(admin, steps, parameters.where ?? '', parameters.dst);
      case 'complete': {
        const found = select(configuration.candidate, steps)[0];
        const names = found ? found.node.children.map((one) => one.attributes.name ?? one.name) : [];
        return success(`<completions>${names.map((name) => `<completion value="${name}"/>`).join('')}</completions>`, '19');
      }
      default:
        return failure('17', `Invalid action: ${action}`);
    }
  }

  #scopeOf(path: string) {
    return scopeOf(this.#device.configuration.candidate, path, this.#device.pushedPlaces());
  }

  /** Runs a write; if what it leaves is invalid, it is undone and the device's words come back. */
  #write(admin: string, path: string, change: () => void, undo: () => void, moved = false): Answer {
    const device = this.#device;
    const changed = device.configuration.track(admin, path, device.now(), change, moved);
    const wrong: string[] = [];
    for (const unit of changed) {
      const node = device.configuration.at(unit)?.node;
      if (!node) continue;
      if (isRule(unit)) node.attributes.uuid ??= newUuid();
      wrong.push(...checkUnit(unit, node, this.#scopeOf(unit), device.options.dagInNat));
    }
    if (wrong.length > 0) {
      device.configuration.track(admin, path, device.now(), undo);
      return failure('12', ...wrong.slice(0, 20));
    }
    for (const unit of changed) this.#indexUnit(unit);
    return succeeded();
  }

  #set(admin: string, steps: readonly PathStep[], text: string): Answer {
    const content = text.trim() === '' ? [] : parseFragment(text);
    if (!content) return failure('18', 'Malformed element');
    const { candidate } = this.#device.configuration;
    const existing = select(candidate, steps)[0];
    const before = existing && clone(existing.node);
    let at: Located | undefined;
    if (!ensureable(steps)) return failure('6', 'xpath does not name a single node');
    return this.#write(
      admin,
      existing?.path ?? written(steps),
      () => {
        at = ensure(candidate, steps);
        if (at) merge(at.node, content);
      },
      () => {
        if (!at?.parent) return;
        detachOrRestore(at, before);
      },
    );
  }

  #edit(admin: string, steps: readonly PathStep[], text: string): Answer {
    const content = parseFragment(text);
    if (!content) return failure('18', 'Malformed element');
    const { candidate } = this.#device.configuration;
    const last = steps.at(-1);
    const name = last?.predicate?.kind === 'names' ? last.predicate.names[0] : undefined;
    if (content.length !== 1 || content[0]?.name !== last?.name || (name !== undefined && content[0]?.attributes.name !== name)) {
      return failure('12', 'edit failed, may need to override template object first');
    }
    if (!ensureable(steps)) return failure('6', 'xpath does not name a single node');
    const existing = select(candidate, steps)[0];
    const before = existing && clone(existing.node);
    const node = clone(content[0] as Element);
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

  #delete(admin: string, steps: readonly PathStep[]): Answer {
    const { configuration } = this.#device;
    const found = select(configuration.candidate, steps);
    if (found.length === 0) return success("<msg>Object doesn't exist</msg>", '7');
    for (const one of found) {
      const referrers = [...unitsBelow(one.node, one.path)].flatMap(([unit]) =>
        this.#referrers(unit).filter((by) => !by.startsWith(one.path)),
      );
      if (referrers.length > 0) {
        const name = one.node.attributes.name ?? one.node.name;
        return failure('10', `${name} cannot be deleted because of references from:`, ...referrers.slice(0, 20).map(readable));
      }
    }
    for (const one of found) {
      const parent = one.parent;
      if (!parent) return failure('6', 'the root cannot be deleted');
      // deleting members is a change of the unit that holds them
      const changed = configuration.track(admin, one.path, this.#device.now(), () => detach(parent, one.node));
      for (const unit of changed) this.#indexUnit(unit);
    }
    return succeeded();
  }

  #rename(admin: string, steps: readonly PathStep[], newName: string): Answer {
    const { configuration } = this.#device;
    const found = select(configuration.candidate, steps)[0];
    if (!found?.parent) return noSuchNode();
    if (named(found.parent, newName)) return failure('8', `'${newName}' already exists, object is not unique`);
    const { parent, node } = found;
    const oldName = node.attributes.name ?? '';
    const oldPath = found.path;
    const referrers = this.#referrers(oldPath);
    const newPath = `${oldPath.slice(0, oldPath.lastIndexOf('/'))}/entry[@name='${newName}']`;
    const answer = this.#write(
      admin,
      newPath,
      () => renameEntry(parent, node, newName),
      () => renameEntry(parent, node, oldName),
      false,
    );
    if (!answer.ok) return answer;
    configuration.mark(admin, oldPath, this.#device.now());
    configuration.mark(admin, newPath, this.#device.now(), true);
    // references follow a rename
    for (const unit of referrers) {
      const place = configuration.at(unit);
      if (place) configuration.track(admin, unit, this.#device.now(), () => replaceText(place.node, oldName, newName));
      this.#indexUnit(unit);
    }
    this.#indexUnit(oldPath);
    return answer;
  }

  #clone(admin: string, steps: readonly PathStep[], from: string, newName: string): Answer {
    const { candidate } = this.#device.configuration;
    const fromSteps = parsePath(from);
    const source = fromSteps && select(candidate, fromSteps)[0];
    const place = select(candidate, steps)[0];
    if (!source || !place) return noSuchNode();
    if (named(place.node, newName)) return failure('8', `'${newName}' already exists, object is not unique`);
    const copy = clone(source.node);
    copy.attributes = { name: newName };
    return this.#write(
      admin,
      `${place.path}/entry[@name='${newName}']`,
      () => attach(place.node, copy),
      () => detach(place.node, copy),
    );
  }

  #move(admin: string, steps: readonly PathStep[], where: string, dst: string | undefined): Answer {
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
    if (to === from) return failure('14', `${node.attributes.name} is already at that place, move is not possible`);
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

  /** All or nothing on the candidate (reference B1.7). */
  #multi(admin: string, parameters: Parameters): Answer {
    const request = parseFragment(parameters.element ?? '')?.[0];
    if (request?.name !== 'multi-configure-request') return failure('18', 'Malformed element: multi-configure-request expected');
    const strict = parameters['strict-transactional'] === 'yes';
    const { configuration } = this.#device;
    if (strict && this.#device.busy()) return failure('13', 'A commit is in progress or queued, the transaction is refused');
    const keep = {
      candidate: clone(configuration.candidate),
      owners: [...configuration.owners].map(([unit, one]) => [unit, { ...one, admins: new Set(one.admins) }] as const),
    };
    if (strict) this.#dropOwn(admin);
    const answers: string[] = [];
    let failed: Answer | undefined;
    for (const [at, one] of request.children.entries()) {
      const { id = String(at + 1), ...attributes } = one.attributes;
      const content = one.children.map(print).join('') || one.text;
      const answer = this.#one(admin, one.name, {
        ...attributes,
        ...(one.name === 'set' || one.name === 'edit' || one.name === 'override' ? { element: content } : {}),
      });
      answers.push(answer.body.replace(/^<response /, `<response id="${id}" `));
      if (!answer.ok) {
        failed = answer;
        break;
      }
    }
    if (failed) {
      configuration.candidate = keep.candidate;
      configuration.owners.clear();
      for (const [unit, one] of keep.owners) configuration.owners.set(unit, one);
    }
    const code = failed ? ` code="${failed.code || '12'}"` : ' code="20"';
    return {
      http: 200,
      ok: !failed,
      code: failed?.code ?? '20',
      body: `<response status="${failed ? 'error' : 'success'}"${code}>${answers.join('')}</response>`,
    };
  }

  #dropOwn(admin: string): void {
    const { configuration } = this.#device;
    for (const [unit, owner] of [...configuration.owners]) {
      if (!owner.admins.has(admin)) continue;
      const before = configuration.at(unit, configuration.running)?.node;
      const steps = parsePath(unit.replace(/#$/, ''));
      const now = steps && select(configuration.candidate, steps)[0];
      if (now && before) restore(now.node, clone(before));
      else if (now?.parent) detach(now.parent, now.node);
      else if (before && steps) restore((ensure(configuration.candidate, steps) as Located).node, clone(before));
      configuration.owners.delete(unit);
    }
  }

  #names(unit: string): string[] {
    const node = this.#device.configuration.at(unit)?.node;
    return node ? references(unit, node).map(({ kind, name }) => `${kind} ${name}`) : [];
  }

  #indexUnit(unit: string): void {
    if (this.#index?.of !== this.#device.configuration.candidate) return;
    for (const name of this.#index.byUnit.get(unit) ?? []) this.#index.byName.get(name)?.delete(unit);
    const names = this.#names(unit);
    this.#index.byUnit.set(unit, names);
    for (const name of names) getOrMake(this.#index.byName, name).add(unit);
  }

  /** Units that refer to the object at this path. */
  #referrers(path: string): string[] {
    const match = /\/(address|address-group|service|service-group|tag|zone)\/entry\[@name='([^']*)'\]$/.exec(path);
    if (!match) return [];
    const [, table, name] = match as unknown as [string, string, string];
    const { candidate } = this.#device.configuration;
    if (this.#index?.of !== candidate) {
      this.#index = { of: candidate, byName: new Map(), byUnit: new Map() };
      for (const [unit, node] of unitsBelow(candidate, '/config')) {
        const names = references(unit, node).map((one) => `${one.kind} ${one.name}`);
        if (names.length > 0) this.#index.byUnit.set(unit, names);
        for (const one of names) getOrMake(this.#index.byName, one).add(unit);
      }
    }
    const kind = table.startsWith('address') ? 'address' : table.startsWith('service') ? 'service' : table;
    if (kind === 'zone') return [];
    const node = this.#device.configuration.at(path)?.node;
    return [...(this.#index.byName.get(`${kind} ${name}`) ?? [])].filter(
      (unit) => lookup(this.#scopeOf(unit), table as 'address', name) === node,
    );
  }
}

const perDevice = new WeakMap<Device, Actions>();

/** One per device, since it keeps an index of references. */
export function actionsOf(device: Device): Actions {
  let actions = perDevice.get(device);
  if (!actions) {
    actions = new Actions(device);
    perDevice.set(device, actions);
  }
  return actions;
}

function getOrMake(map: Map<string, Set<string>>, key: string): Set<string> {
  let there = map.get(key);
  if (!there) {
    there = new Set();
    map.set(key, there);
  }
  return there;
}

const ensureable = (steps: readonly PathStep[]): boolean =>
  steps.every((step) => step.name !== '*' && (step.predicate === undefined ? step.name !== 'entry' : step.predicate.kind !== 'startsWith'));

const written = (steps: readonly PathStep[]): string =>
  steps.reduce(
    (path, step) =>
      pathOf(path, element(step.name, [], step.predicate?.kind === 'names' ? { name: step.predicate.names[0] as string } : {})),
    '',
  );

function restore(node: Element, from: Element): void {
  node.attributes = { ...from.attributes };
  node.text = from.text;
  for (const one of [...node.children]) detach(node, one);
  for (const one of from.children) attach(node, one);
}

function detachOrRestore(at: Located, before: Element | undefined): void {
  if (before) restore(at.node, before);
  else if (at.parent) detach(at.parent, at.node);
}

/** Rules keep their uuid when a whole rulebase is replaced. */
function keepUuids(node: Element, before: Element | undefined): void {
  if (node.name !== 'rules' || !before) return;
  for (const rule of node.children) {
    const uuid = named(before, rule.attributes.name ?? '')?.attributes.uuid;
    if (uuid !== undefined) rule.attributes.uuid = uuid;
  }
}

function replaceText(node: Element, from: string, to: string): void {
  for (const key of ['source', 'destination', 'static', 'members', 'tag', 'service', 'translated-address']) {
    for (const one of child(node, key)?.children ?? []) if (one.name === 'member' && one.text === from) one.text = to;
  }
  const single = child(node, 'service');
  if (single?.text === from) single.text = to;
  const pool = child(node, 'source-translation', 'dynamic-ip-and-port', 'translated-address');
  for (const one of pool?.children ?? []) if (one.text === from) one.text = to;
}

/** "vsys -> vsys1 -> rulebase -> security -> rules -> X". */
const readable = (unit: string): string =>
  [...unit.matchAll(/\/([\w-]+)(?:\[@name='([^']*)'\])?/g)]
    .slice(3)
    .flatMap((match) => (match[2] === undefined ? [match[1]] : match[1] === 'entry' ? [match[2]] : [match[1], match[2]]))
    .join(' -> ');

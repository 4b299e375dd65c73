/** What a Panorama does besides: its firewalls, pushes of what runs on it to them, requests passed on to one of them (reference B2). */

import type { Parameters } from './actions.ts';
import { type Answer, failure, result, success } from './answer.ts';
import type { Device, Pushed } from './device.ts';
import { attach, child, clone, type Element, element, entries, members, parseFragment, print, textOf } from './element.ts';
import { enqueued } from './jobs.ts';
import { groupNode, policyOf, serialsOfTemplate, templateConfiguration, templatesOf } from './push.ts';
import { ancestors, device as deviceNode } from './scope.ts';
import { validate } from './validation.ts';
import { ensure, parsePath } from './xpath.ts';

/** One firewall of a push: a device group to install, a template, or both. */
interface Target {
  readonly serial: string;
  readonly group?: string;
  readonly templates: readonly string[];
}

export class Panorama {
  readonly device: Device;
  readonly firewalls: ReadonlyMap<string, Device>;
  readonly disconnected = new Set<string>();
  /** serials whose push fails with a text */
  readonly failPush = new Map<string, string>();

  constructor(device: Device, firewalls: readonly Device[]) {
    this.device = device;
    this.firewalls = new Map(firewalls.map((one) => [one.options.serial, one]));
    // a company's Panorama has pushed what it runs long ago
    for (const [serial, firewall] of this.firewalls)
      for (const name of templatesOf(this.#running, serial)) firewall.template = templateConfiguration(this.#running, name);
    for (const { attributes } of entries(deviceNode(this.#running), 'device-group'))
      for (const serial of this.serialsOf(attributes.name ?? '')) {
        const firewall = this.firewalls.get(serial);
        if (firewall) firewall.pushed = policyOf(this.#running, attributes.name ?? '');
      }
  }

  get #running(): Element {
    return this.device.configuration.running;
  }

  serialsOf(group: string): string[] {
    return entries(groupNode(this.#running, group), 'devices').map((one) => one.attributes.name ?? '');
  }

  /** undefined: not a command of a Panorama alone. */
  operation(admin: string, parameters: Parameters): Answer | undefined {
    const command = parseFragment(parameters.cmd ?? '')?.[0];
    const move = entries(command, 'move-dg')[0];
    if (command?.name === 'request' && move) return this.#moveGroup(admin, move.attributes.name ?? '', textOf(move, 'new-parent-dg'));
    if (command?.name !== 'show') return undefined;
    if (child(command, 'devices')) {
      const connected = child(command, 'devices', 'connected') !== undefined;
      const list = [...this.firewalls.values()].filter((one) => !connected || !this.disconnected.has(one.options.serial));
      return result([
        element(
          'devices',
          list.map((one) => this.#deviceElement(one)),
        ),
      ]);
    }
    if (child(command, 'devicegroups')) return this.#groups(textOf(command, 'devicegroups', 'name'));
    if (child(command, 'templates')) return this.#templates('template', 'templates', textOf(command, 'templates', 'name'));
    if (child(command, 'template-stack'))
      return this.#templates('template-stack', 'template-stack', textOf(command, 'template-stack', 'name'));
    if (child(command, 'dg-hierarchy')) {
      const root = this.device.configuration.candidate;
      const names = entries(deviceNode(root), 'device-group').map((group) => group.attributes.name ?? '');
      const tree = (parent: string | undefined): Element[] =>
        names.filter((name) => ancestors(root, name)[0] === parent).map((name) => element('dg', tree(name), { name, dg_id: '11' }));
      return result([element('dg-hierarchy', tree(undefined))]);
    }
    return undefined;
  }

  #groups(only: string | undefined): Answer {
    const found = entries(deviceNode(this.#running), 'device-group').filter((one) => !only || one.attributes.name === only);
    const groups = found.map((group) => {
      const name = group.attributes.name ?? '';
      const devices = this.serialsOf(name).flatMap((serial) => {
        const firewall = this.firewalls.get(serial);
        if (!firewall) return [];
        const status = printed(firewall.pushed) === printed(policyOf(this.#running, name)) ? 'In Sync' : 'Out of Sync';
        return [this.#deviceElement(firewall, element('shared-policy-status', status))];
      });
      return element('entry', [element('shared-policy-md5sum', ''), element('devices', devices)], { name });
    });
    return result([element('devicegroups', groups)]);
  }

  #templates(table: 'template' | 'template-stack', word: string, only: string | undefined): Answer {
    const found = entries(deviceNode(this.#running), table).filter((one) => !only || one.attributes.name === only);
    const list = found.map((one) => {
      const name = one.attributes.name ?? '';
      const now = print(templateConfiguration(this.#running, name));
      const devices = (serialsOfTemplate(this.#running, table, name) ?? []).flatMap((serial) => {
        const firewall = this.firewalls.get(serial);
        const status = firewall?.template && print(firewall.template) === now ? 'In Sync' : 'Out of Sync';
        return firewall ? [this.#deviceElement(firewall, element('template-status', status))] : [];
      });
      return element('entry', [element('devices', devices)], { name });
    });
    return result([element(word, list)]);
  }

  #deviceElement(firewall: Device, ...more: Element[]): Element {
    const { serial, hostname, model, version } = firewall.options;
    const names = entries(deviceNode(firewall.configuration.running), 'vsys').map((one) => one.attributes.name ?? '');
    const fields = {
      serial,
      connected: this.disconnected.has(serial) ? 'no' : 'yes',
      hostname,
      'ip-address': '192.0.2.2',
      model,
      'sw-version': version,
      'multi-vsys': names.length > 1 ? 'yes' : 'no',
      'operational-mode': 'normal',
    };
    // a firewall of several vsys tells what is asked of each of them
    const several = names.length > 1 ? more : [];
    const vsys = names.map((one) => element('entry', [element('display-name', one), ...several.map(clone)], { name: one }));
    const plain = Object.entries(fields).map(([key, value]) => element(key, value));
    return element('entry', [...plain, element('vsys', vsys), ...(names.length > 1 ? [] : more)], { name: serial });
  }

  /** Another parent for a device group, at once in both configurations, as a job that is done. */
  #moveGroup(admin: string, name: string, parent: string | undefined): Answer {
    const known = (one: string) => groupNode(this.device.configuration.candidate, one) !== undefined;
    if (!known(name) || (parent !== undefined && (!known(parent) || parent === name)))
      return failure(
        '12',
        ` move-dg -> ${parent !== undefined && known(name) ? `new-parent-dg '${parent}'` : name} is not a valid reference`,
      );
    const path = `/config/readonly/devices/entry[@name='localhost.localdomain']/device-group/entry[@name='${name}']`;
    for (const root of [this.device.configuration.running, this.device.configuration.candidate]) {
      const at = ensure(root, parsePath(path) ?? [])?.node;
      if (!at) continue;
      at.children = at.children.filter((one) => one.name !== 'parent-dg');
      if (parent !== undefined) attach(at, element('parent-dg', parent));
    }
    const job = this.device.enqueue(
      {
        type: 'move-dg',
        user: admin,
        description: '',
        finish: () => ({ ok: true, details: [`device group ${name} moved`], warnings: [] }),
      },
      0,
    );
    return enqueued('Move-dg', job);
  }

  /** `type=commit&action=all`. */
  commitAll(admin: string, parameters: Parameters): Answer {
    const command = parseFragment(parameters.cmd ?? '')?.[0];
    if (command?.name !== 'commit-all') return failure('17', ' commit-all is expected');
    for (const table of ['template', 'template-stack'] as const) {
      const asked = child(command, table);
      if (asked) return this.#pushTemplate(admin, table, asked);
    }
    const policy = child(command, 'shared-policy');
    const groups = entries(policy, 'device-group');
    if (groups.length === 0) return failure('17', ' commit-all -> shared-policy -> device-group is missing');
    const include = textOf(policy, 'include-template') === 'yes';
    const targets: Target[] = [];
    for (const one of groups) {
      const group = one.attributes.name ?? '';
      if (!groupNode(this.#running, group))
        return failure('12', ` commit-all -> shared-policy -> device-group '${group}' is not a valid reference`);
      const serials = chosen(
        entries(one, 'devices').map((device) => device.attributes.name ?? ''),
        this.serialsOf(group),
        `shared-policy -> device-group -> ${group} -> devices`,
      );
      if (!Array.isArray(serials)) return serials;
      for (const serial of serials) targets.push({ serial, group, templates: include ? templatesOf(this.#running, serial) : [] });
    }
    return this.#enqueue(
      admin,
      groups.map((group) => group.attributes.name).join(),
      targets,
      textOf(policy, 'merge-with-candidate-cfg') !== 'no',
    );
  }

  #pushTemplate(admin: string, table: 'template' | 'template-stack', asked: Element): Answer {
    const name = textOf(asked, 'name') ?? '';
    const known = serialsOfTemplate(this.#running, table, name);
    if (!known) return failure('12', ` commit-all -> ${table} -> name '${name}' is not a valid reference`);
    // a template reaches the firewalls of the stacks that hold it
    const stacks = entries(deviceNode(this.#running), 'template-stack').filter((one) => members(one, 'templates').includes(name));
    const reached = [...known, ...stacks.flatMap((one) => entries(one, 'devices').map((device) => device.attributes.name ?? ''))];
    const serials = chosen(members(asked, 'device'), [...new Set(reached)], `${table} -> device`);
    if (!Array.isArray(serials)) return serials;
    const targets = serials.map((serial) => ({ serial, templates: templatesOf(this.#running, serial) }));
    return this.#enqueue(admin, name, targets, textOf(asked, 'merge-with-candidate-cfg') !== 'no');
  }

  #enqueue(admin: string, description: string, targets: readonly Target[], merge: boolean): Answer {
    if (targets.length === 0) return success('<msg><line>No devices to push to.</line></msg>', '19');
    const devices = targets.map(({ serial }) => ({
      serial,
      name: this.firewalls.get(serial)?.options.hostname ?? serial,
      result: 'PEND' as 'PEND' | 'OK' | 'FAIL',
      details: [] as readonly string[],
    }));
    const job = this.device.enqueue({
      type: 'CommitAll',
      user: admin,
      description,
      devices,
      finish: () => {
        targets.forEach((target, at) => {
          const wrong = this.#push(target, merge);
          const one = devices[at] as (typeof devices)[number];
          one.result = wrong.length > 0 ? 'FAIL' : 'OK';
          one.details = wrong.length > 0 ? wrong : ['Configuration committed successfully'];
        });
        const ok = devices.every((one) => one.result === 'OK');
        return { ok, details: ok ? [] : ['Push failed on one or more devices'], warnings: [] };
      },
    });
    return enqueued('Job', job);
  }

  /** The firewall checks what it would then run, as at a commit of its own. Returns what is wrong. */
  #push({ serial, group, templates }: Target, merge: boolean): readonly string[] {
    const firewall = this.firewalls.get(serial);
    if (!firewall || this.disconnected.has(serial)) return ['Device is not connected'];
    const forced = this.failPush.get(serial);
    if (forced) return [forced];
    const before = { pushed: firewall.pushed, template: firewall.template };
    for (const name of templates) firewall.template = templateConfiguration(this.#running, name);
    if (group !== undefined) firewall.pushed = policyOf(this.#running, group);
    const changes = merge ? firewall.configuration.changes(undefined) : [];
    const wrong = validate(firewall, firewall.configuration.preview(changes));
    if (wrong.length > 0) {
      Object.assign(firewall, before);
      return ['Validation Error:', ...wrong.slice(0, 20), 'Commit failed'];
    }
    if (merge) firewall.configuration.publish(changes);
    return [];
  }
}

const printed = (pushed: Pushed | undefined): string =>
  pushed ? [...pushed.places, ...pushed.pre, ...pushed.post].map(print).join('') : '';

/** The serials asked for, all known ones where none is; a refusal where one is not known. */
function chosen(asked: readonly string[], known: readonly string[], where: string): string[] | Answer {
  const foreign = asked.find((serial) => !known.includes(serial));
  if (foreign !== undefined) return failure('12', ` commit-all -> ${where} '${foreign}' is not a valid reference`);
  return [...(asked.length > 0 ? asked : known)];
}

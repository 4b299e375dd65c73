/** What a Panorama does besides: its firewalls, pushes of running policy to them, requests passed on to one of them (reference B2). */

import type { Parameters } from './actions.ts';
import { type Answer, failure, result, success } from './answer.ts';
import type { Device } from './device.ts';
import { child, clone, type Element, element, entries, named, parseFragment, print, textOf } from './element.ts';
import { enqueued } from './operations.ts';
import { ancestors, device as deviceNode } from './scope.ts';

export class Panorama {
  readonly device: Device;
  readonly firewalls: ReadonlyMap<string, Device>;
  readonly disconnected = new Set<string>();
  /** serials whose push fails with a text */
  readonly failPush = new Map<string, string>();
  /** what was last pushed, to tell "In Sync" */
  readonly #pushedText = new Map<string, string>();

  constructor(device: Device, firewalls: readonly Device[]) {
    this.device = device;
    this.firewalls = new Map(firewalls.map((one) => [one.options.serial, one]));
  }

  #groupNode(name: string): Element | undefined {
    return named(child(deviceNode(this.device.configuration.running), 'device-group'), name);
  }

  serialsOf(group: string): string[] {
    return entries(this.#groupNode(group), 'devices').map((one) => one.attributes.name ?? '');
  }

  operation(parameters: Parameters): Answer | undefined {
    const command = parseFragment(parameters.cmd ?? '')?.[0];
    if (command?.name !== 'show') return undefined;
    if (child(command, 'devices'))
      return result([
        element(
          'devices',
          [...this.firewalls.values()].map((one) => this.#deviceElement(one)),
        ),
      ]);
    if (child(command, 'devicegroups')) {
      const groups = entries(deviceNode(this.device.configuration.running), 'device-group').map((group) => {
        const name = group.attributes.name ?? '';
        const devices = this.serialsOf(name).flatMap((serial) => {
          const firewall = this.firewalls.get(serial);
          if (!firewall) return [];
          const status = this.#pushedText.get(serial) === this.#policyText(name) ? 'In Sync' : 'Out of Sync';
          const one = this.#deviceElement(firewall);
          one.children.push(element('shared-policy-status', status));
          return [one];
        });
        return element('entry', [element('shared-policy-md5sum', ''), element('devices', devices)], { name });
      });
      return result([element('devicegroups', groups)]);
    }
    if (child(command, 'dg-hierarchy')) {
      const root = this.device.configuration.running;
      const names = entries(deviceNode(root), 'device-group').map((group) => group.attributes.name ?? '');
      const tree = (parent: string | undefined): Element[] =>
        names.filter((name) => ancestors(root, name)[0] === parent).map((name) => element('dg', tree(name), { name, dg_id: '11' }));
      return result([element('dg-hierarchy', tree(undefined))]);
    }
    return undefined;
  }

  #deviceElement(firewall: Device): Element {
    const { serial, hostname, model, version } = firewall.options;
    const fields = {
      serial,
      connected: this.disconnected.has(serial) ? 'no' : 'yes',
      hostname,
      'ip-address': '192.0.2.2',
      model,
      'sw-version': version,
      'multi-vsys': 'no',
      'operational-mode': 'normal',
    };
    const vsys = element('vsys', [element('entry', [element('display-name', 'vsys1')], { name: 'vsys1' })]);
    return element('entry', [...Object.entries(fields).map(([key, value]) => element(key, value)), vsys], { name: serial });
  }

  #policyText(group: string): string {
    const root = this.device.configuration.running;
    const nodes = [child(root, 'shared'), ...[group, ...ancestors(root, group)].map((name) => this.#groupNode(name))];
    return nodes.map((node) => (node ? print(node) : '')).join('');
  }

  /** `type=commit&action=all`: the running policy of a device group goes to its firewalls. */
  commitAll(admin: string, parameters: Parameters): Answer {
    const command = parseFragment(parameters.cmd ?? '')?.[0];
    const policy = command?.name === 'commit-all' ? child(command, 'shared-policy') : undefined;
    if (command && child(command, 'template')) return failure('17', 'template push is not supported here');
    const groups = entries(policy, 'device-group');
    if (groups.length === 0) return failure('17', ' commit-all -> shared-policy -> device-group is missing');
    const wanted: { group: string; serial: string }[] = [];
    for (const group of groups) {
      const name = group.attributes.name ?? '';
      if (!this.#groupNode(name)) return failure('12', ` commit-all -> shared-policy -> device-group '${name}' is not a valid reference`);
      const asked = entries(group, 'devices').map((one) => one.attributes.name ?? '');
      const serials = this.serialsOf(name);
      const foreign = asked.find((serial) => !serials.includes(serial));
      if (foreign !== undefined)
        return failure('12', ` commit-all -> shared-policy -> device-group -> ${name} -> devices '${foreign}' is not a valid reference`);
      for (const serial of asked.length > 0 ? asked : serials) wanted.push({ group: name, serial });
    }
    if (wanted.length === 0) return success('<msg><line>No devices to push to.</line></msg>', '19');
    const merge = textOf(policy, 'merge-with-candidate-cfg') !== 'no';
    const devices = wanted.map(({ serial }) => ({
      serial,
      name: this.firewalls.get(serial)?.options.hostname ?? serial,
      result: 'PEND' as 'PEND' | 'OK' | 'FAIL',
      details: [] as readonly string[],
    }));
    const job = this.device.enqueue({
      type: 'CommitAll',
      user: admin,
      description: groups.map((group) => group.attributes.name).join(),
      devices,
      finish: () => {
        wanted.forEach(({ group, serial }, at) => {
          const wrong = this.#push(group, serial, merge);
          const one = devices[at] as (typeof devices)[number];
          one.result = wrong ? 'FAIL' : 'OK';
          one.details = [wrong ?? 'Configuration committed successfully'];
        });
        const ok = devices.every((one) => one.result === 'OK');
        return { ok, details: ok ? [] : ['Push failed on one or more devices'], warnings: [] };
      },
    });
    return enqueued('Job', job);
  }

  #push(group: string, serial: string, merge: boolean): string | undefined {
    const firewall = this.firewalls.get(serial);
    if (!firewall || this.disconnected.has(serial)) return 'Device is not connected';
    const forced = this.failPush.get(serial);
    if (forced) return forced;
    const root = this.device.configuration.running;
    const chain = [group, ...ancestors(root, group)].flatMap((name) => this.#groupNode(name) ?? []);
    const shared = child(root, 'shared');
    const bases = (kind: string, nodes: readonly (Element | undefined)[]) => nodes.flatMap((node) => child(node, kind) ?? []).map(clone);
    firewall.pushed = {
      places: [...chain, ...(shared ? [shared] : [])].map(clone),
      pre: bases('pre-rulebase', [shared, ...chain.toReversed()]),
      post: bases('post-rulebase', [...chain, shared]),
    };
    if (merge) firewall.configuration.publish(firewall.configuration.changes(undefined));
    this.#pushedText.set(serial, this.#policyText(group));
    return undefined;
  }
}

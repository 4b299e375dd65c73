/** Who refers to an object of the candidate: kept as an index, since a rulebase holds 10,000 rules. */
import { unitsBelow } from './configuration.ts';
import type { Device } from './device.ts';
import type { Element } from './element.ts';
import { references } from './schema.ts';
import { lookup } from './scope.ts';

const OBJECT = /\/(address|address-group|service|service-group|tag)\/entry\[@name='([^']*)'\]$/;

export class Referrers {
  readonly #device: Device;
  /** by "kind name"; valid for one candidate tree */
  #index: { readonly of: Element; readonly byName: Map<string, Set<string>>; readonly byUnit: Map<string, string[]> } | undefined;

  constructor(device: Device) {
    this.#device = device;
  }

  #names(unit: string): string[] {
    const node = this.#device.configuration.at(unit)?.node;
    return node ? references(unit, node).map(({ kind, name }) => `${kind} ${name}`) : [];
  }

  #add(name: string, unit: string): void {
    const byName = this.#index?.byName;
    const there = byName?.get(name);
    if (there) there.add(unit);
    else byName?.set(name, new Set([unit]));
  }

  /** After a change of this unit. */
  look(unit: string): void {
    if (this.#index?.of !== this.#device.configuration.candidate) return;
    for (const name of this.#index.byUnit.get(unit) ?? []) this.#index.byName.get(name)?.delete(unit);
    const names = this.#names(unit);
    this.#index.byUnit.set(unit, names);
    for (const name of names) this.#add(name, unit);
  }

  /** Units that refer to the object at this path, and not to another of its name. */
  of(path: string): string[] {
    const match = OBJECT.exec(path);
    if (!match) return [];
    const [, table, name] = match as unknown as [string, string, string];
    const { candidate } = this.#device.configuration;
    if (this.#index?.of !== candidate) {
      this.#index = { of: candidate, byName: new Map(), byUnit: new Map() };
      for (const [unit, node] of unitsBelow(candidate, '/config')) {
        const names = references(unit, node).map((one) => `${one.kind} ${one.name}`);
        if (names.length > 0) this.#index.byUnit.set(unit, names);
        for (const one of names) this.#add(one, unit);
      }
    }
    const kind = table.startsWith('address') ? 'address' : table.startsWith('service') ? 'service' : table;
    const node = this.#device.configuration.at(path)?.node;
    return [...(this.#index.byName.get(`${kind} ${name}`) ?? [])].filter(
      (unit) => lookup(this.#device.scopeAt(candidate, unit), table as 'address', name) === node,
    );
  }
}

/** "vsys -> vsys1 -> rulebase -> security -> rules -> X". */
export const readable = (unit: string): string =>
  [...unit.matchAll(/\/([\w-]+)(?:\[@name='([^']*)'\])?/g)]
    .slice(3)
    .flatMap((match) => (match[2] === undefined ? [match[1]] : match[1] === 'entry' ? [match[2]] : [match[1], match[2]]))
    .join(' -> ');

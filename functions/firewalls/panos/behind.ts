/**
 * The firewalls behind a Panorama, asked through it (`target=`): the zones they have, what they can hold, and what of ours was pushed to them. Panorama
 * itself knows none of it for sure: zones come from templates or from the firewall, sizes from its model, and "Out of Sync" does not say whose change
 * was not pushed (docs/decisions/0185).
 */
import type { Desired } from '../contract.ts';
import type { Answer, PanosDevice } from './device.ts';
import { panosError } from './errors.ts';
import type { Place } from './place.ts';
import { type Reading, readPlace } from './reading.ts';
import { at, entriesOf, escapeXml, type Xml } from './xml.ts';

/** One firewall; undefined: it is not connected now and tells nothing. */
export interface Behind {
  readonly serial: string;
  readonly zones: readonly string[] | undefined;
  readonly limits: Readonly<Record<string, number>> | undefined;
}

const NOT_CONNECTED = /not connected/i;
const NOTHING: Xml = { name: 'panorama', attributes: {}, children: [], text: '' };

/** The platform's figures, from its state. */
export function limitsOf(answer: Answer): Record<string, number> {
  const out: Record<string, number> = {};
  for (const line of (at(answer.root, 'result')?.text ?? '').split('\n')) {
    const match = /^\s*cfg\.general\.(max-[a-z-]+):\s*(0x[0-9a-f]+|\d+)/i.exec(line);
    if (match) out[match[1] as string] = Number(match[2]);
  }
  return out;
}

export const SHOW_LIMITS = '<show><system><state><filter>cfg.general.max*</filter></state></system></show>';

export class Firewalls {
  readonly #device: PanosDevice;
  /** sizes do not change while we are connected */
  readonly #limits = new Map<string, Record<string, number>>();

  constructor(device: PanosDevice) {
    this.#device = device;
  }

  /** An answer of the firewall; undefined where Panorama does not reach it. Throws CEXT_PANOS_REFUSED. */
  async #ask(serial: string, what: string, fields: Readonly<Record<string, string>>): Promise<Answer | undefined> {
    const answer = await this.#device.call({ ...fields, target: serial });
    if (answer.ok) return answer;
    if (NOT_CONNECTED.test(answer.text)) return undefined;
    throw panosError('CEXT_PANOS_REFUSED', `${what} of firewall ${serial}: ${answer.text || `code ${answer.code}`}`);
  }

  /** Serials of the device group with whether each runs what Panorama runs. */
  async statuses(place: Place): Promise<ReadonlyMap<string, boolean>> {
    const cmd = `<show><devicegroups><name>${escapeXml(place.deviceGroup ?? '')}</name></devicegroups></show>`;
    const answer = await this.#device.call({ type: 'op', cmd });
    const group = entriesOf(answer.root, 'result', 'devicegroups').find((one) => one.attributes.name === place.deviceGroup);
    const out = new Map<string, boolean>();
    for (const one of entriesOf(group, 'devices')) {
      const serial = one.attributes.name ?? '';
      if (place.serials.length > 0 && !place.serials.includes(serial)) continue;
      // a firewall of several vsys says it of each
      const vsys = entriesOf(one, 'vsys').find((each) => each.attributes.name === place.vsys);
      const status = at(one, 'shared-policy-status') ?? at(vsys, 'shared-policy-status');
      out.set(serial, /^in sync$/i.test(status?.text ?? ''));
    }
    return out;
  }

  async look(place: Place, serials: Iterable<string>): Promise<Behind[]> {
    const xpath = `/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='${place.vsys}']/zone`;
    const out: Behind[] = [];
    for (const serial of serials) {
      // `get` shows what templates brought, too; `show` has only what is the firewall's own
      const zones = await this.#ask(serial, 'zones', { type: 'config', action: 'get', xpath });
      let limits = this.#limits.get(serial);
      if (zones && !limits) {
        const state = await this.#ask(serial, 'limits', { type: 'op', cmd: SHOW_LIMITS });
        if (state) {
          limits = limitsOf(state);
          this.#limits.set(serial, limits);
        }
      }
      out.push({ serial, zones: zones && entriesOf(zones.root, 'result', 'zone').map((one) => one.attributes.name ?? ''), limits });
    }
    return out;
  }

  /** Our part of the policy that the firewall got with its last push; undefined where it is not connected. */
  async pushed(place: Place, serial: string, prefix: string): Promise<Reading | undefined> {
    const cmd = `<show><config><pushed-shared-policy><vsys>${place.vsys}</vsys></pushed-shared-policy></config></show>`;
    const answer = await this.#ask(serial, 'pushed policy', { type: 'op', cmd });
    return answer && readPlace(at(answer.root, 'result', 'policy', 'panorama') ?? NOTHING, place, prefix);
  }

  /** Zones of a template or stack as Panorama runs it. */
  async templateZones(template: string, vsys: string): Promise<string[]> {
    // a name with quotes would be another path
    if (/['"]/.test(template)) return [];
    const device = "/config/devices/entry[@name='localhost.localdomain']";
    for (const table of ['template', 'template-stack']) {
      const xpath = `${device}/${table}/entry[@name='${template}']/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='${vsys}']/zone`;
      const answer = await this.#device.call({ type: 'config', action: 'show', xpath });
      if (answer.ok) return entriesOf(answer.root, 'result', 'zone').map((one) => one.attributes.name ?? '');
    }
    return [];
  }
}

/** The least of each figure. */
export function leastLimits(behind: readonly Behind[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const { limits } of behind)
    for (const [name, value] of Object.entries(limits ?? {})) out[name] = Math.min(value, out[name] ?? Number.POSITIVE_INFINITY);
  return out;
}

export const zonesOf = (desired: Desired): string[] => [
  ...new Set([...desired.borders.values()].flatMap(({ zones }) => [...zones.inside, ...zones.outside])),
];

/** "zone dmz on 0070...": zones of the borders that a firewall gets with the next push of the template. */
export function zonesToCome(
  desired: Desired,
  firewalls: readonly { readonly serial: string; readonly zones: readonly string[] | undefined }[],
  templateZones: readonly string[],
): string[] {
  return firewalls.flatMap(({ serial, zones }) =>
    zonesOf(desired)
      .filter((zone) => zones && !zones.includes(zone) && templateZones.includes(zone))
      .map((zone) => `zone ${zone} on ${serial}`),
  );
}

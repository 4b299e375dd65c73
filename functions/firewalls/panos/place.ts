/** Where the objects of one firewall live on its manager (reference B1.5). */
import type { FirewallSettings } from '../../settings.ts';
import type { PaloAltoManager } from './device.ts';
import type { Table } from './objects.ts';

const DEVICE = "/config/devices/entry[@name='localhost.localdomain']";

export interface Place {
  readonly kind: 'panos' | 'panorama';
  /** the entry that holds our tables; undefined: the settings do not say (Panorama without a device group) */
  readonly root: string | undefined;
  readonly rulebase: 'rulebase' | 'pre-rulebase' | 'post-rulebase';
  /** `vsys` parameter of op and user-id */
  readonly vsys: string;
  readonly deviceGroup: string | undefined;
  /** Panorama: serials to which registered addresses go */
  readonly serials: readonly string[];
}

export function placeOf(manager: PaloAltoManager, settings: FirewallSettings): Place {
  const { placement } = settings;
  if (manager.vendor === 'panos') {
    const vsys = placement.vsys ?? manager.vsys;
    return {
      kind: 'panos',
      root: `${DEVICE}/vsys/entry[@name='${vsys}']`,
      rulebase: 'rulebase',
      vsys,
      deviceGroup: undefined,
      serials: [],
    };
  }
  const group = placement.deviceGroup;
  return {
    kind: 'panorama',
    root: group === undefined || /['"]/.test(group) ? undefined : `${DEVICE}/device-group/entry[@name='${group}']`,
    rulebase: placement.rulebase === 'post' ? 'post-rulebase' : 'pre-rulebase',
    vsys: placement.vsys ?? 'vsys1',
    deviceGroup: group,
    serials: placement.members,
  };
}

export function containerOf(place: Place, table: Table): string {
  return table === 'security' || table === 'nat' ? `${place.root}/${place.rulebase}/${table}/rules` : `${place.root}/${table}`;
}

export const entryOf = (place: Place, table: Table, name: string): string => `${containerOf(place, table)}/entry[@name='${name}']`;

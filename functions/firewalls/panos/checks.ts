/** What is looked at before anything is staged: place, anchors, zones, names, and what the device can hold. A firewall named by an error gets no step. */
import type { Condition } from '../../errors.ts';
import type { Member } from '../../rulebook/types.ts';
import type { Desired } from '../contract.ts';
import { zonesOf } from './behind.ts';
import { panosCapabilities } from './capabilities.ts';
import { isRegistrable } from './members.ts';
import { natAddresses } from './nat-groups.ts';
import { type Native, othersOf } from './native.ts';
import { type DeviceObject, keyOf } from './objects.ts';
import type { Reading } from './reading.ts';
import type { BlocksAt } from './work.ts';
import type { Wanted } from './write.ts';

export function checks(native: Native, desired: Desired, wanted: Wanted, reading: Reading, blockAt: BlocksAt): Condition[] {
  const out: Condition[] = [];
  const firewall = desired.firewall;
  const complain = (code: `CEXT_${string}`, field: string, message: string) =>
    out.push({ code, severity: 'error', subject: { firewall, field }, message });
  const { placement } = desired.settings;
  if (native.place === 'missing') {
    complain(
      'CEXT_PANOS_PLACE_MISSING',
      'placement',
      placement.deviceGroup === undefined
        ? 'the vsys of the settings does not exist, or no device group is given for a Panorama'
        : `the device group "${placement.deviceGroup}" does not exist`,
    );
    return out;
  }
  if (blockAt.security === undefined)
    complain(
      'CEXT_PANOS_ANCHOR_MISSING',
      'placement.filter',
      `there is no security rule "${placement.filter.rule ?? ''}" to stand ${placement.filter.where}`,
    );
  if (blockAt.nat === undefined)
    complain(
      'CEXT_PANOS_ANCHOR_MISSING',
      'placement.nat',
      `there is no NAT rule "${placement.nat.rule ?? ''}" to stand ${placement.nat.where}`,
    );
  for (const [border, { zones }] of desired.borders) {
    if (zones.inside.length === 0 || zones.outside.length === 0)
      complain('CEXT_PANOS_ZONE_MISSING', `borders.${border}.zones`, `the border ${border} needs inside and outside zones`);
    const known = native.zones;
    for (const zone of known === null ? [] : [...zones.inside, ...zones.outside]) {
      if (!known?.includes(zone))
        complain('CEXT_PANOS_ZONE_MISSING', `borders.${border}.zones`, `the device has no zone "${zone}"; it has ${known?.join(', ')}`);
    }
  }
  const { firewalls = [], templateZones = [], absent = [] } = native.behind ?? {};
  if (native.behind && firewalls.length + absent.length === 0)
    complain('CEXT_PANOS_PLACE_MISSING', 'placement.deviceGroup', `the device group "${placement.deviceGroup}" has no firewall`);
  for (const serial of absent)
    complain(
      'CEXT_PANOS_PLACE_MISSING',
      'placement.members',
      `the device group "${placement.deviceGroup}" has no firewall with the serial ${serial}`,
    );
  for (const [serial, zones] of firewalls)
    for (const zone of zonesOf(desired))
      if (zones && !zones.includes(zone) && !templateZones.includes(zone))
        complain('CEXT_PANOS_ZONE_MISSING', 'borders', `firewall ${serial} has no zone "${zone}"; it has ${zones.join(', ')}`);
  for (const object of wanted.objects.values()) {
    if (reading.strangers.has(keyOf(object.table, object.name)))
      complain('CEXT_PANOS_NAME_TAKEN', object.name, `${object.table} "${object.name}" exists and does not carry our marker`);
  }
  const count = (table: DeviceObject['table']) =>
    native.others[table] + [...wanted.objects.values()].filter((one) => one.table === table).length;
  const limit = (name: string, used: number, what: string) => {
    // Firewalls behind a Panorama that are not connected tell nothing of their size: then what the model holds at most counts.
    const most = native.limits[name] ?? (name === 'max-policy-rule' ? panosCapabilities.maxRules : undefined);
    if (most !== undefined && used > most) complain('CEXT_PANOS_LIMIT', name, `${used} ${what} are wanted, the device holds ${most}`);
  };
  limit('max-policy-rule', wanted.security.length + othersOf(reading, 'security').length, 'security rules');
  limit('max-nat-policy-rule', wanted.nat.length + othersOf(reading, 'nat').length, 'NAT rules');
  limit('max-address-group', count('address-group'), 'address groups');
  limit('max-service', count('service'), 'services');
  for (const { table, name, fields } of wanted.objects.values())
    if (table === 'service-group') limit('max-service-per-group', fields.members?.length ?? 0, `members of the service group ${name}`);
  const groups = [...wanted.natGroups.values()].map((group) => [group, natAddresses(group, desired.members).length] as const);
  limit(
    'max-address',
    groups.reduce((sum, [, size]) => sum + size, count('address')),
    'address objects',
  );
  for (const [group, size] of groups) limit('max-address-per-group', size, `members of the group "${group.text}"`);
  registeredLimits(native, desired, wanted, complain);
  return out;
}

/** At most 90 % of the registered addresses of the model, and 32 tags an address (reference B1.10). */
function registeredLimits(
  native: Native,
  desired: Desired,
  wanted: Wanted,
  complain: (code: `CEXT_${string}`, field: string, message: string) => void,
): void {
  const most = native.limits['max-registered-ip-address'];
  const sum = [...wanted.filterSets].reduce((total, set) => total + desired.members.members(set).size, 0);
  const others = native.registered ?? 0;
  const mayOverflow = most !== undefined && sum + others > most * 0.9;
  if (!mayOverflow && wanted.filterSets.size <= 32) return;
  const tags = new Map<Member, number>();
  for (const set of wanted.filterSets)
    for (const member of desired.members.members(set)) if (isRegistrable(member)) tags.set(member, (tags.get(member) ?? 0) + 1);
  if (most !== undefined && tags.size + others > most * 0.9)
    complain(
      'CEXT_PANOS_LIMIT',
      'max-registered-ip-address',
      `${tags.size} registered addresses are wanted beside ${others} of others, the device holds ${most} and 90 % of them are used at most`,
    );
  const crowded = [...tags].find(([, number]) => number > 32);
  if (crowded) complain('CEXT_PANOS_LIMIT', 'tags', `${crowded[0]} would be in ${crowded[1]} sets; an address takes 32 tags`);
}

/** What is left to do between a reading and what is wanted, in the candidate: an empty answer means that it is there. */
import type { Desired } from '../contract.ts';
import { type NatGroup, natAddresses, natAddressObject, natGroupDiffers } from './nat-groups.ts';
import { othersOf } from './native.ts';
import { type DeviceObject, keyOf, type RuleTable } from './objects.ts';
import { anchorIndex, type Operation, operationsBetween } from './operations.ts';
import type { Reading } from './reading.ts';
import { type Wanted, write } from './write.ts';

/** Where our rules begin among the others'; undefined: the anchor does not exist. */
export type BlocksAt = Readonly<Record<RuleTable, number | undefined>>;

export function blocksAt(reading: Reading, { settings: { placement } }: Desired): BlocksAt {
  return {
    security: anchorIndex(placement.filter, othersOf(reading, 'security')),
    nat: anchorIndex(placement.nat, othersOf(reading, 'nat')),
  };
}

export interface Work {
  readonly operations: readonly Operation[];
  /** their members are looked up when the step runs */
  readonly groups: readonly NatGroup[];
}

export function workBetween(reading: Reading, desired: Desired, wanted: Wanted, blockAt: BlocksAt): Work {
  const objects = withAddresses(desired, wanted);
  // static groups and the addresses in them are written when the step runs, with the members of that moment
  const later = (want: DeviceObject, have: DeviceObject | undefined) =>
    want.table === 'address-group'
      ? wanted.natGroups.has(want.name)
      : want.table === 'address' && have === undefined && !wanted.objects.has(keyOf('address', want.name));
  const operations = operationsBetween(
    reading,
    { objects, order: { security: wanted.security, nat: wanted.nat } },
    { security: blockAt.security ?? 0, nat: blockAt.nat ?? 0 },
    later,
  );
  const groups = [...wanted.natGroups.values()].filter((group) =>
    natGroupDiffers(reading, desired.settings.prefix, group, desired.members),
  );
  return { operations, groups };
}

/** Nothing is left to do: what is wanted stands in this reading. */
export function stands(reading: Reading, desired: Desired): boolean {
  const { operations, groups } = workBetween(reading, desired, write(desired), blocksAt(reading, desired));
  return operations.length + groups.length === 0;
}

/** The address objects of static groups are ours too: those that are wanted are not deleted, and not yet made here. */
function withAddresses(desired: Desired, wanted: Wanted): Map<string, DeviceObject> {
  const out = new Map(wanted.objects);
  for (const group of wanted.natGroups.values()) {
    for (const text of natAddresses(group, desired.members)) {
      const object = natAddressObject(desired.settings.prefix, text);
      out.set(keyOf('address', object.name), object);
    }
  }
  return out;
}

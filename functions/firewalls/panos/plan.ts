/**
 * Planning, pure. Structure goes through the candidate and becomes live in one commit, so the order is simple: fill new sets (their tags
 * exist before a rule names them), stage, commit (on Panorama push), drain sets that no rule names any more.
 */
import type { Condition } from '../../errors.ts';
import type { Member, SetId } from '../../rulebook/types.ts';
import type { Desired, DomainState, FirewallState, Json, MemberChange, Plan, Step } from '../contract.ts';
import { panosCapabilities } from './capabilities.ts';
import { addressName, groupName, natGroupName, nothingName, setOfGroup, setOfNatGroup } from './naming.ts';
import { canonical, contentXml, type DeviceObject, keyOf, type RuleTable } from './objects.ts';
import { anchorIndex, type Operation, operationsBetween } from './operations.ts';
import type { Reading } from './reading.ts';
import { type Wanted, write } from './write.ts';

/** What a reading leaves for planning, as JSON. */
export interface Native {
  readonly place: 'found' | 'missing';
  readonly objects: readonly (readonly [DeviceObject['table'], string, DeviceObject['fields'], string])[];
  readonly groupMembers: Readonly<Record<string, readonly string[]>>;
  readonly order: Readonly<Record<RuleTable, readonly string[]>>;
  readonly strangers: readonly string[];
  /** undefined: the device has no zones of its own (Panorama) */
  readonly zones: readonly string[] | null;
  /** our candidate differs from running (or from what was pushed) though nothing needs staging */
  readonly uncommitted: boolean;
  readonly unpushed: boolean;
  readonly limits: Readonly<Record<string, number>>;
  readonly registered: number | null;
}

export type Payload =
  /** make the registered addresses of these sets equal to the members; a set that is wanted no more: none */
  | { readonly kind: 'sync'; readonly sets: readonly SetId[] }
  | { readonly kind: 'drain'; readonly sets: readonly SetId[] }
  | {
      readonly kind: 'delta';
      readonly changes: readonly { readonly set: SetId; readonly added: readonly Member[]; readonly removed: readonly Member[] }[];
    }
  | { readonly kind: 'stage'; readonly operations: readonly Operation[]; readonly groups: readonly SetId[]; readonly lock: boolean }
  | { readonly kind: 'commit'; readonly text: string; readonly push: boolean };

/** Operations and bytes of one multi-config; a longer change is staged in parts under a commit lock. */
const BATCH = { operations: 500, bytes: 1_500_000 };
/** Members of a delta that travel inside a plan; more are looked up again. */
const DELTA_MEMBERS = 2_000;

export function readingOf(native: Native): Reading {
  return {
    objects: new Map(
      native.objects.map(([table, name, fields, description]) => [keyOf(table, name), { table, name, fields, description }]),
    ),
    groupMembers: new Map(Object.entries(native.groupMembers)),
    order: native.order,
    strangers: new Set(native.strangers),
    zones: native.zones ?? [],
    editors: [],
  };
}

export function planAll(state: DomainState, desired: ReadonlyMap<string, Desired>): Plan {
  const steps: Step[] = [];
  const conditions: Condition[] = [];
  for (const [name, wanted] of desired) {
    const firewall = state.firewalls.get(name);
    if (!firewall) continue;
    const one = planOne(firewall, wanted);
    conditions.push(...one.conditions);
    if (!one.conditions.some((condition) => condition.severity === 'error')) steps.push(...one.steps);
  }
  return { steps, conditions };
}

function planOne(state: FirewallState, desired: Desired): Plan {
  const native = state.native as unknown as Native;
  const firewall = desired.firewall;
  const reading = readingOf(native);
  const wanted = write(desired);
  const foreign = { security: othersOf(reading, 'security'), nat: othersOf(reading, 'nat') };
  const { placement } = desired.settings;
  const blockAt = { security: anchorIndex(placement.filter, foreign.security), nat: anchorIndex(placement.nat, foreign.nat) };
  const conditions = [...wanted.conditions, ...checks(native, desired, wanted, reading, blockAt)];
  if (conditions.some((one) => one.severity === 'error')) return { steps: [], conditions };
  const objects = withAddresses(desired, wanted);
  // static groups and the addresses in them are written when the step runs, with the members of that moment
  const later = (want: DeviceObject, have: DeviceObject | undefined) =>
    want.table === 'address-group'
      ? setOfNatGroup(desired.settings.prefix, want.name) !== undefined
      : want.table === 'address' && have === undefined && !wanted.objects.has(keyOf('address', want.name));
  const operations = operationsBetween(
    reading,
    { objects, order: { security: wanted.security, nat: wanted.nat } },
    { security: blockAt.security as number, nat: blockAt.nat as number },
    later,
  );
  const groups = [...wanted.natSets].filter((set) =>
    natGroupDiffers(reading, desired, set, objects.get(keyOf('address-group', natGroupName(desired.settings.prefix, set)))),
  );
  const steps: Step[] = [];
  const step = (
    id: string,
    lane: Step['lane'],
    text: string,
    needs: readonly string[],
    payload: Payload,
    names: Partial<Pick<Step, 'creates' | 'changes' | 'removes'>> = {},
  ): string => {
    const full = `${firewall}/${id}`;
    steps.push({
      id: full,
      firewall,
      lane,
      text,
      needs,
      creates: [],
      changes: [],
      removes: [],
      ...names,
      payload: payload as unknown as Json,
    });
    return full;
  };
  const standing = new Set([...reading.objects.values()].flatMap((one) => setOfGroup(desired.settings.prefix, one.name)?.set ?? []));
  const filled: string[] = [];
  for (const set of wanted.filterSets) {
    const known = state.sets.get(set);
    const isNew = !standing.has(set);
    const differs = known?.digest !== undefined && known.digest !== desired.members.digest(set);
    if (!isNew && !differs) continue;
    const size = desired.members.members(set).size;
    filled.push(
      step(
        `fill ${set}`,
        'members',
        `fill set ${set} (${size} members): ${desired.rulebook.sets.get(set)?.text ?? ''}`,
        [],
        { kind: 'sync', sets: [set] },
        isNew ? { creates: familyNames(desired, set) } : { changes: familyNames(desired, set) },
      ),
    );
  }
  const batches = batchesOf(operations);
  let last: string[] = filled;
  if (batches.length > 0 || groups.length > 0) {
    const all = batches.length === 0 ? [[]] : batches;
    all.forEach((part, index) => {
      const names = (kind: Operation['do']) => part.filter((one) => one.do === kind).map((one) => `${one.table} ${one.name}`);
      last = [
        step(
          `stage ${index + 1}`,
          'structure',
          `stage ${part.length + (index === 0 ? groups.length : 0)} changes${all.length > 1 ? ` (part ${index + 1} of ${all.length})` : ''}`,
          last,
          { kind: 'stage', operations: part, groups: index === 0 ? groups : [], lock: all.length > 1 },
          { creates: names('set'), changes: [...names('edit'), ...names('move')], removes: names('delete') },
        ),
      ];
    });
  }
  const staged = batches.length > 0 || groups.length > 0;
  const push = placement.deviceGroup !== undefined && native.zones === null;
  if (staged || native.uncommitted || (push && native.unpushed)) {
    last = [
      step('commit', 'structure', push ? `commit our changes and push device group ${placement.deviceGroup}` : 'commit our changes', last, {
        kind: 'commit',
        text: `cextfire ${firewall}`,
        push,
      }),
    ];
  }
  const leaving = [...standing].filter((set) => !wanted.filterSets.has(set));
  for (const set of leaving)
    step(
      `drain ${set}`,
      'members',
      `take the tags of set ${set} away`,
      last,
      { kind: 'drain', sets: [set] },
      { removes: familyNames(desired, set) },
    );
  return { steps, conditions };
}

const familyNames = (desired: Desired, set: SetId): string[] => [
  groupName(desired.settings.prefix, set, 4),
  groupName(desired.settings.prefix, set, 6),
];

function othersOf(reading: Reading, table: RuleTable): string[] {
  return reading.order[table].filter((name) => !reading.objects.has(keyOf(table, name)));
}

function batchesOf(operations: readonly Operation[]): Operation[][] {
  const out: Operation[][] = [];
  let part: Operation[] = [];
  let bytes = 0;
  for (const operation of operations) {
    const size = 300 + ('xml' in operation ? operation.xml.length : 0);
    if (part.length > 0 && (part.length >= BATCH.operations || bytes + size > BATCH.bytes)) {
      out.push(part);
      [part, bytes] = [[], 0];
    }
    part.push(operation);
    bytes += size;
  }
  return part.length > 0 ? [...out, part] : out;
}

/** IPv4 members of a set as the addresses of a static group. */
export function natAddresses(desired: Desired, set: SetId): string[] {
  return [...desired.members.members(set)].filter((member) => !member.includes(':')).sort();
}

export const natMembers = (desired: Desired, set: SetId): string[] => {
  const names = natAddresses(desired, set).map((member) => addressName(desired.settings.prefix, member));
  return names.length > 0 ? names : [nothingName(desired.settings.prefix)];
};

export function natAddressObject(desired: Desired, member: Member): DeviceObject {
  const prefix = desired.settings.prefix;
  return {
    table: 'address',
    name: addressName(prefix, member),
    fields: { 'ip-netmask': member, tag: [`${prefix}managed`] },
    description: 'member of a group for NAT',
  };
}

/** The address objects of static groups are ours too: those that are wanted are not deleted, and not yet made here. */
function withAddresses(desired: Desired, wanted: Wanted): Map<string, DeviceObject> {
  const out = new Map(wanted.objects);
  for (const set of wanted.natSets) {
    for (const member of natAddresses(desired, set)) {
      const object = natAddressObject(desired, member);
      out.set(keyOf('address', object.name), object);
    }
  }
  return out;
}

function natGroupDiffers(reading: Reading, desired: Desired, set: SetId, want: DeviceObject | undefined): boolean {
  const name = natGroupName(desired.settings.prefix, set);
  const have = reading.objects.get(keyOf('address-group', name));
  if (!have || !want || canonical(have.fields) !== canonical(want.fields)) return true;
  const there = new Set(reading.groupMembers.get(name) ?? []);
  const members = natMembers(desired, set);
  return there.size !== members.length || members.some((one) => !there.has(one));
}

export function groupOperation(desired: Desired, set: SetId, text: string, exists: boolean): Operation {
  const name = natGroupName(desired.settings.prefix, set);
  const object: DeviceObject = {
    table: 'address-group',
    name,
    fields: { tag: [`${desired.settings.prefix}managed`] },
    description: `${text} (for NAT)`,
  };
  const members = natMembers(desired, set);
  const xml = `<static>${members.map((one) => `<member>${one}</member>`).join('')}</static>${contentXml(object)}`;
  return exists ? { do: 'edit', table: 'address-group', name, xml, had: true } : { do: 'set', table: 'address-group', name, xml };
}

function checks(
  native: Native,
  desired: Desired,
  wanted: Wanted,
  reading: Reading,
  blockAt: { readonly security: number | undefined; readonly nat: number | undefined },
): Condition[] {
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
  for (const object of wanted.objects.values()) {
    if (reading.strangers.has(keyOf(object.table, object.name)))
      complain('CEXT_PANOS_NAME_TAKEN', object.name, `${object.table} "${object.name}" exists and does not carry our marker`);
  }
  const count = (table: DeviceObject['table']) => [...wanted.objects.values()].filter((one) => one.table === table).length;
  const limit = (name: string, used: number, what: string) => {
    // The firewalls behind a Panorama tell it nothing of their size: then what the model holds at most counts.
    const most = native.limits[name] ?? (name === 'max-policy-rule' ? panosCapabilities.maxRules : undefined);
    if (most !== undefined && used > most) complain('CEXT_PANOS_LIMIT', name, `${used} ${what} are wanted, the device holds ${most}`);
  };
  limit('max-policy-rule', wanted.security.length + othersOf(reading, 'security').length, 'security rules');
  limit('max-nat-policy-rule', wanted.nat.length + othersOf(reading, 'nat').length, 'NAT rules');
  limit('max-address-group', count('address-group'), 'address groups');
  limit('max-service', count('service'), 'services');
  limit(
    'max-address',
    [...wanted.natSets].reduce((sum, set) => sum + natAddresses(desired, set).length, count('address')),
    'address objects',
  );
  for (const set of wanted.natSets) limit('max-address-per-group', natAddresses(desired, set).length, `members of the group of set ${set}`);
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
  const mayOverflow = most !== undefined && sum > most * 0.9;
  if (!mayOverflow && wanted.filterSets.size <= 32) return;
  const tags = new Map<Member, number>();
  for (const set of wanted.filterSets) for (const member of desired.members.members(set)) tags.set(member, (tags.get(member) ?? 0) + 1);
  if (most !== undefined && tags.size > most * 0.9)
    complain(
      'CEXT_PANOS_LIMIT',
      'max-registered-ip-address',
      `${tags.size} registered addresses are wanted, the device holds ${most} and 90 % of them are used at most`,
    );
  const crowded = [...tags].find(([, number]) => number > 32);
  if (crowded) complain('CEXT_PANOS_LIMIT', 'tags', `${crowded[0]} would be in ${crowded[1]} sets; an address takes 32 tags`);
}

/**
 * Members of standing sets. Additions to a set that NAT rules name wait for the commit that puts them into the NAT group; removals from
 * the filter come before it, so that no packet leaves untranslated (docs/decisions/0080).
 */
export function planMemberSteps(state: FirewallState, desired: Desired, changes: readonly MemberChange[]): Step[] {
  const native = state.native as unknown as Native;
  const prefix = desired.settings.prefix;
  const names = new Set(native.objects.map(([table, name]) => keyOf(table, name)));
  const inNat = (set: SetId) => names.has(keyOf('address-group', natGroupName(prefix, set)));
  const inFilter = (set: SetId) => [4, 6].some((family) => names.has(keyOf('address-group', groupName(prefix, set, family as 4 | 6))));
  const steps: Step[] = [];
  const add = (
    id: string,
    lane: Step['lane'],
    text: string,
    needs: readonly string[],
    sets: readonly SetId[],
    payload: Payload,
  ): string => {
    const full = `${desired.firewall}/${id}`;
    steps.push({
      id: full,
      firewall: desired.firewall,
      lane,
      text,
      needs,
      creates: [],
      changes: sets.flatMap((set) => familyNames(desired, set)),
      removes: [],
      payload: payload as unknown as Json,
    });
    return full;
  };
  const sized = (of: readonly MemberChange[]) => of.reduce((sum, one) => sum + one.added.size + one.removed.size, 0);
  const delta = (
    id: string,
    of: readonly { set: SetId; added: readonly Member[]; removed: readonly Member[] }[],
    needs: readonly string[],
  ) => {
    const kept = of.filter((one) => one.added.length + one.removed.length > 0);
    if (kept.length === 0) return undefined;
    const count = kept.reduce((sum, one) => sum + one.added.length + one.removed.length, 0);
    return add(
      id,
      'members',
      `${count} member changes in ${kept.length} sets`,
      needs,
      kept.map((one) => one.set),
      { kind: 'delta', changes: kept },
    );
  };
  const plain = changes.filter((one) => inFilter(one.set) && !inNat(one.set));
  if (sized(plain) > DELTA_MEMBERS)
    add(
      'members',
      'members',
      `${sized(plain)} member changes in ${plain.length} sets`,
      [],
      plain.map((one) => one.set),
      { kind: 'sync', sets: plain.map((one) => one.set) },
    );
  else
    delta(
      'members',
      plain.map((one) => ({ set: one.set, added: [...one.added], removed: [...one.removed] })),
      [],
    );
  const translated = changes.filter((one) => inNat(one.set));
  if (translated.length === 0) return steps;
  const only = translated.filter((one) => inFilter(one.set));
  const first = delta(
    'members leaving',
    only.map((one) => ({ set: one.set, added: [], removed: [...one.removed] })),
    [],
  );
  const sets = translated.map((one) => one.set);
  const stage = add('nat members', 'structure', `members of ${sets.length} groups for NAT`, first ? [first] : [], sets, {
    kind: 'stage',
    operations: [],
    groups: sets,
    lock: false,
  });
  const commit = add('nat commit', 'structure', 'commit the members for NAT', [stage], sets, {
    kind: 'commit',
    text: `cextfire ${desired.firewall} members`,
    push: native.zones === null,
  });
  delta(
    'members joining',
    only.map((one) => ({ set: one.set, added: [...one.added], removed: [] })),
    [commit],
  );
  return steps;
}

/**
 * Planning, pure. Structure goes through the candidate and becomes live in one commit, so the order is simple: fill new sets (their tags
 * exist before a rule names them), stage, commit (on Panorama push), drain sets that no rule names any more.
 */
import type { Condition } from '../../errors.ts';
import type { SetId } from '../../rulebook/types.ts';
import type { Desired, DomainState, FirewallState, Json, Plan, Step } from '../contract.ts';
import { zonesToCome } from './behind.ts';
import { checks } from './checks.ts';
import { groupName, setOfGroup } from './naming.ts';
import { type Native, type Payload, readingOf } from './native.ts';
import type { Operation } from './operations.ts';
import { blocksAt, workBetween } from './work.ts';
import { write } from './write.ts';

/** Operations and bytes of one multi-config; a longer change is staged in parts under a commit lock. */
const BATCH = { operations: 500, bytes: 1_500_000 };

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
  const { firewall } = desired;
  const reading = readingOf(native);
  const wanted = write(desired);
  const { placement } = desired.settings;
  const blockAt = blocksAt(reading, desired);
  const conditions = [...wanted.conditions, ...checks(native, desired, wanted, reading, blockAt)];
  if (conditions.some((one) => one.severity === 'error')) return { steps: [], conditions };
  const { operations, groups } = workBetween(reading, desired, wanted, blockAt);
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
    const { firewalls = [], templateZones = [] } = native.behind ?? {};
    const coming = zonesToCome(
      desired,
      firewalls.map(([serial, zones]) => ({ serial, zones: zones ?? undefined })),
      templateZones,
    );
    const template = coming.length > 0 ? placement.template : undefined;
    const along = template === undefined ? '' : ` with template ${template} (${coming.join(', ')})`;
    last = [
      step(
        'commit',
        'structure',
        push ? `commit our changes and push device group ${placement.deviceGroup}${along}` : 'commit our changes',
        last,
        { kind: 'commit', text: `cextfire ${firewall}`, push, ...(template === undefined ? {} : { template }) },
      ),
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

export const familyNames = (desired: Desired, set: SetId): string[] => [
  groupName(desired.settings.prefix, set, 4),
  groupName(desired.settings.prefix, set, 6),
];

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

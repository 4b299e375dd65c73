/** The connector for Linux nftables over SSH; README.md beside this file tells how the table looks and how the box is prepared. */
import type { Condition } from '../../errors.ts';
import type { Capabilities } from '../../rulebook/capabilities.ts';
import type { LinuxManagerSettings } from '../../settings.ts';
import type {
  Connector,
  ConnectorFactory,
  Desired,
  DomainState,
  ExecuteContext,
  FirewallState,
  Json,
  MemberChange,
  Outcome,
  Plan,
  ReadRequest,
  Step,
} from '../contract.ts';
import { Box, type BoxOptions } from './box.ts';
import { type LinuxCode, linuxErrors } from './errors.ts';
import { Executor } from './execute.ts';
import { buildModel } from './model.ts';
import { isInterfaceName, tableName } from './naming.ts';
import { type Native, type Payload, planSteps } from './plan.ts';
import { isTaken, readFirewall } from './read.ts';

export { linuxErrors } from './errors.ts';

export const linuxCapabilities: Capabilities = {
  protocols: 'all',
  icmpTypes: true,
  icmpCodes: true,
  sourcePorts: true,
  excludePrefixes: true,
  excludeSets: true,
  endpointSets: true,
  log: 'rule',
  preDnat: true,
  mixedFamilies: true,
  translations: { none: true, address: true, range: true, pool: true, ipv6: true, absent: true },
  ipv6PrefixMembers: true,
  maxRules: 50_000,
  maxSets: 50_000,
  maxMembersPerSet: 2_000_000,
  maxMembers: 4_000_000,
  maxSetsPerAddress: 50_000,
  lanes: {
    filter: { host4: 'fast', host6: 'fast', prefix4: 'fast', prefix6: 'fast' },
    nat: { host4: 'fast', host6: 'fast', prefix4: 'fast', prefix6: 'fast' },
  },
  atomicMembership: true,
  atomicStructure: true,
  filterSees: 'beforeSourceNat',
  hitCounts: true,
};

/** Member changes of one transaction; small enough for the socket of an nft without all rights. */
const CHANGES_PER_STEP = 1000;

class LinuxConnector implements Connector {
  readonly vendor = 'linux';
  readonly capabilities = linuxCapabilities;
  readonly #box: Box;
  readonly #executor: Executor;

  constructor(options: BoxOptions) {
    this.#box = new Box(options);
    this.#executor = new Executor(this.#box);
  }

  /** What is pending on a Linux firewall is running: a transaction is both. @throws CextError of linuxErrors */
  async read(request: ReadRequest): Promise<DomainState> {
    const firewalls = new Map<string, FirewallState>();
    for (const desired of request.firewalls) firewalls.set(desired.firewall, await readFirewall(this.#box, desired, request.members));
    return { firewalls, foreign: [] };
  }

  plan(state: DomainState, desired: ReadonlyMap<string, Desired>): Plan {
    const steps: Step[] = [];
    const conditions: Condition[] = [];
    for (const wanted of desired.values()) {
      const found = state.firewalls.get(wanted.firewall);
      if (!found) continue;
      const native = found.native as unknown as Native;
      const faults = faultsOf(native, wanted);
      conditions.push(...faults);
      if (faults.length === 0) steps.push(...planSteps(native, buildModel(wanted), wanted, wanted.rulebook));
    }
    return { steps, conditions };
  }

  planMembers(state: FirewallState, desired: Desired, changes: readonly MemberChange[]): readonly Step[] {
    const table = tableName(desired.settings.prefix, desired.firewall);
    // By address, so that what one pod leaves and enters is in one transaction wherever the cut falls.
    const all = changes
      .filter(({ set }) => state.sets.has(set))
      .flatMap(({ set, added, removed }) => [
        ...[...added].map((member) => ({ set, member, add: true })),
        ...[...removed].map((member) => ({ set, member, add: false })),
      ])
      .sort((a, b) => (a.member < b.member ? -1 : a.member > b.member ? 1 : 0));
    const steps: Step[] = [];
    for (let from = 0; from < all.length; ) {
      let to = Math.min(from + CHANGES_PER_STEP, all.length);
      while (to < all.length && all[to]?.member === all[to - 1]?.member) to++;
      const bySet = new Map<string, { set: string; added: string[]; removed: string[] }>();
      for (const { set, member, add } of all.slice(from, to)) {
        const group = bySet.get(set) ?? { set, added: [], removed: [] };
        bySet.set(set, group);
        (add ? group.added : group.removed).push(member);
      }
      const payload: Payload = { kind: 'members', table, changes: [...bySet.values()] };
      steps.push({
        id: `${desired.firewall}.members-${from}`,
        firewall: desired.firewall,
        lane: 'members',
        text: `change ${to - from} members of ${bySet.size} sets`,
        needs: [],
        creates: [],
        changes: [...bySet.keys()].flatMap((set) => state.sets.get(set)?.names ?? []),
        removes: [],
        payload: payload as unknown as Json,
      });
      from = to;
    }
    return steps;
  }

  async execute(step: Step, context: ExecuteContext): Promise<Outcome> {
    const desired = context.desired.get(step.firewall);
    if (!desired) throw new RangeError(`no firewall ${step.firewall} in the context of step ${step.id}`);
    return this.#executor.execute(step.payload as unknown as Payload, desired, context);
  }

  async poll(): Promise<Outcome> {
    throw new RangeError('nothing runs on after a transaction of nftables');
  }

  session(): undefined {
    return undefined;
  }

  async close(): Promise<void> {
    await this.#box.close();
  }
}

/** What forbids to write to this firewall at all. */
function faultsOf(native: Native, desired: Desired): Condition[] {
  const conditions: Condition[] = [];
  const fault = (code: LinuxCode, message: string, path?: string) =>
    conditions.push({
      code,
      severity: 'error',
      subject: { firewall: desired.firewall, ...(path ? { path } : {}) },
      message: `${message}. ${linuxErrors[code].action}`,
    });
  if (isTaken(native))
    fault(
      'CEXT_LINUX_NAME_TAKEN',
      `the table inet ${tableName(desired.settings.prefix, desired.firewall)} on ${desired.firewall} was not made by us`,
    );
  const { rules, sets } = desired.rulebook;
  const { maxRules, maxSets } = linuxCapabilities;
  if (rules.length > maxRules || sets.size > maxSets)
    fault(
      'CEXT_LINUX_LIMIT',
      `${rules.length} rules and ${sets.size} sets for ${desired.firewall}, which takes ${maxRules} and ${maxSets}`,
    );
  const borders = [...new Set(desired.rulebook.rules.map((rule) => rule.border))];
  for (const border of borders) {
    const zones = desired.borders.get(border)?.zones;
    if (borders.length > 1 && (zones?.outside ?? []).length === 0)
      fault(
        'CEXT_LINUX_ZONES_MISSING',
        `${desired.firewall} has ${borders.length} borders and "${border}" names no outside interface`,
        `borders.${border}.zones.outside`,
      );
    for (const name of [...(zones?.inside ?? []), ...(zones?.outside ?? [])])
      if (!isInterfaceName(name))
        fault('CEXT_LINUX_ZONE_NAME', `"${name}" of border "${border}" is no interface name`, `borders.${border}.zones`);
  }
  return conditions;
}

export const linux: ConnectorFactory<LinuxManagerSettings> = {
  vendor: 'linux',
  capabilities: linuxCapabilities,
  connect: ({ name, manager, secret }) => new LinuxConnector({ name, manager, secret }),
};

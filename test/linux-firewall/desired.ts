/** Small worlds for the Linux firewall: a Desired from rules and members, and the loop that the engine runs, reduced to its calls. */

import type { Connector, Desired, DomainState, ExecuteContext, Json, Outcome, Step } from '../../functions/firewalls/contract.ts';
import { linux } from '../../functions/firewalls/linux/index.ts';
import type { FilterRule, Member, Rulebook, SetDefinition, SetId } from '../../functions/rulebook/types.ts';
import { Border, Cluster, Firewall, LinuxManager } from '../../functions/settings.ts';
import { membersOf } from '../worlds/members.ts';
import { type LinuxBorder, POD_CIDRS } from './rig.ts';

export type MemberMap = ReadonlyMap<SetId, ReadonlySet<Member>>;

export { membersOf as memberSource } from '../worlds/members.ts';
export { addressSet, rule } from '../worlds/rule.ts';

export const bookOf = (rules: readonly FilterRule[], sets: readonly SetDefinition[] = []): Rulebook => ({
  rules,
  sets: new Map(sets.map((set) => [set.id, set])),
});

export interface DesiredOptions {
  readonly firewall?: string;
  readonly zones?: boolean;
  readonly vips?: readonly string[];
  readonly podCidrs?: readonly string[];
}

export function desiredOf(rulebook: Rulebook, members: MemberMap = new Map(), options: DesiredOptions = {}): Desired {
  const border = Border.parse({
    firewall: 'edge',
    hostEndpoint: 'edge',
    ...(options.zones === false ? {} : { zones: { inside: ['inside'], outside: ['outside'] } }),
    vips: options.vips ?? ['198.18.0.0/24'],
  });
  return {
    firewall: options.firewall ?? 'edge',
    settings: Firewall.parse({ manager: 'box', mode: 'sync', budget: {} }),
    borders: new Map([['edge', border]]),
    clusters: new Map([['pay', Cluster.parse({ podCidrs: options.podCidrs ?? [...POD_CIDRS] })]]),
    rulebook,
    members: membersOf(members),
  };
}

export function connectTo(
  border: LinuxBorder,
  changes: { readonly hostKeys?: readonly string[]; readonly secret?: string } = {},
): Connector {
  const manager = LinuxManager.parse({
    vendor: 'linux',
    address: border.address,
    port: border.port,
    user: border.user,
    hostKeys: [...(changes.hostKeys ?? border.hostKeys)],
    secret: 'box',
  });
  return linux.connect({ name: 'box', manager, secret: async () => changes.secret ?? border.privateKey, session: undefined });
}

export const contextOf = (
  desired: Desired,
  fence = 1,
  progress: Json | undefined = undefined,
  deadlineMs = Date.now() + 60_000,
): ExecuteContext => ({
  desired: new Map([[desired.firewall, desired]]),
  fence: { lane: 'structure', number: fence },
  progress,
  deadlineMs,
});

export async function read(connector: Connector, desired: Desired, members: 'none' | 'digest' | 'all' = 'all'): Promise<DomainState> {
  return connector.read({ what: 'pending', firewalls: [desired], members });
}

/** Runs one step to its end. */
export async function finish(connector: Connector, step: Step, desired: Desired, fence = 1): Promise<Outcome> {
  let outcome = await connector.execute(step, { ...contextOf(desired, fence), fence: { lane: step.lane, number: fence } });
  while (outcome.kind === 'again')
    outcome = await connector.execute(step, { ...contextOf(desired, fence, outcome.progress), fence: { lane: step.lane, number: fence } });
  return outcome;
}

/** Read, plan, execute. @throws Error at the first step that is not done. */
export async function bringTo(
  connector: Connector,
  desired: Desired,
  fence = 1,
  after?: (step: Step) => Promise<void>,
): Promise<readonly Step[]> {
  const { steps, conditions } = connector.plan(await read(connector, desired), new Map([[desired.firewall, desired]]));
  if (conditions.length > 0) throw new Error(conditions.map(({ message }) => message).join('; '));
  for (const step of steps) {
    const outcome = await finish(connector, step, desired, fence);
    if (outcome.kind !== 'done') throw new Error(`${step.text}: ${JSON.stringify(outcome)}`);
    await after?.(step);
  }
  return steps;
}

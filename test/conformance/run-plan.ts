/** The engine's loop reduced to its calls: read, plan, execute, level the members. What the engine adds (ledger, guard, leases) is tested in functions/apply. */

import { CextError } from '../../functions/errors.ts';
import type {
  Connector,
  Desired,
  DomainState,
  ExecuteContext,
  FirewallState,
  Json,
  MemberChange,
  Outcome,
  Plan,
  Step,
} from '../../functions/firewalls/contract.ts';
import type { Device } from './device.ts';

const PATIENCE_MS = 20_000;
const MOST_ROUNDS_OF_A_STEP = 400;

let fence = 1;
/** A new lease holder. */
export const nextLease = (): number => ++fence;

export function contextOf(desired: Desired, step: Step, progress?: Json, deadlineMs = Date.now() + PATIENCE_MS): ExecuteContext {
  return { desired: new Map([[desired.firewall, desired]]), fence: { lane: step.lane, number: fence }, progress, deadlineMs };
}

export const read = (
  connector: Connector,
  desired: Desired,
  what: 'pending' | 'running',
  members: 'none' | 'digest' | 'all',
): Promise<DomainState> => connector.read({ what, firewalls: [desired], members });

export async function readOne(
  connector: Connector,
  desired: Desired,
  what: 'pending' | 'running' = 'running',
  members: 'none' | 'digest' | 'all' = 'all',
): Promise<FirewallState> {
  return firewallOf(await read(connector, desired, what, members), desired);
}

function firewallOf({ firewalls }: DomainState, { firewall }: Desired): FirewallState {
  const state = firewalls.get(firewall);
  if (!state) throw new Error(`read answered without the firewall ${firewall}`);
  return state;
}

export async function planOf(connector: Connector, desired: Desired): Promise<Plan> {
  return connector.plan(await read(connector, desired, 'pending', 'digest'), new Map([[desired.firewall, desired]]));
}

/** One step to its end: again, running, and whatever it ends with. Every call returns at once when it is told that its time is over. */
export async function runStep(device: Device, connector: Connector, step: Step, desired: Desired, hurry = false): Promise<Outcome> {
  const deadline = () => (hurry ? Date.now() - 1 : Date.now() + PATIENCE_MS);
  let outcome = await connector.execute(step, contextOf(desired, step, undefined, deadline()));
  for (let round = 0; round < MOST_ROUNDS_OF_A_STEP; round++) {
    if (outcome.kind === 'again') outcome = await connector.execute(step, contextOf(desired, step, outcome.progress, deadline()));
    else if (outcome.kind === 'running') {
      await device.tick();
      outcome = await connector.poll(outcome.job, contextOf(desired, step));
    } else return outcome;
  }
  throw new Error(`the step "${step.text}" never ends`);
}

/** What is to be done to the sets that stand, as the engine would find it from its log. */
export function memberChanges(state: FirewallState, desired: Desired): MemberChange[] {
  return [...state.sets.values()].flatMap(({ set, members = new Set<string>() }) => {
    if (!desired.rulebook.sets.has(set)) return [];
    const wanted = new Set(desired.members.members(set));
    const added = new Set([...wanted].filter((member) => !members.has(member)));
    const removed = new Set([...members].filter((member) => !wanted.has(member)));
    return added.size + removed.size > 0 ? [{ set, added, removed }] : [];
  });
}

/** How one round ended: the first outcome that was not "done", or a refusal that was thrown. */
export type Ending =
  | { readonly kind: 'done'; readonly steps: number }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'condition'; readonly codes: readonly string[] }
  | Exclude<Outcome, { kind: 'done' | 'again' | 'running' }>;

export interface RoundOptions {
  /** every call is told that its time is over */
  readonly hurry?: boolean;
  /** what will be carried out, before the first call of it */
  readonly planned?: (steps: readonly Step[]) => void;
}

/**
 * One round: members of the sets that stand, then the structure, which has nothing to fill but new sets. Only errors of the product are endings; anything
 * else is a bug and is thrown.
 */
export async function round(device: Device, connector: Connector, desired: Desired, options: RoundOptions = {}): Promise<Ending> {
  const { hurry, planned } = options;
  const carryOut = async (steps: readonly Step[]): Promise<Ending> => {
    planned?.(steps);
    for (const step of steps) {
      const outcome = await runStep(device, connector, step, desired, hurry);
      if (outcome.kind !== 'done') return outcome as Ending;
    }
    return { kind: 'done', steps: steps.length };
  };
  try {
    const state = await read(connector, desired, 'pending', 'all');
    const found = firewallOf(state, desired);
    const members = await carryOut(connector.planMembers(found, desired, memberChanges(found, desired)));
    if (members.kind !== 'done') return members;
    const plan = members.steps === 0 ? connector.plan(state, new Map([[desired.firewall, desired]])) : await planOf(connector, desired);
    const errors = plan.conditions.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) return { kind: 'condition', codes: errors.map(({ code }) => code) };
    const structure = await carryOut(plan.steps);
    return structure.kind === 'done' ? { kind: 'done', steps: members.steps + structure.steps } : structure;
  } catch (error) {
    if (error instanceof CextError) return { kind: 'refused', code: error.code, message: error.message };
    throw error;
  }
}

/** Rounds until nothing is left to do. Returns how many steps that took. @throws Error where it does not come, or planning refuses. */
export async function settle(device: Device, connector: Connector, desired: Desired, rounds = 4): Promise<number> {
  let ending: Ending | undefined;
  let steps = 0;
  for (let at = 0; at < rounds; at++) {
    ending = await round(device, connector, desired);
    if (ending.kind === 'done' && ending.steps === 0) return steps;
    if (ending.kind === 'done') steps += ending.steps;
    if (ending.kind === 'condition') break;
  }
  throw new Error(`nothing settles: ${JSON.stringify(ending)}`);
}

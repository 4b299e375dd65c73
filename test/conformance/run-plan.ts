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
  const state = (await read(connector, desired, what, members)).firewalls.get(desired.firewall);
  if (!state) throw new Error(`read answered without the firewall ${desired.firewall}`);
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

/** Members of the sets that stand; then the structure has nothing to fill but new sets. */
async function membersRound(device: Device, connector: Connector, desired: Desired, { hurry, planned }: RoundOptions): Promise<Ending> {
  const state = await readOne(connector, desired, 'pending', 'all');
  const steps = connector.planMembers(state, desired, memberChanges(state, desired));
  planned?.(steps);
  for (const step of steps) {
    const outcome = await runStep(device, connector, step, desired, hurry);
    if (outcome.kind !== 'done') return outcome as Ending;
  }
  return { kind: 'done', steps: steps.length };
}

/** One round. Only errors of the product are endings; anything else is a bug and is thrown. */
export async function round(device: Device, connector: Connector, desired: Desired, options: RoundOptions = {}): Promise<Ending> {
  try {
    const members = await membersRound(device, connector, desired, options);
    if (members.kind !== 'done') return members;
    const plan = await planOf(connector, desired);
    const errors = plan.conditions.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) return { kind: 'condition', codes: errors.map(({ code }) => code) };
    options.planned?.(plan.steps);
    for (const step of plan.steps) {
      const outcome = await runStep(device, connector, step, desired, options.hurry);
      if (outcome.kind !== 'done') return outcome as Ending;
    }
    return { kind: 'done', steps: members.steps + plan.steps.length };
  } catch (error) {
    if (error instanceof CextError) return { kind: 'refused', code: error.code, message: error.message };
    throw error;
  }
}

/** Rounds until nothing is left to do. @throws Error where that does not come, or planning refuses. */
export async function settle(device: Device, connector: Connector, desired: Desired, rounds = 4): Promise<void> {
  let ending: Ending | undefined;
  for (let at = 0; at < rounds; at++) {
    ending = await round(device, connector, desired);
    if (ending.kind === 'done' && ending.steps === 0) return;
    if (ending.kind === 'condition') break;
  }
  throw new Error(`nothing settles: ${JSON.stringify(ending)}`);
}

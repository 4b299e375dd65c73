/**
 * Changes on the way: after every single call that writes, each packet is treated as the old or as the new rulebook says; whichever call a
 * process dies at, the next one finishes, with nothing lost, nothing doubled and nothing of others touched.
 */

import type { Connector, Desired } from '../../functions/firewalls/contract.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import { formatPacket } from '../../functions/packets/packet.ts';
import type { Capabilities } from '../../functions/rulebook/capabilities.ts';
import { Structure } from '../../functions/rulebook/overlap.ts';
import type { FilterRule } from '../../functions/rulebook/types.ts';
import type { Device, Observation } from './device.ts';
import { memberChanges, nextLease, planOf, readOne, round, settle } from './run-plan.ts';
import {
  drawChange,
  drawMembers,
  drawWorld,
  type Expected,
  expectedOf,
  type Lowered,
  lowerFor,
  PACKETS,
  Random,
  type World,
  wrongness,
} from './world.ts';

export interface Tally {
  changes: number;
  calls: number;
  commits: number;
  leastCalls: number;
  leastCommits: number;
  memberChanges: number;
  memberCommits: number;
  /** single calls after which packets were judged, and packets judged */
  looks: number;
  packets: number;
  wrong: string[];
  opened: number;
  gaps: number;
  kills: number;
  lost: number;
  doubled: number;
  foreignChanged: number;
  /** which rules were lost or too many */
  odd: string[];
  refused: Map<string, number>;
}

export const emptyTally = (): Tally => ({
  changes: 0,
  calls: 0,
  commits: 0,
  leastCalls: 0,
  leastCommits: 0,
  memberChanges: 0,
  memberCommits: 0,
  looks: 0,
  packets: 0,
  wrong: [],
  opened: 0,
  gaps: 0,
  kills: 0,
  lost: 0,
  doubled: 0,
  foreignChanged: 0,
  odd: [],
  refused: new Map(),
});

export interface Change {
  readonly name: string;
  readonly before: Lowered;
  readonly after: Lowered;
  readonly packets: readonly Packet[];
}

export type DrawnChange = Change & { readonly kind: 'rules' | 'members' };

/** Random changes: each after the last, so that a device walks a long way; now and then a new world. */
export function* drawnChanges(capabilities: Capabilities, seed: number, count: number): IterableIterator<DrawnChange> {
  const random = new Random(seed);
  let world: World = drawWorld(random);
  let before = lowerFor(capabilities, world);
  for (let at = 0; at < count; at++) {
    const kind = random.chance(0.25) ? 'members' : 'rules';
    const next =
      kind === 'members'
        ? drawMembers(random, world)
        : random.chance(0.1)
          ? { ...drawWorld(random), lists: world.lists }
          : drawChange(random, world);
    const after = lowerFor(capabilities, next);
    yield { name: `change ${at + 1} of seed ${seed}`, kind, before, after, packets: PACKETS };
    [world, before] = [next, after];
  }
}

const note = (tally: Tally, code: string) => tally.refused.set(code, (tally.refused.get(code) ?? 0) + 1);

/** Whether planning takes this rulebook; where not, the reason is counted. */
export async function canPlan(device: Device, connector: Connector, book: Lowered, tally: Tally): Promise<boolean> {
  for (const reason of book.refused.values()) note(tally, reason);
  const desired = device.desired(book.rulebook, book.members);
  const errors = (await planOf(connector, desired)).conditions.filter(({ severity }) => severity === 'error');
  for (const { code } of errors) {
    const reason = device.refusals[code];
    if (reason === undefined) throw new Error(`planning refuses a rulebook of its own capabilities: ${JSON.stringify(errors[0])}`);
    note(tally, `${code}: ${reason}`);
  }
  return errors.length === 0;
}

/** Walks the device along the changes, each from where the last one that planning took has ended. */
export async function walk(device: Device, changes: Iterable<DrawnChange>, tally: Tally): Promise<void> {
  const connector = device.connect();
  let at: Lowered | undefined;
  try {
    for (const change of changes) {
      if (at !== change.before) {
        if (!(await canPlan(device, connector, change.before, tally))) continue;
        nextLease();
        await settle(device, connector, device.desired(change.before.rulebook, change.before.members));
        at = change.before;
      }
      if (!(await canPlan(device, connector, change.after, tally))) continue;
      if (change.kind === 'rules') await carryOut(device, connector, change, tally);
      else await carryOutMembers(device, connector, change, tally);
      at = change.after;
    }
  } finally {
    await connector.close();
  }
}

/** Where packets are not as the book says, with the packet; at most five. */
export async function faultsIn(device: Device, book: Lowered, packets: readonly Packet[]): Promise<string[]> {
  return compare(await device.judge(packets), packets, [expectedOf(device, book, packets)]);
}

function compare(seen: readonly Observation[], packets: readonly Packet[], books: readonly (readonly Expected[])[]): string[] {
  const out: string[] = [];
  packets.forEach((packet, at) => {
    const expected = books.map((book) => book[at] as Expected);
    const wrong = wrongness(packet, seen[at] as Observation, expected);
    if (wrong && out.length < 5) out.push(`${formatPacket(packet)}: ${wrong}`);
  });
  return out;
}

/** One change from a device that stands at `before`: judged after every call, then settled and compared with `after`. */
export async function carryOut(device: Device, connector: Connector, change: Change, tally: Tally): Promise<void> {
  const { before, after, packets } = change;
  const books = [expectedOf(device, before, packets), expectedOf(device, after, packets)];
  const desired = device.desired(after.rulebook, after.members);
  nextLease();
  const foreign = await device.foreign();
  const plan = await planOf(connector, desired);
  const named = plan.steps.flatMap(({ gap }) => (gap === undefined ? [] : [gap]));
  tally.gaps += named.length;
  const [calls, commits] = [await device.calls(), await device.commits()];
  const stop = device.watch(packets, (seen, call) => {
    tally.looks++;
    tally.packets += packets.length;
    const wrong = compare(seen, packets, books);
    // A gap that the plan named beforehand closes; it never opens.
    const bad = named.length > 0 ? wrong.filter((text) => !text.includes('dropped, and')) : wrong;
    tally.opened += wrong.filter((text) => !text.includes('dropped, and')).length;
    tally.wrong.push(...bad.map((text) => `${change.name}, after ${call}: ${text}`));
  });
  try {
    const ending = await round(device, connector, desired);
    if (ending.kind !== 'done') throw new Error(`${change.name}: ${JSON.stringify(ending)}`);
  } finally {
    await stop();
  }
  tally.changes++;
  if (plan.steps.length > 0) {
    tally.calls += (await device.calls()) - calls;
    tally.commits += (await device.commits()) - commits;
    tally.leastCalls += device.least.calls;
    tally.leastCommits += device.least.commits;
  }
  await checkEnd(device, connector, change, tally, foreign);
}

/** Packets, rules and others' objects once a change is through. */
export async function checkEnd(device: Device, connector: Connector, change: Change, tally: Tally, foreign: string): Promise<void> {
  const desired = device.desired(change.after.rulebook, change.after.members);
  await settle(device, connector, desired);
  tally.wrong.push(...(await faultsIn(device, change.after, change.packets)).map((text) => `${change.name}, at its end: ${text}`));
  const state = await readOne(connector, desired);
  const found = state.rulebook.rules.map(({ id, border, stage, direction }) => `${border} ${stage} ${direction} ${id}`);
  const keys = (rules: readonly FilterRule[]) =>
    new Set(rules.map(({ id, border, stage, direction }) => `${border} ${stage} ${direction} ${id}`));
  const wanted = keys(desired.rulebook.rules);
  const structure = new Structure(desired.rulebook.sets);
  const alive = keys(desired.rulebook.rules.filter((rule) => canMatch(structure, rule)));
  const standing = new Set(found);
  const lost = [...alive].filter((key) => !standing.has(key));
  const strange = [...standing].filter((key) => !wanted.has(key));
  tally.lost += lost.length;
  // A rule of both families may come back as one for each.
  const perFamily = state.rulebook.rules.flatMap(({ id, border, stage, direction, families }) =>
    families.map((family) => `${border} ${stage} ${direction} ${id} IPv${family}`),
  );
  const twice = perFamily.filter((key, at) => perFamily.indexOf(key) !== at);
  tally.doubled += twice.length + strange.length;
  tally.odd.push(
    ...twice.map((key) => `${change.name}: twice ${key}`),
    ...lost.map((key) => `${change.name}: lost ${key}`),
    ...strange.map((key) => `${change.name}: too many ${key}`),
  );
  if ((await device.foreign()) !== foreign) tally.foreignChanged++;
}

/** A rule of IPv6 with nothing but IPv4 addresses need not stand on the device. */
const canMatch = (structure: Structure, rule: FilterRule): boolean =>
  rule.families.some((family) => structure.bound(rule.source, family).runs > 0 && structure.bound(rule.destination, family).runs > 0);

/** Members alone: in the lane without a commit where there is one. */
export async function carryOutMembers(device: Device, connector: Connector, change: Change, tally: Tally): Promise<void> {
  const { before, after, packets } = change;
  const books = [expectedOf(device, before, packets), expectedOf(device, after, packets)];
  const desired = device.desired(after.rulebook, after.members);
  nextLease();
  const foreign = await device.foreign();
  const state = await readOne(connector, desired, 'pending');
  const changes = memberChanges(state, desired);
  const steps = connector.planMembers(state, desired, changes);
  const named = steps.some(({ gap }) => gap !== undefined) || !connector.capabilities.atomicMembership;
  if (steps.some(({ gap }) => gap !== undefined)) tally.gaps++;
  const commits = await device.commits();
  const stop = device.watch(packets, (seen, call) => {
    tally.looks++;
    tally.packets += packets.length;
    const wrong = compare(seen, packets, books);
    tally.opened += wrong.filter((text) => !text.includes('dropped, and')).length;
    tally.wrong.push(
      ...(named ? wrong.filter((text) => !text.includes('dropped, and')) : wrong).map(
        (text) => `${change.name}, members, after ${call}: ${text}`,
      ),
    );
  });
  try {
    const ending = await round(device, connector, desired);
    if (ending.kind !== 'done') throw new Error(`${change.name}: ${JSON.stringify(ending)}`);
  } finally {
    await stop();
  }
  tally.memberChanges++;
  if (steps.every(({ lane }) => lane === 'members')) tally.memberCommits += (await device.commits()) - commits;
  await checkEnd(device, connector, change, tally, foreign);
}

/** Kills the process at every call of the change, before its effect and after it, and lets another finish. The device stands at `before` each time. */
export async function killEverywhere(device: Device, change: Change, tally: Tally, most = 40): Promise<void> {
  const [old, wanted]: readonly Desired[] = [
    device.desired(change.before.rulebook, change.before.members),
    device.desired(change.after.rulebook, change.after.members),
  ] as const;
  const books = [expectedOf(device, change.before, change.packets), expectedOf(device, change.after, change.packets)];
  for (const effect of ['before', 'after'] as const)
    for (let call = 1; call <= most; call++) {
      await device.reset();
      const first = device.connect();
      nextLease();
      await settle(device, first, old as Desired);
      await first.close();
      const foreign = await device.foreign();
      const victim = device.connect();
      nextLease();
      await device.dieAt(call, effect);
      await round(device, victim, wanted as Desired, true);
      await victim.close();
      const died = await device.revive();
      if (died) {
        tally.kills++;
        tally.packets += change.packets.length;
        const wrong = compare(await device.judge(change.packets), change.packets, books);
        tally.wrong.push(...wrong.map((text) => `${change.name}, killed ${effect} call ${call}: ${text}`));
      }
      nextLease();
      const heir = device.connect();
      await checkEnd(device, heir, change, tally, foreign);
      await heir.close();
      if (!died) break;
    }
}

/**
 * Changes on the way: after every single call that writes, each packet is treated as the old or as the new rulebook says; whichever call a
 * process dies at, the next one finishes, with nothing lost, nothing doubled and nothing of others touched.
 */

import type { Connector, Desired, Step } from '../../functions/firewalls/contract.ts';
import { structureHash } from '../../functions/ledger/encode.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import { formatPacket } from '../../functions/packets/packet.ts';
import type { Capabilities } from '../../functions/rulebook/capabilities.ts';
import { Structure } from '../../functions/rulebook/overlap.ts';
import type { FilterRule } from '../../functions/rulebook/types.ts';
import { digestsOf } from '../worlds/members.ts';
import type { Device, Observation } from './device.ts';
import { type Ending, nextLease, planOf, readOne, round, settle } from './run-plan.ts';
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
  /** packets dropped in a gap that a plan had named */
  closedInGaps: number;
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
  closedInGaps: 0,
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

/** Members first, then structure, as an engine takes what came at once; a half that changes nothing is left out. */
export function* inHalves(change: Change): IterableIterator<DrawnChange> {
  const { name, before, after, packets } = change;
  const members = digestsOf({ members: (set) => (after.rulebook.sets.has(set) ? after : before).members.members(set) });
  const middle: Lowered = { ...before, members };
  const moved = [...before.rulebook.sets.keys()].some((set) => before.members.digest(set) !== members.digest(set));
  const isSame = structureHash(before.rulebook) === structureHash(after.rulebook);
  if (moved) yield { name, kind: 'members', before, after: isSame ? after : middle, packets };
  if (!isSame) yield { name, kind: 'rules', before: moved ? middle : before, after, packets };
}

/** Random changes: each after the last, so that a device walks a long way; now and then a new world. */
export function* drawnChanges(capabilities: Capabilities, seed: number, count: number): IterableIterator<DrawnChange> {
  const random = new Random(seed);
  let world: World = drawWorld(random);
  let before = lowerFor(capabilities, world);
  for (let at = 0; at < count; ) {
    const next = random.chance(0.25)
      ? drawMembers(random, world)
      : random.chance(0.1)
        ? { ...drawWorld(random), lists: world.lists }
        : drawChange(random, world);
    const after = lowerFor(capabilities, next);
    for (const change of inHalves({ name: `change ${at + 1} of seed ${seed}`, before, after, packets: PACKETS })) {
      if (at++ === count) return;
      yield change;
      before = change.after;
    }
    world = next;
  }
}

const note = (tally: Tally, reason: string) => tally.refused.set(reason, (tally.refused.get(reason) ?? 0) + 1);

/** Counts why planning refused; @throws Error for a reason that the device does not give. */
function noteRefusal(device: Device, codes: readonly string[], tally: Tally): void {
  for (const code of codes) {
    const reason = device.refusals[code];
    if (reason === undefined) throw new Error(`planning refuses a rulebook of its own capabilities: ${code}`);
    note(tally, `${code}: ${reason}`);
  }
}

/** A process that ends at this call, before its effect or after. */
export interface Death {
  readonly call: number;
  readonly effect: 'before' | 'after';
}

export interface Walk {
  /** draws changes that a process dies in; undefined: none does */
  readonly deaths?: Random;
  /** told after each change */
  readonly said?: (change: DrawnChange) => void;
}

/** Walks the device along the changes, each from where the last one that planning took has ended. */
export async function walk(device: Device, changes: Iterable<DrawnChange>, tally: Tally, { deaths, said }: Walk = {}): Promise<void> {
  let connector = device.connect();
  let at: Lowered | undefined;
  const foreign = await device.foreign();
  try {
    for (const change of changes) {
      for (const reason of change.after.refused.values()) note(tally, reason);
      if (at !== change.before) {
        nextLease();
        const desired = device.desired(change.before.rulebook, change.before.members);
        const refused = (await planOf(connector, desired)).conditions.filter(({ severity }) => severity === 'error');
        noteRefusal(
          device,
          refused.map(({ code }) => code),
          tally,
        );
        if (refused.length > 0) continue;
        await settle(device, connector, desired);
        at = change.before;
      }
      const death: Death | undefined = deaths?.chance(0.5)
        ? { call: 1 + deaths.below(device.least.calls + 1), effect: deaths.one(['before', 'after']) }
        : undefined;
      const next = await carryOut(device, connector, change, tally, foreign, death);
      if (next) at = change.after;
      if (next && next !== connector) {
        await connector.close();
        connector = next;
      }
      said?.(change);
    }
  } finally {
    await connector.close();
  }
}

/** Where packets are not as the book says, with the packet; at most five. */
export async function faultsIn(device: Device, book: Lowered, packets: readonly Packet[]): Promise<string[]> {
  const expected = [expectedOf(device, book, packets)];
  return compare(await device.judge(packets, mayPassBy(expected)), packets, expected);
}

type Books = readonly (readonly Expected[])[];
const mayPassBy =
  (books: Books) =>
  (at: number): boolean =>
    books.some((book) => book[at]?.verdict === 'allow');

function compare(seen: readonly Observation[], packets: readonly Packet[], books: Books): string[] {
  const out: string[] = [];
  packets.forEach((packet, at) => {
    const expected = books.map((book) => book[at] as Expected);
    const wrong = wrongness(packet, seen[at] as Observation, expected);
    if (wrong && out.length < 5) out.push(`${formatPacket(packet)}: ${wrong}`);
  });
  return out;
}
const isClosed = (text: string): boolean => text.includes('dropped, and');

/**
 * One change from a device that stands at `before`: judged after every call, then settled and compared with `after`. The process may die on the way and
 * another one finishes. Returns the connector that goes on; undefined: planning refuses the change, for a reason that the device gives, and nothing was done.
 */
async function carryOut(
  device: Device,
  connector: Connector,
  change: DrawnChange,
  tally: Tally,
  foreign: string,
  death?: Death,
): Promise<Connector | undefined> {
  const { before, after, packets } = change;
  const books: Books = [expectedOf(device, before, packets), expectedOf(device, after, packets)];
  const desired = device.desired(after.rulebook, after.members);
  nextLease();
  const [calls, commits] = [await device.calls(), await device.commits()];
  const steps: Step[] = [];
  let gap = false;
  let last: readonly Observation[] | undefined;
  const look = (seen: readonly Observation[], when: string) => {
    last = seen;
    tally.looks++;
    tally.packets += packets.length;
    const wrong = compare(seen, packets, books);
    // A gap that the plan named beforehand closes; it never opens.
    tally.opened += wrong.filter((text) => !isClosed(text)).length;
    if (gap) tally.closedInGaps += wrong.filter(isClosed).length;
    tally.wrong.push(...wrong.filter((text) => !gap || !isClosed(text)).map((text) => `${change.name}, ${change.kind}, ${when}: ${text}`));
  };
  const planned = (more: readonly Step[]): void => {
    steps.push(...more);
    const named = more.filter((step) => step.gap !== undefined).length;
    tally.gaps += named;
    gap ||= named > 0;
  };
  const stop = device.watch(packets, (seen, call) => look(seen, `after ${call}`), mayPassBy(books));
  if (death) await device.dieAt(death.call, death.effect);
  let ending: Ending;
  let died = false;
  try {
    ending = await round(device, connector, desired, { planned });
  } finally {
    await stop();
    died = death !== undefined && (await device.revive());
  }
  if (ending.kind === 'condition') {
    noteRefusal(device, ending.codes, tally);
    return undefined;
  }
  if (change.kind === 'rules') tally.changes++;
  else tally.memberChanges++;
  if (!died) {
    if (ending.kind !== 'done') throw new Error(`${change.name}: ${JSON.stringify(ending)}`);
    if (change.kind === 'members' && steps.every(({ lane }) => lane === 'members'))
      tally.memberCommits += (await device.commits()) - commits;
    if (change.kind === 'rules' && steps.length > 0) {
      tally.calls += (await device.calls()) - calls;
      tally.commits += (await device.commits()) - commits;
      tally.leastCalls += device.least.calls;
      tally.leastCommits += device.least.commits;
    }
    await checkEnd(device, connector, change, tally, foreign, last);
    return connector;
  }
  tally.kills++;
  look(await device.judge(packets, mayPassBy(books)), `killed ${death?.effect} call ${death?.call}`);
  nextLease();
  const heir = device.connect();
  await checkEnd(device, heir, change, tally, foreign);
  return heir;
}

/** Packets, rules and others' objects once a change is through. `last`: what was seen after the last call: nothing changes after it where there are no commits. */
export async function checkEnd(
  device: Device,
  connector: Connector,
  change: Change,
  tally: Tally,
  foreign: string,
  last?: readonly Observation[],
): Promise<void> {
  const desired = device.desired(change.after.rulebook, change.after.members);
  const steps = await settle(device, connector, desired);
  const wrong =
    last && steps === 0 && device.least.commits === 0
      ? compare(last, change.packets, [expectedOf(device, change.after, change.packets)])
      : await faultsIn(device, change.after, change.packets);
  tally.wrong.push(...wrong.map((text) => `${change.name}, at its end: ${text}`));
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
      await round(device, victim, wanted as Desired, { hurry: true });
      await victim.close();
      const died = await device.revive();
      if (died) {
        tally.kills++;
        tally.packets += change.packets.length;
        const wrong = compare(await device.judge(change.packets, mayPassBy(books)), change.packets, books);
        tally.wrong.push(...wrong.map((text) => `${change.name}, killed ${effect} call ${call}: ${text}`));
      }
      nextLease();
      const heir = device.connect();
      await checkEnd(device, heir, change, tally, foreign);
      await heir.close();
      if (!died) break;
    }
}

/**
 * The matrix of faults. For each: the device stands at one rulebook, the fault is armed, a change runs into it. What is asked of a connector:
 * the run that meets the fault says so (or need not notice), nothing opens meanwhile, the next rounds finish, the end is exact, and others'
 * objects are as they were.
 */

import { formatPacket } from '../../functions/packets/packet.ts';
import type { Device, Fault, FaultName } from './device.ts';
import { FAULTS } from './device.ts';
import { nextLease, round, settle } from './run-plan.ts';
import { type Change, checkEnd, emptyTally } from './transitions.ts';
import { expectedOf, wrongness } from './world.ts';

export interface Cell {
  readonly fault: FaultName;
  readonly result: 'ok' | 'failed' | 'does not apply';
  /** how the run ended that met it, what went wrong, or why it does not apply */
  readonly text: string;
}

export async function faultMatrix(
  device: Device,
  change: Change,
  only: readonly FaultName[] = FAULTS,
  said: (cell: Cell) => void = () => {},
): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const name of only) {
    const fault = device.faults[name];
    let cell: Cell;
    if (fault.kind === 'cannot') cell = { fault: name, result: 'does not apply', text: fault.why };
    else
      try {
        cell = { fault: name, result: 'ok', text: await meet(device, change, fault) };
      } catch (error) {
        cell = { fault: name, result: 'failed', text: error instanceof Error ? error.message : String(error) };
        await fault.heal().catch(() => false);
      }
    cells.push(cell);
    said(cell);
  }
  return cells;
}

async function meet(device: Device, change: Change, fault: Fault & { kind: 'can' }): Promise<string> {
  const [old, wanted] = [
    device.desired(change.before.rulebook, change.before.members),
    device.desired(change.after.rulebook, change.after.members),
  ];
  await device.reset();
  nextLease();
  const first = device.connect();
  await settle(device, first, old);
  await first.close();
  await fault.arm();
  const foreign = await device.foreign();

  const connector = device.connect();
  nextLease();
  const began = Date.now();
  const ending = await round(device, connector, wanted);
  const took = Date.now() - began;
  if (!fault.expect.includes(ending.kind as (typeof fault.expect)[number]))
    throw new Error(`it ended with ${JSON.stringify(ending)}; expected ${fault.expect.join(' or ')}`);
  if (took > 45_000) throw new Error(`the round that met it took ${took} ms`);
  // Nothing may have opened. Closed it may be: a human or a reboot can take our rules away.
  const books = [expectedOf(device, change.before, change.packets), expectedOf(device, change.after, change.packets)];
  const seen = await device.judge(change.packets);
  change.packets.forEach((packet, at) => {
    const wrong = wrongness(
      packet,
      seen[at] as (typeof seen)[number],
      books.map((book) => book[at] as (typeof book)[number]),
    );
    if (wrong && device.administrator(packet).unmatched === 'deny' && !wrong.startsWith('dropped'))
      throw new Error(`${formatPacket(packet)}: ${wrong}`);
  });
  if (fault.lasts) {
    const again = await round(device, connector, wanted);
    if (again.kind === 'done') throw new Error('a fault that lasts was not noticed in the second round');
  }
  if (!(await fault.heal())) throw new Error('the fault was never met: this cell proves nothing');
  // The same process goes on where its connection allows it; the end is checked by a new one.
  nextLease();
  const next = fault.expect.some((each) => each === 'refused' || each === 'condition') ? device.connect() : connector;
  await settle(device, next, wanted, 5);
  const tally = emptyTally();
  const witness = device.connect();
  await checkEnd(device, witness, change, tally, foreign);
  await witness.close();
  await connector.close();
  if (next !== connector) await next.close();
  const wrong = [
    ...tally.wrong,
    ...(tally.lost + tally.doubled > 0 ? [`${tally.lost} rules lost, ${tally.doubled} doubled: ${tally.odd.join('; ')}`] : []),
    ...(tally.foreignChanged > 0 ? ["others' objects were changed"] : []),
  ];
  if (wrong.length > 0) throw new Error(wrong.slice(0, 3).join('; '));
  const how =
    ending.kind === 'failed' || ending.kind === 'unknown'
      ? `${ending.kind} ${ending.why.code}`
      : ending.kind === 'refused'
        ? `refused ${ending.code}`
        : ending.kind === 'blocked'
          ? `blocked by ${ending.who}: ${ending.what}`
          : ending.kind;
  return how;
}

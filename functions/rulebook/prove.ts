/** Are two rulebooks the same function of packets? Or here is a packet on which they differ. */
import { FAMILIES, type Family } from '../packets/address.ts';
import { Diagrams, LEVEL, type Node, OutOfNodes } from '../packets/diagram.ts';
import { type Box, bestClass } from '../packets/packet-set.ts';
import { runsOf } from '../packets/service-set.ts';
import type { Book, Proof, Witness } from './algebra.ts';
import { Algebra } from './algebra-context.ts';
import { type AlignedChain, Comparison, everything, type Which } from './comparison.ts';
import { Slice } from './slice.ts';

export interface CompareOptions {
  /** Steps of diagrams (nodes and pairs of nodes) before the honest *not proven*; one is about a microsecond and a hundred bytes. */
  readonly nodeBudget?: number;
  /** Caches of a warm process. */
  readonly algebra?: Algebra;
}

export const NODE_BUDGET = 8_000_000;
/** More distinct unaligned matches than this are looked at all at once. */
const MOST_SLICES = 200;

/**
 * Compares by meaning: ids, origins and logging do not count, translations do (by addresses). Cost follows the rules that are not aligned.
 * A book whose members cannot be read (a digest alone) can still be proven equal, never different.
 */
export function prove(before: Book, after: Book, options: CompareOptions = {}): Proof {
  const comparison = new Comparison(options.algebra ?? new Algebra(), before, after);
  let best: { witness: Witness; rank: number } | undefined;
  const budget = { left: options.nodeBudget ?? NODE_BUDGET };
  const end = forEachSlice(comparison, budget, (slice) => {
    const found = witnessOf(comparison, slice, 'differs', (a, b) => slice.differ(a, b), slice.pairs);
    if (found && (!best || found.rank < best.rank)) best = found;
    return best !== undefined;
  });
  if (best) return { kind: 'different', witness: best.witness };
  return end === 'all' ? { kind: 'equal' } : { kind: 'notProven', why: end };
}

/**
 * Builds the slices one after the other until `look` says stop. Packets of earlier slices do not come again.
 * @returns 'all' when everything was looked at or `look` stopped it, else why not
 */
export function forEachSlice(comparison: Comparison, budget: { left: number }, look: (slice: Slice) => boolean): string {
  for (const chain of comparison.chains())
    for (const family of FAMILIES) {
      const found = comparison.matches(chain, family);
      const matches = found.length > MOST_SLICES ? [everything(family)] : found;
      for (const [at, match] of matches.entries()) {
        const diagrams = new Diagrams(budget.left);
        try {
          if (look(sliceOf(comparison, chain, family, match, matches.slice(0, at), diagrams))) return 'all';
        } catch (error) {
          if (!(error instanceof OutOfNodes)) throw error;
          const rules = chain.alignment.before.length + chain.alignment.after.length;
          return `the ${chain.direction} rules of ${chain.border} (${chain.stage}, IPv${family}) need more than the node budget: ${rules} rules differ in place or content`;
        } finally {
          budget.left -= diagrams.steps;
        }
      }
    }
  return 'all';
}

const sliceOf = (comparison: Comparison, chain: AlignedChain, family: Family, match: Box, seen: readonly Box[], diagrams: Diagrams) =>
  new Slice(comparison, chain, family, match, seen, diagrams);

/** The most readable packet of these rows whose deciding rules pass the test; rank: how hard it is to read. */
export function witnessOf(
  comparison: Comparison,
  slice: Slice,
  name: string,
  test: (before: number, after: number) => boolean,
  pairs: readonly Slice['pairs'][number][],
): { witness: Witness; rank: number } | undefined {
  const { space, chain } = slice;
  const { diagrams } = space;
  let best: { source: number; mask: Node; pair: Slice['pairs'][number] } | undefined;
  for (const pair of pairs) {
    const mask = slice.mask(name, test, pair.before, pair.after);
    if (mask === 0) continue;
    for (const source of pair.classes)
      if (!best || (space.sources.ranks[source] as number) < (space.sources.ranks[best.source] as number)) best = { source, mask, pair };
  }
  if (!best) return undefined;
  const destination = bestClass(space.destinations, runsOf(diagrams, best.mask, LEVEL.destination, space.destinations.count));
  if (!destination) return undefined;
  const packet = space.packet(best.source, destination.number, destination.child, chain.direction);
  const decisions = ([0, 1] as const).map((which: Which) => {
    const row = which === 0 ? best.pair.before : best.pair.after;
    const [first, second] =
      packet.destinationPort === undefined
        ? [packet.icmpType ?? 0, packet.icmpCode ?? 0]
        : [packet.sourcePort ?? 0, packet.destinationPort];
    let node = diagrams.at(row, LEVEL.destination, destination.number);
    for (const [level, number] of [
      [LEVEL.protocol, packet.protocol],
      [LEVEL.first, first],
      [LEVEL.second, second],
    ] as const)
      node = diagrams.at(node, level, number);
    return comparison.decision(chain, which, slice.winner(node, which)?.index, packet);
  });
  const rank = (space.sources.ranks[best.source] as number) + (space.destinations.ranks[destination.number] as number);
  const [before, after] = decisions as [Witness['before'], Witness['after']];
  return { witness: { border: chain.border, stage: chain.stage, packet, before, after }, rank };
}

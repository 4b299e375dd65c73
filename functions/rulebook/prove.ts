/** Are two rulebooks the same function of packets? Or here is a packet on which they differ. */

import { FAMILIES, type Family } from '../packets/address.ts';
import { readableAddress } from '../packets/address-classes.ts';
import { type Coordinate, intersectionOf } from '../packets/address-set.ts';
import { Diagrams, type Node, OutOfNodes } from '../packets/diagram.ts';
import type { Packet } from '../packets/packet.ts';
import type { Box } from '../packets/packet-set.ts';
import { pickService } from '../packets/service-set.ts';
import type { Book, Proof, Witness } from './algebra.ts';
import { Algebra } from './algebra-context.ts';
import { type AlignedChain, Comparison, deciderOf, everything, type Meeting, meaningOf } from './comparison.ts';
import { forEachDifference } from './rows.ts';
import type { Which } from './rule-keys.ts';
import { type RowPair, Slice } from './slice.ts';

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
  const quick = likelyWitness(comparison);
  if (quick) return { kind: 'different', witness: quick };
  let witness: Witness | undefined;
  const budget = { left: options.nodeBudget ?? NODE_BUDGET };
  const end = forEachSlice(comparison, budget, (slice) => {
    witness = witnessOf(comparison, slice, 'differs', (a, b) => slice.differ(a, b), slice.pairs);
    return witness !== undefined;
  });
  if (witness) return { kind: 'different', witness };
  return end === 'all' ? { kind: 'equal' } : { kind: 'notProven', why: end };
}

/** So many unaligned matches, and rules that meet each, are tried with one packet before any diagram is built. */
const LIKELY_MATCHES = 32;
const LIKELY_MEETINGS = 8;

/** Nearly every real difference shows on the most readable packet of an unaligned rule; only equal books need the whole proof. */
function likelyWitness(comparison: Comparison): Witness | undefined {
  const { diagrams } = comparison.algebra;
  for (const chain of comparison.chains())
    for (const family of FAMILIES)
      for (const match of comparison.matches(chain, family).slice(0, LIKELY_MATCHES)) {
        const memo = comparison.memo(match);
        const books = ([0, 1] as const).map((which) => comparison.meetings(chain, which, family, match, memo)) as [Meeting[], Meeting[]];
        const near = books.flatMap((meetings) => meetings.slice(0, LIKELY_MEETINGS).flatMap((meeting) => meeting.boxes));
        for (const box of [match, ...near]) {
          // No box is empty, and those that are near meet the match.
          const source = readableAddress(intersectionOf(match.source, box.source)) as Coordinate;
          const destination = readableAddress(intersectionOf(match.destination, box.destination)) as Coordinate;
          const services = diagrams.and(match.services, box.services);
          const ends = { source: BigInt(source), destination: BigInt(destination) };
          const packet: Packet = { family, direction: chain.direction, ...ends, ...pickService(diagrams, services, family) };
          const winners = ([0, 1] as const).map((which) => deciderOf(comparison, books[which], packet)) as [number?, number?];
          const meaning = (which: Which) => meaningOf(chain.entries[which][winners[which] ?? -1]?.shape, family);
          if (meaning(0) === meaning(1)) continue;
          const decide = (which: Which) => comparison.decision(chain, which, winners[which], packet);
          return { border: chain.border, stage: chain.stage, packet, before: decide(0), after: decide(1) };
        }
      }
  return undefined;
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

/** The most readable packet of these rows whose deciding rules pass the test. */
export function witnessOf(
  comparison: Comparison,
  slice: Slice,
  name: string,
  test: (before: number, after: number) => boolean,
  pairs: readonly RowPair[],
): Witness | undefined {
  const { sources, destinations, chain } = slice;
  const rankOf = (pair: RowPair) => Math.min(...pair.classes.map((number) => sources.ranks[number] as number));
  const byRank = pairs.map((pair) => ({ pair, rank: rankOf(pair) })).sort((a, b) => a.rank - b.rank);
  for (const { pair, rank: sourceRank } of byRank) {
    let best: { destination: number; mask: Node } | undefined;
    forEachDifference(pair.before, pair.after, (first, end, before, after) => {
      const mask = slice.mask(name, test, before, after);
      for (let number = first; mask !== 0 && number < end; number++)
        if (!best || (destinations.ranks[number] as number) < (destinations.ranks[best.destination] as number))
          best = { destination: number, mask };
    });
    if (!best) continue;
    const { destination, mask } = best;
    const source = pair.classes.find((number) => sources.ranks[number] === sourceRank) as number;
    const ends = { source: BigInt(sources.representative(source)), destination: BigInt(destinations.representative(destination)) };
    const packet: Packet = {
      family: slice.family,
      direction: chain.direction,
      ...ends,
      ...pickService(slice.diagrams, mask, slice.family),
    };
    const decide = (which: Which) => comparison.decision(chain, which, slice.decider(comparison, which, packet), packet);
    return { border: chain.border, stage: chain.stage, packet, before: decide(0), after: decide(1) };
  }
  return undefined;
}

/** The structure of a firewall as last written and proven. One pointing item; the rulebook lies in pieces that history keeps pointing at. */
import type { Rulebook, RuleId, SetId } from '../rulebook/types.ts';
import type { Table } from '../table.ts';
import { canonical, decodeRulebook, encodeRulebook } from './encode.ts';
import { checkFormat, FORMAT } from './format.ts';
import { readPieces, writePieces } from './pieces.ts';

export interface Brought {
  readonly plan: string;
  /** ISO */
  readonly at: string;
  readonly approvedBy?: string;
}

export interface Applied {
  readonly firewall: string;
  /** Grows with every structure written. */
  readonly version: number;
  readonly hash: string;
  readonly plan: string;
  readonly atMs: number;
  /** Log position of each cluster for which it was compiled. */
  readonly positions: Readonly<Record<string, number>>;
  readonly rulebook: Rulebook;
  /** By cluster, the version that last changed the structure of this cluster: what an approval is bound to. */
  readonly changed: Readonly<Record<string, number>>;
  /** For every rule on the device the plan that brought it. */
  readonly brought: ReadonlyMap<RuleId, Brought>;
  /** Sets that stand since this version or one that the membership lane has not seen: it compares them by reading. */
  readonly fresh: readonly SetId[];
  /** Names on the device of each set, as last read back. */
  readonly names: Readonly<Record<SetId, readonly string[]>>;
}

/** Enough to see whether a copy in memory is still good. */
export interface AppliedHead {
  readonly version: number;
  readonly hash: string;
  readonly reference: string;
}

const keyOf = (firewall: string) => ({ pk: `firewall#${firewall}`, sk: 'applied' });

export async function readAppliedHead(table: Table, firewall: string): Promise<AppliedHead | undefined> {
  const item = checkFormat(await table.get(keyOf(firewall)));
  return item && { version: Number(item.version), hash: String(item.hash), reference: String(item.reference) };
}

export async function readApplied(table: Table, firewall: string, known?: AppliedHead): Promise<Applied | undefined> {
  const head = known ?? (await readAppliedHead(table, firewall));
  return head && decodeApplied(await readPieces(table, firewall, head.reference));
}

/** Conditional on the version before it: two writers cannot both follow the same one. Returns the pointer, or undefined when somebody was first. */
export async function writeApplied(table: Table, applied: Applied): Promise<AppliedHead | undefined> {
  const text = encodeApplied(applied);
  const reference = await writePieces(table, applied.firewall, text);
  const { version, hash } = applied;
  const item = { ...keyOf(applied.firewall), format: FORMAT, version, hash, reference, plan: applied.plan, atMs: applied.atMs };
  if (!(await table.put(item, { kind: 'absentOrBelow', attribute: 'version', below: version }))) {
    const there = await readAppliedHead(table, applied.firewall);
    if (there?.version !== version || there.reference !== reference) return undefined;
  }
  return { version, hash, reference };
}

export function encodeApplied(applied: Applied): string {
  const { rulebook, brought, ...rest } = applied;
  return JSON.stringify({ ...rest, rulebook: encodeRulebook(rulebook), brought: canonical(brought) });
}

export function decodeApplied(text: string): Applied {
  const { rulebook, brought, ...rest } = JSON.parse(text);
  // One that was stored before `changed` was kept has none.
  return { changed: {}, ...rest, rulebook: decodeRulebook(rulebook), brought: new Map(JSON.parse(brought)) };
}

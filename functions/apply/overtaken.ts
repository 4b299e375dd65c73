/** Two processes follow the same firewalls. One that looked at the log before the other wrote for a later position would take that back for a moment. */
import type { WarmFirewall } from './warm.ts';

/** `positions`: of the log, as the ledger keeps them with what was written. True where this process has not seen that far yet; `only`: of these clusters. */
export function isOvertaken(warm: WarmFirewall, positions: unknown, only?: ReadonlySet<string>): boolean {
  return overtakenClusters(warm, positions).some((cluster) => !only || only.has(cluster));
}

export function overtakenClusters(warm: WarmFirewall, positions: unknown): readonly string[] {
  const written = (positions ?? {}) as Readonly<Record<string, number>>;
  return [...warm.views.keys()].filter((cluster) => (written[cluster] ?? 0) > (warm.positions[cluster] ?? 0));
}

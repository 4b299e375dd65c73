/** Two processes follow the same firewalls. One that looked at the log before the other wrote for a later position would take that back for a moment. */
import type { WarmFirewall } from './warm.ts';

/** `positions`: of the log, as the ledger keeps them with what was written. True where this process has not seen that far yet. */
export function isOvertaken(warm: WarmFirewall, positions: unknown): boolean {
  const written = (positions ?? {}) as Readonly<Record<string, number>>;
  return [...warm.views.keys()].some((cluster) => (written[cluster] ?? 0) > (warm.positions[cluster] ?? 0));
}

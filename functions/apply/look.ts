/** A look without a hand: what stands on one firewall, what is wanted there, and the views behind it. Writes nothing and calls no device. */
import { structureHash } from '../ledger/encode.ts';
import type { Applied } from '../ledger/query.ts';
import type { LookParts } from './ports.ts';
import { compileWanted } from './wanted.ts';
import { WarmFirewall } from './warm.ts';

/**
 * `past`: the structure of another moment, instead of the present one; `parts.views` must then answer with the views of that moment.
 * Held and kept clusters are not looked at: `compilation` is what the policies say now.
 */
export async function lookAtFirewall(
  parts: LookParts,
  firewall: string,
  past?: { readonly applied: Applied | undefined },
): Promise<WarmFirewall> {
  const warm = new WarmFirewall(parts, firewall);
  for (const cluster of warm.clusters) warm.see(await parts.views.advance(cluster));
  if (!past) await warm.loadApplied();
  else if (past.applied) warm.setApplied(past.applied, '');
  await compileWanted(parts, warm);
  if (warm.compilation) warm.setWanted(warm.compilation.rulebook, structureHash(warm.compilation.rulebook));
  return warm;
}

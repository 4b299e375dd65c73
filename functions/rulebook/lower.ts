/**
 * Rewrites a rulebook into what a device can say (DESIGN.md section 5, docs/decisions/0032). One pass per lack:
 *
 *   stage -> log -> endpoint sets -> families -> services -> excludes -> subnets -> translations
 *     -> fallbacks -> limits
 *
 * A pass may rewrite exactly; else an allow shrinks and what is cut off is denied right after it; else a deny grows, but only into packets that
 * are denied anyway. Where nothing of that is possible the rule is refused, with its origin, the field and a reason for its author. All that is
 * judged by structure alone, but for endpoint sets, whose ports are members, and IPv6 subnets.
 */

import type { Capabilities } from './capabilities.ts';
import { lowerEndpoints } from './lower-endpoints.ts';
import { lowerExcludes } from './lower-excludes.ts';
import { lowerFallbacks } from './lower-fallbacks.ts';
import { checkLimits, lowerFamilies, lowerLog, lowerStages, lowerTranslations } from './lower-rules.ts';
import { lowerServices } from './lower-services.ts';
import { lowerSubnets, type SubnetsOf } from './lower-subnets.ts';
import { Lowering, type LoweringNote } from './lowering.ts';
import type { MemberSource, Rulebook } from './types.ts';

export type { LoweringNote } from './lowering.ts';

export interface Lowered {
  /** Without the refused rules. Never to be used as it stands when some were: the policies behind them must be compiled otherwise first. */
  readonly rulebook: Rulebook;
  readonly refused: readonly LoweringNote[];
  /** Rules that do less than was written: an allow that shrank, a log that is lost. */
  readonly narrowed: readonly LoweringNote[];
}

export interface LowerOptions {
  /** Needed where endpoint sets are lowered: the (protocol, port) pairs are members. */
  readonly members?: MemberSource;
  /** Needed where sets hold IPv6 hosts only: the subnets among the members of these sets. */
  readonly ipv6Subnets?: SubnetsOf;
  /** One rule may become so many at most. */
  readonly maxRulesPerRule?: number;
}

export function lower(rulebook: Rulebook, capabilities: Capabilities, options: LowerOptions = {}): Lowered {
  const lowering = new Lowering(rulebook, capabilities, options.maxRulesPerRule ?? 64);
  lowerStages(lowering);
  lowerLog(lowering);
  lowerEndpoints(lowering, options.members);
  lowerFamilies(lowering);
  lowerServices(lowering);
  lowerExcludes(lowering);
  lowerSubnets(lowering, options.ipv6Subnets);
  lowerTranslations(lowering);
  lowerFallbacks(lowering);
  checkLimits(lowering);
  return { rulebook: lowering.rulebook(), refused: lowering.refused, narrowed: lowering.narrowed };
}

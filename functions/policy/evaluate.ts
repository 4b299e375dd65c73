/**
 * The reference evaluator: what the policies of one cluster mean for one packet on one border, read straight from Calico's semantics
 * (reference/felix.md 2.1 to 2.3, 10) and DESIGN.md section 5. It shares nothing with the compiler, so that each can be held against the
 * other, and it tells the whole way for `explain`.
 */
import type { ClusterView, Policy, PolicyKey, Tier } from '../cluster/view.ts';
import { type AddressRange, type Family, parseRange } from '../packets/address.ts';
import type { Direction, Packet } from '../packets/packet.ts';
import type { Stage, Translation } from '../rulebook/types.ts';
import type { BorderSettings, PairSettings } from '../settings.ts';
import { matchRule } from './evaluate-rule.ts';
import { inNets, prefix } from './evaluate-sets.ts';

export interface EvaluateInput {
  readonly view: ClusterView;
  /** name of the HostEndpoint */
  readonly hostEndpoint: string;
  readonly border: Pick<BorderSettings, 'snatPools' | 'vips'>;
  readonly podCidrs: readonly string[];
  readonly pair: Pick<PairSettings, 'tiers' | 'defaultDeny' | 'destinations'>;
  /** other versions that stand in for refused policies; undefined value: absent */
  readonly instead?: ReadonlyMap<PolicyKey, Policy | undefined>;
}

export interface RuleStep {
  readonly direction: Direction;
  /** from 0 */
  readonly index: number;
  readonly action: string;
  readonly matched: boolean;
  /** why it did not match, or what it matched by: "destination 10.0.0.1 is in none of 203.0.113.0/24" */
  readonly why: string;
}

export interface PolicyStep {
  readonly policy: PolicyKey;
  readonly outcome: 'allow' | 'deny' | 'pass' | 'no match' | 'staged, skipped' | 'not known, skipped';
  readonly rules: readonly RuleStep[];
}

export interface TierStep {
  readonly tier: string;
  readonly stage: Stage;
  readonly outcome: 'allow' | 'deny' | 'pass' | 'end: drop' | 'end: left to the administrator' | 'end: next tier' | 'nothing enforced';
  readonly policies: readonly PolicyStep[];
}

export interface Explanation {
  /** unmatched: the administrator's own rules decide */
  readonly verdict: 'allow' | 'deny' | 'unmatched';
  readonly stage: Stage;
  readonly logged: boolean;
  /** of an allow */
  readonly translation: Translation;
  /** What decided: a rule, the end of a tier, or the destinations of the settings. */
  readonly decidedBy: { readonly policy: PolicyKey; readonly index: number } | { readonly tier: string } | undefined;
  /** Why nothing was asked at all. */
  readonly outOfScope: string | undefined;
  readonly way: readonly TierStep[];
}

type Ruling = Omit<Explanation, 'way' | 'outOfScope' | 'stage'>;
const UNMATCHED: Ruling = { verdict: 'unmatched', logged: false, translation: { kind: 'absent' }, decidedBy: undefined };

/** Both stages in the order a packet meets them: what a pre-DNAT tier allows or denies is decided, else the forward tiers decide. */
export function evaluatePolicies(input: EvaluateInput, packet: Packet): Explanation {
  const before = evaluateStage(input, 'preDnat', packet);
  if (before.verdict !== 'unmatched') return before;
  const after = evaluateStage(input, 'forward', packet);
  return { ...after, logged: before.logged || after.logged, way: [...before.way, ...after.way] };
}

export function evaluateStage(input: EvaluateInput, stage: Stage, packet: Packet): Explanation {
  const outOfScope = whyOutside(input, stage, packet);
  const endpoint = input.view.hostEndpoints.get(input.hostEndpoint);
  if (outOfScope !== undefined || !endpoint) {
    const why = outOfScope ?? `the cluster has no HostEndpoint ${input.hostEndpoint}`;
    return { ...UNMATCHED, stage, outOfScope: why, way: [] };
  }
  const way: TierStep[] = [];
  let logged = false;
  const tiers = (stage === 'forward' ? endpoint.forwardTiers : endpoint.preDnatTiers).filter((tier) =>
    input.pair.tiers.includes(tier.name),
  );
  for (const tier of tiers) {
    const walk = walkTier(input, stage, tier, packet);
    logged ||= walk.logged;
    way.push(walk.step);
    if (walk.ruling) return { ...walk.ruling, logged: logged || walk.ruling.logged, stage, outOfScope: undefined, way };
    if (walk.step.outcome === 'end: left to the administrator') break;
  }
  return { ...UNMATCHED, logged, stage, outOfScope: undefined, way };
}

function whyOutside({ podCidrs, border }: EvaluateInput, stage: Stage, packet: Packet): string | undefined {
  if (stage === 'preDnat') {
    if (packet.direction === 'egress') return 'pre-DNAT policies judge ingress only';
    return inNets(border.vips, packet.family, packet.destination) ? undefined : 'the destination is none of the VIPs of the border';
  }
  const [end, address] =
    packet.direction === 'egress' ? (['source', packet.source] as const) : (['destination', packet.destination] as const);
  return inNets(podCidrs, packet.family, address) ? undefined : `the ${end} lies outside the pod CIDRs of the cluster`;
}

function walkTier(
  input: EvaluateInput,
  stage: Stage,
  tier: Tier,
  packet: Packet,
): { readonly step: TierStep; readonly ruling?: Ruling; readonly logged: boolean } {
  const policies: PolicyStep[] = [];
  const step = (outcome: TierStep['outcome']): TierStep => ({ tier: tier.name, stage, outcome, policies });
  let enforced = false;
  let logged = false;
  for (const key of packet.direction === 'egress' ? tier.egress : tier.ingress) {
    const sent = input.view.policies.get(key);
    if (sent?.staged ?? key.startsWith('Staged')) {
      policies.push({ policy: key, outcome: 'staged, skipped', rules: [] });
      continue;
    }
    enforced = true;
    const policy = input.instead?.has(key) ? input.instead.get(key) : sent;
    if (!policy) {
      policies.push({ policy: key, outcome: 'not known, skipped', rules: [] });
      continue;
    }
    const rules: RuleStep[] = [];
    for (const [index, rule] of (packet.direction === 'egress' ? policy.outbound : policy.inbound).entries()) {
      const { matched, why } = matchRule(rule, packet, input.view.sets);
      const action = (rule.action ?? '').toLowerCase() || 'allow';
      rules.push({ direction: packet.direction, index, action, matched, why });
      if (!matched) continue;
      const annotations = rule.metadata?.annotations ?? {};
      const log = annotations['cextfire.io/log'] === 'true';
      if (action === 'log') logged = true;
      else if (action === 'pass' || action === 'next-tier') {
        policies.push({ policy: key, outcome: 'pass', rules });
        return { step: step('pass'), logged: logged || log };
      } else if (action === 'allow' || action === 'deny') {
        policies.push({ policy: key, outcome: action, rules });
        const decidedBy = { policy: key, index };
        const far = packet.direction === 'egress' ? packet.destination : packet.source;
        const beyond = input.pair.destinations && !inNets(input.pair.destinations, packet.family, far);
        const verdict = beyond ? 'deny' : action;
        const translation: Translation =
          verdict === 'allow' && packet.direction === 'egress'
            ? translationOf(annotations['cextfire.io/snat'], input.border, packet.family)
            : { kind: 'absent' };
        return { step: step(verdict), ruling: { verdict, logged: log, translation, decidedBy }, logged };
      }
    }
    policies.push({ policy: key, outcome: 'no match', rules });
  }
  if (!enforced) return { step: step('nothing enforced'), logged };
  if (stage === 'preDnat' || tier.defaultAction === 'Pass') return { step: step('end: next tier'), logged };
  if (!input.pair.defaultDeny) return { step: step('end: left to the administrator'), logged };
  return { step: step('end: drop'), ruling: { ...UNMATCHED, verdict: 'deny', decidedBy: { tier: tier.name } }, logged };
}

/** A family for which the wish has no address is left to the administrator's NAT. */
function translationOf(wish: string | undefined, border: EvaluateInput['border'], family: Family): Translation {
  if (wish === undefined) return { kind: 'absent' };
  if (wish === 'none') return { kind: 'none' };
  const range = parseRange(wish);
  if (range) {
    if (range.family !== family) return { kind: 'absent' };
    return wish.includes('-') ? { kind: 'range', range } : { kind: 'address', address: wish };
  }
  const ranges = (border.snatPools[wish] ?? []).map(rangeOfText).filter((one) => one.family === family);
  return ranges.length === 0 ? { kind: 'absent' } : { kind: 'pool', pool: wish, ranges };
}

function rangeOfText(text: string): AddressRange {
  const range = parseRange(text) ?? prefix(text);
  return { family: range.family, first: range.first, last: range.last };
}

/**
 * The rulebook: what one firewall shall do, in no vendor's words. Order is meaning: per chain (border, stage, direction) the first rule
 * that matches with `allow` or `deny` decides; a packet that none decides is *unmatched* and belongs to the administrator's own rules.
 * Structure only: rules and the sets they name. Members live in a {@link MemberSource}.
 */
import type { AddressRange, Family } from '../packets/address.ts';
import type { Direction } from '../packets/packet.ts';

/** `[a-z0-9]{1,16}`, made from content (never from a position or Felix's rule_id). A device name is prefix + letter + id + generation. */
export type RuleId = string;
export type SetId = string;

export type Stage = 'preDnat' | 'forward';

/** Canonical prefix text: "10.0.0.0/8", "10.1.2.3/32", "fd00::/64". */
export type Prefix = string;

/** Both ends included. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/** (union of sets and prefixes). No set and no prefix = no address at all, never "any". */
export interface Union {
  readonly sets: readonly SetId[];
  readonly prefixes: readonly Prefix[];
}

/** `include` minus `exclude`. Sets named here hold addresses. */
export interface Side {
  readonly include: 'any' | Union;
  readonly exclude: Union;
}

/** (address, protocol, port) sets: the packet's own end must be in one of `include` (when there is one) and in none of `exclude`. */
export interface Endpoints {
  readonly include: readonly SetId[];
  readonly exclude: readonly SetId[];
}

/** A rule matches a packet that matches one of its services. Ranges are disjoint, ascending, never empty. */
export type Service =
  /** Whole protocols, whatever ports or types. */
  | { readonly kind: 'protocols'; readonly protocols: readonly NumberRange[] }
  /** One of 6, 17, 132, 136 with ports; [{0..65535}] = any port. */
  | {
      readonly kind: 'ports';
      readonly protocol: number;
      readonly source: readonly NumberRange[];
      readonly destination: readonly NumberRange[];
    }
  /** 1 (IPv4) or 58 (IPv6) with pairs of type and code; a code range of 0..255 = any code. */
  | {
      readonly kind: 'icmp';
      readonly protocol: 1 | 58;
      readonly types: readonly { readonly type: NumberRange; readonly code: NumberRange }[];
    };

/** What becomes of the source address of a packet that the rule allows. Only on `allow`, stage `forward`, direction `egress`. */
export type Translation =
  /** Nothing said: the administrator's own NAT decides. */
  | { readonly kind: 'absent' }
  /** Keeps its own address, also against the administrator's NAT. */
  | { readonly kind: 'none' }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'range'; readonly range: AddressRange }
  /** A named pool of the settings; at least one range of each family that the rule has. */
  | { readonly kind: 'pool'; readonly pool: string; readonly ranges: readonly AddressRange[] };

/** Where a rule comes from, for people. Never compared when rulebooks are. */
export interface Origin {
  readonly cluster: string;
  readonly tier: string;
  /** undefined: the drop at the end of a tier */
  readonly policy?: { readonly kind: string; readonly namespace: string; readonly name: string };
  /** index in the policy's inbound or outbound rules, from 0 */
  readonly ruleIndex?: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** "app == 'payments'" as its author wrote it */
  readonly sourceText?: string;
  readonly destinationText?: string;
}

export interface FilterRule {
  readonly id: RuleId;
  /** The border (HostEndpoint) whose chain holds it. */
  readonly border: string;
  readonly stage: Stage;
  readonly direction: Direction;
  /** `log` does not end the evaluation. */
  readonly action: 'allow' | 'deny' | 'log';
  /** Log what this rule decides as well (a lowered `log` rule, or cextfire.io/log). */
  readonly log: boolean;
  /** Families in which the rule exists; never empty. Prefixes and members of another family do not count. */
  readonly families: readonly Family[];
  readonly source: Side;
  readonly destination: Side;
  readonly sourceEndpoints: Endpoints;
  readonly destinationEndpoints: Endpoints;
  readonly services: 'any' | readonly Service[];
  readonly translation: Translation;
  readonly origin: Origin;
}

export type SetKind = 'addresses' | 'endpoints';

/** How the members of a set follow from Felix's sets. */
export type SetExpression =
  | { readonly kind: 'felix'; readonly cluster: string; readonly set: string }
  | { readonly kind: 'and'; readonly of: readonly SetExpression[] }
  | { readonly kind: 'or'; readonly of: readonly SetExpression[] }
  | { readonly kind: 'minus'; readonly of: SetExpression; readonly without: SetExpression }
  /** Cut to these prefixes: a member that is larger than a prefix is cut, not dropped. */
  | { readonly kind: 'within'; readonly of: SetExpression; readonly prefixes: readonly Prefix[] }
  | { readonly kind: 'outside'; readonly of: SetExpression; readonly prefixes: readonly Prefix[] }
  /** Of a set of endpoints: the addresses ("10.1.2.3/32") of its members with this protocol and port. Lowering makes these. */
  | { readonly kind: 'at'; readonly of: SetExpression; readonly protocol: number; readonly port: number }
  | { readonly kind: 'nothing' };

export interface SetDefinition {
  readonly id: SetId;
  readonly kind: SetKind;
  readonly cluster: string;
  readonly expression: SetExpression;
  /** For people: "app == 'payments' && pcns.team == 'pay'". */
  readonly text: string;
}

export interface Rulebook {
  readonly rules: readonly FilterRule[];
  readonly sets: ReadonlyMap<SetId, SetDefinition>;
}

/**
 * A member in canonical text: a prefix ("10.1.2.3/32") in a set of addresses, "10.1.2.3,tcp:80" in a set of endpoints.
 */
export type Member = string;

export interface Members extends Iterable<Member> {
  readonly size: number;
  has(member: Member): boolean;
}

/** The members of every set of a rulebook, at one moment. */
export interface MemberSource {
  members(set: SetId): Members;
  /** Order-free digest of the members, 32 hex digits (proto/digest.ts, seeded with the set's id). */
  digest(set: SetId): string;
}

/** What a rulebook does with a packet. */
export type Decision =
  | { readonly kind: 'allow'; readonly rule: FilterRule; readonly logged: boolean }
  | { readonly kind: 'deny'; readonly rule: FilterRule; readonly logged: boolean }
  | { readonly kind: 'unmatched'; readonly logged: boolean };

export const ANY: Side = { include: 'any', exclude: { sets: [], prefixes: [] } };
export const NO_UNION: Union = { sets: [], prefixes: [] };
export const NO_ENDPOINTS: Endpoints = { include: [], exclude: [] };

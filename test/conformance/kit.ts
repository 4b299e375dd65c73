/**
 * All that a module with a `Target` needs from here, also one that is kept elsewhere (docs/guides/write-a-connector.md): what it has to be, a wish for its
 * device, and what a device in memory does with packets.
 */
import type { Desired } from '../../functions/firewalls/contract.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import { evaluatorOf, passageOf } from '../../functions/rulebook/evaluate.ts';
import type { MemberSource, Rulebook } from '../../functions/rulebook/types.ts';
import { Border, Cluster, Firewall } from '../../functions/settings.ts';
import { CLUSTER } from '../worlds/rule.ts';
import type { Fault, Observation } from './device.ts';
import { behindDestinationNat, own, POD_CIDRS, sourcesOf, VIPS } from './world.ts';

export { digestsOf } from '../worlds/members.ts';
export { type Device, FAULTS, type Fault, type FaultName, type Observation, type Target } from './device.ts';
export { POD_CIDRS, PUBLISHED, VIPS } from './world.ts';

export interface Wish {
  /** name of the firewall; its border is "edge" */
  readonly firewall: string;
  readonly zones?: { readonly inside: readonly string[]; readonly outside: readonly string[] };
  /** what the settings say of the firewall besides: placement, prefix */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A wish for a device: the settings of a small company around a rulebook. */
export function wishFor({ firewall, zones, settings }: Wish, rulebook: Rulebook, members: MemberSource): Desired {
  const clusters = new Set([CLUSTER, ...rulebook.rules.map(({ origin }) => origin.cluster)]);
  return {
    firewall,
    settings: Firewall.parse({ manager: 'm', mode: 'sync', ...settings }),
    borders: new Map([['edge', Border.parse({ firewall, hostEndpoint: 'edge', vips: [...VIPS], ...(zones && { zones }) })]]),
    clusters: new Map([...clusters].map((name) => [name, Cluster.parse({ podCidrs: [...POD_CIDRS] })])),
    rulebook,
    members,
  };
}

/** What a device in memory does that runs this rulebook with these members; what no rule decides is denied. */
export function observationsBy(rulebook: Rulebook, members: MemberSource['members'], packets: readonly Packet[]): readonly Observation[] {
  const passage = passageOf(evaluatorOf({ rulebook, members: { members, digest: () => '' } }));
  return packets.map((packet) => {
    const { decision } = passage('edge', packet, behindDestinationNat(packet));
    if (decision.kind !== 'allow') return { verdict: 'deny' };
    return { verdict: 'allow', source: sourcesOf(decision.rule.translation, packet.family, [own(packet)], packet) };
  });
}

export const cannot = (why: string): Fault => ({ kind: 'cannot', why });

/** The secret was changed on the device: what the product reads is not valid any more while `armed`. */
export class OutdatedSecret {
  readonly kind = 'can';
  readonly expect = ['refused'] as const;
  readonly lasts = true;
  armed = false;

  async arm(): Promise<void> {
    this.armed = true;
  }

  async heal(): Promise<boolean> {
    this.armed = false;
    return true;
  }
}

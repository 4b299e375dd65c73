/** Packets that meet what a view speaks of, and what must become of them. */
import type { ClusterView } from '../../functions/cluster/view.ts';
import { parseAddress, parsePrefix } from '../../functions/packets/address.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import { type EvaluateInput, evaluatePolicies } from '../../functions/policy/evaluate.ts';
import type { Judgement } from '../linux-firewall/judge.ts';

/** Every source that the view or an earlier one knows, to the nets and ports that its rules name; IPv4 over TCP. */
export function drawPackets(view: ClusterView, sources: ReadonlySet<string>): readonly Packet[] {
  const rules = [...view.policies.values()].flatMap(({ outbound }) => outbound);
  const nets = new Set(rules.flatMap(({ dstNet }) => dstNet ?? []));
  const ports = new Set(rules.flatMap(({ dstPorts }) => (dstPorts ?? []).map(({ first }) => first ?? 0)));
  const destinations = [...nets, '203.0.113.250/32'].map((net) => parsePrefix(net)?.first).filter((value) => value !== undefined);
  return [...sources].flatMap((text, at) => {
    const source = parseAddress(text);
    if (source?.family !== 4) return [];
    // Each source meets each destination, at a port that takes turns.
    const open = [...ports, 8080];
    return destinations.map(
      (destination, turn): Packet => ({
        family: 4,
        direction: 'egress',
        source: source.value,
        destination,
        protocol: 6,
        sourcePort: 40_000 + (at % 1000),
        destinationPort: (turn + at) % 7 === 0 ? (open[(turn + at) % open.length] as number) : (open[0] as number),
      }),
    );
  });
}

/** Addresses of all sets of a view, without their length. */
export function addressesOf(view: ClusterView): readonly string[] {
  return [...view.sets.values()].flatMap(({ members }) => [...members].map((member) => member.replace(/\/32$/, '')));
}

/** How a judgement differs from what the reference evaluator says; undefined when it does not. */
export function misjudged(input: EvaluateInput, packet: Packet, { verdict, source }: Judgement): string | undefined {
  const wanted = evaluatePolicies(input, packet);
  // Nobody else has rules for these packets: what we leave alone passes as it is.
  if ((wanted.verdict === 'deny') !== (verdict === 'deny')) return `${wanted.verdict}, but ${verdict}`;
  if (verdict === 'deny' || source === undefined) return undefined;
  const { translation } = wanted;
  const well =
    wanted.verdict !== 'allow' || translation.kind === 'absent' || translation.kind === 'none'
      ? source === packet.source
      : translation.kind === 'address'
        ? source === parseAddress(translation.address)?.value
        : (translation.kind === 'range' ? [translation.range] : translation.ranges).some(
            ({ first, last }) => source >= first && source <= last,
          );
  return well
    ? undefined
    : `to be translated by ${JSON.stringify(translation, (_, value) => (typeof value === 'bigint' ? value.toString(16) : value))}, came out with source ${source.toString(16)}`;
}

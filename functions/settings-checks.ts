/** What the schema alone cannot see: names that must exist elsewhere, addresses that must not overlap, prefixes that must differ, keys that need another. */
import { milliseconds } from './duration.ts';
import { type AddressRange, parseAddress, parsePrefix, parseRange } from './packets/address.ts';
import { addressesOf, issuerOf, type Settings } from './settings.ts';

export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

export function crossCheck(settings: Settings): Mistake[] {
  return [
    ...checkNames(settings),
    ...checkPools(settings),
    ...checkOverlaps(settings),
    ...checkPrefixes(settings),
    ...checkHostEndpoints(settings),
    ...checkSenders(settings),
    ...checkAnchors(settings),
    ...checkManagers(settings),
    ...checkTimes(settings),
    ...checkNetwork(settings),
    ...checkPairs(settings),
  ];
}

function unknown(path: readonly PropertyKey[], kind: string, name: string, known: Readonly<Record<string, unknown>>): Mistake[] {
  if (Object.hasOwn(known, name)) return [];
  const names = Object.keys(known).join(', ') || 'none';
  return [{ path, text: `"${name}" is no ${kind}; name one of: ${names}` }];
}

function checkNames({ managers, firewalls, borders, clusters, pairs }: Settings): Mistake[] {
  return [
    ...Object.entries(firewalls).flatMap(([name, { manager }]) => unknown(['firewalls', name, 'manager'], 'manager', manager, managers)),
    ...Object.entries(borders).flatMap(([name, { firewall }]) => unknown(['borders', name, 'firewall'], 'firewall', firewall, firewalls)),
    ...pairs.flatMap(({ cluster, firewall }, index) => [
      ...unknown(['pairs', index, 'cluster'], 'cluster', cluster, clusters),
      ...unknown(['pairs', index, 'firewall'], 'firewall', firewall, firewalls),
    ]),
  ];
}

/** A pair may use the pools of the borders on its firewall. */
function checkPools({ borders, pairs }: Settings): Mistake[] {
  return pairs.flatMap(({ firewall, snatPools }, pair) => {
    const pools = Object.assign(
      {},
      ...Object.values(borders)
        .filter((border) => border.firewall === firewall)
        .map((border) => border.snatPools),
    );
    return snatPools.flatMap((pool, index) =>
      unknown(['pairs', pair, 'snatPools', index], `SNAT pool on the borders of firewall "${firewall}"`, pool, pools),
    );
  });
}

const rangeOf = (text: string) => parsePrefix(text) ?? parseRange(text);

function overlap(a: AddressRange | undefined, b: AddressRange | undefined): boolean {
  return a !== undefined && b !== undefined && a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** Two clusters on one firewall must be told apart by their addresses: the scope of a cluster is its pod CIDRs. */
function checkOverlaps({ firewalls, clusters, pairs }: Settings): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const firewall of Object.keys(firewalls)) {
    const names = [...new Set(pairs.filter((pair) => pair.firewall === firewall).map(({ cluster }) => cluster))];
    names.forEach((later, at) => {
      for (const earlier of names.slice(0, at))
        clusters[later]?.podCidrs.forEach((cidr, index) => {
          const other = clusters[earlier]?.podCidrs.find((text) => overlap(rangeOf(text), rangeOf(cidr)));
          if (other)
            mistakes.push({
              path: ['clusters', later, 'podCidrs', index],
              text: `${cidr} overlaps ${other} of cluster "${earlier}" on firewall "${firewall}"; give the clusters pod CIDRs of their own, or firewalls of their own`,
            });
        });
    });
  }
  return mistakes;
}

/** On one manager every object of ours is told by its prefix: whose is "cf_x" when one firewall writes "cf_" and another "cf_x_"? */
function checkPrefixes({ firewalls }: Settings): Mistake[] {
  const all = Object.entries(firewalls);
  return all.flatMap(([name, firewall], at) =>
    all
      .slice(0, at)
      .filter(
        ([, other]) =>
          other.manager === firewall.manager && (other.prefix.startsWith(firewall.prefix) || firewall.prefix.startsWith(other.prefix)),
      )
      .map(([other, { prefix }]) => ({
        path: ['firewalls', name, 'prefix'],
        text: `"${firewall.prefix}" collides with "${prefix}" of firewall "${other}" on the same manager; give each a prefix that does not begin with the other`,
      })),
  );
}

function checkHostEndpoints({ borders }: Settings): Mistake[] {
  const all = Object.entries(borders);
  return all.flatMap(([name, border], at) =>
    all
      .slice(0, at)
      // Two firewalls may stand for one HostEndpoint, side by side (docs/decisions/0153); on one firewall it would be ambiguous.
      .filter(([, other]) => other.hostEndpoint === border.hostEndpoint && other.firewall === border.firewall)
      .map(([other]) => ({
        path: ['borders', name, 'hostEndpoint'],
        text: `"${border.hostEndpoint}" is the HostEndpoint of border "${other}" on the same firewall; give every border there a HostEndpoint of its own`,
      })),
  );
}

/** The queue of a cluster is its identity: one sender with two queues could speak for both. A block copied and not changed ends here. */
function checkSenders({ clusters }: Settings): Mistake[] {
  const senders = Object.entries(clusters).flatMap(([name, { sender }]) => (sender ? [{ name, who: identityOf(sender) }] : []));
  return senders.flatMap(({ name, who }, at) =>
    senders
      .slice(0, at)
      .filter((other) => other.who === who)
      .map((other) => ({
        path: ['clusters', name, 'sender'],
        text: `is the sender of cluster "${other.name}", too, and could speak for both; give every cluster a role or a service account of its own`,
      })),
  );
}

/** An OIDC provider is named by its URL or by the ARN that ends with it. */
function identityOf(sender: NonNullable<Settings['clusters'][string]['sender']>): string {
  return 'principal' in sender ? sender.principal : `${issuerOf(sender.oidcProvider)} ${sender.serviceAccount}`;
}

function checkAnchors({ firewalls }: Settings): Mistake[] {
  return Object.entries(firewalls).flatMap(([name, { placement }]) =>
    (['filter', 'nat'] as const).flatMap((list) => {
      const { where, rule } = placement[list];
      const needs = where === 'before' || where === 'after';
      const path = ['firewalls', name, 'placement', list];
      if (needs && !rule) return [{ path, text: `"${where}" needs a rule to stand beside; name it with "rule"` }];
      if (!needs && rule)
        return [{ path: [...path, 'rule'], text: `"${where}" stands beside no rule; take it out, or write where: before or after` }];
      return [];
    }),
  );
}

/** What a vendor needs beyond its own block. */
function checkManagers({ managers, firewalls, region }: Settings): Mistake[] {
  return [
    ...Object.entries(managers).flatMap(([name, { secret }]) => {
      const [, , , there] = secret.split(':');
      return region !== undefined && there !== undefined && there !== region
        ? [
            {
              path: ['managers', name, 'secret'],
              text: `is a secret in ${there}, and functions read those of ${region}; replicate it to ${region}`,
            },
          ]
        : [];
    }),
    ...Object.entries(managers).flatMap(([name, manager]) =>
      manager.vendor !== 'linux' && manager.tls.ca === undefined && manager.tls.fingerprints.length === 0
        ? [{ path: ['managers', name, 'tls'], text: 'says nothing by which the device is known; give ca, fingerprints, or both' }]
        : [],
    ),
    ...Object.entries(firewalls).flatMap(([name, { manager, placement }]) =>
      managers[manager]?.vendor === 'panorama' && placement.deviceGroup === undefined
        ? [
            {
              path: ['firewalls', name, 'placement', 'deviceGroup'],
              text: `is missing; name the device group of Panorama "${manager}" that gets our rules`,
            },
          ]
        : [],
    ),
  ];
}

/** The scheduler counts in whole minutes. */
function checkTimes({ auditEvery }: Settings): Mistake[] {
  const whole = milliseconds(auditEvery) % 60_000 === 0;
  return whole ? [] : [{ path: ['auditEvery'], text: `${auditEvery} is no number of whole minutes; write for instance 15m` }];
}

function checkNetwork({ network, managers }: Settings): Mistake[] {
  if (network === 'none') return [];
  if ('cidr' in network)
    return Object.entries(managers).flatMap(([name, manager]) =>
      addressesOf(manager)
        .filter((address) => parseAddress(address)?.family === 6)
        .map((address) => ({
          path: ['managers', name, manager.vendor === 'linux' ? 'address' : 'addresses'],
          text: `${address} is not reached from a VPC that is made, which has IPv4 only; give an IPv4 address, or a VPC with subnets of both families`,
        })),
    );
  if (network.subnetIds.length === network.availabilityZones.length) return [];
  return [
    {
      path: ['network', 'availabilityZones'],
      text: `${network.availabilityZones.length} zones for ${network.subnetIds.length} subnets; write the zone of each subnet, in the same order`,
    },
  ];
}

function checkPairs({ pairs }: Settings): Mistake[] {
  return pairs.flatMap(({ cluster, firewall, tiers }, index) => {
    const twice = pairs.slice(0, index).some((pair) => pair.cluster === cluster && pair.firewall === firewall);
    const repeated = tiers.flatMap((tier, at) =>
      tiers.indexOf(tier) < at ? [{ path: ['pairs', index, 'tiers', at], text: `tier "${tier}" stands here twice; take one out` }] : [],
    );
    return twice
      ? [
          { path: ['pairs', index], text: `cluster "${cluster}" and firewall "${firewall}" are a pair already; make one entry of both` },
          ...repeated,
        ]
      : repeated;
  });
}

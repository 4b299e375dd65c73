/** The firewalls that `npm start` shows: a real Linux box, and the twin of a Palo Alto. What a box lacks is said, and the other one is shown alone. */
import { elementMembers, type Listing, parseListing } from '../../functions/firewalls/linux/listing.ts';
import { parseRuleChain, parseSetName, tableName } from '../../functions/firewalls/linux/naming.ts';
import { ruleIdOf, setOfGroup } from '../../functions/firewalls/panos/naming.ts';
import type { RuleId, SetId } from '../../functions/rulebook/types.ts';
import { startLinuxBorder } from '../linux-firewall/rig.ts';
import { child, entries, named, print } from '../twins/panos/element.ts';
import { startPanosTwin } from '../twins/panos/start.ts';
import { type BorderPicture, NOTHING_YET } from './border-watch.ts';

export interface ShownFirewall {
  /** in the settings: manager, firewall and border are called so */
  readonly name: string;
  readonly vendor: 'linux' | 'panos';
  /** how people call it */
  readonly title: string;
  /** what carries a rule there: "nft chain" */
  readonly carrier: string;
  /** one line: what it is and where */
  readonly about: string;
  /** its manager in the settings, without the secret's name */
  readonly manager: Readonly<Record<string, unknown>>;
  readonly firewall: Readonly<Record<string, unknown>>;
  readonly border: Readonly<Record<string, unknown>>;
  readonly secret: string;
  readonly lookWith: string;
  picture(): Promise<BorderPicture>;
  /** what it cost so far: "2 commits" */
  spent(): string;
  close(): Promise<unknown>;
}

const PREFIX = 'cf_';

/** @throws Error with one line where a program or a right is missing */
export async function showLinux(name: string, say: (line: string) => void): Promise<ShownFirewall> {
  const border = await startLinuxBorder({ name: 'start', say });
  const { address, port, user, hostKeys } = border;
  const table = tableName(PREFIX, name);
  return {
    name,
    vendor: 'linux',
    title: 'Linux',
    carrier: 'nft chain',
    about: `nftables in a network namespace, behind OpenSSH on ${address}:${port}`,
    manager: { vendor: 'linux', address, port, user, hostKeys: [...hostKeys] },
    firewall: {},
    border: {},
    secret: border.privateKey,
    lookWith: `ssh -p ${port} ${user}@${address} (key in the local Secrets Manager), table inet ${table}`,
    picture: async () => {
      const listed = await border.nft(['-j', '-n', 'list', 'table', 'inet', table]).catch(() => undefined);
      return listed === undefined ? NOTHING_YET : linuxPicture(parseListing(listed), PREFIX);
    },
    spent: () => 'a transaction for each change of rules, none of them a commit',
    close: () => border.close(),
  };
}

function linuxPicture(listing: Listing, prefix: string): BorderPicture {
  const sets = new Map<SetId, Set<string>>();
  for (const { name, elements } of listing.sets.values()) {
    const ours = parseSetName(prefix, name);
    if (!ours) continue;
    const members = sets.get(ours.set) ?? new Set();
    for (const element of elements) for (const member of elementMembers(element)) members.add(member);
    sets.set(ours.set, members);
  }
  const rules = new Map<RuleId, Map<string, readonly string[]>>();
  for (const { name, lines } of listing.chains.values()) {
    const ours = parseRuleChain(prefix, name);
    if (!ours) continue;
    const chains = rules.get(ours.rule) ?? new Map<string, readonly string[]>();
    chains.set(
      name,
      lines.map(({ text }) => text),
    );
    rules.set(ours.rule, chains);
  }
  return { sets, rules };
}

/** How long a commit runs on the twin; a real device takes a minute. */
const COMMIT_MS = 800;

export async function showPaloAlto(name: string): Promise<ShownFirewall> {
  const twin = await startPanosTwin({ jobMs: COMMIT_MS });
  const { device } = twin;
  let registrations = 0;
  twin.server.onRequest = ({ parameters }) => {
    if (parameters.type === 'user-id') registrations++;
  };
  return {
    name,
    vendor: 'panos',
    title: 'Palo Alto',
    carrier: 'running rules',
    about: `a twin of PAN-OS ${device.options.version} with its own candidate, commits and registered tags, on ${twin.url}`,
    manager: { vendor: 'panos', addresses: [twin.host], port: twin.port, tls: { ca: twin.ca } },
    firewall: { placement: { filter: { where: 'before', rule: 'DENY-ALL' } } },
    border: { zones: { inside: ['trust'], outside: ['untrust'] } },
    secret: JSON.stringify({ user: twin.user, apiKey: twin.apiKey }),
    lookWith: `curl -k "${twin.url}?type=op&cmd=<show><object><registered-ip><all/></registered-ip></object></show>&key=${twin.apiKey}"`,
    picture: async () => {
      device.settle();
      const vsys = named(child(named(child(device.configuration.running, 'devices'), 'localhost.localdomain'), 'vsys'), 'vsys1');
      const sets = new Map<SetId, Set<string>>();
      for (const group of entries(vsys, 'address-group')) {
        const tag = group.attributes.name ?? '';
        const ours = setOfGroup(PREFIX, tag);
        if (!ours) continue;
        const members = sets.get(ours.set) ?? new Set();
        for (const { address } of device.registered.list({ tag })) members.add(address);
        sets.set(ours.set, members);
      }
      const rules = new Map<RuleId, Map<string, readonly string[]>>();
      for (const rulebase of ['security', 'nat'])
        for (const rule of entries(vsys, 'rulebase', rulebase, 'rules')) {
          const id = ruleIdOf(PREFIX, rule.attributes.name ?? '');
          if (id === undefined) continue;
          const carriers = rules.get(id) ?? new Map<string, readonly string[]>();
          carriers.set(rule.attributes.name ?? '', [print(rule)]);
          rules.set(id, carriers);
        }
      return { sets, rules };
    },
    spent: () => {
      const commits = device.jobs.filter(({ type }) => type === 'Commit').length;
      return `${commits} ${commits === 1 ? 'commit' : 'commits'} for rules and for the NAT list of translated pods, ${registrations} calls without a commit for members`;
    },
    close: () => twin.close(),
  };
}

/** `at`: what stood on the firewalls at a moment, and what the clusters said then. */

import { setsOf } from '../../functions/apply/kept.ts';
import type { WarmFirewall } from '../../functions/apply/warm.ts';
import type { ClusterView } from '../../functions/cluster/view.ts';
import { readHistory } from '../../functions/ledger/query.ts';
import { host, plural, tellOrigin, tellRule } from '../../functions/rulebook/words.ts';
import type { Answer, Call } from '../command.ts';
import { deviceName } from '../device-name.ts';
import { cliError } from '../errors.ts';
import type { Look } from '../io.ts';
import { known, Lens } from '../lens.ts';
import type { Place } from '../place.ts';
import { table } from '../table-text.ts';
import { parseMoment, tellAsked, tellMoment } from '../time.ts';
import { policyKeyText } from '../way-text.ts';

export interface ShownRule {
  readonly id: string;
  readonly name: string;
  readonly border: string;
  readonly direction: string;
  readonly text: string;
  readonly from: string;
  /** members of the sets that it names; null: not known */
  readonly members: number | null;
  /** with --members: who they were */
  readonly addresses?: readonly string[];
  readonly plan: string | null;
}

export async function at(call: Call): Promise<Answer> {
  const place = await call.place();
  const { settings } = place;
  const timeMs = parseMoment(call.arguments.join(' '), place.now(), 'TIME');
  const { firewall, cluster } = call.options;
  const whole = call.options.members !== undefined;
  if (firewall !== undefined) known('firewall', firewall, settings.firewalls);
  if (cluster !== undefined) known('cluster', cluster, settings.clusters);
  const lens = new Lens(place, timeMs);
  const firewalls: { firewall: string; version: number | null; plan: string | null; atMs: number | null; rules: ShownRule[] }[] = [];
  for (const name of firewall === undefined ? Object.keys(settings.firewalls) : [firewall]) {
    const warm = await lens.firewall(name);
    const rules = shownRules(warm, whole).filter((rule) => cluster === undefined || rule.cluster === cluster);
    const { version = null, plan = null, atMs = null } = warm.applied ?? {};
    firewalls.push({ firewall: name, version, plan, atMs, rules: rules.map(({ cluster: _, ...rule }) => rule) });
  }
  const clusters: { cluster: string; view: ReturnType<typeof shownView> | null }[] = [];
  const spoken = new Set(settings.pairs.filter((pair) => firewall === undefined || pair.firewall === firewall).map((pair) => pair.cluster));
  for (const name of cluster === undefined ? spoken : [cluster]) {
    const { view } = await lens.cluster(name);
    clusters.push({ cluster: name, view: view ? shownView(view) : null });
  }
  if (firewalls.every(({ version }) => version === null) && clusters.every(({ view }) => view === null))
    throw cliError(
      'CEXT_CLI_TOO_EARLY',
      `nothing is kept of ${tellAsked(timeMs)}: it lies before the first shipment, or more than keepDays (${settings.keepDays}) ago; ${await firstKept(place)}`,
    );
  const value = { atMs: timeMs, firewalls, clusters };
  return { value, text: (look) => show(value, look) };
}

/** What to ask for instead. */
async function firstKept({ table: reading, settings, now }: Place): Promise<string> {
  let first = Number.POSITIVE_INFINITY;
  for (const firewall of Object.keys(settings.firewalls))
    for await (const { atMs } of readHistory(reading, firewall, 0, now())) {
      first = Math.min(first, atMs);
      break;
    }
  return Number.isFinite(first) ? `the first change that is kept is of ${tellMoment(first)}` : 'no firewall was ever changed';
}

/** The rules that stand on a firewall, in its order; `whole`: with the members of their sets. */
function shownRules(warm: WarmFirewall, whole: boolean): (ShownRule & { readonly cluster: string })[] {
  const { applied } = warm;
  return (applied?.rulebook.rules ?? []).map((rule) => {
    const sets = setsOf(rule);
    const knownSets = sets.every((set) => warm.views.has(applied?.rulebook.sets.get(set)?.cluster ?? ''));
    return {
      cluster: rule.origin.cluster,
      id: rule.id,
      name: deviceName(warm.settings.prefix, rule.id),
      border: rule.border,
      direction: rule.direction,
      text: tellRule(rule, applied?.rulebook ?? { sets: new Map() }),
      from: tellOrigin(rule),
      members: knownSets ? sets.reduce((sum, set) => sum + warm.derived.members(set).size, 0) : null,
      plan: applied?.brought.get(rule.id)?.plan ?? null,
      ...(whole && knownSets && { addresses: [...new Set(sets.flatMap((set) => [...warm.derived.members(set)]))].map(host).sort() }),
    };
  });
}

function shownView(view: ClusterView) {
  return {
    position: view.position,
    calicoVersion: view.calicoVersion,
    hostEndpoints: [...view.hostEndpoints.keys()].sort(),
    policies: [...view.policies.values()]
      .map(({ key, tier, staged }) => ({ policy: key, tier, staged }))
      .sort((a, b) => (a.policy < b.policy ? -1 : 1)),
    sets: [...view.sets.values()].map(({ id, members }) => ({ set: id, members: members.size })),
    pools: [...view.pools.values()],
  };
}

type Value = {
  readonly atMs: number;
  readonly firewalls: readonly { firewall: string; version: number | null; plan: string | null; atMs: number | null; rules: ShownRule[] }[];
  readonly clusters: readonly { cluster: string; view: ReturnType<typeof shownView> | null }[];
};

function show(value: Value, { paint, width }: Look): string {
  const out = [paint('bold', `At ${tellAsked(value.atMs)}`)];
  for (const { firewall, version, plan, atMs, rules } of value.firewalls) {
    out.push('');
    if (version === null) out.push(`${paint('bold', `firewall ${firewall}`)}: nothing of ours stood there yet`);
    else {
      out.push(
        `${paint('bold', `firewall ${firewall}`)}: version ${version}, ${plural(rules.length, 'rule')}, written ${tellMoment(atMs ?? 0)} by plan ${plan}`,
      );
      if (rules.length > 0)
        out.push(
          table(
            ['on the device', 'policy rule', 'meaning', 'members'],
            rules.map((rule) => [rule.name, rule.from, rule.text, rule.members === null ? '?' : String(rule.members)]),
            width,
            (text, row) => (row < 0 ? paint('bold', text) : text),
          ),
        );
      for (const { name, addresses = [] } of rules)
        if (addresses.length > 0) out.push('', `${name}: ${plural(addresses.length, 'member')}`, ...addresses.map((one) => `  ${one}`));
    }
  }
  for (const { cluster, view } of value.clusters) {
    out.push('');
    if (!view) {
      out.push(`${paint('bold', `cluster ${cluster}`)}: had said nothing yet, or it is not kept any more`);
      continue;
    }
    const members = view.sets.reduce((sum, set) => sum + set.members, 0);
    out.push(
      `${paint('bold', `cluster ${cluster}`)}: Calico ${view.calicoVersion || 'of unknown version'}, log position ${view.position}, ${plural(view.sets.length, 'set')} with ${plural(members, 'member')}, HostEndpoints ${view.hostEndpoints.join(', ') || 'none'}`,
    );
    for (const { policy, tier, staged } of view.policies) out.push(`  ${policyKeyText(policy)}  tier ${tier}${staged ? ', staged' : ''}`);
    for (const { cidr, masquerade } of view.pools) out.push(`  pool ${cidr}${masquerade ? paint('yellow', ', masquerades') : ''}`);
  }
  return out.join('\n');
}

/** What the report shows, as plain data: gathered here, drawn by walk.js. */
import { setsOf } from '../../functions/apply/kept.ts';
import type { WarmFirewall } from '../../functions/apply/warm.ts';
import type { PlannedPart } from '../../functions/ledger/plans.ts';
import { listPlans, readPlan } from '../../functions/ledger/query.ts';
import { tellOrigin, tellRule, tellTranslation } from '../../functions/rulebook/words.ts';
import { readPast, ruleText } from '../commands/history.ts';
import { type ConditionLine, conditionSubject, readStatus, type StatusValue, stateOf } from '../commands/status.ts';
import { deviceName } from '../device-name.ts';
import { Lens } from '../lens.ts';
import type { Place } from '../place.ts';
import { policyKeyText } from '../way-text.ts';

export interface ReportSet {
  readonly id: string;
  readonly text: string;
  readonly size: number;
  /** the first of them, so that an address can be searched for */
  readonly members: readonly string[];
}

export interface ReportRule {
  readonly id: string;
  readonly name: string;
  readonly cluster: string;
  readonly firewall: string;
  readonly border: string;
  readonly stage: string;
  readonly direction: string;
  readonly action: string;
  readonly text: string;
  readonly from: string;
  readonly translation: string;
  /** id of a ReportPolicy */
  readonly policy: string;
  readonly policyName: string;
  readonly tier: string;
  readonly prefixes: readonly string[];
  readonly sets: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly plan: string;
  readonly since: string;
  readonly approvedBy: string;
}

export interface ReportPolicy {
  readonly id: string;
  readonly cluster: string;
  readonly name: string;
  readonly kind: string;
  readonly tier: string;
  readonly staged: boolean;
  readonly selector: string;
  readonly rules: number;
}

/** A part of a plan that is held, or only observed. */
export interface ReportPlan extends Pick<PlannedPart, 'firewall' | 'cluster' | 'hash' | 'held' | 'rules' | 'regions'> {
  readonly id: string;
  readonly at: string;
  readonly status: string;
}

export interface ReportChange {
  readonly at: string;
  readonly firewall: string;
  readonly what: string;
  readonly who: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  readonly reordered: boolean;
  readonly opens: readonly string[];
  readonly closes: readonly string[];
  readonly otherwise: readonly string[];
}

export interface ReportData {
  readonly title: string;
  readonly environment: string;
  readonly at: string;
  readonly since: string;
  readonly clusters: readonly (StatusValue['clusters'][number] & {
    readonly podCidrs: readonly string[];
    readonly calico: string;
    readonly masquerading: readonly string[];
  })[];
  readonly policies: readonly ReportPolicy[];
  readonly rules: readonly ReportRule[];
  readonly sets: Readonly<Record<string, ReportSet>>;
  readonly firewalls: readonly (StatusValue['firewalls'][number] & { readonly borders: readonly string[]; readonly state: string })[];
  readonly conditions: readonly (ConditionLine & { readonly since: string; readonly about: string; readonly policyId: string })[];
  readonly plans: readonly ReportPlan[];
  readonly changes: readonly ReportChange[];
}

/** A file that a browser opens at once. */
const MOST_MEMBERS_OF_SET = 2_000;
const MOST_MEMBERS = 100_000;

export async function gatherReport(place: Place, sinceMs: number): Promise<ReportData> {
  const lens = new Lens(place);
  const status = await readStatus(place);
  const sets: Record<string, ReportSet> = {};
  const rules: ReportRule[] = [];
  const room = { left: MOST_MEMBERS };
  for (const name of Object.keys(place.settings.firewalls)) {
    const warm = await lens.firewall(name);
    rules.push(...rulesOf(warm));
    collectSets(warm, sets, room);
  }
  const clusters = [];
  const policies: ReportPolicy[] = [];
  for (const line of status.clusters) {
    const { view } = await lens.cluster(line.cluster);
    const settings = place.settings.clusters[line.cluster];
    const masquerading = [...(view?.pools.values() ?? [])].filter((pool) => pool.masquerade).map((pool) => pool.cidr);
    clusters.push({ ...line, podCidrs: settings?.podCidrs ?? [], calico: view?.calicoVersion ?? '', masquerading });
    const counted = Map.groupBy(
      rules.filter((rule) => rule.cluster === line.cluster),
      (rule) => rule.policy,
    );
    for (const policy of view?.policies.values() ?? []) {
      const id = `${line.cluster} ${policy.key}`;
      policies.push({
        id,
        cluster: line.cluster,
        name: policyKeyText(policy.key),
        kind: policy.kind,
        tier: policy.tier,
        staged: policy.staged,
        selector: policy.selector,
        rules: counted.get(id)?.length ?? 0,
      });
      counted.delete(id);
    }
    // Ends of tiers, and policies that are gone but whose rules still stand.
    for (const [id, [first, ...more]] of counted)
      if (first)
        policies.push({
          id,
          cluster: line.cluster,
          name: first.policyName,
          kind: '',
          tier: first.tier,
          staged: false,
          selector: '',
          rules: more.length + 1,
        });
  }
  const first = new Map(rules.map((rule, index) => [rule.policy, rules.length - index] as const).reverse());
  const rank = ({ id }: ReportPolicy) => -(first.get(id) ?? 0);
  const past = await readPast(place, sinceMs, place.now());
  const iso = (ms: number | null) => (ms === null ? '' : new Date(ms).toISOString());
  const changes: ReportChange[] = past.entries.map((entry) => {
    const having = (effect: string) =>
      entry.regions.filter((region) => region.startsWith(`${effect} `)).map((region) => region.slice(effect.length + 1));
    return {
      at: iso(entry.atMs),
      firewall: entry.firewall,
      what: `version ${entry.version}, plan ${entry.plan}`,
      who: entry.approvedBy ? `approved by ${entry.approvedBy}` : '',
      added: entry.rules.filter(({ change }) => change === 'added').map(ruleText),
      changed: entry.rules.filter(({ change }) => change === 'changed').map(ruleText),
      removed: entry.rules.filter(({ change }) => change === 'removed').map(ruleText),
      reordered: entry.rules.length === 0,
      opens: having('opens'),
      closes: having('closes'),
      otherwise: having('translatesOtherwise'),
    };
  });
  for (const { atMs, what, target, who, note } of past.actions)
    changes.push({
      at: iso(atMs),
      firewall: target,
      what: note ? `${what}: ${note}` : what,
      who,
      added: [],
      removed: [],
      changed: [],
      reordered: false,
      opens: [],
      closes: [],
      otherwise: [],
    });
  return {
    title: place.title,
    environment: place.settings.environment,
    at: iso(status.atMs),
    since: iso(sinceMs),
    clusters,
    // As the firewalls meet them: the order of their first rules.
    policies: policies.sort((a, b) => rank(a) - rank(b)),
    rules,
    sets,
    firewalls: status.firewalls.map((line) => ({
      ...line,
      state: stateOf(line, status.atMs),
      borders: Object.values(place.settings.borders)
        .filter((border) => border.firewall === line.firewall)
        .map((border) => border.hostEndpoint),
    })),
    conditions: status.conditions.map((one) => ({
      ...one,
      since: iso(one.sinceMs),
      about: conditionSubject(one),
      policyId: policyIdOf(one),
    })),
    plans: await waitingPlans(place),
    changes: changes.sort((a, b) => (a.at < b.at ? 1 : -1)),
  };
}

async function waitingPlans({ table, settings }: Place): Promise<ReportPlan[]> {
  const out: ReportPlan[] = [];
  for (const manager of Object.keys(settings.managers))
    for (const { id, status, createdMs } of await listPlans(table, manager, 200)) {
      if (status !== 'held' && status !== 'observed') continue;
      const found = await readPlan(table, manager, id);
      for (const { firewall, cluster, hash, held, rules, regions } of found?.plan.parts ?? [])
        out.push({ id, at: new Date(createdMs).toISOString(), status, firewall, cluster, hash, held, rules, regions });
    }
  return out;
}

/** Conditions name a policy as people do, "NetworkPolicy shop/web"; here it has the id of a ReportPolicy. */
function policyIdOf({ cluster, policy }: ConditionLine): string {
  const [, kind = '', namespace = '', name = ''] = /^(\S+) (?:(.*)\/)?([^/]+)$/.exec(policy ?? '') ?? [];
  return name === '' ? '' : `${cluster} ${kind}/${namespace}/${name}`;
}

function rulesOf(warm: WarmFirewall): ReportRule[] {
  const { applied } = warm;
  return (applied?.rulebook.rules ?? []).map((rule) => {
    const { cluster, policy, tier, annotations } = rule.origin;
    const sides = [rule.source, rule.destination].flatMap(({ include, exclude }) => [
      ...(include === 'any' ? [] : include.prefixes),
      ...exclude.prefixes,
    ]);
    const brought = applied?.brought.get(rule.id);
    return {
      id: rule.id,
      name: deviceName(warm.settings.prefix, rule.id),
      cluster,
      firewall: warm.name,
      border: rule.border,
      stage: rule.stage,
      direction: rule.direction,
      action: rule.action,
      text: tellRule(rule, applied?.rulebook ?? { sets: new Map() }),
      from: tellOrigin(rule),
      translation: tellTranslation(rule.translation),
      policy: `${cluster} ${policy ? `${policy.kind}/${policy.namespace}/${policy.name}` : `end of tier ${tier}`}`,
      policyName: policy ? policyKeyText(`${policy.kind}/${policy.namespace}/${policy.name}`) : `end of tier ${tier}`,
      tier,
      prefixes: sides,
      sets: setsOf(rule).map((set) => `${warm.name} ${set}`),
      annotations,
      plan: brought?.plan ?? '',
      since: brought?.at ?? '',
      approvedBy: brought?.approvedBy ?? '',
    };
  });
}

function collectSets(warm: WarmFirewall, into: Record<string, ReportSet>, room: { left: number }): void {
  for (const set of warm.applied?.rulebook.sets.values() ?? []) {
    const key = `${warm.name} ${set.id}`;
    if (!warm.views.has(set.cluster)) {
      into[key] = { id: set.id, text: set.text, size: 0, members: [] };
      continue;
    }
    const all = warm.derived.members(set.id);
    const members: string[] = [];
    for (const member of all) {
      if (members.length >= Math.min(MOST_MEMBERS_OF_SET, room.left)) break;
      members.push(member);
    }
    room.left -= members.length;
    into[key] = { id: set.id, text: set.text, size: all.size, members };
  }
}

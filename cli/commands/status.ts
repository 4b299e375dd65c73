/** `status`: is all well, and where not: clusters, firewalls, conditions, ages. Masquerading pools first: on those the product can do nothing. */
import { EMPTY, ofCluster } from '../../functions/apply/kept.ts';
import type { WarmFirewall } from '../../functions/apply/warm.ts';
import { readStream, streamConditions } from '../../functions/cluster/stream-state.ts';
import type { ClusterView } from '../../functions/cluster/view.ts';
import { type Condition, conditionKey, type Severity } from '../../functions/errors.ts';
import { readApplied } from '../../functions/ledger/applied.ts';
import { structureHash } from '../../functions/ledger/encode.ts';
import { type FirewallStatus, status as ledgerStatus, listPlans, readConditions } from '../../functions/ledger/query.ts';
import { DerivedMembers } from '../../functions/policy/members.ts';
import { plural } from '../../functions/rulebook/words.ts';
import { runbookLink, runbookOf } from '../../functions/runbooks.ts';
import type { Answer, Call } from '../command.ts';
import type { Io, Look, Style } from '../io.ts';
import { Lens } from '../lens.ts';
import type { Place } from '../place.ts';
import { ReadOnlyTable } from '../read-only-table.ts';
import { table, wrap } from '../table-text.ts';
import { tellAge } from '../time.ts';

export interface ClusterLine {
  readonly cluster: string;
  readonly state: 'never heard' | 'held' | 'silent' | 'awaits snapshot' | 'probe failed' | 'not in sync' | 'in sync' | 'heard';
  /** Unix ms; null: never */
  readonly heardMs: number | null;
  readonly position: number;
  readonly objects: number | null;
  readonly sets: number | null;
  readonly members: number | null;
  readonly hostEndpoints: number | null;
  readonly shipperVersion: string | null;
}

export interface FirewallLine {
  readonly firewall: string;
  readonly manager: string;
  readonly vendor: string;
  readonly mode: string;
  readonly rules: number;
  readonly sets: number;
  readonly plan: string | null;
  /** when the structure was last written; null: never */
  readonly appliedMs: number | null;
  /** what is wanted and not on the device yet, per cluster, and since when: rules, and sets whose members differ */
  readonly behind: readonly { readonly cluster: string; readonly rules: boolean; readonly sets: number; readonly sinceMs: number | null }[];
  readonly heldPlans: number;
  readonly frozen: { readonly who: string; readonly why: string; readonly sinceMs: number | null } | null;
}

export interface ConditionLine {
  readonly code: string;
  readonly severity: Severity;
  readonly cluster: string | null;
  readonly firewall: string | null;
  /** where it is about all that is reached through one */
  readonly manager: string | null;
  readonly policy: string | null;
  /** of the policy: "egress rule 1", and the field or set that it is about */
  readonly rule: string | null;
  readonly field: string | null;
  readonly sinceMs: number | null;
  readonly message: string;
  /** page of the repository that tells what to do */
  readonly runbook: string;
}

export interface StatusValue {
  readonly environment: string;
  readonly atMs: number;
  readonly clusters: readonly ClusterLine[];
  readonly firewalls: readonly FirewallLine[];
  readonly conditions: readonly ConditionLine[];
}

export async function status(call: Call): Promise<Answer> {
  const place = await call.place();
  const value = await readStatus(place);
  return {
    value,
    text: (look) => showStatus(value, place.title, look),
    attention: value.conditions.some(({ severity }) => severity === 'error') || value.firewalls.some((one) => isLate(one, value.atMs)),
  };
}

export async function readStatus(place: Place): Promise<StatusValue> {
  const { settings } = place;
  const reading = new ReadOnlyTable(place.table);
  const atMs = place.now();
  const lens = new Lens(place);
  const streams = await Promise.all(
    Object.keys(settings.clusters).map(async (cluster) => ({ cluster, state: await readStream(reading, cluster) })),
  );
  const fresh: Condition[] = [];
  const clusters = streams.map(({ cluster, state }): ClusterLine => {
    const found = streamConditions(cluster, state, settings.clusters[cluster] ?? { silentAfter: '2m' }, atMs);
    fresh.push(...found);
    const has = (code: string) => found.some((one) => one.code === code);
    const { heartbeat } = state;
    const states = [
      [state.heardMs === 0, 'never heard'],
      [state.hold !== null, 'held'],
      [has('CEXT_CLUSTER_SILENT'), 'silent'],
      [state.awaiting !== null, 'awaits snapshot'],
      [has('CEXT_CLUSTER_PROBE_FAILED'), 'probe failed'],
      [has('CEXT_CLUSTER_NOT_IN_SYNC'), 'not in sync'],
      [heartbeat !== null || state.basePosition > 0, 'in sync'],
    ] as const;
    return {
      cluster,
      state: states.find(([holds]) => holds)?.[1] ?? 'heard',
      heardMs: state.heardMs || null,
      position: state.head,
      objects: heartbeat?.objects ?? null,
      sets: heartbeat?.sets ?? null,
      members: heartbeat?.members ?? null,
      hostEndpoints: heartbeat?.hostEndpoints ?? null,
      shipperVersion: heartbeat?.shipperVersion ?? null,
    };
  });
  const heads = new Map(clusters.map(({ cluster, position }) => [cluster, position]));
  const known = await ledgerStatus(reading, Object.keys(settings.firewalls));
  const held = new Map<string, number>();
  for (const manager of Object.keys(settings.managers))
    for (const plan of await listPlans(reading, manager))
      if (plan.status === 'held') for (const firewall of plan.firewalls) held.set(firewall, (held.get(firewall) ?? 0) + 1);
  const firewalls = await Promise.all(
    known.map(async (one): Promise<FirewallLine> => {
      const own = settings.firewalls[one.firewall];
      const manager = own?.manager ?? '';
      const frozenBySettings = settings.frozen || own?.frozen ? { who: 'the settings', why: 'frozen: true', sinceMs: null } : null;
      const behind = await readBehind(lens, one, heads);
      return {
        firewall: one.firewall,
        manager,
        vendor: settings.managers[manager]?.vendor ?? '',
        mode: own?.mode ?? '',
        rules: one.rules,
        sets: one.sets,
        plan: one.plan ?? null,
        appliedMs: one.atMs ?? null,
        behind,
        heldPlans: held.get(one.firewall) ?? 0,
        frozen: one.freeze ? { who: one.freeze.who, why: one.freeze.why, sinceMs: one.freeze.sinceMs } : frozenBySettings,
      };
    }),
  );
  // What the apply of a manager said last that was taken out of the settings: nobody will ever say its end.
  const isWatched = ({ owner }: { readonly owner: string }) => Object.hasOwn(settings.managers, owner.split('/')[0] ?? '');
  return {
    environment: settings.environment,
    atMs,
    clusters,
    firewalls,
    conditions: conditionLines((await readConditions(reading)).filter(isWatched), fresh, settings.runbooks),
  };
}

/**
 * Positions alone do not tell: most shipments concern no border, and what is held back is passed by. So where a log went on past the structure,
 * what stands on the device is held against what is wanted: rules by their hash, members by the digests of the sets and by what apply left behind.
 */
async function readBehind(
  lens: Lens,
  { firewall, positions, behind }: Pick<FirewallStatus, 'firewall' | 'positions' | 'behind'>,
  heads: ReadonlyMap<string, number>,
): Promise<FirewallLine['behind']> {
  const { pairs } = lens.place.settings;
  const own = pairs.filter((pair) => pair.firewall === firewall).map((pair) => pair.cluster);
  const written = (await readApplied(lens.table, firewall))?.positions ?? {};
  const passed = (cluster: string) => (heads.get(cluster) ?? 0) > Math.min(positions[cluster] ?? 0, written[cluster] ?? 0);
  if (Object.keys(behind).length === 0 && !own.some(passed)) return [];
  const warm = await lens.firewall(firewall);
  const left = Object.keys(behind).map((set) => warm.appliedRulebook.sets.get(set)?.cluster ?? own[0]);
  const out: FirewallLine['behind'][number][] = [];
  for (const cluster of own) {
    if (!warm.views.has(cluster)) continue;
    const position = positions[cluster] ?? 0;
    const head = heads.get(cluster) ?? 0;
    const wanted = ofCluster(warm.compilation?.rulebook ?? EMPTY, cluster);
    const rules = structureHash(wanted) !== structureHash(ofCluster(warm.appliedRulebook, cluster));
    const then = position === 0 || position >= head ? undefined : await lens.viewAt(cluster, position);
    const sets = Math.max(then ? differingSets(warm, cluster, then) : 0, left.filter((one) => one === cluster).length);
    if (!rules && sets === 0) continue;
    const sinceMs = rules ? await lens.firstChangeMs(cluster, written[cluster] ?? 0, head, 'structure') : null;
    out.push({ cluster, rules, sets, sinceMs: sinceMs ?? (await lens.firstChangeMs(cluster, position, head, 'members')) });
  }
  return out;
}

/** Sets on the device whose members at that time are not those of now. */
function differingSets(warm: WarmFirewall, cluster: string, then: ClusterView): number {
  const sets = new Map([...warm.appliedRulebook.sets].filter(([, set]) => set.cluster === cluster));
  const before = new DerivedMembers((_, set) => then.sets.get(set) ?? warm.felixSets(cluster, set));
  before.use({ rules: [], sets });
  return [...sets.keys()].filter((set) => before.digest(set) !== warm.derived.digest(set)).length;
}

/** What the ledger holds, and what the streams say at this moment: apply may be silent itself. */
function conditionLines(
  held: readonly (Condition & { readonly sinceMs: number })[],
  fresh: readonly Condition[],
  runbooks: string | undefined,
): ConditionLine[] {
  const lines = new Map<string, ConditionLine>();
  for (const one of [...fresh.map((each) => ({ ...each, sinceMs: null })), ...held]) {
    const { code, severity, subject, message, sinceMs } = one;
    const { cluster = null, firewall = null, manager = null, policy = null, rule = null, field = null } = subject;
    lines.set(conditionKey(one), {
      code,
      severity,
      cluster,
      firewall,
      manager,
      policy,
      rule,
      field,
      sinceMs,
      message,
      runbook: runbookLink(runbookOf(code), runbooks),
    });
  }
  const rank = ({ code, severity }: ConditionLine) =>
    code === 'CEXT_POLICY_MASQUERADED' ? 0 : 1 + (['error', 'warning', 'info'] as const).indexOf(severity);
  return [...lines.values()].sort((a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}

export const STYLE: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' };

/** Longer than any wait that is meant (coalescing, a commit that others hold has its own condition). */
const LATE_MS = 300_000;
const isLate = (one: FirewallLine, atMs: number): boolean =>
  one.mode !== 'observe' && one.frozen === null && one.behind.some(({ sinceMs }) => sinceMs !== null && atMs - sinceMs > LATE_MS);

/** What a person wants to know of a firewall first. */
export function stateOf({ mode, appliedMs, behind }: FirewallLine, atMs: number): string {
  const late = behind.map(({ cluster, rules, sets, sinceMs }) => {
    const what = [rules ? 'rules' : '', sets > 0 ? `members of ${plural(sets, 'set')}` : ''].filter(Boolean).join(' and ');
    // Nothing is late where nothing is written.
    if (mode === 'observe') return `${what} of ${cluster} would change`;
    return `${what} of ${cluster} behind${sinceMs === null ? '' : ` by ${tellAge(atMs - sinceMs)}`}`;
  });
  if (late.length > 0) return late.join('; ');
  return appliedMs === null ? 'nothing to do yet' : 'up to date';
}

function showStatus(value: StatusValue, title: string, { width, paint }: Look): string {
  const ago = (ms: number | null) => (ms === null ? '' : `${tellAge(value.atMs - ms)}`);
  const count = (number: number | null) => (number === null ? '' : String(number));
  const good = (text: string) => (text === 'in sync' || text === 'up to date' ? paint('green', text) : paint('yellow', text));
  const clusters = table(
    ['cluster', 'state', 'heard', 'position', 'objects', 'sets', 'members', 'HostEndpoints'],
    value.clusters.map((one) => [
      one.cluster,
      one.state,
      ago(one.heardMs),
      String(one.position),
      count(one.objects),
      count(one.sets),
      count(one.members),
      count(one.hostEndpoints),
    ]),
    width,
    (text, row, column) =>
      row < 0 ? paint('bold', text) : column === 1 ? good(text.trimEnd()) + ' '.repeat(text.length - text.trimEnd().length) : text,
  );
  const firewalls = table(
    ['firewall', 'manager', 'mode', 'rules', 'sets', 'written', 'state', 'held', 'notes'],
    value.firewalls.map((one) => [
      one.firewall,
      `${one.manager} (${one.vendor})`,
      one.mode,
      String(one.rules),
      String(one.sets),
      one.appliedMs === null ? 'never' : ago(one.appliedMs),
      stateOf(one, value.atMs),
      one.heldPlans === 0 ? '' : String(one.heldPlans),
      one.frozen ? `frozen by ${one.frozen.who}: ${one.frozen.why}` : '',
    ]),
    width,
    (text, row, column) =>
      row < 0 ? paint('bold', text) : column === 6 ? good(text.trimEnd()) + ' '.repeat(text.length - text.trimEnd().length) : text,
  );
  const masquerading = value.conditions.filter(({ code }) => code === 'CEXT_POLICY_MASQUERADED');
  const top =
    masquerading.length === 0
      ? []
      : [
          paint(
            'red',
            'Pods leave with the address of their node: on masquerading IP pools no border rule can work. Set natOutgoing: false on them.',
          ),
        ];
  const late = value.firewalls.filter((one) => isLate(one, value.atMs));
  const slow = late.map(({ firewall, manager }) =>
    paint(
      'yellow',
      `${firewall} is behind for more than ${tellAge(LATE_MS)}: see what apply of manager ${manager} says in its log, then: cextfire audit ${manager}`,
    ),
  );
  // The freeze of a moment ago is not a condition yet: apply says so when it looks.
  const frozen = value.firewalls.flatMap(({ firewall, frozen: by }) =>
    by === null ? [] : paint('yellow', `${firewall} is frozen by ${by.who}: nothing is written there until it is thawed`),
  );
  const summary =
    value.conditions.length === 0 && late.length + frozen.length > 0
      ? paint('bold', 'No condition holds, but:')
      : value.conditions.length === 0
        ? paint('green', 'No condition holds: all is as it should be.')
        : paint('bold', `${plural(value.conditions.length, 'condition')}`);
  return [
    `${paint('bold', title)}`,
    ...top,
    '',
    clusters,
    '',
    firewalls,
    '',
    summary,
    ...slow,
    ...frozen,
    ...showConditions(value.conditions, value.atMs, width, paint),
  ].join('\n');
}

/** A condition that holds for hundreds of sets is told for a few of them. */
const MOST_ALIKE = 3;

function showConditions(conditions: readonly ConditionLine[], atMs: number, width: number, paint: Io['paint']): string[] {
  const alike = Map.groupBy(conditions, ({ code, cluster, firewall, manager }) => [code, cluster, firewall, manager].join('|'));
  return [...alike.values()].flatMap((group) => [
    ...group.slice(0, MOST_ALIKE).flatMap((one) => showCondition(one, atMs, width, paint)),
    ...(group.length > MOST_ALIKE
      ? [paint('dim', `        ... and ${group.length - MOST_ALIKE} more of the same; -o json lists all`)]
      : []),
    paint('dim', `        what to do: ${group[0]?.runbook}`),
  ]);
}

/** "cluster pay, firewall edge, GlobalNetworkPolicy border.mail, egress rule 1, cextfire.io/snat" */
export const conditionSubject = ({ cluster, firewall, manager, policy, rule, field }: ConditionLine): string =>
  [cluster && `cluster ${cluster}`, firewall && `firewall ${firewall}`, manager && `manager ${manager}`, policy, rule, field]
    .filter(Boolean)
    .join(', ');

function showCondition(one: ConditionLine, atMs: number, width: number, paint: Io['paint']): string[] {
  const about = conditionSubject(one);
  const since = one.sinceMs === null ? '' : `, for ${tellAge(atMs - one.sinceMs)}`;
  const text = one.message.replaceAll(/\s+/g, ' ');
  return [
    `${paint(STYLE[one.severity], one.severity.padEnd(7))} ${one.code}  ${about}${paint('dim', since)}`,
    ...wrap(text, Math.max(40, width - 8)).map((line) => `        ${line}`),
  ];
}

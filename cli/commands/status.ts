/** `status`: is all well, and where not: clusters, firewalls, conditions, ages. Masquerading pools first: on those the product can do nothing. */
import { readStream, streamConditions } from '../../functions/cluster/stream-state.ts';
import { WarmViews } from '../../functions/cluster/warm-views.ts';
import type { Condition, Severity } from '../../functions/errors.ts';
import { status as ledgerStatus, listPlans, readConditions } from '../../functions/ledger/query.ts';
import type { Answer, Call } from '../command.ts';
import type { Io, Look, Style } from '../io.ts';
import type { Place } from '../place.ts';
import { ReadOnlyTable } from '../read-only-table.ts';
import { table, wrap } from '../table-text.ts';
import { tellAge } from '../time.ts';
import { plural } from '../words.ts';

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
  /** shipments that are not on the device yet, per cluster, and since when */
  readonly behind: readonly { readonly cluster: string; readonly shipments: number; readonly sinceMs: number | null }[];
  readonly heldPlans: number;
  readonly frozen: { readonly who: string; readonly why: string; readonly sinceMs: number | null } | null;
}

export interface ConditionLine {
  readonly code: string;
  readonly severity: Severity;
  readonly cluster: string | null;
  readonly firewall: string | null;
  readonly policy: string | null;
  readonly sinceMs: number | null;
  readonly message: string;
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
    attention: value.conditions.some(({ severity }) => severity === 'error'),
  };
}

export async function readStatus(place: Place): Promise<StatusValue> {
  const { settings } = place;
  const reading = new ReadOnlyTable(place.table);
  const atMs = place.now();
  const log = new WarmViews(reading, settings, place.now);
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
      [heartbeat !== null && !heartbeat.inSync, 'not in sync'],
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
      const behind = await Promise.all(
        settings.pairs
          .filter((pair) => pair.firewall === one.firewall)
          .map(async ({ cluster }) => {
            const position = one.positions[cluster] ?? 0;
            const shipments = one.version === undefined ? 0 : Math.max(0, (heads.get(cluster) ?? 0) - position);
            let sinceMs: number | null = null;
            if (shipments > 0) for await (const entry of log.log(cluster).read(position + 1, position + 1)) sinceMs = entry.atMs;
            return { cluster, shipments, sinceMs };
          }),
      );
      return {
        firewall: one.firewall,
        manager,
        vendor: settings.managers[manager]?.vendor ?? '',
        mode: own?.mode ?? '',
        rules: one.rules,
        sets: one.sets,
        plan: one.plan ?? null,
        appliedMs: one.atMs ?? null,
        behind: behind.filter(({ shipments }) => shipments > 0),
        heldPlans: held.get(one.firewall) ?? 0,
        frozen: one.freeze ? { who: one.freeze.who, why: one.freeze.why, sinceMs: one.freeze.sinceMs } : frozenBySettings,
      };
    }),
  );
  return { environment: settings.environment, atMs, clusters, firewalls, conditions: conditionLines(await readConditions(reading), fresh) };
}

/** What the ledger holds, and what the streams say at this moment: apply may be silent itself. */
function conditionLines(held: readonly (Condition & { readonly sinceMs: number })[], fresh: readonly Condition[]): ConditionLine[] {
  const lines = new Map<string, ConditionLine>();
  for (const { code, severity, subject, message, sinceMs } of [...fresh.map((one) => ({ ...one, sinceMs: null })), ...held]) {
    const { cluster = null, firewall = null, policy = null, rule = null, field = null } = subject;
    lines.set([code, cluster, firewall, policy, rule, field].join('|'), { code, severity, cluster, firewall, policy, sinceMs, message });
  }
  const rank = ({ code, severity }: ConditionLine) =>
    code === 'CEXT_POLICY_MASQUERADED' ? 0 : 1 + (['error', 'warning', 'info'] as const).indexOf(severity);
  return [...lines.values()].sort((a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}

export const STYLE: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' };

function showStatus(value: StatusValue, title: string, { width, paint }: Look): string {
  const ago = (ms: number | null) => (ms === null ? '' : `${tellAge(value.atMs - ms)}`);
  const count = (number: number | null) => (number === null ? '' : String(number));
  const good = (text: string) => (text === 'in sync' || text === 'up to date' ? paint('green', text) : paint('yellow', text));
  const clusters = table(
    ['cluster', 'state', 'heard', 'log', 'objects', 'sets', 'members', 'HostEndpoints'],
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
    ['firewall', 'manager', 'mode', 'rules', 'sets', 'written', 'members', 'held', 'notes'],
    value.firewalls.map((one) => [
      one.firewall,
      `${one.manager} (${one.vendor})`,
      one.mode,
      String(one.rules),
      String(one.sets),
      one.appliedMs === null ? 'never' : ago(one.appliedMs),
      one.appliedMs === null
        ? ''
        : one.behind
            .map(
              (late) =>
                `${late.cluster} ${plural(late.shipments, 'shipment')} behind${late.sinceMs === null ? '' : `, ${ago(late.sinceMs)}`}`,
            )
            .join('; ') || 'up to date',
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
  const summary =
    value.conditions.length === 0
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
    ...value.conditions.flatMap((one) => showCondition(one, value.atMs, width, paint)),
  ].join('\n');
}

function showCondition(one: ConditionLine, atMs: number, width: number, paint: Io['paint']): string[] {
  const about = [one.cluster && `cluster ${one.cluster}`, one.firewall && `firewall ${one.firewall}`, one.policy]
    .filter(Boolean)
    .join(', ');
  const since = one.sinceMs === null ? '' : `, for ${tellAge(atMs - one.sinceMs)}`;
  const text = one.message.replaceAll(/\s+/g, ' ');
  return [
    `${paint(STYLE[one.severity], one.severity.padEnd(7))} ${one.code}  ${about}${paint('dim', since)}`,
    ...wrap(text, Math.max(40, width - 8)).map((line) => `        ${line}`),
  ];
}

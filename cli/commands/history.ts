/** `history`: what came to the firewalls and what went, by which plan, what that opened and closed; and what people did with this command. */
import { type Action, readActions } from '../../functions/ledger/actions.ts';
import { type HistoryEntry, readHistory } from '../../functions/ledger/query.ts';
import type { Origin } from '../../functions/rulebook/types.ts';
import type { Answer, Call } from '../command.ts';
import { cliError } from '../errors.ts';
import type { Look, Style } from '../io.ts';
import { known } from '../lens.ts';
import type { Place } from '../place.ts';
import { parseMoment, tellMoment } from '../time.ts';

export interface Past {
  readonly entries: readonly HistoryEntry[];
  readonly actions: readonly Action[];
}

export async function history(call: Call): Promise<Answer> {
  const place = await call.place();
  const [firewall] = call.arguments;
  // One that was taken out of the settings still has its past.
  if (firewall !== undefined && !(await hasHistory(place, firewall))) known('firewall', firewall, place.settings.firewalls);
  const fromMs = parseMoment(call.options.since ?? '24h', place.now(), '--since');
  const toMs = call.options.until === undefined ? place.now() : parseMoment(call.options.until, place.now(), '--until');
  if (fromMs > toMs) throw cliError('CEXT_CLI_USAGE', '--since lies after --until; turn them round');
  const past = await readPast(place, fromMs, toMs, firewall);
  return { value: { fromMs, toMs, ...past }, text: (look) => show(past, fromMs, toMs, look) };
}

export async function readPast(place: Place, fromMs: number, toMs: number, firewall?: string): Promise<Past> {
  const entries: HistoryEntry[] = [];
  for (const name of firewall === undefined ? Object.keys(place.settings.firewalls) : [firewall])
    for await (const entry of readHistory(place.table, name, fromMs, toMs)) entries.push(entry);
  const actions = await readActions(place.table, fromMs, toMs);
  const about = firewall === undefined ? undefined : namesAbout(place, firewall);
  return { entries: entries.sort((a, b) => a.atMs - b.atMs), actions: actions.filter(({ target }) => !about || about.has(target)) };
}

/** What people may have named when they did something to this firewall. */
function namesAbout({ settings: { firewalls, pairs } }: Place, firewall: string): ReadonlySet<string> {
  const clusters = pairs.filter((pair) => pair.firewall === firewall).map((pair) => pair.cluster);
  return new Set(['all', firewall, firewalls[firewall]?.manager ?? firewall, ...clusters]);
}

async function hasHistory({ table, now }: Place, firewall: string): Promise<boolean> {
  for await (const _ of readHistory(table, firewall, 0, now())) return true;
  return false;
}

/** "ab12  allow tcp 443 from app == 'pay' to 203.0.113.0/24  (pay: border.pay rule 1)". */
export const ruleText = ({ id, origin, text }: HistoryEntry['rules'][number]): string =>
  text === undefined ? `${id}  ${originText(origin)}` : `${id}  ${text}  (${originText(origin)})`;

const originText = ({ policy, ruleIndex, tier, cluster }: Origin): string =>
  `${cluster}: ${policy ? `${policy.namespace ? `${policy.namespace}/` : ''}${policy.name}${ruleIndex === undefined ? '' : ` rule ${ruleIndex + 1}`}` : `end of tier ${tier}`}`;

function show({ entries, actions }: Past, fromMs: number, toMs: number, { paint }: Look): string {
  const events = [
    ...entries.map((entry) => ({ atMs: entry.atMs, lines: () => showEntry(entry, paint) })),
    ...actions.map((action) => ({
      atMs: action.atMs,
      lines: () => [`${paint('cyan', action.what)} ${action.target} by ${action.who}${action.note ? `: ${action.note}` : ''}`],
    })),
  ].sort((a, b) => a.atMs - b.atMs);
  if (events.length === 0) return `Nothing changed between ${tellMoment(fromMs)} and ${tellMoment(toMs)}.`;
  return events
    .flatMap(({ atMs, lines }) => {
      const [first, ...rest] = lines();
      return [`${paint('dim', tellMoment(atMs))}  ${first}`, ...rest.map((line) => `    ${line}`)];
    })
    .join('\n');
}

const CHANGE: Readonly<Record<HistoryEntry['rules'][number]['change'], { readonly sign: string; readonly style: Style }>> = {
  added: { sign: '+', style: 'green' },
  removed: { sign: '-', style: 'red' },
  changed: { sign: '~', style: 'yellow' },
};

function showEntry(entry: HistoryEntry, paint: Look['paint']): string[] {
  const approved = entry.approvedBy ? `, approved by ${entry.approvedBy}` : '';
  return [
    `${paint('bold', entry.firewall)} version ${entry.version} by plan ${entry.plan}${approved}`,
    ...entry.rules.map((rule) => paint(CHANGE[rule.change].style, `${CHANGE[rule.change].sign} ${ruleText(rule)}`)),
    ...(entry.rules.length === 0 ? ['the order of rules, or how a set is made'] : []),
    ...entry.regions.map((region) => paint(region.startsWith('opens') ? 'green' : region.startsWith('closes') ? 'red' : 'dim', region)),
  ];
}

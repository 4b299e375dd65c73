/** `why`: a rule on a device -> the cluster, policy and rule it comes from, the plan that brought it, when, and who approved. */
import { type Applied, readApplied } from '../../functions/ledger/applied.ts';
import { appliedAt, readHistory, type WhyRule, whyRule } from '../../functions/ledger/query.ts';
import type { FilterRule, Origin } from '../../functions/rulebook/types.ts';
import { some, tellRule } from '../../functions/rulebook/words.ts';
import type { Answer, Call } from '../command.ts';
import { deviceName, ruleOfDeviceName } from '../device-name.ts';
import { cliError } from '../errors.ts';
import type { Look } from '../io.ts';
import { known } from '../lens.ts';
import { nearest } from '../near.ts';
import type { Place } from '../place.ts';
import { pairs } from '../table-text.ts';
import { tellAge, tellMoment } from '../time.ts';

interface Found extends WhyRule {
  readonly name: string;
  /** '' for a rule that is gone and whose time is not kept any more: only its origin is */
  readonly text: string;
  readonly border: string | null;
  readonly direction: string | null;
  /** as decided then */
  readonly plan: { readonly why: string; readonly regions: readonly string[] } | null;
}

export async function why(call: Call): Promise<Answer> {
  const place = await call.place();
  const [asked = ''] = call.arguments;
  const { firewall } = call.options;
  if (firewall !== undefined) known('firewall', firewall, place.settings.firewalls);
  const found: Found[] = [];
  const there: string[] = [];
  for (const name of firewall === undefined ? Object.keys(place.settings.firewalls) : [firewall]) {
    const applied = await readApplied(place.table, name);
    for (const { id, origin } of applied?.rulebook.rules ?? [])
      there.push(origin.annotations['cextfire.io/id'] ?? origin.policy?.name ?? id);
    found.push(...(await rulesOf(place, name, applied, asked)));
  }
  if (found.length === 0) {
    const names = [...new Set(there)];
    const near = nearest(asked, names);
    const meant = near === undefined ? '' : `did you mean ${near}? `;
    // What a firewall in mode observe would get stands nowhere yet.
    const observed = Object.values(place.settings.firewalls).some(({ mode }) => mode === 'observe');
    throw cliError(
      'CEXT_CLI_UNKNOWN_NAME',
      `no rule "${asked}" stands or stood on ${firewall ?? 'any firewall'}; ${meant}give a rule id, a name on the device, a cextfire.io/id or a policy; there are now: ${some(names, 8) || 'none'}${observed ? '; what a firewall in mode observe would get: cextfire plan' : ''}`,
    );
  }
  return { value: { asked, rules: found }, text: (look) => found.map((one) => show(one, place.now(), look)).join('\n\n') };
}

async function rulesOf(place: Place, firewall: string, applied: Applied | undefined, asked: string): Promise<Found[]> {
  const prefix = place.settings.firewalls[firewall]?.prefix ?? 'cf_';
  const id = ruleOfDeviceName(prefix, asked) ?? asked;
  const present = (applied?.rulebook.rules ?? []).filter((rule) => rule.id === id || names(rule.origin, asked));
  const wanted = new Set(present.map((rule) => rule.id));
  if (wanted.size === 0)
    for await (const entry of readHistory(place.table, firewall, 0, place.now()))
      for (const rule of entry.rules) if (rule.id === id || names(rule.origin, asked)) wanted.add(rule.id);
  const out: Found[] = [];
  for (const one of wanted) {
    const answer = await whyRule(place.table, firewall, one);
    if (!answer) continue;
    // What is gone is told as it was when it came.
    const book = answer.present ? applied : await stoodThen(place, answer);
    const rule = book?.rulebook.rules.find((each) => each.id === one);
    out.push({ ...answer, ...(await about(place, answer, rule, book)), name: deviceName(prefix, one) });
  }
  return out;
}

async function stoodThen({ table }: Place, { firewall, brought }: WhyRule): Promise<Applied | undefined> {
  return brought && (await appliedAt(table, firewall, Date.parse(brought.at)));
}

/** By its stable name, or all rules of a policy. */
const names = ({ annotations, policy }: Origin, asked: string): boolean =>
  annotations['cextfire.io/id'] === asked ||
  policy?.name === asked ||
  (policy !== undefined && `${policy.namespace}/${policy.name}` === asked);

async function about(place: Place, { firewall, brought }: WhyRule, rule: FilterRule | undefined, applied: Applied | undefined) {
  let plan: Found['plan'] = null;
  for await (const entry of readHistory(place.table, firewall, brought ? Date.parse(brought.at) : 0, place.now())) {
    if (entry.plan !== brought?.plan) continue;
    plan = { why: `version ${entry.version}`, regions: entry.regions };
    break;
  }
  return {
    plan,
    text: rule && applied ? tellRule(rule, applied.rulebook) : '',
    border: rule?.border ?? null,
    direction: rule?.direction ?? null,
  };
}

function show(one: Found, nowMs: number, { paint, width }: Look): string {
  const { origin, brought } = one;
  const { policy, annotations } = origin;
  const rows: [string, string][] = [];
  const row = (name: string, text: string | undefined) => text && rows.push([name, text]);
  row(
    'stands',
    one.present
      ? paint('green', `yes, on firewall ${one.firewall}`)
      : paint('yellow', `no: it went from ${one.firewall} with plan ${one.removedBy ?? '?'}`),
  );
  row('on the device', one.name);
  row('meaning', one.text);
  row('cluster', origin.cluster);
  row('tier', origin.tier);
  row(
    'policy',
    policy
      ? `${policy.kind} ${policy.namespace ? `${policy.namespace}/` : ''}${policy.name}`
      : 'none: the drop at the end of the tier (default deny)',
  );
  row('rule', origin.ruleIndex === undefined ? undefined : `${one.direction ? `${one.direction} ` : ''}rule ${origin.ruleIndex + 1}`);
  row('source', origin.sourceText);
  row('destination', origin.destinationText);
  for (const [name, text] of Object.entries(annotations)) row(name.replace(/^cextfire\.io\//, ''), text);
  if (brought) {
    const ms = Date.parse(brought.at);
    row('since', `${tellMoment(ms)} (${tellAge(nowMs - ms)} ago)`);
    row('plan', brought.plan);
    row('approved by', brought.approvedBy ?? 'nobody needed to: within its budget');
  }
  for (const region of one.plan?.regions.slice(0, 5) ?? []) row('that plan', region);
  return [paint('bold', `rule ${one.rule}`), ...pairs(rows, width)].join('\n');
}

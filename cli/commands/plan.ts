/** `plan`: what would change, or did, in rules and in packets, with the hash that an approval names. */

import type { StepRecord, StoredPlan } from '../../functions/ledger/plans.ts';
import { listPlans, type PlanHead, readPlan } from '../../functions/ledger/query.ts';
import { plural } from '../../functions/rulebook/words.ts';
import type { Answer, Call } from '../command.ts';
import { cliError } from '../errors.ts';
import type { Look, Style } from '../io.ts';
import { known } from '../lens.ts';
import { table } from '../table-text.ts';
import { tellAge, tellMoment } from '../time.ts';

const STYLES: Readonly<Record<PlanHead['status'], Style>> = {
  done: 'green',
  running: 'cyan',
  held: 'yellow',
  observed: 'yellow',
  blocked: 'yellow',
  failed: 'red',
  overtaken: 'dim',
};

interface ToldPlan {
  readonly head: PlanHead;
  readonly plan: StoredPlan;
  readonly steps: ReadonlyMap<number, StepRecord>;
}

export async function plan(call: Call): Promise<Answer> {
  const place = await call.place();
  const { table: reading, settings } = place;
  const [wanted] = call.arguments;
  const { firewall } = call.options;
  if (firewall !== undefined) known('firewall', firewall, settings.firewalls);
  const limit = limitOf(call.options.last);
  const heads: PlanHead[] = [];
  for (const manager of Object.keys(settings.managers)) heads.push(...(await listPlans(reading, manager, 200)));
  heads.sort((a, b) => b.createdMs - a.createdMs);
  const fitting = heads.filter((one) => firewall === undefined || one.firewalls.includes(firewall));
  const told: ToldPlan[] = [];
  if (wanted !== undefined) {
    const found = await findPlan(fitting, wanted, (head) => readPlan(reading, head.manager, head.id));
    told.push(found);
  } else {
    // What waits for somebody, and the last of each kind that was done.
    const waiting = fitting.filter(({ status }) => status === 'held' || status === 'observed');
    const others = fitting.filter(({ status }) => !['held', 'observed', 'overtaken'].includes(status)).slice(0, limit);
    for (const head of [...waiting, ...others]) {
      const found = await readPlan(reading, head.manager, head.id);
      if (found) told.push(found);
    }
  }
  const value = {
    plans: told.map(({ head, plan: one, steps }) => ({
      id: head.id,
      manager: head.manager,
      status: head.status,
      createdMs: head.createdMs,
      firewalls: head.firewalls,
      why: one.why,
      note: head.note,
      parts: one.parts,
      steps: one.steps.map(({ id, firewall: on, lane, text, gap }, index) => ({
        id,
        firewall: on,
        lane,
        text,
        gap: gap ?? null,
        outcome: steps.get(index)?.kind ?? null,
      })),
    })),
  };
  const attention = told.some(({ head }) => head.status === 'held' || head.status === 'failed');
  return { value, attention, text: (look) => showPlans(told, place.now(), look, wanted !== undefined) };
}

function limitOf(text = '1'): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw cliError('CEXT_CLI_USAGE', `--last "${text}" is no number from 1 to 999`);
  return Number(text);
}

/** By id, by the begin of an id, or by the hash of a part. */
async function findPlan(
  heads: readonly PlanHead[],
  wanted: string,
  read: (head: PlanHead) => Promise<ToldPlan | undefined>,
): Promise<ToldPlan> {
  for (const head of heads) {
    const found = head.id.startsWith(wanted) || /^[0-9a-f]{6,32}$/.test(wanted) ? await read(head) : undefined;
    if (found && (head.id.startsWith(wanted) || found.plan.parts.some(({ hash }) => hash.startsWith(wanted)))) return found;
  }
  const last = heads.slice(0, 5).map(({ id }) => id);
  throw cliError('CEXT_CLI_UNKNOWN_NAME', `there is no plan with id or hash "${wanted}"; the last ones: ${last.join(', ') || 'none'}`);
}

function showPlans(told: readonly ToldPlan[], nowMs: number, look: Look, whole: boolean): string {
  if (told.length === 0) return 'No plan yet: nothing was wanted that does not stand there.';
  const { paint } = look;
  if (told.length === 1 || whole) return told.map((one) => showPlan(one, nowMs, look, whole)).join('\n\n');
  const list = table(
    ['plan', 'status', 'age', 'firewalls', 'rules', 'why'],
    told.map(({ head, plan: one }) => [
      head.id,
      head.status,
      tellAge(nowMs - head.createdMs),
      head.firewalls.join(', '),
      `+${one.parts.reduce((sum, part) => sum + part.rulesAdded, 0)} -${one.parts.reduce((sum, part) => sum + part.rulesRemoved, 0)}`,
      one.why,
    ]),
    look.width,
    (text, row, column) => {
      const status = told[row]?.head.status;
      return row < 0 ? paint('bold', text) : column === 1 && status ? paint(STYLES[status], text) : text;
    },
  );
  return [list, '', ...told.map((one) => showPlan(one, nowMs, look, whole))].join('\n');
}

/** "2 rules come, 1 changes"; of those that stay under their id only the lines tell. */
function countRules({ rulesAdded, rulesRemoved, rules }: StoredPlan['parts'][number]): string {
  const changed = rules.filter((line) => line.startsWith('~')).length;
  const verb = (count: number, one: string, many: string) => (count === 0 ? [] : [`${plural(count, 'rule')} ${count === 1 ? one : many}`]);
  const parts = [...verb(rulesAdded, 'comes', 'come'), ...verb(changed, 'changes', 'change'), ...verb(rulesRemoved, 'goes', 'go')];
  return parts.join(', ') || 'the same rules, in another order or with other sets';
}

const MOST_LINES = 12;

function showPlan({ head, plan: one, steps }: ToldPlan, nowMs: number, { paint }: Look, whole: boolean): string {
  const lines = [
    `${paint('bold', `plan ${head.id}`)}  ${paint(STYLES[head.status], head.status)}, manager ${head.manager}, ${tellMoment(head.createdMs)} (${tellAge(nowMs - head.createdMs)} ago)`,
    `  why    ${one.why}${head.note ? ` (${head.note})` : ''}`,
  ];
  if (one.parts.length === 0)
    lines.push('  No rule changes: members of sets that follow by a commit, or a repair of what somebody changed.');
  for (const part of one.parts) {
    const open = part.held.length > 0 && !part.approvedBy && head.status === 'held';
    lines.push(`  ${paint('bold', `firewall ${part.firewall}, cluster ${part.cluster}`)}: ${countRules(part)}`);
    // Only what needs a yes has a hash to name; others would invite to try.
    if (part.held.length > 0)
      lines.push(`  hash   ${part.hash}${part.approvedBy ? `  ${paint('green', `approved by ${part.approvedBy}`)}` : ''}`);
    for (const reason of part.held) lines.push(`  ${paint('yellow', 'held')}   ${reason}`);
    lines.push(
      ...shorten(part.rules, whole).map(
        (text) =>
          `  ${paint(text.startsWith('+') ? 'green' : text.startsWith('-') ? 'red' : text.startsWith('~') ? 'yellow' : 'dim', text)}`,
      ),
    );
    lines.push(
      ...shorten(part.regions, whole).map(
        (text) => `  ${paint(text.startsWith('opens') ? 'green' : text.startsWith('closes') ? 'red' : 'dim', text)}`,
      ),
    );
    const uncounted =
      part.closes === 0 && part.regions.some((text) => text.startsWith('closes')) ? ' (default deny and a first apply do not count)' : '';
    const atLeast = part.complete ? '' : 'at least ';
    lines.push(
      paint(
        'dim',
        `  against the budget (pods x services x reach): ${atLeast}opens ${part.opens}, closes ${part.closes}${uncounted}, translates otherwise ${part.translatesOtherwise}`,
      ),
    );
    if (open) lines.push(`  approve it with:  cextfire approve ${part.hash}`);
  }
  for (const [index, step] of one.steps.entries())
    lines.push(
      `  ${paint('dim', `step ${index + 1}`)} ${steps.get(index)?.kind ?? 'not begun'}: ${step.text}${step.gap ? `; ${paint('yellow', `gap: ${step.gap}`)}` : ''}`,
    );
  return lines.join('\n');
}

const shorten = (lines: readonly string[], whole: boolean): readonly string[] =>
  whole || lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES), `... ${lines.length - MOST_LINES} more; cextfire plan ID shows all`];

/** view -> rulebook -> guard: what each firewall shall have now, and what is held back from it and why. */
import { readApproval } from '../ledger/controls.ts';
import { hashOf, structureHash } from '../ledger/encode.ts';
import { type PlannedPart, setPlanStatus, storePlan } from '../ledger/plans.ts';
import type { Difference } from '../rulebook/algebra.ts';
import type { Rulebook } from '../rulebook/types.ts';
import type { TableValue } from '../table.ts';
import { tooManyMembers } from './crowded.ts';
import { condition } from './errors.ts';
import { closesOf, heldText, judge } from './guard.ts';
import { clustersOf, keepClusters, keepRemoved, ofCluster } from './kept.ts';
import { forgetPlans } from './record.ts';
import { LOOK_AGAIN_MS, newPlan, type Round, type Subject, toDo, warmsOf } from './round.ts';
import { whyFrozen } from './step.ts';
import { compileWanted, keptAsTheyAre } from './wanted.ts';
import type { WarmFirewall } from './warm.ts';

/** view -> rulebook -> guard: what this firewall shall have, and what is held back. */
export async function decide(round: Round, subject: Subject): Promise<void> {
  const { warm } = subject;
  const parts = round.parts;
  if (warm.stale || !warm.compilation || round.run.audit) await compileWanted(parts, warm);
  const compilation = warm.compilation as NonNullable<typeof warm.compilation>;
  for (const one of warm.lastGoods.values()) await one.save(round.lease.fence, parts.now());
  const keptSince = [...warm.lastGoods.values()].flatMap((one) => one.oldestKeptMs() ?? []);
  if (keptSince.length > 0) parts.meter.count('FrozenAge', (parts.now() - Math.min(...keptSince)) / 1000, warm.name);
  const { kept, conditions } = keptAsTheyAre(warm, parts);
  round.say(...compilation.conditions, ...conditions);
  const applied = warm.appliedRulebook;
  // Before its sets are asked how large they are, they have to be known.
  warm.setWanted(compilation.rulebook, structureHash(compilation.rulebook));
  const full = tooManyMembers(warm, parts.settings, compilation.rulebook);
  // Their sets go on being counted, so that the look which brings them back under the limit decides anew.
  warm.crowded = new Set(full.keys());
  for (const [cluster, message] of full)
    round.say(
      condition('CEXT_APPLY_TOO_MANY_MEMBERS', 'error', `${message}; its rules stay as they stand`, { firewall: warm.name, cluster }),
    );
  const stay = new Set([...kept, ...full.keys()]);
  const all = keepClusters(applied, compilation.rulebook, stay, warm.clusters);
  // Members of both structures are needed to count what would change.
  warm.setWanted(all, structureHash(all));
  const held = new Set<string>(stay);
  subject.parts = [];
  for (const cluster of new Set([...clustersOf(applied), ...clustersOf(all)])) {
    const part = await judgeCluster(round, warm, cluster, ofCluster(applied, cluster), ofCluster(all, cluster));
    if (!part) continue;
    subject.parts.push(part);
    if (part.held.length > 0 && part.approvedBy === undefined) {
      held.add(cluster);
      round.say(condition('CEXT_APPLY_HELD', 'error', heldText(part), { firewall: warm.name, cluster }));
      parts.meter.count('Held', 1, warm.name);
    }
  }
  warm.heldHashes = subject.parts.filter((part) => part.held.length > 0 && part.approvedBy === undefined).map((part) => part.hash);
  let wanted = keepClusters(applied, compilation.rulebook, held, warm.clusters);
  if (warm.settings.mode === 'add-only') {
    const added = keepRemoved(applied, wanted);
    wanted = added.rulebook;
    if (added.left > 0) {
      round.say(
        condition(
          'CEXT_APPLY_REMOVAL_LEFT',
          'info',
          `${warm.name} is in mode add-only: ${added.left} rules that are no longer wanted stay`,
          { firewall: warm.name },
        ),
      );
    }
  }
  if (wanted.rules.length > warm.settings.maxRules) {
    const message = `${warm.name} would get ${wanted.rules.length} rules, maxRules is ${warm.settings.maxRules}; nothing is changed`;
    round.say(condition('CEXT_APPLY_TOO_MANY_RULES', 'error', message, { firewall: warm.name }));
    wanted = applied;
  }
  subject.wanted = wanted;
  warm.setWanted(wanted, structureHash(wanted));
  const frozen = await whyFrozen(parts.table, parts.settings, warm.name);
  if (frozen) {
    round.stopFrozen(subject, frozen);
    if (toDo(round, subject)) round.later(parts.now() + LOOK_AGAIN_MS);
  }
  await tellHeld(round, subject);
}

const NOT_COUNTED: Difference = {
  regions: [],
  opens: 0,
  closes: 0,
  translatesOtherwise: 0,
  weights: { opens: 0, closes: 0, translatesOtherwise: 0 },
  anywhere: 0,
  complete: false,
};

export async function judgeCluster(
  round: Round,
  warm: WarmFirewall,
  cluster: string,
  before: Rulebook,
  after: Rulebook,
): Promise<PlannedPart | undefined> {
  const { algebra, settings, table } = round.parts;
  if (structureHash(before) === structureHash(after)) return undefined;
  const view = warm.views.get(cluster);
  const lostHostEndpoints = view
    ? [...new Set(before.rules.map((rule) => rule.border))].filter((name) => !view.hostEndpoints.has(name))
    : [];
  const pair = settings.pairs.find((one) => one.cluster === cluster && one.firewall === warm.name);
  const members = warm.members({ rules: [], sets: new Map([...before.sets, ...after.sets]) });
  const books = [
    { rulebook: before, members },
    { rulebook: after, members },
  ] as const;
  // Taken out of the settings: nobody says any more who is in its sets, and what nobody knows is not counted.
  const difference = pair ? algebra.difference(...books) : NOT_COUNTED;
  const { budget } = warm.settings;
  const closes =
    pair?.defaultDeny && difference.weights.closes > budget.closes ? closesOf(...books, algebra.difference) : difference.weights.closes;
  const since = warm.applied?.changed[cluster];
  const part = judge({ firewall: warm.name, cluster, before, after, since, lostHostEndpoints, budget, difference, closes, gone: !pair });
  const approval = part.held.length > 0 ? await readApproval(table, warm.name, part.hash) : undefined;
  return approval ? { ...part, approvedBy: approval.who } : part;
}

/** Held and observed plans are stored once, and marked when they are overtaken. */
export async function tellHeld(round: Round, subject: Subject): Promise<void> {
  const { warm } = subject;
  const { manager, table } = round.parts;
  const shown = { ...((round.lease.state.shown ?? {}) as Record<string, { hash: string; plan: string }>) };
  const observe = warm.settings.mode === 'observe';
  const waiting = subject.parts.filter((part) => observe || (part.held.length > 0 && part.approvedBy === undefined));
  const hash = waiting.length > 0 ? hashOf(waiting.map((part) => part.hash)) : undefined;
  const old = shown[warm.name];
  if (observe && waiting.length > 0) {
    const rules = waiting.reduce((sum, part) => sum + part.rulesAdded + part.rulesRemoved, 0);
    round.say(
      condition('CEXT_APPLY_OBSERVED', 'info', `${warm.name} is in mode observe: ${rules} rules would change`, { firewall: warm.name }),
    );
  }
  if (old?.hash === hash) return;
  if (old) {
    await setPlanStatus(table, manager, old.plan, 'overtaken');
    await forgetPlans(round.parts, warmsOf(round), [old.plan]);
  }
  delete shown[warm.name];
  if (hash) {
    const plan = newPlan(round, observe ? 'mode observe: nothing of it is written' : 'over its budget', waiting, [], {});
    await storePlan(table, plan, observe ? 'observed' : 'held');
    shown[warm.name] = { hash, plan: plan.id };
  }
  await round.lease.write({ shown: shown as unknown as TableValue });
}

/** `approve`: a yes to what is held, by its hash. Whoever is about to say it is shown what it is. */
import { approve as approveHash, readApproval } from '../../functions/ledger/controls.ts';
import { heldHashes, listPlans, readConditions, readPlan } from '../../functions/ledger/query.ts';
import type { Answer, Call } from '../command.ts';
import { cliError } from '../errors.ts';
import type { Place } from '../place.ts';
import { tellMoment } from '../time.ts';
import { done, managerOf } from './control.ts';

export async function approve(call: Call): Promise<Answer> {
  const place = await call.place();
  const [hash = ''] = call.arguments;
  const { settings, table } = place;
  if (!/^[0-9a-f]{8,64}$/.test(hash))
    throw cliError('CEXT_CLI_USAGE', `"${hash}" is no hash; "cextfire plan" shows it (at least its first eight hex digits)`);
  const all: { readonly firewall: string; readonly hash: string }[] = [];
  for (const firewall of Object.keys(settings.firewalls))
    for (const held of await heldHashes(table, managerOf(place, firewall), firewall)) all.push({ firewall, hash: held });
  const fitting = all.filter((one) => one.hash.startsWith(hash));
  const [only] = fitting;
  if (!only || new Set(fitting.map((one) => one.hash)).size > 1) {
    const list = all.map((one) => `${one.hash} (${one.firewall})`).join(', ') || 'nothing';
    const what = only ? 'several held plans have' : ((await otherPlanWith(place, hash)) ?? 'no held plan has');
    throw cliError('CEXT_CLI_UNKNOWN_NAME', `${what} the hash ${hash}; held: ${list}`);
  }
  const { firewall } = only;
  const manager = managerOf(place, firewall);
  const held = await heldPart(place, manager, only.hash);
  await place.findQueues([manager], []);
  const before = await readApproval(table, firewall, only.hash);
  if (before)
    throw cliError(
      'CEXT_CLI_USAGE',
      `${only.hash} was approved by ${before.who} at ${tellMoment(before.atMs)}; apply does it at its next look: cextfire audit ${firewall} makes that now`,
    );
  await call.confirm([`Approve ${only.hash} on firewall ${firewall}: what is held there is done at once.`, ...held.lines].join('\n'));
  const who = await place.who();
  await approveHash(table, firewall, only.hash, who, place.now(), new Set([only.hash]));
  return done(
    place,
    { what: 'approve', target: firewall, note: [only.hash, ...held.name].join(', ') },
    who,
    [manager],
    `Approved ${only.hash} on ${firewall} as ${who}; apply is woken. Look with: cextfire status`,
  );
}

interface Held {
  /** for the record: whose it is, and the plan that says all of it */
  readonly name: readonly string[];
  /** for whoever is about to say yes */
  readonly lines: readonly string[];
}

const MOST_LINES = 8;

/** What is held under a hash: a part of a plan, or members that leave, which have no plan. */
async function heldPart({ table }: Place, manager: string, hash: string): Promise<Held> {
  for (const { id } of (await listPlans(table, manager)).filter(({ status }) => status === 'held')) {
    const part = (await readPlan(table, manager, id))?.plan.parts.find((one) => one.hash === hash);
    if (!part) continue;
    const lines = [...part.held.map((why) => `held: ${why}`), ...part.rules, ...part.regions];
    const more = lines.length > MOST_LINES ? [`... ${lines.length - MOST_LINES} more: cextfire plan ${id}`] : [];
    return { name: [`cluster ${part.cluster}`, `plan ${id}`], lines: [...lines.slice(0, MOST_LINES), ...more].map((line) => `  ${line}`) };
  }
  const told = (await readConditions(table)).find(({ message }) => message.includes(hash));
  return { name: told?.subject.cluster ? [`cluster ${told.subject.cluster}`, 'members'] : [], lines: told ? [`  ${told.message}`] : [] };
}

/** A hash that stands in a plan which needs no yes. */
async function otherPlanWith({ table, settings }: Place, hash: string): Promise<string | undefined> {
  for (const manager of Object.keys(settings.managers))
    for (const { id, status } of await listPlans(table, manager, 20))
      if ((await readPlan(table, manager, id))?.plan.parts.some((part) => part.hash.startsWith(hash)))
        return status === 'observed'
          ? `nothing waits for a yes: plan ${id} is of a firewall in mode observe, which writes nothing (set mode add-only or sync), and has`
          : `nothing waits for a yes: plan ${id} is ${status}, and has`;
  return undefined;
}

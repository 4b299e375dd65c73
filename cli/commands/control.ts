/** What people decide: freeze, thaw; and what they ask for: audit, resync. Each says what it will do, asks, records who, and wakes apply. */
import { readStream, releaseHold } from '../../functions/cluster/stream-state.ts';
import { recordAction } from '../../functions/ledger/actions.ts';
import { type Freeze, freeze as freezeTarget, unfreeze } from '../../functions/ledger/controls.ts';
import { readFreezes } from '../../functions/ledger/query.ts';
import { cloudError } from '../aws-words.ts';
import type { Answer, Call } from '../command.ts';
import { cliError } from '../errors.ts';
import { known } from '../lens.ts';
import type { Place } from '../place.ts';
import { tellMoment } from '../time.ts';

interface Done {
  readonly what: string;
  readonly target: string;
  readonly note: string;
}

/** Records, wakes, answers. */
export async function done(
  place: Place,
  { what, target, note }: Done,
  who: string,
  managers: Iterable<string>,
  said: string,
): Promise<Answer> {
  const atMs = place.now();
  await recordAction(place.table, { atMs, who, what, target, note }, place.settings.keepDays);
  const woken = [...new Set(managers)];
  try {
    for (const manager of woken) await place.wake(manager, what === 'audit' ? 'audit' : 'wake');
  } catch (cause) {
    const later = `apply looks by itself, within ${place.settings.auditEvery} at the latest`;
    throw cloudError(`${what} ${target} is done and recorded, but apply could not be woken (${later})`, cause);
  }
  return { value: { what, target, note, who, atMs, woken }, text: () => said };
}

export const managerOf = (place: Place, firewall: string): string => place.settings.firewalls[firewall]?.manager ?? '';

/** @throws CEXT_CLI_USAGE, CEXT_CLI_UNKNOWN_NAME */
function targetOf(call: Call, place: Place): { readonly target: string; readonly managers: readonly string[] } {
  const [name] = call.arguments;
  const all = call.options.all !== undefined;
  if (all === (name !== undefined)) throw cliError('CEXT_CLI_USAGE', 'name a firewall, or say --all');
  if (name === undefined) return { target: 'all', managers: Object.keys(place.settings.managers) };
  known('firewall', name, place.settings.firewalls);
  return { target: name, managers: [managerOf(place, name)] };
}

/** A reason, not a report: it is shown wherever the freeze is. */
const MOST_WHY = 500;

export async function freeze(call: Call): Promise<Answer> {
  const place = await call.place();
  const { target, managers } = targetOf(call, place);
  const why = call.options.why ?? '';
  if (why.trim() === '') throw cliError('CEXT_CLI_USAGE', 'say why with --why TEXT; whoever finds the firewall frozen will read it');
  if (why.length > MOST_WHY) throw cliError('CEXT_CLI_USAGE', `--why has ${why.length} characters; ${MOST_WHY} are enough`);
  const there = (await readFreezes(place.table)).get(target);
  const instead = there ? ` It takes the place of the freeze by ${there.who} since ${tellMoment(there.sinceMs)} (${there.why}).` : '';
  await call.confirm(
    `Freeze ${target === 'all' ? 'all firewalls' : `firewall ${target}`}: nothing is written there from the next call on, until thawed.${instead}`,
  );
  const who = await place.who();
  // No look for the queues before: apply asks for freezes by itself before each call, and this must work in an emergency.
  await freezeTarget(place.table, target, who, why, place.now());
  return done(
    place,
    { what: 'freeze', target, note: there ? `${why} (before it, frozen by ${there.who}: ${there.why})` : why },
    who,
    managers,
    `Frozen: ${target}. Take it back with: cextfire thaw ${target === 'all' ? '--all' : target}`,
  );
}

export async function thaw(call: Call): Promise<Answer> {
  const place = await call.place();
  const { target, managers } = targetOf(call, place);
  const freezes = await readFreezes(place.table);
  const there = freezes.get(target);
  if (!there) {
    const others = [...freezes.keys()].join(', ') || 'nothing';
    throw cliError(
      'CEXT_CLI_UNKNOWN_NAME',
      `${target} is not frozen by anybody; frozen: ${others} (a freeze of the settings is thawed there)`,
    );
  }
  await place.findQueues(managers, []);
  await call.confirm(
    `Thaw ${target}: frozen by ${there.who} since ${tellMoment(there.sinceMs)} (${there.why}). What has waited is written at once.`,
  );
  const who = await place.who();
  await unfreeze(place.table, target);
  return done(
    place,
    { what: 'thaw', target, note: `was frozen by ${there.who}: ${there.why}` },
    who,
    managers,
    `Thawed: ${target}; apply is woken.${stillFrozen(place, target, freezes)}`,
  );
}

/** A firewall is frozen by its own freeze, by the one of all, and by the settings. */
function stillFrozen({ settings }: Place, target: string, freezes: ReadonlyMap<string, Freeze>): string {
  const names = target === 'all' ? Object.keys(settings.firewalls) : [target];
  const left = names.flatMap((name) => {
    if (settings.frozen || settings.firewalls[name]?.frozen) return [`${name} by the settings`];
    const other = freezes.get(target === 'all' ? name : 'all');
    return other ? [`${name} by ${other.who} (${other.why}; cextfire thaw ${target === 'all' ? name : '--all'})`] : [];
  });
  return left.length === 0 ? '' : ` Still frozen: ${left.join(', ')}.`;
}

export async function audit(call: Call): Promise<Answer> {
  const place = await call.place();
  const { settings } = place;
  const [name] = call.arguments;
  if (name !== undefined) known('firewall or manager', name, { ...settings.firewalls, ...settings.managers });
  const managers =
    name === undefined ? Object.keys(settings.managers) : [Object.hasOwn(settings.managers, name) ? name : managerOf(place, name)];
  await place.findQueues(managers, []);
  await call.confirm(`Audit ${managers.join(', ')}: every firewall is read in full; drift is repaired or reported as the settings say.`);
  const who = await place.who();
  return done(
    place,
    { what: 'audit', target: name ?? 'all', note: '' },
    who,
    managers,
    `Asked for an audit of ${managers.join(', ')}. What it finds shows in: cextfire status`,
  );
}

export async function resync(call: Call): Promise<Answer> {
  const place = await call.place();
  const [cluster = ''] = call.arguments;
  known('cluster', cluster, place.settings.clusters);
  const { hold } = await readStream(place.table, cluster);
  const release = call.options.release !== undefined;
  if (hold && !release)
    throw cliError(
      'CEXT_CLI_USAGE',
      `the stream of ${cluster} is held since ${tellMoment(hold.sinceMs)} (${hold.message}); say --release when whoever sends there now is the right one`,
    );
  const releasing = hold ? ` The hold is released: whatever sends on its queue now is taken for ${cluster}.` : '';
  await place.findQueues([], [cluster]);
  await call.confirm(`Ask the shipper of ${cluster} for a whole new snapshot.${releasing}`);
  const who = await place.who();
  if (hold && !(await releaseHold(place.table, cluster, place.now())))
    throw cliError('CEXT_CLI_CLOUD', `the stream of ${cluster} changed at the same time; try again`);
  await place.resync(cluster, `asked for by ${who}`);
  const note = hold ? `released: ${hold.message}` : '';
  return done(
    place,
    { what: 'resync', target: cluster, note },
    who,
    [],
    `Asked ${cluster} for a snapshot; it comes within seconds if its shipper runs.`,
  );
}

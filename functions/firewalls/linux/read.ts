/** Reads the table of one firewall: the rulebook rebuilt from it, its sets, what is not as we made it, and what administrators' chains drop. */
import { Digest, memberLanes, setSeed } from '../../../proto/digest.ts';
import type { MemberSource, SetId } from '../../rulebook/types.ts';
import type { Desired, FirewallState, Json, ReadRequest, SetState } from '../contract.ts';
import { type Box, refusalOf } from './box.ts';
import { foreignDrops } from './foreign.ts';
import { elementMembers, type Listing, pairs, parseListing } from './listing.ts';
import { disjointPrefixes } from './members.ts';
import { buildModel, type Model } from './model.ts';
import { parseSetName, STATE_SETS, tableName } from './naming.ts';
import type { Native } from './plan.ts';
import { rebuild } from './rebuild.ts';

/** Sets read one by one up to this number; beyond it the whole table is listed. */
const SINGLE_SETS = 4;

export async function readFirewall(box: Box, desired: Desired, members: ReadRequest['members']): Promise<FirewallState> {
  const table = tableName(desired.settings.prefix, desired.firewall);
  const some = typeof members === 'object' && members.size <= SINGLE_SETS;
  const whole = members !== 'none' && !some;
  const model = buildModel(desired);
  const [answer, others] = await Promise.all([box.run(whole ? 'list' : 'state', table), box.run('foreign', table)]);
  const subject = { manager: desired.settings.manager };
  if (others.code !== 0) throw refusalOf(others.code, others.stderr, subject);
  const foreign = parseListing(others.stdout);
  if (answer.code !== 0) {
    if (!/No such file or directory/.test(answer.stderr)) throw refusalOf(answer.code, answer.stderr, subject);
    // Either there is no table, or one that lacks our sets and so was not made by us.
    const bare = whole ? undefined : await box.run('list', table);
    if (bare?.code === 0) return stateOf(parseListing(bare.stdout), foreign, desired, model, members, new Map());
    return stateOf(undefined, foreign, desired, model, members, new Map());
  }
  const listing = parseListing(answer.stdout);
  const elements = new Map<string, readonly unknown[]>();
  if (whole) for (const { name, elements: list } of listing.sets.values()) elements.set(name, list);
  if (some)
    for (const name of listing.sets.keys()) {
      const set = parseSetName(desired.settings.prefix, name)?.set;
      if (!set || !members.has(set)) continue;
      const { code, stdout, stderr } = await box.run('set', table, name);
      if (code !== 0) throw refusalOf(code, stderr, subject);
      elements.set(name, parseListing(stdout).sets.get(name)?.elements ?? []);
    }
  return stateOf(listing, foreign, desired, model, members, elements);
}

function stateOf(
  listing: Listing | undefined,
  foreign: Listing,
  desired: Desired,
  model: Model,
  members: ReadRequest['members'],
  elements: ReadonlyMap<string, readonly unknown[]>,
): FirewallState {
  const native = nativeOf(listing, model);
  if (!listing)
    return {
      firewall: desired.firewall,
      evidence: 'live',
      rulebook: { rules: [], sets: new Map() },
      sets: new Map(),
      drift: [],
      conditions: [],
      native: native as unknown as Json,
    };
  const { rulebook, drift } = rebuild(listing, desired, model);
  return {
    firewall: desired.firewall,
    evidence: 'live',
    rulebook,
    sets: setStates(listing, native, desired, members, elements),
    drift,
    conditions: foreignDrops(foreign, { rulebook, members: wantedMembers(desired) }, desired),
    native: native as unknown as Json,
  };
}

/** What stands on the box may name sets that nothing wants any more, or whose cluster has no view: nobody knows their members, and nothing is told of them. */
const wantedMembers = ({ rulebook, members }: Desired): MemberSource => ({
  members: (set) => {
    try {
      return rulebook.sets.has(set) ? members.members(set) : new Set();
    } catch {
      return new Set();
    }
  },
  digest: (set) => members.digest(set),
});

function nativeOf(listing: Listing | undefined, model: Model): Native {
  if (!listing) return { present: false, sets: {}, counters: [], chains: {}, ready: [], revision: '0', saved: '0' };
  const ours = [...listing.chains.values()].filter(({ family, table }) => family === 'inet' && table === model.table);
  return {
    present: true,
    sets: Object.fromEntries([...listing.sets.values()].map(({ name, spec }) => [name, spec])),
    counters: [...listing.counters.keys()],
    chains: Object.fromEntries(
      ours.map(({ name, hook, lines }) => [
        name,
        { ...(hook ? { hook } : {}), lines: lines.map(({ handle, text }) => ({ handle, text })) },
      ]),
    ),
    ready: pairs(listing.sets.get('ready')).map(String),
    revision: String(pairs(listing.sets.get('revision'))[0] ?? 0n),
    saved: String(listing.saved ?? ''),
  };
}

/** A table of our name without our state sets was made by somebody else. */
export const isTaken = (native: Native): boolean => native.present && STATE_SETS.some((set) => native.sets[set] === undefined);

function setStates(
  listing: Listing,
  native: Native,
  desired: Desired,
  members: ReadRequest['members'],
  elements: ReadonlyMap<string, readonly unknown[]>,
): ReadonlyMap<SetId, SetState> {
  const names = new Map<SetId, string[]>();
  for (const name of listing.sets.keys()) {
    const set = parseSetName(desired.settings.prefix, name)?.set;
    if (set) names.set(set, [...(names.get(set) ?? []), name]);
  }
  const states = new Map<SetId, SetState>();
  for (const [set, parts] of names) {
    const asked = members === 'all' || members === 'digest' || (typeof members === 'object' && members.has(set));
    if (!asked) {
      states.set(set, { set, names: parts, size: native.sets[parts[0] ?? ''] === undefined ? 0 : -1 });
      continue;
    }
    const found = parts.flatMap((name) => (elements.get(name) ?? []).flatMap(elementMembers));
    states.set(set, { set, names: parts, ...describe(set, found, desired, members !== 'digest') });
  }
  return states;
}

/**
 * Size, digest and members of what stands in a set. Overlapping prefixes of the members cannot stand on the box side by side: where the
 * elements are exactly what our members come to there, they are reported as these members.
 */
function describe(
  set: SetId,
  found: readonly string[],
  desired: Desired,
  withMembers: boolean,
): { size: number; digest: string; members?: ReadonlySet<string> } {
  const digest = new Digest();
  const seed = setSeed(set);
  for (const member of found) digest.add(memberLanes(seed, member));
  const definition = desired.rulebook.sets.get(set);
  if (definition?.kind === 'addresses' && digest.text() !== desired.members.digest(set)) {
    const wanted = desired.members.members(set);
    const written = new Set<string>();
    for (const member of wanted) if (/\/(32|128)$/.test(member)) written.add(member);
    for (const family of [4, 6] as const) for (const prefix of disjointPrefixes(family, wanted)) written.add(prefix);
    if (written.size !== wanted.size && written.size === found.length && found.every((member) => written.has(member)))
      return { size: wanted.size, digest: desired.members.digest(set), ...(withMembers ? { members: new Set(wanted) } : {}) };
  }
  return { size: found.length, digest: digest.text(), ...(withMembers ? { members: new Set(found) } : {}) };
}

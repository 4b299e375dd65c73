/** Arbitrary rulebooks, lowered, written, committed and read back: the running configuration decides every packet of a small world as the rulebook says. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PanosTwin, startPanosTwin } from '../../../test/twins/panos/start.ts';
import { ADDRESS_SETS, BORDER, derivedSource, memberSource, memberships, packetsOf, rules } from '../../../test/worlds/rulebooks.ts';
import { formatRange } from '../../packets/address.ts';
import { formatPacket } from '../../packets/packet.ts';
import { evaluatorOf } from '../../rulebook/evaluate.ts';
import { lower } from '../../rulebook/lower.ts';
import { type Decision, type FilterRule, NO_ENDPOINTS, NO_UNION, type Rulebook, type SetDefinition } from '../../rulebook/types.ts';
import { Firewall, PanosManager } from '../../settings.ts';
import type { Connector, Desired, Step } from '../contract.ts';
import { panosCapabilities } from './capabilities.ts';
import { paloAltoConnector } from './connector.ts';
import { natGroupsOf } from './nat-groups.ts';

let twin: PanosTwin;
let connector: Connector;
beforeAll(async () => {
  twin = await startPanosTwin({ clock: 'manual', jobMs: 0 });
  const manager = PanosManager.parse({
    vendor: 'panos',
    addresses: [twin.host],
    port: twin.port,
    tls: { ca: twin.ca },
    secret: 's',
    callsPerMinute: 100_000,
  });
  connector = paloAltoConnector('panos', 'pan', manager, async () => JSON.stringify({ user: twin.user, apiKey: twin.apiKey }), 5_000);
});
afterAll(async () => {
  await connector.close();
  await twin.close();
});

const PACKETS = packetsOf('egress');

function desiredOf(rulebook: Rulebook, lists: Record<string, readonly string[]>): Desired {
  const sets = new Map<string, SetDefinition>(
    Object.keys(lists).map((id) => [
      id,
      { id, kind: 'addresses', cluster: 'c', expression: { kind: 'felix', cluster: 'c', set: id }, text: id },
    ]),
  );
  for (const [id, set] of rulebook.sets) sets.set(id, set);
  return {
    firewall: 'fw',
    settings: Firewall.parse({ manager: 'pan', mode: 'sync' }),
    borders: new Map([
      [BORDER, { firewall: 'fw', hostEndpoint: BORDER, zones: { inside: ['trust'], outside: ['untrust'] }, snatPools: {}, vips: [] }],
    ]),
    clusters: new Map(),
    rulebook: { rules: rulebook.rules, sets },
    members: derivedSource(lists, rulebook.sets),
  };
}

async function carryOut(desired: Desired, step: Step): Promise<void> {
  const context = {
    desired: new Map([['fw', desired]]),
    fence: { lane: step.lane, number: 1 },
    progress: undefined,
    deadlineMs: Date.now() + 60_000,
  };
  let outcome = await connector.execute(step, context);
  if (outcome.kind === 'running') outcome = await connector.poll(outcome.job, context);
  expect(outcome).toMatchObject({ kind: 'done' });
}

const sourceOf = (decision: Decision): string => {
  if (decision.kind !== 'allow') return decision.kind;
  const { translation } = decision.rule;
  if (translation.kind === 'address') return `as ${translation.address}`;
  if (translation.kind === 'range') return `as ${formatRange(translation.range)}`;
  if (translation.kind === 'pool') return `as ${translation.ranges.map(formatRange).join()}`;
  return translation.kind === 'none' ? 'as it is' : 'as the administrator has it';
};

/** Lists in which rules that translate meet rules that leave it to the administrator. */
const translating = fc.array(
  fc.tuple(rules, fc.constantFrom('a', 'b', 'c'), fc.boolean()).map(([one, set, isPlain]): FilterRule => {
    const translation = isPlain ? ({ kind: 'absent' } as const) : ({ kind: 'address', address: '198.51.100.7' } as const);
    const source = { include: { sets: [set], prefixes: [] }, exclude: NO_UNION };
    const destination = { include: one.destination.include, exclude: NO_UNION };
    const [sourceEndpoints, destinationEndpoints] = [NO_ENDPOINTS, NO_ENDPOINTS];
    return { ...one, action: 'allow', families: [4], source, destination, sourceEndpoints, destinationEndpoints, translation };
  }),
  { minLength: 2, maxLength: 4 },
);

test('every packet', async () => {
  const seen = { allow: 0, deny: 0, unmatched: 0, translated: 0, beside: 0 };
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.array(rules, { maxLength: 5 }), translating), memberships, async (list, lists) => {
      let whole = list.map((one, at) => ({ ...one, id: `r${at}` }));
      const options = {
        members: memberSource(lists),
        ipv6Subnets: (sets: Rulebook['sets']) => {
          const source = derivedSource(lists, sets);
          const of = (set: string) => [...source.members(set)].filter((member) => member.includes(':') && !member.endsWith('/128'));
          return new Map([...sets.keys(), ...ADDRESS_SETS].map((set) => [set, of(set)]));
        },
      };
      let lowered = lower({ rules: whole, sets: new Map() }, panosCapabilities, options);
      for (let round = 0; lowered.refused.length > 0 && round < 9; round++) {
        const gone = new Set(lowered.refused.map((note) => note.ruleId));
        whole = whole.filter((one) => !gone.has(one.id));
        lowered = lower({ rules: whole, sets: new Map() }, panosCapabilities, options);
      }
      const desired = desiredOf(lowered.rulebook, lists);
      const all = new Map([['fw', desired]]);
      const plan = connector.plan(await connector.read({ what: 'pending', firewalls: [desired], members: 'digest' }), all);
      expect(plan.conditions).toEqual([]);
      for (const step of plan.steps) await carryOut(desired, step);
      const hasDifference = [...natGroupsOf(desired).keys()].some((name) => name.startsWith('cf_d'));
      const wanted = evaluatorOf({ rulebook: desired.rulebook, members: desired.members });
      const back = (await connector.read({ what: 'running', firewalls: [desired], members: 'none' })).firewalls.get('fw');
      const rebuilt = evaluatorOf({ rulebook: back?.rulebook as Rulebook, members: desired.members });
      for (const packet of PACKETS) {
        const want = wanted(BORDER, 'forward', packet);
        const verdict = twin.decide(packet, { from: 'trust', to: 'untrust' });
        const ours = verdict.rule.startsWith('cf_');
        const kind = ours ? verdict.action : 'unmatched';
        const text = formatPacket(packet);
        expect([text, kind]).toEqual([text, want.kind]);
        const again = rebuilt(BORDER, 'forward', packet);
        expect([text, 'rebuilt', again.kind]).toEqual([text, 'rebuilt', want.kind]);
        seen[want.kind]++;
        if (want.kind !== 'allow' || packet.family !== 4) continue;
        const got = verdict.nat?.startsWith('cf_')
          ? verdict.source
            ? `as ${verdict.source.map(formatRange).join()}`
            : 'as it is'
          : 'as the administrator has it';
        expect([text, got]).toEqual([text, sourceOf(want)]);
        expect([text, 'rebuilt', sourceOf(again)]).toEqual([text, 'rebuilt', sourceOf(want)]);
        if (verdict.source) seen.translated++;
        if (got === 'as the administrator has it' && hasDifference) seen.beside++;
      }
      expect(connector.plan(await connector.read({ what: 'pending', firewalls: [desired], members: 'digest' }), all).steps).toEqual([]);
    }),
    { numRuns: 120 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
}, 240_000);

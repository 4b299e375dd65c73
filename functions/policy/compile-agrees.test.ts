/** The compiled rulebook and the reference evaluator, which share no code, on worlds drawn at random. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyPacket, anyWorld, BORDER, inputOf, type World } from '../../test/worlds/policies.ts';
import type { Packet } from '../packets/packet.ts';
import { evaluatorOf } from '../rulebook/evaluate.ts';
import type { Decision, Translation } from '../rulebook/types.ts';
import { Compiler } from './compile.ts';
import { evaluateStage } from './evaluate.ts';
import { DerivedMembers, setFinder } from './members.ts';

const said = (verdict: string, logged: boolean, translation: Translation) => ({
  verdict,
  logged,
  translation: verdict === 'allow' ? translation : undefined,
});

const ofDecision = (decision: Decision, family: number) => {
  const translation: Translation = decision.kind === 'allow' ? decision.rule.translation : { kind: 'absent' };
  // A pool lists the ranges of every family of its rule; a packet is of one.
  const own: Translation =
    translation.kind === 'pool' ? { ...translation, ranges: translation.ranges.filter((range) => range.family === family) } : translation;
  return said(decision.kind, decision.logged, own);
};

/** False: nothing was compared, because the passes of the world would make more rules than the settings allow. */
function compare({ view, defaultDeny, destinations }: World, packets: readonly Packet[]): boolean {
  const input = inputOf(view, { pair: { defaultDeny, destinations: destinations as string[] | undefined } });
  const { rulebook, conditions } = new Compiler().compile(input);
  const refusals = conditions.filter(({ severity }) => severity === 'error');
  if (refusals.some(({ code }) => code === 'CEXT_POLICY_TOO_MANY_RULES')) return false;
  expect(refusals).toEqual([]);
  const members = new DerivedMembers(setFinder(input.clusters));
  members.use(rulebook);
  const evaluate = evaluatorOf({ rulebook, members });
  const [cluster] = input.clusters;
  if (!cluster) throw new Error('no cluster');
  for (const packet of packets)
    for (const stage of ['preDnat', 'forward'] as const) {
      const reference = evaluateStage(
        { view, hostEndpoint: 'edge', border: BORDER, podCidrs: cluster.settings.podCidrs, pair: cluster.pair },
        stage,
        packet,
      );
      expect({ packet, stage, ...ofDecision(evaluate('edge', stage, packet), packet.family) }).toEqual({
        packet,
        stage,
        ...said(reference.verdict, reference.logged, reference.translation),
      });
    }
  return true;
}

test('every packet has the verdict, the log and the translation that the policies give it', () => {
  let worlds = 0;
  let skipped = 0;
  fc.assert(
    fc.property(anyWorld, fc.array(anyPacket, { minLength: 40, maxLength: 60 }), (world, packets) => {
      worlds++;
      if (!compare(world, packets)) skipped++;
    }),
    { numRuns: 400, endOnFailure: true, interruptAfterTimeLimit: 15_000 },
  );
  expect(worlds).toBeGreaterThan(20);
  expect(skipped / worlds).toBeLessThanOrEqual(0.05);
});

test('a refused new policy opens nothing, and denies only what its author denied (decision 0041)', () => {
  let denied = 0;
  fc.assert(
    fc.property(
      anyWorld,
      fc.nat(),
      fc.nat(5),
      fc.array(anyPacket, { minLength: 60, maxLength: 60 }),
      ({ view, defaultDeny }, which, rule, packets) => {
        const enforced = [...view.policies.values()].filter(({ staged, preDnat }) => !staged && !preDnat);
        const policy = enforced[which % Math.max(1, enforced.length)];
        if (!policy) return;
        const misspelled = policy.outbound.map((one, at) =>
          at === rule % policy.outbound.length
            ? { ...one, metadata: { annotations: { ...one.metadata?.annotations, 'cextfire.io/snatt': 'x' } } }
            : one,
        );
        const broken = { ...view, policies: new Map(view.policies).set(policy.key, { ...policy, outbound: misspelled }) };
        const input = inputOf(broken, { pair: { defaultDeny } });
        const { rulebook, absent, conditions } = new Compiler().compile(input);
        if (conditions.some(({ code }) => code === 'CEXT_POLICY_TOO_MANY_RULES')) return;
        expect([...(absent.get('pay') ?? [])]).toEqual([policy.key]);
        const members = new DerivedMembers(setFinder(input.clusters));
        members.use(rulebook);
        const evaluate = evaluatorOf({ rulebook, members });
        const [cluster] = input.clusters;
        if (!cluster) throw new Error('no cluster');
        const world = { view, hostEndpoint: 'edge', border: BORDER, podCidrs: cluster.settings.podCidrs, pair: cluster.pair };
        for (const packet of packets) {
          const decision = evaluate('edge', 'forward', packet);
          const without = evaluateStage({ ...world, instead: new Map([[policy.key, undefined]]) }, 'forward', packet);
          if (decision.kind === without.verdict) continue;
          // Where it is not as if the policy did not exist, it is its own deny.
          const written = evaluateStage(world, 'forward', packet);
          expect({ packet, got: decision.kind, written: written.verdict }).toEqual({ packet, got: 'deny', written: 'deny' });
          expect(written.decidedBy).toMatchObject({ policy: policy.key });
          denied++;
        }
      },
    ),
    { numRuns: 1_500, endOnFailure: true, interruptAfterTimeLimit: 8_000 },
  );
  // Otherwise no world was one in which it matters.
  expect(denied).toBeGreaterThan(0);
});

test('rule ids are unique, short, and no set is named that the rulebook lacks', () => {
  fc.assert(
    fc.property(anyWorld, ({ view, defaultDeny }) => {
      const { rules, sets } = new Compiler().compile(inputOf(view, { pair: { defaultDeny } })).rulebook;
      expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
      for (const rule of rules) {
        expect(rule.id).toMatch(/^[a-z0-9]{1,16}$/);
        expect(rule.families.length).toBeGreaterThan(0);
        for (const side of [rule.source, rule.destination]) {
          for (const set of [...(side.include === 'any' ? [] : side.include.sets), ...side.exclude.sets])
            expect(sets.get(set)?.kind).toBe('addresses');
        }
        for (const ends of [rule.sourceEndpoints, rule.destinationEndpoints])
          for (const set of [...ends.include, ...ends.exclude]) expect(sets.get(set)?.kind).toBe('endpoints');
      }
    }),
    { numRuns: 100, endOnFailure: true, interruptAfterTimeLimit: 5_000 },
  );
});

test('a compiler that saw other worlds before gives the same rulebook as a new one', () => {
  fc.assert(
    fc.property(fc.array(anyWorld, { minLength: 2, maxLength: 4 }), (worlds) => {
      const compiler = new Compiler();
      for (const { view, defaultDeny } of worlds) {
        const input = inputOf(view, { pair: { defaultDeny } });
        expect(compiler.compile(input)).toEqual(new Compiler().compile(input));
      }
    }),
    { numRuns: 50, endOnFailure: true, interruptAfterTimeLimit: 5_000 },
  );
});

/**
 * Two clusters on one firewall, two shippers, real queues, real packets; one of them is hostile. It speaks of the other's pods, reaches where it may
 * not, grows over its limits, and puts garbage and the other's name on its queue. The other's border stays right, and conditions name the culprit.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { EMPTY, ofCluster } from '../../functions/apply/kept.ts';
import { readStream } from '../../functions/cluster/stream-state.ts';
import { readApplied } from '../../functions/ledger/applied.ts';
import { canonical } from '../../functions/ledger/encode.ts';
import { parseAddress } from '../../functions/packets/address.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import { writeFrame } from '../../proto/framing.ts';
import { felix } from '../../proto/generated/felix.js';
import { SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { CLUSTER, FIREWALL } from '../cloud/demo-environment.ts';
import { type Felix, playFelix } from '../felix/player.ts';
import { type Mark, readRecording } from '../felix/recording.ts';
import { POD_CIDRS } from '../felix/verdict-world.ts';
import { needs } from '../requirements.ts';
import { expectVerdicts } from './scene.ts';
import { NEEDS, World } from './world.ts';

const MINUTES = 60_000;
const HOSTILE = 'hostile';
const MAX_RULES = 20;
const MAX_MEMBERS = 500;
const ours = readRecording('01-first-rule', 'v3.32.1');
const [start, comes] = ours.marks as [Mark, Mark];

const frame = (message: felix.IToDataplane): Uint8Array => writeFrame(felix.ToDataplane.encode(message).finish());
const pods = (count: number) => Array.from({ length: count }, (_, n) => `10.64.${n >> 8}.${n & 255}/32`);
const packet = (source: string, destination: string): Packet => ({
  family: 4,
  direction: 'egress',
  source: parseAddress(source)?.value ?? 0n,
  destination: parseAddress(destination)?.value ?? 0n,
  protocol: 6,
  sourcePort: 40_000,
  destinationPort: 443,
});

const rulesOf = (rules: readonly felix.IRule[]) =>
  frame({
    activePolicyUpdate: { id: { name: 'border.own', kind: 'GlobalNetworkPolicy' }, policy: { tier: 'border', outboundRules: [...rules] } },
  });
const allow = (dstNet: string): felix.IRule => ({ action: 'allow', protocol: { name: 'tcp' }, srcIpSetIds: ['s:own'], dstNet: [dstNet] });

/** A cluster of its own, as Felix would write it: its pods to these destinations. */
function begin(members: readonly string[], rules: readonly felix.IRule[]): Uint8Array {
  const id = felix.PolicyID.create({ name: 'border.own', kind: 'GlobalNetworkPolicy' });
  const tier = { name: 'border', egressPolicies: [felix.PolicyID.encode(id).finish()], defaultAction: 'Deny' };
  return Buffer.concat([
    frame({ configUpdate: { config: { ClusterGUID: HOSTILE, CalicoVersion: 'v3.32.1' } } }),
    frame({ ipsetUpdate: { id: 's:own', members: [...members], type: felix.IPSetUpdate.IPSetType.NET } }),
    rulesOf(rules),
    frame({ hostEndpointUpdate: { id: { endpointId: 'edge' }, endpoint: { name: 'outside', forwardTiers: [tier] } } }),
    frame({ inSync: {} }),
  ]);
}

needs(...NEEDS)('two clusters on one firewall', () => {
  let world: World;
  let evil: Felix | undefined;
  beforeAll(async () => {
    world = await World.start({
      podCidrs: [...POD_CIDRS, '10.64.0.0/10'],
      change: (settings) => {
        Object.assign(settings.clusters as object, { [HOSTILE]: { podCidrs: ['10.64.0.0/10'], maxMembers: 5_000 } });
        (settings.pairs as object[]).push({
          cluster: HOSTILE,
          firewall: FIREWALL,
          tiers: ['border'],
          destinations: ['203.0.113.0/24'],
          maxRules: MAX_RULES,
          maxMembers: MAX_MEMBERS,
          defaultDeny: true,
        });
      },
    });
  }, 3 * MINUTES);
  beforeEach(() => world.fresh(), 2 * MINUTES);
  afterEach(async () => {
    if (evil?.running) await evil.terminate();
    evil = undefined;
    expect(await world.foreign()).toBe(world.foreignBefore);
  }, MINUTES);
  afterAll(() => world?.close(), MINUTES);

  /** The hostile cluster's Felix begins a life with these bytes; waits until the cloud has them and has nothing more to do. */
  async function attack(bytes: Uint8Array): Promise<void> {
    if (evil?.running) await evil.terminate();
    const { head } = await readStream(world.table, HOSTILE);
    evil = playFelix({ program: SHIPPER_PROGRAM, env: world.shipperEnvironment(HOSTILE) });
    await evil.play(bytes);
    await world.until('the hostile snapshot', async () => {
      const state = await readStream(world.table, HOSTILE);
      return state.head > head || state.hold !== null;
    });
    await world.settle();
    if ((await world.held()).size > 0) await world.approve();
  }

  const oursOnTheBorder = async () => canonical(ofCluster((await readApplied(world.table, FIREWALL))?.rulebook ?? EMPTY, CLUSTER));
  const culprits = async (code: string) =>
    (await world.conditions()).filter((one) => one.code === code).map(({ subject }) => subject.cluster);

  test(
    "another recording, all about the other's pods: not one of its rules meets them, and it is told so",
    async () => {
      await world.play(ours, start);
      const before = await oursOnTheBorder();
      const theirs = readRecording('03-nat', 'v3.32.1');
      await attack(theirs.stream(1).subarray(0, theirs.marks.filter(({ life }) => life === 1).at(-1)?.bytes));
      await expectVerdicts(world, ours, start);
      expect(await oursOnTheBorder()).toBe(before);
      expect(await culprits('CEXT_POLICY_SNAT_POOL')).toContain(HOSTILE);
      expect(new Set((await world.conditions()).map(({ subject }) => subject.cluster))).toEqual(new Set([HOSTILE]));
      await world.play(ours, comes);
      await expectVerdicts(world, ours, comes);
    },
    3 * MINUTES,
  );

  test(
    'limits and allowed destinations hold, and the other goes on',
    async () => {
      await world.play(ours, start);
      // Half of them are the other's pods.
      await attack(begin(['10.64.0.1/32', '10.10.0.1/32', '10.10.1.11/32'], [allow('203.0.113.7/32'), allow('198.51.100.9/32')]));
      const own = async () =>
        (
          await world.judge.send([
            packet('10.64.0.1', '203.0.113.7'),
            packet('10.64.0.1', '198.51.100.9'),
            packet('10.64.0.2', '203.0.113.7'),
          ])
        ).map(({ verdict }) => verdict);
      expect(await own()).toEqual(['allow', 'deny', 'deny']);
      expect(await culprits('CEXT_POLICY_DESTINATION_CUT')).toEqual([HOSTILE]);
      await expectVerdicts(world, ours, start);
      const before = await oursOnTheBorder();

      // Ten times the rules it may have: it stays at what was good.
      await evil?.play(rulesOf(Array.from({ length: 10 * MAX_RULES }, (_, n) => allow(`203.0.113.${n}/32`))));
      await world.told('CEXT_POLICY_TOO_MANY_RULES');
      expect(await culprits('CEXT_POLICY_TOO_MANY_RULES')).toEqual([HOSTILE]);
      expect(await own()).toEqual(['allow', 'deny', 'deny']);

      // A hundred times the members that its queue lets through: the stream is held.
      await attack(begin(pods(500_000), [allow('203.0.113.7/32')]));
      await world.told('CEXT_INGEST_LIMIT');
      expect(await culprits('CEXT_INGEST_LIMIT')).toEqual([HOSTILE]);
      expect(await own()).toEqual(['allow', 'deny', 'deny']);

      await world.play(ours, comes);
      await expectVerdicts(world, ours, comes);
      expect(await oursOnTheBorder()).toBe(before);
    },
    3 * MINUTES,
  );

  needs('embedded cloud')('on its queue', () => {
    test(
      "garbage, and the other's shipments",
      async () => {
        await world.play(ours, start);
        const before = await readStream(world.table, CLUSTER);
        const bodies = ['bm8gc2hpcG1lbnQ=', ...world.bodies];
        for (const [n, body] of bodies.entries())
          await world.cloud.send(`Cluster-${HOSTILE}/Shipments`, body, { group: HOSTILE, deduplication: `forged-${n}` });
        await world.settle();
        await world.look();
        expect(await readStream(world.table, CLUSTER)).toEqual(before);
        expect((await readStream(world.table, HOSTILE)).head).toBe(0);
        const told = (await world.conditions()).filter(({ code }) => code === 'CEXT_INGEST_POISON');
        expect(told.map(({ subject }) => subject.cluster)).toEqual([HOSTILE]);
        expect(told[0]?.message).toContain(`stream "${CLUSTER}"`);
        await world.play(ours, comes);
        await expectVerdicts(world, ours, comes);
      },
      3 * MINUTES,
    );
  });
});

/** Translation has no outside judge: the reference evaluator's answers against real packets through nftables; VIPs, logging and whole connections too. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { parseAddress } from '../../functions/packets/address.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import { Compiler } from '../../functions/policy/compile.ts';
import { evaluatePolicies, evaluateStage } from '../../functions/policy/evaluate.ts';
import { DerivedMembers, setFinder } from '../../functions/policy/members.ts';
import { judgeFolder } from '../felix/agreement.ts';
import { RECORDINGS } from '../felix/recording.ts';
import { EVERYTHING, wideEvaluation, wideInput } from '../felix/verdict-world.ts';
import { needs } from '../requirements.ts';
import { policyOf, setOf, tierOf, viewOf } from '../worlds/policies.ts';
import { Judge } from './judge.ts';

const address = (text: string): bigint => (parseAddress(text) as { value: bigint }).value;
const tcp = (direction: Packet['direction'], source: string, destination: string, destinationPort: number): Packet => ({
  family: 4,
  direction,
  source: address(source),
  destination: address(destination),
  protocol: 6,
  sourcePort: 40_000,
  destinationPort,
});
const ADMINISTRATOR = `table ip admin {
  chain pre {
    type nat hook prerouting priority dstnat
    ip daddr 198.18.0.5 tcp dport 443 dnat to 10.10.0.5:8443
    ip daddr 198.18.0.5 tcp dport 80 dnat to 10.10.0.6:80
  }
}
`;
const port = (number: number) => ({ protocol: { name: 'tcp' }, dstPorts: [{ first: number, last: number }] });

needs(
  'namespaces',
  'nft',
  'ip',
  'sshd',
  'tcpreplay',
  'perl',
  'conntrack',
)('a real nftables and the evaluator', () => {
  let judge: Judge;
  beforeAll(async () => {
    judge = await Judge.start({ vips: EVERYTHING });
  }, 60_000);
  afterAll(() => judge.close());
  afterEach(() => judge.border.nft(['flush', 'ruleset']));

  async function load(parts: Parameters<typeof viewOf>[0]) {
    const input = wideInput(viewOf(parts));
    const { rulebook, conditions } = new Compiler().compile(input);
    expect(conditions.filter(({ severity }) => severity === 'error')).toEqual([]);
    const members = new DerivedMembers(setFinder(input.clusters));
    members.use(rulebook);
    await judge.load({ rulebook, members }, 'edge');
    return wideEvaluation(input);
  }

  test.each(['03-nat', 'random-104'])(
    '%s: every connection leaves with the address that the evaluator gives it',
    async (scenario) => {
      const { differences, otherTranslations, translated, alike } = await judgeFolder(join(RECORDINGS, scenario), 'firewall', judge);
      expect(differences).toEqual([]);
      expect(otherTranslations).toEqual([]);
      expect(translated).toBeGreaterThan(80);
      expect(alike).toBeGreaterThan(translated);
    },
    120_000,
  );

  test("VIPs: pre-DNAT policies see the address before the administrator's DNAT, forward policies the pod", async () => {
    const deny = { action: 'deny', srcNet: ['203.0.113.66/32'], dstNet: ['198.18.0.5/32'] };
    const allow = { action: 'allow', srcNet: ['203.0.113.7/32'], dstNet: ['198.18.0.5/32'] };
    const web = policyOf('web', { inbound: [{ action: 'allow', dstIpSetIds: ['web'], ...port(8443) }] });
    const loadWith = (...inbound: (typeof deny)[]) => {
      const vip = policyOf('vip', { inbound }, { tier: 'first', preDnat: true });
      return load({
        policies: [vip, web],
        sets: [setOf('web', ['10.10.0.5/32'])],
        preDnatTiers: [{ ...tierOf('first', [vip], 'Pass'), egress: [] }],
        forwardTiers: [tierOf('border', [web])],
      });
    };
    const evaluation = await loadWith(deny, allow);
    await judge.border.nft(['-f', '-'], ADMINISTRATOR);
    const packets = [
      tcp('ingress', '203.0.113.5', '198.18.0.5', 443),
      tcp('ingress', '203.0.113.66', '198.18.0.5', 443),
      tcp('ingress', '203.0.113.5', '198.18.0.5', 80),
      tcp('ingress', '203.0.113.66', '10.10.0.5', 8443),
      tcp('ingress', '203.0.113.7', '198.18.0.5', 80),
    ];
    const dnat = (packet: Packet): Packet => {
      if (packet.destination !== address('198.18.0.5')) return packet;
      const [to, destinationPort] = packet.destinationPort === 443 ? ['10.10.0.5', 8443] : ['10.10.0.6', 80];
      return { ...packet, destination: address(to as string), destinationPort: destinationPort as number };
    };
    const wanted = packets.map((packet) => {
      const before = evaluateStage(evaluation, 'preDnat', packet).verdict;
      return before !== 'unmatched' ? before : evaluateStage(evaluation, 'forward', dnat(packet)).verdict;
    });
    const came = await judge.send(packets);
    expect(wanted).toEqual(['allow', 'deny', 'deny', 'allow', 'allow']);
    expect(came.map(({ verdict }) => verdict)).toEqual(wanted);
    expect(came[0]?.destination).toBe(address('10.10.0.5'));
    expect(came[4]?.destination).toBe(address('10.10.0.6'));

    // Nobody answered, so the connection is new at every packet: what no VIP rule allows any more, the forward rules judge again.
    await judge.send(packets.slice(4));
    await loadWith(deny, { ...allow, srcNet: ['203.0.113.8/32'] });
    const again = await judge.send(packets, () => true, false);
    expect(again.map(({ verdict }) => verdict)).toEqual(['allow', 'deny', 'deny', 'allow', 'deny']);
  }, 60_000);

  test('log: as many packets are logged as the evaluator says', async () => {
    const policy = policyOf('log', {
      outbound: [
        { action: 'log', dstNet: ['203.0.113.0/29'], protocol: { name: 'tcp' } },
        { action: 'allow', dstNet: ['203.0.113.0/28'], ...port(443) },
        { action: 'allow', ...port(8443), metadata: { annotations: { 'cextfire.io/log': 'true' } } },
      ],
    });
    const evaluation = await load({ policies: [policy] });
    const packets = [
      ...['203.0.113.1', '203.0.113.2', '203.0.113.9'].map((to) => tcp('egress', '10.10.0.1', to, 443)),
      ...['198.51.100.1', '198.51.100.2', '198.51.100.3'].map((to) => tcp('egress', '10.10.0.1', to, 8443)),
    ];
    expect((await judge.send(packets)).every(({ verdict }) => verdict === 'allow')).toBe(true);
    const ruleset = await judge.border.nft(['list', 'table', 'inet', 'cf_edge']);
    const counters = new Set([...ruleset.matchAll(/counter name "?(\S+?)"? log prefix/g)].map(([, name]) => name as string));
    let logged = 0;
    for (const name of counters)
      logged += Number(/packets (\d+)/.exec(await judge.border.nft(['list', 'counter', 'inet', 'cf_edge', name]))?.[1]);
    expect(logged).toBe(packets.filter((packet) => evaluatePolicies(evaluation, packet).logged).length);
    expect(logged).toBe(5);
  }, 60_000);

  test('a connection that was allowed is answered, under its translated address, where no policy allows the way back', async () => {
    const snat = { metadata: { annotations: { 'cextfire.io/snat': '198.51.100.7' } } };
    await load({ policies: [policyOf('out', { outbound: [{ action: 'allow', ...port(443), ...snat }], inbound: [{ action: 'deny' }] })] });
    for (const [place, own] of [
      ['pods', '10.10.0.1'],
      ['outside', '203.0.113.5'],
    ] as const)
      await judge.border.run(place, ['ip', 'addr', 'add', `${own}/32`, 'dev', 'lo']);
    const server = judge.border.start('outside', [
      process.execPath,
      '-e',
      "require('net').createServer((s) => s.end(s.remoteAddress)).listen(443, '203.0.113.5', () => console.log('ready'))",
    ]);
    try {
      await new Promise((resolve) => server.stdout?.once('data', resolve));
      const ask = (place: 'pods' | 'outside', from: string, to: string) =>
        judge.border.run(place, [
          process.execPath,
          '-e',
          `const s = require('net').connect({ host: '${to}', port: 443, localAddress: '${from}' });
           s.on('data', (data) => process.stdout.write(data)); s.setTimeout(1500, () => { process.stdout.write('no answer'); s.destroy(); }); s.on('error', (e) => process.stdout.write(e.code));`,
        ]);
      expect((await ask('pods', '10.10.0.1', '203.0.113.5')).stdout).toBe('198.51.100.7');
      expect((await ask('outside', '203.0.113.5', '10.10.0.1')).stdout).toBe('no answer');
    } finally {
      server.kill('SIGTERM');
    }
  }, 60_000);
});

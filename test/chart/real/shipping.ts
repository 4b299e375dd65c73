/** The chart's pod in a real cluster, down to packets; then what a cluster can do to it: a changed setting, lost rights, a lost API server, a lost account. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseAddress } from '../../../functions/packets/address.ts';
import type { Packet } from '../../../functions/packets/packet.ts';
import { readObjects } from './bench.ts';
import type { ApiObject } from './objects.ts';
import { holds, type Report, same } from './report.ts';
import { NAMESPACE, RELEASE, ROLE, SENDER_ROLE, type Stage } from './stage.ts';

const EXAMPLES = fileURLToPath(new URL('../../../docs/guides/border-policies', import.meta.url));

function packet(direction: Packet['direction'], from: string, to: string, port: number): Packet {
  const [source, destination] = [parseAddress(from), parseAddress(to)];
  if (!source || !destination) throw new Error(`${from} ${to}`);
  return {
    family: 4,
    direction,
    source: source.value,
    destination: destination.value,
    protocol: 6,
    sourcePort: 40_000,
    destinationPort: port,
  };
}

const toPartner = (from: string) => packet('egress', from, '198.51.100.5', 443);
const AS_PARTNER_KNOWS = '203.0.113.10';

/** What the example policies say of these; with the source address that the other side sees. */
const EXPECTED: readonly (readonly [string, Packet, string])[] = [
  ['settlement to its partner', toPartner('10.10.0.1'), AS_PARTNER_KNOWS],
  // The third example hands on what it does not decide, and nobody else has a rule here.
  ['settlement to another port', packet('egress', '10.10.0.1', '198.51.100.5', 80), '10.10.0.1'],
  ['another pod of the namespace', toPartner('10.10.0.2'), '10.10.0.2'],
  ['monitoring to the exporter', packet('ingress', '192.0.2.70', '10.10.0.3', 9100), '192.0.2.70'],
  ['a stranger to the exporter', packet('ingress', '192.0.2.1', '10.10.0.3', 9100), 'deny'],
  ['a pod to the mirrors', packet('egress', '10.10.0.4', '198.51.100.130', 443), '10.10.0.4'],
  ['a quarantined pod to the mirrors', packet('egress', '10.10.0.5', '198.51.100.130', 443), 'deny'],
];

/** One that the cloud refuses for its annotation, or does not. */
const policy = (apiVersion: string, annotations: object): ApiObject => ({
  apiVersion,
  kind: 'GlobalNetworkPolicy',
  metadata: { name: 'border.wrong' },
  spec: {
    tier: 'border',
    order: 50,
    selector: 'border == "partner"',
    applyOnForward: true,
    types: ['Egress'],
    egress: [{ action: 'Deny', source: { selector: 'app == "x"' }, metadata: { annotations } }],
  },
});

interface Told {
  readonly metadata: { readonly name: string };
  readonly reason: string;
  readonly type: string;
  readonly message: string;
}

export async function shipping(at: Stage, report: Report): Promise<void> {
  const { bench, world } = at;
  const expectPackets = async () => {
    const found = await at.passes(EXPECTED.map(([, each]) => each));
    same(
      EXPECTED.map(([name], n) => `${name}: ${found[n]}`),
      EXPECTED.map(([name, , wanted]) => `${name}: ${wanted}`),
    );
  };

  /** Felix follows the API server again: a pod made now is at the border. */
  const getsIn = async (name: string, address: string) => {
    await bench.workload('payments', name, { app: 'settlement' }, address);
    await bench.until(
      `the new pod ${name} to get in`,
      async () => {
        await at.settle();
        return (await at.passes([toPartner(address)]))[0] === AS_PARTNER_KNOWS;
      },
      120_000,
    );
  };

  await report.check('the example policies are taken strictly', async () => {
    for (const object of readObjects(EXAMPLES)) await bench.objects.apply({ ...object, apiVersion: bench.calicoVersion });
  });
  await report.check("the chart's pod is ready: its uid, no capability, nothing writable, the account's own token", () => at.startPod());
  await report.check('packets meet the example policies on nftables, translated as they say; SQS was reached by web identity', async () => {
    await bench.until('the rules', async () => {
      await at.settle();
      return (await at.passes([toPartner('10.10.0.1')]))[0] === AS_PARTNER_KNOWS;
    });
    await expectPackets();
    same([...new Set(at.sts.given)], [`system:serviceaccount:${NAMESPACE}:${RELEASE} ${SENDER_ROLE}`]);
  });
  await report.check('the probe finds nothing wrong', () => at.probeSays(true));
  await report.check('Felix wishes to start anew (a changed FelixConfiguration): the container goes on, and nothing is lost', async () => {
    await bench.give('FelixConfiguration', 'default', { routeRefreshInterval: '77s' });
    await bench.until('the entrypoint to say so', () => /Felix starts anew, as it wished/.test(at.pod.log));
    await bench.until('the pod to be ready again', async () => (await at.pod.page('/readyz'))?.status === 200);
    await at.settle();
    await expectPackets();
  });
  await report.check('a pod that goes loses its address at the border, one that comes gets in', async () => {
    await bench.objects.remove({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'settlement-1', namespace: 'payments' } });
    await bench.workload('payments', 'settlement-2', { app: 'settlement' }, '10.10.0.7');
    await at.settle();
    same(await at.passes([toPartner('10.10.0.1'), toPartner('10.10.0.7')]), ['10.10.0.1', AS_PARTNER_KNOWS]);
    await bench.workload('payments', 'settlement-1', { app: 'settlement' }, '10.10.0.1');
    await at.settle();
    await expectPackets();
  });

  const wrong = policy(bench.calicoVersion, { 'cextfire.io/snat': AS_PARTNER_KNOWS });
  /** As `kubectl describe` looks for them. */
  const events = async (): Promise<readonly Told[]> => {
    const uid = (await bench.objects.get(wrong))?.metadata.uid;
    const selector = `involvedObject.kind=${wrong.kind},involvedObject.name=${wrong.metadata.name},involvedObject.uid=${uid}`;
    return (await bench.plane.ask('GET', `/api/v1/events?fieldSelector=${encodeURIComponent(selector)}`)).body.items;
  };
  await report.check('what the cloud holds against a policy is an Event on it', async () => {
    await bench.objects.apply(wrong);
    await bench.until('the Event', async () => (await events()).length > 0);
    const [event] = await events();
    same([event?.type, event?.reason], ['Warning', 'CextPolicyAnnotation']);
    report.note(event?.message ?? '');
  });
  await report.check('the next life of the pod goes on with the same Event; when the policy is right, one more tells its end', async () => {
    const names = async () => (await events()).map(({ metadata }) => metadata.name);
    const before = await names();
    await at.endPod();
    await at.startPod();
    await at.settle();
    await world.look();
    await sleep(5_000);
    same(await names(), before);
    await bench.objects.apply(policy(bench.calicoVersion, { 'cextfire.io/ticket': 'NET-1' }));
    await bench.until('the end', async () => (await events()).some(({ reason }) => reason === 'CextPolicyAnnotationEnded'));
    same((await events()).length, 2);
    await bench.objects.remove(wrong);
  });

  const rules = (await bench.objects.get(ROLE))?.rules;
  await report.check('all rights gone: everybody says so, nothing is removed from the border', async () => {
    await at.setRules([]);
    await at.probeSays(false, /may not list pods \(403\)/);
    await expectPackets();
  });
  await report.check('`helm upgrade` gives the rights back, and it ends', async () => {
    await bench.chart('upgrade', RELEASE, NAMESPACE, at.values);
    same((await bench.objects.get(ROLE))?.rules, rules);
    await at.probeSays(true);
  });
  await report.check('the API server gone: everybody says so; back, it ends, and Felix goes on', async () => {
    await bench.plane.down();
    try {
      await at.probeSays(false, /cannot be reached: ECONNREFUSED/);
      await expectPackets();
    } finally {
      await bench.plane.up();
    }
    await at.probeSays(true);
    await getsIn('settlement-3', '10.10.0.8');
  });
  await report.check('the account deleted: its token is refused, everybody says so; made anew, with a new token, it ends', async () => {
    await bench.objects.remove({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: RELEASE, namespace: NAMESPACE } });
    await at.probeSays(false, /refuses the token of the service account \(401\)/);
    await bench.chart('upgrade', RELEASE, NAMESPACE, at.values);
    await at.pod.mount();
    await at.probeSays(true);
    await expectPackets();
    await getsIn('settlement-4', '10.10.0.9');
  });
  await report.check('SIGTERM: the shipper sends what is pending, the container ends within its grace period', async () => {
    const begun = Date.now();
    const code = await at.pod.stop();
    report.note(`with code ${code} after ${((Date.now() - begun) / 1_000).toFixed(1)} s`);
    holds(/all was sent/.test(at.pod.log), at.pod.log.slice(-2_000));
    holds(Date.now() - begun < 14_000, 'too late');
  });
}

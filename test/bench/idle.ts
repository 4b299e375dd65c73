/**
 * What an environment of five clusters and three firewalls costs in a month in which nothing changes, at list price. Resources are counted in the
 * synthesized template, heartbeats and audits by the requests they really make; what AWS does by itself (polls of event source mappings) is reckoned.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { milliseconds } from '../../functions/duration.ts';
import type { Settings } from '../../functions/settings.ts';
import { loadEnvironment } from '../../infra/environment.ts';
import { HEARTBEAT_MS } from '../../shipper/dispatcher.ts';
import { readAssembly, synthesize, type Template } from '../cloud/assembly.ts';
import { type Bill, billOf } from './bill.ts';
import { HOURS_PER_MONTH, PRICES } from './prices.ts';
import type { Row } from './row.ts';
import { WayWorld } from './way-world.ts';

const CLUSTERS = 5;
const FIREWALLS = 3;
const MONTH_MS = HOURS_PER_MONTH * 3_600_000;
/** Lambda polls a queue with five long polls of 20 s side by side while nothing comes. */
const POLLS_PER_MAPPING = (5 * MONTH_MS) / 20_000;
const CONTROL_POLLS = MONTH_MS / 20_000;
/** Zones of the network that the stack makes; each interface endpoint stands in each. */
const ZONES = 2;

function environment(): unknown {
  const names = (count: number, word: string) => Array.from({ length: count }, (_, at) => `${word}${at + 1}`);
  const firewalls = names(FIREWALLS, 'edge');
  const clusters = names(CLUSTERS, 'cluster');
  return {
    environment: 'idle',
    network: { cidr: '10.255.0.0/24' },
    managers: Object.fromEntries(
      firewalls.map((name, at) => [
        name,
        { vendor: 'linux', address: `192.0.2.${at + 1}`, hostKeys: [`SHA256:${'A'.repeat(43)}`], secret: `idle/${name}` },
      ]),
    ),
    firewalls: Object.fromEntries(firewalls.map((name) => [name, { manager: name, mode: 'sync' }])),
    borders: Object.fromEntries(firewalls.map((name) => [name, { firewall: name, hostEndpoint: name }])),
    clusters: Object.fromEntries(clusters.map((name, at) => [name, { podCidrs: [`10.${at + 1}.0.0/16`] }])),
    pairs: clusters.flatMap((cluster) => firewalls.map((firewall) => ({ cluster, firewall, tiers: ['border'], defaultDeny: true }))),
  };
}

export async function benchIdle(): Promise<readonly Row[]> {
  const { template, settings } = templateOf();
  const count = (type: string) => Object.values(template.Resources).filter((resource) => resource.Type === type).length;
  const { heartbeat, audit, metrics } = await onePulse();
  const heartbeats = (CLUSTERS * MONTH_MS) / HEARTBEAT_MS;
  const audits = (FIREWALLS * MONTH_MS) / milliseconds(settings.auditEvery);
  const mappings = count('AWS::Lambda::EventSourceMapping');
  const interfaces = Object.values(template.Resources).filter(
    ({ Type, Properties }) => Type === 'AWS::EC2::VPCEndpoint' && Properties?.VpcEndpointType === 'Interface',
  ).length;
  const parts: readonly (readonly [string, number])[] = [
    [`${interfaces} interface endpoints in ${ZONES} zones`, interfaces * ZONES * HOURS_PER_MONTH * PRICES.endpointHour],
    [`${Math.round(heartbeats).toLocaleString('en')} heartbeats`, heartbeats * heartbeat.dollars],
    [`${Math.round(audits).toLocaleString('en')} audits`, audits * (audit.dollars + PRICES.schedulerCall)],
    [
      `polls of ${mappings} event source mappings`,
      (CLUSTERS * PRICES.sqsFifo + (mappings - CLUSTERS) * PRICES.sqsStandard) * POLLS_PER_MAPPING,
    ],
    [`polls of ${CLUSTERS} control queues`, CLUSTERS * CONTROL_POLLS * PRICES.sqsStandard],
    [`${count('AWS::CloudWatch::Alarm')} alarms`, count('AWS::CloudWatch::Alarm') * PRICES.alarmMonth],
    [`${metrics} metrics that heartbeats and audits write`, metrics * PRICES.metricMonth],
    [`${count('AWS::SecretsManager::Secret')} secrets`, count('AWS::SecretsManager::Secret') * PRICES.secretMonth],
    [`${count('AWS::KMS::Key')} key`, count('AWS::KMS::Key') * PRICES.kmsKeyMonth],
    // One data key an hour for each of two sides of a queue; one an about five minutes for each function that reads the table.
    ['calls of the key', (count('AWS::SQS::Queue') * 2 * HOURS_PER_MONTH + (CLUSTERS + FIREWALLS) * 12 * HOURS_PER_MONTH) * PRICES.kmsCall],
  ];
  const row = (name: string, dollars: number): Row => ({ name: `idle month: ${name}`, value: dollars, unit: '$' });
  const total = parts.reduce((sum, [, dollars]) => sum + dollars, 0);
  return [
    row(`${CLUSTERS} clusters, ${FIREWALLS} firewalls, all of it`, total),
    row('the same in a network that has its endpoints, or with none', total - (parts[0]?.[1] ?? 0)),
    ...parts.map(([name, dollars]) => row(`of that: ${name}`, dollars)),
  ];
}

function templateOf(): { readonly template: Template; readonly settings: Settings } {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-idle-'));
  try {
    const file = join(folder, 'idle.yaml');
    writeFileSync(file, stringify(environment()));
    const [stack] = readAssembly(synthesize(file, 'infra/app.ts', join(folder, 'cdk.out')));
    if (!stack) throw new Error('the idle environment has no stack');
    return { template: stack.template, settings: loadEnvironment(file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One heartbeat and one audit of a small, quiet system; metrics as five clusters and three managers would write them. */
async function onePulse(): Promise<{ readonly heartbeat: Bill; readonly audit: Bill; readonly metrics: number }> {
  const world = await WayWorld.start({ members: 1000, sets: 20 });
  const functions = () => world.cloud.functions.values();
  try {
    await world.cloud.settle(60_000, { delayed: true });
    const isHeartbeat = () => world.cloud.metrics.some(({ name }) => name === 'Heartbeats');
    world.mark();
    for (const end = Date.now() + 2 * HEARTBEAT_MS; !isHeartbeat(); await sleep(50))
      if (Date.now() > end) throw new Error('no heartbeat came');
    await world.cloud.settle();
    const heartbeat = billOf(world.calls, functions());
    const ofIngest = new Set(world.cloud.metrics.map(({ name }) => name)).size;
    world.mark();
    await world.cloud.runSchedules();
    await world.cloud.settle(60_000);
    const audit = billOf(world.calls, functions());
    const ofApply = new Set(world.cloud.metrics.map(({ name }) => name)).size;
    return { heartbeat, audit, metrics: CLUSTERS * ofIngest + FIREWALLS * ofApply };
  } finally {
    await world.close();
  }
}

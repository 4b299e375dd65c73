import { existsSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { METRICS as APPLY } from '../functions/apply/metrics.ts';
import { METRICS as INGEST } from '../functions/ingest/metrics.ts';
import { resolveValue } from '../test/cloud/intrinsics.ts';
import { type Synthesized, synthesizeInMemory, TWO } from '../test/cloud/stand-ins/stack.ts';

let { template, resources, id } = {} as Synthesized;
beforeAll(() => {
  ({ template, resources, id } = synthesizeInMemory(TWO));
}, 60_000);

const alarms = () => Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

test('every alarm tells begin and end, names what it is about, and has a runbook that exists', () => {
  for (const { AlarmActions, OKActions, AlarmDescription, Namespace } of alarms()) {
    expect(AlarmActions).toEqual([{ Ref: id('Conditions') }]);
    expect(OKActions).toEqual(AlarmActions);
    const page = /See (docs\/runbooks\/[a-z-]+\.md)$/.exec(String(AlarmDescription))?.[1];
    expect(existsSync(new URL(`../${page}`, import.meta.url))).toBe(true);
    if (Namespace !== 'AWS/DynamoDB') expect(AlarmDescription).toMatch(/\b(alpha|beta|north|shared)\b/);
  }
});

test('alarms may publish to the topic and use its key: a topic policy of our own takes the place of the one that allows it', () => {
  const statementsOf = (type: string, property: string) =>
    Object.values(template.findResources(type)).flatMap(({ Properties }) => Properties[property].Statement as Record<string, unknown>[]);
  const byAlarms = {
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  };
  expect(statementsOf('AWS::SNS::TopicPolicy', 'PolicyDocument')).toContainEqual(
    expect.objectContaining({ ...byAlarms, Action: 'sns:Publish', Resource: { Ref: id('Conditions') } }),
  );
  expect(statementsOf('AWS::KMS::Key', 'KeyPolicy')).toContainEqual(
    expect.objectContaining({ ...byAlarms, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] }),
  );
});

test('there is an alarm for every trouble that issue after issue asks for', () => {
  const names = [...Object.keys(template.findResources('AWS::CloudWatch::Alarm'))].map(
    (name) => resources[name]?.Metadata?.['aws:cdk:path'],
  );
  const of = (scope: string) =>
    names.flatMap((path) => (String(path).startsWith(`stack/${scope}/`) ? [String(path).split('/')[2]] : [])).toSorted();
  expect(of('Cluster-alpha')).toEqual(['Behind', 'DeadLetters', 'Errors', 'Held', 'Poison', 'Silent']);
  expect(of('Manager-north')).toEqual([
    'ApplyFailed',
    'Behind',
    'Blocked',
    'DeadLetters',
    'Drift',
    'Errors',
    'Expiring',
    'Held',
    'NoAudit',
    'OldestChange-north',
    'ProofFailed',
    'StaleClusters',
  ]);
  expect(names).toEqual(expect.arrayContaining(['stack/ReadThrottleEvents/Resource', 'stack/WriteThrottleEvents/Resource']));
});

test('silence of a cluster and of an audit is trouble; nobody looking is no change; a quiet metric is well', () => {
  const missing = (path: string) => resources[id(path)]?.Properties?.TreatMissingData;
  expect(missing('Cluster-alpha/Silent')).toBe('breaching');
  expect(missing('Manager-north/NoAudit')).toBe('breaching');
  expect(missing('Manager-north/OldestChange-north')).toBe('ignore');
  expect(missing('Manager-north/ApplyFailed')).toBe('notBreaching');
  // CloudWatch takes no alarm that looks back over more than a day by periods under an hour, a week by longer ones.
  for (const { Period, EvaluationPeriods } of alarms())
    expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period < 3600 ? 86_400 : 604_800);
});

/** metric -> its dimensions, as the code emits them */
const emitted = new Map<string, readonly string[]>([
  ...Object.entries(APPLY).map(
    ([name, { perFirewall }]) => [`apply ${name}`, perFirewall ? ['firewall', 'manager', 'service'] : ['manager', 'service']] as const,
  ),
  ...Object.values(INGEST).map(({ name }) => [`ingest ${name}`, ['cluster', 'service']] as const),
]);
const about = ({ Name, Value }: { Name: string; Value: string }) => ({ name: Name, value: Value });

test('an alarm on a metric of ours names one that the code emits, with the dimensions that it emits', () => {
  const ours = alarms().filter(({ Namespace }) => Namespace === 'cextfire');
  expect(ours.map(({ MetricName }) => MetricName)).toEqual(expect.arrayContaining(['ApplyFailed', 'Heartbeats', 'OldestChange']));
  for (const { MetricName, Dimensions } of ours) {
    const dimensions = (Dimensions as { Name: string; Value: string }[]).map(about).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const service = dimensions.find(({ name }) => name === 'service')?.value;
    expect([MetricName, dimensions.map(({ name }) => name)]).toEqual([MetricName, emitted.get(`${service} ${MetricName}`)]);
  }
});

test('the dashboard shows only metrics that the code emits, of every firewall and every cluster', () => {
  const [board] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(resolveValue(board?.Properties.DashboardBody, { ref: (name) => name, attribute: (name) => name }));
  const shown = [...JSON.parse(JSON.parse(body) as string).widgets]
    .flatMap(({ properties }: { properties: { metrics?: unknown[][] } }) => properties.metrics ?? [])
    .filter(([namespace]) => namespace === 'cextfire')
    .map(([, name, ...rest]) => {
      const pairs = rest.filter((each): each is string => typeof each === 'string');
      const names = pairs.filter((_, index) => index % 2 === 0).toSorted();
      return { name, names, values: pairs.filter((_, index) => index % 2 === 1) };
    });
  for (const { name, names, values } of shown) {
    const service = values.find((value) => value === 'apply' || value === 'ingest');
    expect([name, names]).toEqual([name, emitted.get(`${service} ${String(name)}`)]);
  }
  const all = shown.flatMap(({ name, values }) => values.map((value) => `${String(name)} ${value}`));
  expect(all).toEqual(expect.arrayContaining(['Rules north', 'Members shared', 'OldestChange north', 'Latency shared', 'Heartbeats beta']));
});

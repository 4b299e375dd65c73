import { existsSync } from 'node:fs';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { METRICS as APPLY, emfMeter } from '../functions/apply/metrics.ts';
import { emfMetrics, METRICS as INGEST } from '../functions/ingest/metrics.ts';
import { resolveValue } from '../test/cloud/intrinsics.ts';
import { pair, type Synthesized, synthesizeInMemory, TWO } from '../test/cloud/stand-ins/stack.ts';

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

test('alarms and messages link to the runbooks where the settings know their address', () => {
  const { template: linked } = synthesizeInMemory({ ...TWO, runbooks: 'https://git.example/pages/' });
  for (const { Properties } of Object.values(linked.findResources('AWS::CloudWatch::Alarm')))
    expect(Properties.AlarmDescription).toMatch(/ See https:\/\/git\.example\/pages\/[a-z-]+\.md$/);
});

test('a widget shows no more alarms than CloudWatch takes, and all are shown', () => {
  const names = Array.from({ length: 17 }, (_, n) => `c${n}`);
  const clusters = Object.fromEntries(names.map((name, n) => [name, { podCidrs: [`10.${n}.0.0/16`] }]));
  const { template: many } = synthesizeInMemory({ ...TWO, clusters, pairs: names.map((name) => pair(name, 'north')) });
  const [board] = Object.values(many.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(resolveValue(board?.Properties.DashboardBody, { ref: (name) => name, attribute: (name) => name }));
  const shown = [...JSON.parse(JSON.parse(body) as string).widgets].flatMap(
    ({ type, properties }: { type: string; properties: { alarms: string[] } }) => (type === 'alarm' ? [properties.alarms] : []),
  );
  expect(Math.max(...shown.map(({ length }) => length))).toBeLessThanOrEqual(100);
  expect(shown.flat().toSorted()).toEqual(Object.keys(many.findResources('AWS::CloudWatch::Alarm')).sort());
}, 60_000);

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

interface Emf {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Dimensions: readonly string[][];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly service: string;
}

/** "apply Held" -> its dimensions, from the lines that the code writes for CloudWatch. */
function emitted(): ReadonlyMap<string, readonly string[]> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0);
  const apply = emfMeter('two', 'north');
  for (const name of Object.keys(APPLY) as (keyof typeof APPLY)[]) apply.count(name, 1, 'edge');
  apply.flush();
  const ingest = emfMetrics('two', 'alpha');
  for (const { name } of Object.values(INGEST)) ingest.addMetric(name, 'Count', 1);
  ingest.publishStoredMetrics();
  write.mockRestore();
  const found = lines.flatMap((text) => text.split('\n')).filter((text) => text.includes('_aws'));
  return new Map(
    found.flatMap((text) => {
      const { _aws, service } = JSON.parse(text) as Emf;
      return _aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) =>
        Metrics.map(({ Name }) => [`${service} ${Name}`, [...(Dimensions[0] ?? [])].sort()] as const),
      );
    }),
  );
}
const about = ({ Name, Value }: { Name: string; Value: string }) => ({ name: Name, value: Value });

test('what is tried again with growing pauses, or counted at audits, stays an alarm in between', () => {
  const shape = (path: string) => {
    const { Period, EvaluationPeriods, DatapointsToAlarm } = resources[id(path)]?.Properties ?? {};
    return [Period, DatapointsToAlarm ?? EvaluationPeriods, EvaluationPeriods];
  };
  // Tries come six minutes apart at most (functions/apply/patience.ts), a wake that killed its run after two (queue-pair.ts).
  expect(shape('Manager-north/ApplyFailed')).toEqual([60, 3, 20]);
  expect(shape('Manager-north/Errors')).toEqual([60, 3, 15]);
  const { VisibilityTimeout } = resources[id('Manager-north/Wakes/Queue')]?.Properties ?? {};
  expect(3 * Number(VisibilityTimeout)).toBeLessThan(15 * 60);
  // Audits every 15 minutes, a little early or late.
  for (const name of ['Held', 'Drift', 'ProofFailed']) expect([name, shape(`Manager-north/${name}`)]).toEqual([name, [1800, 1, 1]]);
});

test('an alarm on a metric of ours names one that the code emits, with the dimensions that it emits', () => {
  const ours = alarms().filter(({ Namespace }) => Namespace === 'cextfire');
  expect(ours.map(({ MetricName }) => MetricName)).toEqual(expect.arrayContaining(['ApplyFailed', 'Heartbeats', 'OldestChange']));
  const known = emitted();
  for (const { MetricName, Dimensions } of ours) {
    const dimensions = (Dimensions as { Name: string; Value: string }[]).map(about).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const service = dimensions.find(({ name }) => name === 'service')?.value;
    expect([MetricName, dimensions.map(({ name }) => name)]).toEqual([MetricName, known.get(`${service} ${MetricName}`)]);
    expect(dimensions).toContainEqual({ name: 'environment', value: 'two' });
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
  const known = emitted();
  for (const { name, names, values } of shown) {
    const service = values.find((value) => value === 'apply' || value === 'ingest');
    expect([name, names]).toEqual([name, known.get(`${service} ${String(name)}`)]);
  }
  const all = shown.flatMap(({ name, values }) => values.map((value) => `${String(name)} ${value}`));
  expect(all).toEqual(expect.arrayContaining(['Rules north', 'Members shared', 'OldestChange north', 'Latency shared', 'Heartbeats beta']));
});

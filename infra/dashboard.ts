/**
 * One dashboard per environment, called like its stack: is it well, how fast, how much, at what price.
 *
 *   alarms | latency p50 p99, oldest change | changes, commits, calls | rules, sets, members | clusters | costs
 */
import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { EnvironmentMetrics } from './metrics.ts';

/** List prices in dollars, us-east-1, arm64, November 2026; docs/guides/costs.md works them out. */
const PRICES = {
  lambdaGbMillisecond: 0.0000133334 / 1000,
  lambdaRequest: 0.2 / 1e6,
  dynamodbWrite: 0.625 / 1e6,
  dynamodbRead: 0.125 / 1e6,
  sqsFifo: 0.5 / 1e6,
  sqsStandard: 0.4 / 1e6,
} as const;

export interface DashboardProps {
  readonly name: string;
  readonly metrics: EnvironmentMetrics;
  readonly alarms: readonly Alarm[];
  /** manager -> its firewalls */
  readonly firewalls: ReadonlyMap<string, readonly string[]>;
  readonly clusters: readonly string[];
  readonly functions: readonly { readonly function: IFunction; readonly memoryMb: number }[];
  readonly queues: readonly { readonly queue: IQueue; readonly fifo: boolean }[];
  readonly table: Table;
}

export function dashboard(scope: Construct, props: DashboardProps): Dashboard {
  const { metrics } = props;
  const managers = [...props.firewalls.keys()];
  const five = Duration.minutes(5);
  const each = (names: readonly string[], wanted: readonly string[], make: (name: string, metric: string) => IMetric) =>
    names.flatMap((name) => wanted.map((metric) => make(name, metric)));
  const ofManagers = (...wanted: readonly string[]) =>
    each(managers, wanted, (manager, metric) => metrics.ofManager(metric, manager, 'Sum', five).with({ label: `${manager} ${metric}` }));
  const ofFirewalls = (metric: string) =>
    [...props.firewalls].flatMap(([manager, names]) =>
      names.map((firewall) => metrics.ofFirewall(metric, manager, firewall, 'Maximum', five).with({ label: firewall })),
    );
  const latency = managers.flatMap((manager) =>
    (['p50', 'p99'] as const).map((statistic) =>
      metrics.ofManager('Latency', manager, statistic, five).with({ label: `${manager} ${statistic}` }),
    ),
  );
  const clusters = each(props.clusters, ['ShipmentsStored', 'Heartbeats', 'SnapshotsAskedFor', 'ShipmentsDropped'], (cluster, metric) =>
    metrics.ofCluster(metric, cluster, 'Sum', five).with({ label: `${cluster} ${metric}` }),
  );
  const graph = (title: string, left: readonly IMetric[], width = 12): IWidget =>
    new GraphWidget({ title, left: [...left], width, height: 6 });
  const value = (title: string, shown: readonly IMetric[]): IWidget =>
    new SingleValueWidget({ title, metrics: [...shown], width: 8, height: 4, setPeriodToTimeRange: false });
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: props.name,
    defaultInterval: Duration.hours(12),
    widgets: [
      ...statusOf(props.alarms).map((widget) => [widget]),
      [
        graph('From Felix to the firewall, milliseconds', latency),
        graph('Oldest change not yet on the firewall, seconds', ofFirewalls('OldestChange')),
      ],
      [
        graph('Changes', ofManagers('MemberChanges', 'StructureSteps')),
        graph('Calls to devices', ofManagers('Commits', 'DeviceWrites', 'DeviceReads')),
      ],
      [value('Rules', ofFirewalls('Rules')), value('Sets', ofFirewalls('Sets')), value('Members', ofFirewalls('Members'))],
      [
        graph('What does not go well', ofManagers('ApplyFailed', 'Held', 'Blocked', 'ProofFailed', 'Drift', 'StaleClusters')),
        graph('Clusters', clusters),
      ],
      [graph('Estimated cost at list price, dollars an hour (functions, table, queues)', [costs(props)], 24)],
    ],
  });
}

/** CloudWatch takes no more in one widget. */
const MOST_ALARMS = 100;

function statusOf(alarms: readonly Alarm[]): readonly IWidget[] {
  return Array.from({ length: Math.ceil(alarms.length / MOST_ALARMS) }, (_, at) => {
    const some = alarms.slice(at * MOST_ALARMS, (at + 1) * MOST_ALARMS);
    return new AlarmStatusWidget({ title: 'Alarms', alarms: some, width: 24, height: 3 + Math.ceil(some.length / 8) });
  });
}

/**
 * What is counted by request; keys, endpoints and storage are not in it. Metrics of one price share the beginning of their id, so that the expression
 * stays short with many clusters; FILL, because one metric without data would make the whole sum disappear.
 */
function costs({ functions, queues, table }: DashboardProps): MathExpression {
  const period = Duration.hours(1);
  const usingMetrics: Record<string, IMetric> = {};
  const prices = new Map<string, number>();
  const add = (kind: string, dollars: number, metric: IMetric) => {
    prices.set(kind, dollars);
    usingMetrics[`${kind}x${Object.keys(usingMetrics).length}`] = metric;
  };
  for (const { function: fn, memoryMb } of functions) {
    const duration = fn.metricDuration({ statistic: 'Sum', period });
    add(`ms${memoryMb}`, (memoryMb / 1024) * PRICES.lambdaGbMillisecond, duration);
    add('run', PRICES.lambdaRequest, fn.metricInvocations({ statistic: 'Sum', period }));
  }
  // Sent, received and deleted are a request each at most; empty receives are the long polls of an idle queue.
  for (const { queue, fifo } of queues)
    for (const metric of [
      queue.metricNumberOfMessagesSent({ statistic: 'Sum', period }),
      queue.metricNumberOfMessagesReceived({ statistic: 'Sum', period }),
      queue.metricNumberOfMessagesDeleted({ statistic: 'Sum', period }),
      queue.metricNumberOfEmptyReceives({ statistic: 'Sum', period }),
    ])
      add(fifo ? 'fifo' : 'standard', fifo ? PRICES.sqsFifo : PRICES.sqsStandard, metric);
  add('written', PRICES.dynamodbWrite, table.metricConsumedWriteCapacityUnits({ statistic: 'Sum', period }));
  add('read', PRICES.dynamodbRead, table.metricConsumedReadCapacityUnits({ statistic: 'Sum', period }));
  const decimal = (dollars: number) => dollars.toFixed(15).replace(/0+$/, '');
  const expression = [...prices].map(([kind, dollars]) => `SUM(FILL(METRICS("${kind}x"),0))*${decimal(dollars)}`).join('+');
  return new MathExpression({ expression, usingMetrics, period, label: 'dollars an hour' });
}

/**
 * The backstop behind the conditions that apply itself publishes: every alarm names its cause and its runbook, and goes to the topic at begin and end.
 *
 *   cluster                       manager                                firewall          table
 *   silent, held, poison,         failed, held, proof, drift, stale      oldest change     throttled
 *   behind, errors, dead letters  clusters, expiring, no audit, behind,
 *                                 errors, dead letters
 *
 * A test holds that their metrics and dimensions are ones that the code emits.
 */
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type Runbook, runbookLink } from '../functions/runbooks.ts';
import type { EnvironmentMetrics } from './metrics.ts';
import type { QueuePair } from './queue-pair.ts';

export interface AlarmProps {
  readonly metric: IMetric;
  /** alarms above this, or ... */
  readonly above?: number;
  /** ... below this */
  readonly below?: number;
  /** so many periods are beyond it; 1 when absent */
  readonly periods?: number;
  /** ... of the last so many; in a row when absent. What is tried again with growing pauses fails in some minutes only. */
  readonly outOf?: number;
  /** No data: all is well (nothing happened), all is as it was (nobody looked), or that is the trouble (somebody should have spoken). */
  readonly silence?: 'well' | 'as it was' | 'trouble';
  /** what is wrong, for the person who is woken */
  readonly cause: string;
  readonly runbook: Runbook;
}

const SILENCE = {
  well: TreatMissingData.NOT_BREACHING,
  'as it was': TreatMissingData.IGNORE,
  trouble: TreatMissingData.BREACHING,
} as const;

/** What all alarms of an environment have in common. */
export interface Bell {
  readonly topic: ITopic;
  readonly metrics: EnvironmentMetrics;
  /** address of the runbooks, as in the settings */
  readonly runbooks: string | undefined;
}

function alarm(scope: Construct, id: string, { topic, runbooks }: Bell, props: AlarmProps): Alarm {
  const made = new Alarm(scope, id, {
    metric: props.metric,
    threshold: props.above ?? props.below ?? 0,
    comparisonOperator: props.below === undefined ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: props.outOf ?? props.periods ?? 1,
    ...(props.outOf ? { datapointsToAlarm: props.periods ?? 1 } : {}),
    treatMissingData: SILENCE[props.silence ?? 'well'],
    alarmDescription: `${props.cause}. See ${runbookLink(props.runbook, runbooks)}`,
  });
  const action = new SnsAction(topic);
  made.addAlarmAction(action);
  made.addOkAction(action);
  return made;
}

const minutes = (count: number) => Duration.minutes(count);
const PERIOD = { period: minutes(1) } as const;

/** CloudWatch looks back a day at most by the minute. */
const LONGEST_SILENCE_MINUTES = 24 * 60;

/** Twice the silence that is a condition already (clusters.NAME.silentAfter): the condition comes first, with the reason. */
export function alarmsOfCluster(
  scope: Construct,
  bell: Bell,
  about: { readonly cluster: string; readonly silentMinutes: number; readonly queues: QueuePair; readonly ingest: IFunction },
): readonly Alarm[] {
  const { cluster, queues, ingest } = about;
  const { metrics } = bell;
  const add = (id: string, props: AlarmProps) => alarm(scope, id, bell, props);
  return [
    add('Silent', {
      metric: metrics.ofCluster('Heartbeats', cluster, 'Sum'),
      below: 1,
      periods: Math.min(Math.max(5, 2 * about.silentMinutes), LONGEST_SILENCE_MINUTES),
      silence: 'trouble',
      cause: `No heartbeat of cluster ${cluster} was accepted: its shipper is away, or its stream is held. Its rules stay as they are and grow old`,
      runbook: 'cluster-silent',
    }),
    add('Held', {
      metric: metrics.ofCluster('StreamsHeld', cluster, 'Sum'),
      above: 0,
      cause: `The stream of cluster ${cluster} is held: two shippers, another cluster, or more than its limits`,
      runbook: 'stream-held',
    }),
    add('Poison', {
      metric: metrics.ofCluster('PoisonMessages', cluster, 'Sum'),
      above: 0,
      cause: `Something that is no shipment came on the queue of cluster ${cluster}`,
      runbook: 'stream-held',
    }),
    add('Behind', {
      metric: queues.queue.metricApproximateAgeOfOldestMessage({ ...PERIOD, statistic: 'Maximum' }),
      above: 300,
      periods: 3,
      cause: `Shipments of cluster ${cluster} wait for more than five minutes`,
      runbook: 'ingest-behind',
    }),
    add('Errors', {
      metric: ingest.metricErrors({ ...PERIOD, statistic: 'Sum' }),
      above: 0,
      periods: 5,
      outOf: 10,
      cause: `Ingest of cluster ${cluster} keeps failing`,
      runbook: 'function-errors',
    }),
    add('DeadLetters', {
      metric: queues.dead.metricApproximateNumberOfMessagesVisible({ ...PERIOD, statistic: 'Maximum' }),
      above: 0,
      cause: `Shipments of cluster ${cluster} could not be stored ten times over`,
      runbook: 'dead-letters',
    }),
  ];
}

/** CloudWatch looks back a week at most: an audit that comes less often is not watched for its absence. */
const LONGEST_AUDIT_MINUTES = 2 * 24 * 60;

export function alarmsOfManager(
  scope: Construct,
  bell: Bell,
  about: {
    readonly manager: string;
    readonly firewalls: readonly string[];
    readonly auditMinutes: number;
    /** how long a structural change may take there, seconds */
    readonly slowestSeconds: number;
    readonly queues: QueuePair;
    readonly apply: IFunction;
  },
): readonly Alarm[] {
  const { manager, queues, apply, auditMinutes } = about;
  const { metrics } = bell;
  const add = (id: string, props: AlarmProps) => alarm(scope, id, bell, props);
  // What is counted when it is looked at stays an alarm until it was looked at again: audits come a little early or late, so for two of them.
  const look = minutes(Math.max(5, Math.min(2 * auditMinutes, 24 * 60)));
  return [
    add('ApplyFailed', {
      metric: metrics.ofManager('ApplyFailed', manager, 'Sum'),
      above: 0,
      // Pauses between tries grow to six minutes.
      periods: 3,
      outOf: 20,
      cause: `Changes do not reach the firewalls of manager ${manager}: steps fail, or it cannot be read`,
      runbook: 'apply-failed',
    }),
    add('Held', {
      metric: metrics.ofManager('Held', manager, 'Sum', look),
      above: 0,
      cause: `A plan is over its budget and waits for approval, at manager ${manager}`,
      runbook: 'plan-held',
    }),
    add('ProofFailed', {
      metric: metrics.ofManager('ProofFailed', manager, 'Sum', look),
      above: 0,
      cause: `What was read back is not what was wanted, at manager ${manager}`,
      runbook: 'proof-failed',
    }),
    add('Drift', {
      metric: metrics.ofManager('Drift', manager, 'Sum', look),
      above: 0,
      cause: `Somebody changed objects of ours at manager ${manager}`,
      runbook: 'drift',
    }),
    add('Blocked', {
      metric: metrics.ofManager('Blocked', manager, 'Sum', minutes(15)),
      above: 0,
      periods: 4,
      cause: `Rules of manager ${manager} have waited for an hour for somebody's lock, pending work or approval`,
      runbook: 'blocked',
    }),
    add('StaleClusters', {
      metric: metrics.ofManager('StaleClusters', manager, 'Maximum'),
      above: 0,
      silence: 'as it was',
      cause: `The view of a cluster that writes to manager ${manager} may be stale: silent, held, probe failed, or not in sync`,
      runbook: 'cluster-silent',
    }),
    add('Expiring', {
      metric: metrics.ofManager('Expiring', manager, 'Maximum'),
      above: 0,
      silence: 'as it was',
      cause: `A certificate or key with which manager ${manager} is reached expires within three weeks`,
      runbook: 'certificate-expiring',
    }),
    ...(auditMinutes <= LONGEST_AUDIT_MINUTES
      ? [
          add('NoAudit', {
            metric: metrics.ofManager('Audits', manager, 'Sum', minutes(auditMinutes)),
            below: 1,
            periods: 3,
            silence: 'trouble',
            cause: `Manager ${manager} was not read in full for three audits: a lease is stuck, the clock stands still, or apply dies`,
            runbook: 'audit-missing',
          }),
        ]
      : []),
    ...about.firewalls.map((firewall) =>
      add(`OldestChange-${firewall}`, {
        metric: metrics.ofFirewall('OldestChange', manager, firewall, 'Maximum'),
        above: about.slowestSeconds,
        periods: 2,
        silence: 'as it was',
        cause: `Firewall ${firewall} of manager ${manager} is behind: its oldest change has waited for more than ${about.slowestSeconds} s`,
        runbook: 'stale-membership',
      }),
    ),
    add('Behind', {
      metric: queues.queue.metricApproximateAgeOfOldestMessage({ ...PERIOD, statistic: 'Maximum' }),
      above: 900,
      periods: 3,
      cause: `Wakes of manager ${manager} wait for more than a quarter of an hour`,
      runbook: 'apply-behind',
    }),
    add('Errors', {
      metric: apply.metricErrors({ ...PERIOD, statistic: 'Sum' }),
      above: 0,
      // A wake that killed its run comes again when its visibility ends, two minutes later.
      periods: 3,
      outOf: 15,
      cause: `Apply to manager ${manager} ends with an error or a time-out`,
      runbook: 'function-errors',
    }),
    add('DeadLetters', {
      metric: queues.dead.metricApproximateNumberOfMessagesVisible({ ...PERIOD, statistic: 'Maximum' }),
      above: 0,
      cause: `Wakes of manager ${manager} failed ten times over`,
      runbook: 'dead-letters',
    }),
  ];
}

/** The table grows without end; what it can be is too busy. */
export function alarmsOfTable(scope: Construct, bell: Bell, table: Table): readonly Alarm[] {
  const events = (metricName: string) =>
    new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap: { TableName: table.tableName }, statistic: 'Sum', ...PERIOD });
  return (['ReadThrottleEvents', 'WriteThrottleEvents'] as const).map((name) =>
    alarm(scope, name, bell, {
      metric: events(name),
      above: 0,
      periods: 3,
      cause: 'DynamoDB turns requests on the table away: one partition, the table or the account is at its limit',
      runbook: 'table-throttled',
    }),
  );
}

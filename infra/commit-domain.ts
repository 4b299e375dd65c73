/**
 * One commit domain: the one apply function that may speak to a manager, its wake queue, its audit's clock, and its one secret.
 *
 *   ingest ──► wake queue ◄── apply itself (delayed: jobs, back-off)
 *                  ▲ └──────► apply, two side by side: the lane of structure and the lane of membership
 *              schedule (audit)
 */
import { Aws, Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type ManagerSettings, milliseconds, type Settings } from '../functions/settings.ts';
import { alarm, PERIOD } from './alarms.ts';
import { BundledFunction } from './bundled-function.ts';
import type { EnvironmentKey } from './key.ts';
import type { Network } from './network.ts';
import { QueuePair } from './queue-pair.ts';

/** One run works for at most this long and then wakes itself; a killed one delays its firewalls by no more than this. */
const TIMEOUT = Duration.minutes(2);

const RUNBOOK = { ApplyFailed: 'apply-failed', ProofFailed: 'proof-failed', Held: 'plan-held', Drift: 'drift' } as const;

export interface CommitDomainProps {
  readonly manager: string;
  readonly settings: ManagerSettings;
  readonly environment: Settings;
  readonly bundle: string;
  readonly key: EnvironmentKey;
  readonly table: Table;
  readonly topic: ITopic;
  readonly secretArn: string;
  readonly network: Network | undefined;
  /** control queues of the clusters whose policies this domain writes */
  readonly controls: ReadonlyMap<string, Queue>;
}

export class CommitDomain extends Construct {
  readonly wake: QueuePair;
  readonly apply: BundledFunction;

  constructor(scope: Construct, id: string, props: CommitDomainProps) {
    super(scope, id);
    const { key, table, topic, manager } = props;
    this.wake = new QueuePair(this, 'Wakes', { key: key.key, fifo: false, functionTimeout: TIMEOUT, maxReceives: 10 });
    const { queue, dead } = this.wake;
    const controls = Object.fromEntries([...props.controls].map(([cluster, control]) => [cluster, control.queueUrl]));
    this.apply = new BundledFunction(this, 'Apply', {
      description: `cextfire apply to ${manager}`,
      bundle: props.bundle,
      key: key.key,
      memoryMb: 1024,
      timeout: TIMEOUT,
      concurrency: 2,
      network: props.network && { reach: props.network.reach, securityGroup: props.network.groupFor(manager, props.settings) },
      environment: {
        CEXTFIRE_TABLE: table.tableName,
        CEXTFIRE_MANAGER: manager,
        CEXTFIRE_WAKE_QUEUE_URL: queue.queueUrl,
        CEXTFIRE_CONTROL_QUEUES: topic.stack.toJsonString(controls),
        CEXTFIRE_TOPIC_ARN: topic.topicArn,
      },
    });
    this.apply.consume(queue, 2);
    const { role } = this.apply;
    role.addToPolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
        resources: [table.tableArn],
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [props.secretArn] }));
    role.addToPolicy(
      new PolicyStatement({
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn, ...[...props.controls.values()].map((control) => control.queueArn)],
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }));
    for (const service of ['dynamodb', 'secretsmanager', 'sns', 'sqs'] as const) key.allow(role, service);

    this.#audit(props);

    alarm(this, 'DeadLetters', topic, {
      metric: dead.metricApproximateNumberOfMessagesVisible({ ...PERIOD, statistic: 'Maximum' }),
      above: 0,
      cause: `Wakes of manager ${manager} failed ten times over. See docs/runbooks/dead-letters.md`,
    });
    alarm(this, 'Errors', topic, {
      metric: this.apply.function.metricErrors({ ...PERIOD, statistic: 'Sum' }),
      above: 0,
      minutes: 3,
      cause: `Apply to manager ${manager} ends with an error or a time-out. See docs/runbooks/apply-errors.md`,
    });
    // Metrics of functions/apply/metrics.ts; a test holds the names.
    for (const [metricName, minutes, cause] of [
      ['ApplyFailed', 3, 'Changes do not reach the firewalls of manager'],
      ['ProofFailed', 1, 'What was read back is not what was wanted, at manager'],
      ['Held', 1, 'A plan is over its budget and waits for approval, at manager'],
      ['Drift', 1, 'Somebody changed objects of ours at manager'],
    ] as const)
      alarm(this, metricName, topic, {
        metric: new Metric({
          namespace: 'cextfire',
          metricName,
          dimensionsMap: { service: 'apply', manager },
          statistic: 'Sum',
          ...PERIOD,
        }),
        above: 0,
        minutes,
        cause: `${cause} ${manager}. See docs/runbooks/${RUNBOOK[metricName]}.md`,
      });
    alarm(this, 'Behind', topic, {
      metric: queue.metricApproximateAgeOfOldestMessage({ ...PERIOD, statistic: 'Maximum' }),
      above: 900,
      minutes: 3,
      cause: `Wakes of manager ${manager} wait for more than a quarter of an hour. See docs/runbooks/apply-behind.md`,
    });
  }
  /** The audit's clock. Its role sends to this wake queue and does nothing else. */
  #audit({ manager, environment, key }: CommitDomainProps): void {
    const { queue } = this.wake;
    const role = new Role(this, 'Clock', {
      description: `cextfire audit of ${manager}`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
    key.allow(role, 'sqs');
    const input = ScheduleTargetInput.fromObject({ kind: 'audit' });
    new Schedule(this, 'Audit', {
      description: `cextfire: read ${manager} in full`,
      // The scheduler counts in whole minutes.
      schedule: ScheduleExpression.rate(Duration.minutes(Math.max(1, Math.round(milliseconds(environment.auditEvery) / 60_000)))),
      target: {
        bind: () => ({ arn: queue.queueArn, role, input, retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 300 } }),
      },
    });
  }
}

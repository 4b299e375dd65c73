/**
 * One commit domain: the one apply function that may speak to a manager, its wake queue, its audit's clock, and its one secret.
 *
 *   ingest ──► wake queue ◄── apply itself (delayed: jobs, back-off)
 *                  ▲ └──────► apply, two side by side: the lane of structure and the lane of membership
 *              schedule (audit)
 */
import { Aws, Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { milliseconds } from '../functions/duration.ts';
import type { ManagerSettings, Settings } from '../functions/settings.ts';
import { alarmsOfManager, type Bell } from './alarms.ts';
import { BundledFunction } from './bundled-function.ts';
import type { EnvironmentKey } from './key.ts';
import type { Network } from './network.ts';
import { QueuePair } from './queue-pair.ts';
import { rightsOfApply } from './table-rights.ts';

/** One run works for at most this long and then wakes itself; a killed one delays its firewalls by no more than this. */
const TIMEOUT = Duration.minutes(2);
export const APPLY_MEMORY_MB = 1024;

/** The scheduler counts in whole minutes. */
const auditMinutes = ({ auditEvery }: Settings) => Math.max(1, Math.round(milliseconds(auditEvery) / 60_000));

export interface CommitDomainProps {
  readonly manager: string;
  readonly settings: ManagerSettings;
  readonly environment: Settings;
  readonly bundle: string;
  readonly key: EnvironmentKey;
  readonly table: Table;
  readonly bell: Bell;
  readonly secretArn: string;
  readonly network: Network | undefined;
  /** control queues of the clusters whose policies this domain writes */
  readonly controls: ReadonlyMap<string, Queue>;
}

export class CommitDomain extends Construct {
  readonly wake: QueuePair;
  readonly apply: BundledFunction;
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: CommitDomainProps) {
    super(scope, id);
    const { key, table, manager, bell } = props;
    const { topic } = bell;
    this.wake = new QueuePair(this, 'Wakes', { key: key.key, fifo: false, functionTimeout: TIMEOUT, maxReceives: 10 });
    const { queue } = this.wake;
    const controls = Object.fromEntries([...props.controls].map(([cluster, control]) => [cluster, control.queueName]));
    this.apply = new BundledFunction(this, 'Apply', {
      description: `cextfire apply to ${manager}`,
      bundle: props.bundle,
      key: key.key,
      wakesItself: true,
      memoryMb: APPLY_MEMORY_MB,
      timeout: TIMEOUT,
      concurrency: 2,
      reserve: props.environment.reserveConcurrency,
      network: props.network?.forManager(manager, props.settings),
      environment: {
        CEXTFIRE_TABLE: table.tableName,
        CEXTFIRE_MANAGER: manager,
        CEXTFIRE_WAKE_QUEUE_URL: queue.queueUrl,
        CEXTFIRE_CONTROL_QUEUES: topic.stack.toJsonString(controls),
        CEXTFIRE_TOPIC_ARN: topic.topicArn,
      },
    });
    this.apply.consume(queue);
    const { role } = this.apply;
    for (const right of rightsOfApply(table.tableArn, manager, props.environment, props.controls.keys())) role.addToPolicy(right);
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

    this.alarms = alarmsOfManager(this, bell, {
      manager,
      firewalls: Object.keys(props.environment.firewalls).filter((name) => props.environment.firewalls[name]?.manager === manager),
      auditMinutes: auditMinutes(props.environment),
      slowestSeconds: props.settings.vendor === 'linux' ? 300 : 900,
      queues: this.wake,
      apply: this.apply.function,
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
      schedule: ScheduleExpression.rate(Duration.minutes(auditMinutes(environment))),
      target: {
        bind: () => ({ arn: queue.queueArn, role, input, retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 300 } }),
      },
    });
  }
}

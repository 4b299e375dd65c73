/** The backstop behind the conditions that apply itself publishes: alarms on what can only be seen from outside of the functions. */
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface AlarmProps {
  readonly metric: IMetric;
  /** alarms above this */
  readonly above: number;
  /** of so many minutes, how many must be above; 1 of 1 when absent */
  readonly minutes?: number;
  /** what is wrong and what to do, for the person who is woken */
  readonly cause: string;
}

export function alarm(scope: Construct, id: string, topic: ITopic, props: AlarmProps): Alarm {
  const made = new Alarm(scope, id, {
    metric: props.metric,
    threshold: props.above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: props.minutes ?? 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: props.cause,
  });
  const action = new SnsAction(topic);
  made.addAlarmAction(action);
  made.addOkAction(action);
  return made;
}

export const PERIOD = { period: Duration.minutes(1) } as const;

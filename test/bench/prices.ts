/**
 * List prices in dollars, eu-central-1 or us-east-1 where they are the same to the second digit, November 2026. One place for all of them: when AWS
 * changes one, change it here and run the bench. Those marked "not checked" come from memory and carry the idle figures only.
 */
export const PRICES = {
  /** a request; each 64 KB of a message is one */
  sqsStandard: 0.4 / 1e6,
  sqsFifo: 0.5 / 1e6,
  /** on demand; a write unit is 1 KB, a read unit 4 KB, read consistently */
  dynamodbWrite: 0.625 / 1e6,
  dynamodbRead: 0.125 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** arm64 */
  lambdaGbSecond: 0.0000133334,
  secretMonth: 0.4,
  secretCall: 0.05 / 1e4,
  /** not checked, as all below */
  sns: 0.5 / 1e6,
  kmsKeyMonth: 1,
  kmsCall: 0.03 / 1e4,
  alarmMonth: 0.1,
  /** a metric of our own; charged for the hours in which it is written */
  metricMonth: 0.3,
  logGb: 0.5,
  schedulerCall: 1 / 1e6,
  /** an interface endpoint in one zone */
  endpointHour: 0.01,
} as const;

export const HOURS_PER_MONTH = 730;
export const SQS_UNIT_BYTES = 64 * 1024;

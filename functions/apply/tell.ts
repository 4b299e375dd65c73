/** Begins and ends of conditions: to people by SNS, to the clusters they are about over the control queues. Only changes are told. */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ControlMessage } from '../../proto/control.ts';
import { type ConditionEvent, readConditions } from '../ledger/conditions.ts';
import { runbookLink, runbookOf } from '../runbooks.ts';
import type { Settings } from '../settings.ts';
import type { Table } from '../table.ts';
import type { Teller } from './ports.ts';

const MOST_TEXT = 500;
/** Begins and ends of one look that go out one by one; the rest is a number. */
const MOST_MESSAGES = 40;
/** A body must stay under 256 KiB. */
const MOST_CONDITIONS = 200;

/** What messages say of the environment. */
type Told = Pick<Settings, 'environment' | 'runbooks' | 'borders'>;

export function teller(options: {
  readonly table: Table;
  readonly sns: Pick<SNSClient, 'send'>;
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly topic: string | undefined;
  /** cluster -> URL */
  readonly controlQueues: Readonly<Record<string, string>>;
  readonly settings: Told;
}): Teller {
  const { table, sns, sqs, topic, controlQueues, settings } = options;
  const toShipper = async (cluster: string, message: ControlMessage) => {
    const queue = controlQueues[cluster];
    if (queue) await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(message) }));
  };
  return {
    conditions: async (events) => {
      const messages = events.slice(0, MOST_MESSAGES).map((event) => messageOf(event, settings));
      if (events.length > MOST_MESSAGES) messages.push(restOf(events.length - MOST_MESSAGES, settings));
      for (const message of messages) if (topic) await sns.send(new PublishCommand({ TopicArn: topic, ...message }));
      const clusters = new Set(events.flatMap(({ condition }) => condition.subject.cluster ?? []));
      for (const cluster of clusters) await toShipper(cluster, await controlOf(table, cluster, settings));
    },
    again: async (cluster) => {
      if (!controlQueues[cluster]) return;
      const message = await controlOf(table, cluster, settings);
      if (message.conditions.length > 0) await toShipper(cluster, message);
    },
  };
}

/** All that holds against this cluster: it replaces what was told before. */
async function controlOf(table: Table, cluster: string, { borders }: Told): Promise<Extract<ControlMessage, { kind: 'conditions' }>> {
  const holding = (await readConditions(table)).filter((one) => one.subject.cluster === cluster);
  const endpointOf = new Map(Object.values(borders).map(({ firewall, hostEndpoint }) => [firewall, hostEndpoint]));
  const conditions = holding.slice(0, MOST_CONDITIONS).map(({ code, severity, message, subject, sinceMs }) => ({
    code,
    severity,
    ...(subject.firewall && { firewall: subject.firewall, hostEndpoint: endpointOf.get(subject.firewall) }),
    ...(subject.policy && { policy: subject.policy }),
    ...(subject.rule && { rule: subject.rule }),
    message: message.slice(0, MOST_TEXT),
    since: new Date(sinceMs).toISOString(),
  }));
  return { format: 1, kind: 'conditions', conditions };
}

function restOf(count: number, { environment }: Told): { readonly Subject: string; readonly Message: string } {
  const text = `${count} more conditions began or ended at the same time; cextfire status shows them all`;
  return {
    Subject: `cextfire: ${count} more conditions began or ended`,
    Message: readable({ kind: 'more', environment, count, message: text }),
  };
}

/** JSON for programs, a line for each thing for those who get it by mail. */
const readable = (message: object) => JSON.stringify(message, undefined, 1);

function messageOf(
  { kind, condition, atMs }: ConditionEvent,
  { environment, runbooks }: Told,
): { readonly Subject: string; readonly Message: string } {
  const { code, severity, message, subject, sinceMs } = condition;
  const what = [subject.cluster, subject.firewall, subject.manager, subject.policy].filter(Boolean).join(' ');
  const at = new Date(atMs).toISOString();
  // SNS takes printable ASCII, at most 100 characters.
  const title = `cextfire ${kind}: ${code} ${what}`.replace(/[^ -~]/g, '?').slice(0, 100);
  return {
    Subject: title,
    Message: readable({
      kind,
      environment,
      at,
      since: new Date(sinceMs).toISOString(),
      code,
      severity,
      subject,
      message,
      runbook: runbookLink(runbookOf(code), runbooks),
    }),
  };
}

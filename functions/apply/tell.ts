/** Begins and ends of conditions: to people by SNS, to the clusters they are about over the control queues. Only changes are told. */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ControlMessage } from '../../proto/control.ts';
import { type ConditionEvent, readConditions } from '../ledger/conditions.ts';
import { runbookOf, runbookPath } from '../runbooks.ts';
import type { Table } from '../table.ts';
import type { Teller } from './ports.ts';

const MOST_TEXT = 500;
/** A body must stay under 256 KiB. */
const MOST_CONDITIONS = 200;

export function teller(options: {
  readonly table: Table;
  readonly sns: Pick<SNSClient, 'send'>;
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly topic: string | undefined;
  readonly controlQueues: Readonly<Record<string, string>>;
}): Teller {
  const { table, sns, sqs, topic, controlQueues } = options;
  return {
    conditions: async (events) => {
      for (const event of events) if (topic) await sns.send(new PublishCommand({ TopicArn: topic, ...messageOf(event) }));
      const clusters = new Set(events.flatMap(({ condition }) => condition.subject.cluster ?? []));
      for (const cluster of clusters) {
        const queue = controlQueues[cluster];
        if (queue)
          await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(await controlOf(table, cluster)) }));
      }
    },
  };
}

/** All that holds against this cluster: it replaces what was told before. */
async function controlOf(table: Table, cluster: string): Promise<ControlMessage> {
  const holding = (await readConditions(table)).filter((one) => one.subject.cluster === cluster);
  const conditions = holding.slice(0, MOST_CONDITIONS).map(({ code, severity, message, subject, sinceMs }) => ({
    code,
    severity,
    ...(subject.firewall && { firewall: subject.firewall }),
    ...(subject.policy && { policy: subject.policy }),
    message: message.slice(0, MOST_TEXT),
    since: new Date(sinceMs).toISOString(),
  }));
  return { format: 1, kind: 'conditions', conditions };
}

function messageOf({ kind, condition, atMs }: ConditionEvent): { readonly Subject: string; readonly Message: string } {
  const { code, severity, message, subject, sinceMs } = condition;
  const what = [subject.cluster, subject.firewall, subject.manager, subject.policy].filter(Boolean).join(' ');
  const at = new Date(atMs).toISOString();
  // SNS takes printable ASCII, at most 100 characters.
  const title = `cextfire ${kind}: ${code} ${what}`.replace(/[^ -~]/g, '?').slice(0, 100);
  return {
    Subject: title,
    Message: JSON.stringify({
      kind,
      at,
      since: new Date(sinceMs).toISOString(),
      code,
      severity,
      subject,
      message,
      runbook: runbookPath(runbookOf(code)),
    }),
  };
}

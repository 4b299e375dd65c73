/**
 * Who may touch which items of the one table, by partition key (dynamodb:LeadingKeys). The keys are those that functions/cluster and functions/ledger
 * use; a test runs the real code and compares.
 */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Settings } from '../functions/settings.ts';

const READ = ['dynamodb:GetItem', 'dynamodb:Query'];
const WRITE = [...READ, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

/** Single items of these partitions: never a scan, never the table itself. */
function items(tableArn: string, actions: readonly string[], keys: readonly string[]): PolicyStatement {
  return new PolicyStatement({
    actions: [...actions],
    resources: [tableArn],
    conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [...keys] } },
  });
}

/** What a cluster says, and what is known of its stream. */
const streamKeys = (cluster: string) => [`cluster#${cluster}`, `log#${cluster}`];
/** Made of it by readers. */
const snapshotKeys = (cluster: string) => [`snapshot#${cluster}`, `snapshot-piece#${cluster}`];

/** Ingest of one cluster: the stream of that cluster and nothing of any other, nothing of the ledger. */
export function rightsOfIngest(tableArn: string, cluster: string): readonly PolicyStatement[] {
  return [items(tableArn, WRITE, streamKeys(cluster))];
}

/**
 * Apply of one manager: the clusters that may write to its firewalls, and its part of the ledger. It cannot approve its own plans nor take back a freeze.
 * One statement per cluster, so that a long list can be spread over several policies.
 */
export function rightsOfApply(
  tableArn: string,
  manager: string,
  settings: Pick<Settings, 'firewalls'>,
  clusters: Iterable<string>,
): readonly PolicyStatement[] {
  const firewalls = Object.keys(settings.firewalls).filter((name) => settings.firewalls[name]?.manager === manager);
  const own = firewalls.flatMap((name) => [`firewall#${name}`, `history#${name}`, `pieces#${name}`]);
  return [
    items(tableArn, WRITE, ['conditions', 'lease', `plans#${manager}`, `pieces#plans#${manager}`, ...own]),
    items(tableArn, READ, ['freeze', ...firewalls.map((name) => `approvals#${name}`)]),
    ...[...clusters].map((cluster) =>
      items(tableArn, WRITE, [
        ...streamKeys(cluster),
        ...snapshotKeys(cluster),
        ...firewalls.map((name) => `pieces#${name}#good#${cluster}`),
      ]),
    ),
  ];
}

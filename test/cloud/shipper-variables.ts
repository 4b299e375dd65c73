/** What a shipper is told to find its queues in a local cloud. */
import type { Cloud } from './cloud.ts';

/** Environment variables for the shipper of one cluster; everything else of the environment is the caller's. */
export function shipperVariables(cloud: Pick<Cloud, 'queueUrls' | 'variables'>, cluster: string): Readonly<Record<string, string>> {
  const url = (name: string) => cloud.queueUrls.get(`Cluster-${cluster}/${name}`) ?? '';
  return {
    CEXTFIRE_STREAM: cluster,
    CEXTFIRE_QUEUE_URL: url('Shipments'),
    CEXTFIRE_CONTROL_QUEUE_URL: url('Control'),
    ...cloud.variables,
  };
}

export function clustersOf(cloud: Pick<Cloud, 'queueUrls'>): readonly string[] {
  return [...cloud.queueUrls.keys()].flatMap((path) => /^Cluster-(.+)\/Control$/.exec(path)?.[1] ?? []);
}

/**
 * The metrics of ingest, in one table from which docs/reference/metrics.md and the alarms are made. Dimensions: `service` = ingest,
 * `environment` and `cluster`.
 */
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { IngestEvent } from './receive.ts';

export interface IngestMetric {
  readonly name: string;
  /** all are counts */
  readonly meaning: string;
}

export const METRICS: Readonly<Record<IngestEvent['kind'], IngestMetric>> = {
  append: { name: 'ShipmentsStored', meaning: 'Shipments appended to the log of the cluster.' },
  noted: { name: 'Heartbeats', meaning: 'Heartbeats of the shipper: one every 30 s. None is a silent cluster.' },
  duplicate: { name: 'Duplicates', meaning: 'Shipments delivered once more; only their wake was repeated.' },
  dropped: { name: 'ShipmentsDropped', meaning: 'Shipments of an old epoch, of another stream, or after a gap: not stored.' },
  poison: { name: 'PoisonMessages', meaning: 'Messages that are no shipment. They were dropped.' },
  resync: { name: 'SnapshotsAskedFor', meaning: 'Snapshots asked for over the control queue.' },
  resyncFailed: { name: 'SnapshotAsksFailed', meaning: 'Asking for a snapshot failed; it is asked for again.' },
  held: {
    name: 'StreamsHeld',
    meaning: 'Messages that came while the stream was held: two shippers, another cluster, or over its limits.',
  },
};

/** Writes them as EMF lines to standard output. */
export const emfMetrics = (environment: string, cluster: string): Metrics =>
  new Metrics({ namespace: 'cextfire', serviceName: 'ingest', defaultDimensions: { environment, cluster } });

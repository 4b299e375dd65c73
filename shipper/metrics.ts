/** What the shipper counts, as Prometheus text. The table is the whole list; the reference page is made from it. */

export const METRICS = {
  cextfire_shipper_frames_total: { type: 'counter', help: 'Frames read from Felix.' },
  cextfire_shipper_read_bytes_total: { type: 'counter', help: 'Bytes read from Felix.' },
  cextfire_shipper_skipped_total: {
    type: 'counter',
    help: 'Payloads of Felix that a border does not need or this version does not know (payload_N).',
  },
  cextfire_shipper_unknown_fields_total: { type: 'counter', help: 'Fields of sets that this version does not know.' },
  cextfire_shipper_last_frame_timestamp_seconds: { type: 'gauge', help: 'When the last frame of Felix was read.' },
  cextfire_shipper_in_sync: { type: 'gauge', help: '1 after InSync of Felix.' },
  cextfire_shipper_paused: { type: 'gauge', help: '1 while the pipe of Felix is not read because SQS does not keep up.' },
  cextfire_shipper_objects: { type: 'gauge', help: 'Objects in the view.' },
  cextfire_shipper_sets: { type: 'gauge', help: 'Sets in the view.' },
  cextfire_shipper_members: { type: 'gauge', help: 'Members of all sets in the view.' },
  cextfire_shipper_host_endpoints: { type: 'gauge', help: 'HostEndpoints in the view.' },
  cextfire_shipper_objects_too_big: { type: 'gauge', help: 'Objects left out because they do not fit into a shipment.' },
  cextfire_shipper_pending: { type: 'gauge', help: 'Objects, sets and members that wait for a shipment.' },
  cextfire_shipper_outbox: { type: 'gauge', help: 'Shipments that wait for SQS.' },
  cextfire_shipper_window_seconds: { type: 'gauge', help: 'At most one group of shipments leaves per window.' },
  cextfire_shipper_sent_total: { type: 'counter', help: 'Shipments that SQS took, by content.' },
  cextfire_shipper_sent_bytes_total: { type: 'counter', help: 'Bytes of the bodies that SQS took.' },
  cextfire_shipper_send_seconds_total: { type: 'counter', help: 'Time spent in successful sends.' },
  cextfire_shipper_send_failures_total: { type: 'counter', help: 'Sends that failed and were tried again.' },
  cextfire_shipper_failing_since_timestamp_seconds: { type: 'gauge', help: 'Since when the shipment at the head fails; 0 = it does not.' },
  cextfire_shipper_last_sent_timestamp_seconds: { type: 'gauge', help: 'When SQS last took a shipment.' },
  cextfire_shipper_resyncs_total: { type: 'counter', help: 'Snapshots that the cloud asked for.' },
  cextfire_shipper_alarms_total: { type: 'counter', help: 'Errors by code.' },
  cextfire_shipper_probe_ok: {
    type: 'gauge',
    help: '1 when the API server answers and Felix has what it lists, 0 when not; absent before the first look and outside a pod.',
  },
  cextfire_shipper_probe_since_timestamp_seconds: { type: 'gauge', help: 'Since when the answer of the probe is what it is.' },
  cextfire_shipper_probes_total: { type: 'counter', help: 'Looks at the API server, by result: same, failed, differs, undecided.' },
  cextfire_shipper_events_total: { type: 'counter', help: 'Kubernetes Events, by result: begun, repeated, ended, failed.' },
  cextfire_shipper_info: { type: 'gauge', help: '1; the labels say version and stream.' },
  process_start_time_seconds: { type: 'gauge', help: 'Start of the process, and of its epoch.' },
  process_resident_memory_bytes: { type: 'gauge', help: 'Resident memory.' },
} as const satisfies Record<string, { readonly type: 'counter' | 'gauge'; readonly help: string }>;

export type MetricName = keyof typeof METRICS;
type Labels = Readonly<Record<string, string>>;

export class Metrics {
  readonly #values = new Map<MetricName, Map<string, number>>();

  add(name: MetricName, by = 1, labels: Labels = {}): void {
    const series = this.#series(name);
    const key = labelText(labels);
    series.set(key, (series.get(key) ?? 0) + by);
  }

  set(name: MetricName, value: number, labels: Labels = {}): void {
    this.#series(name).set(labelText(labels), value);
  }

  get(name: MetricName, labels: Labels = {}): number {
    return this.#values.get(name)?.get(labelText(labels)) ?? 0;
  }

  /** Prometheus text format 0.0.4. */
  text(): string {
    const lines: string[] = [];
    for (const [name, { type, help }] of Object.entries(METRICS)) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
      const series = this.#values.get(name as MetricName);
      if (series) for (const [labels, value] of series) lines.push(`${name}${labels} ${value}`);
      else if (!LABELLED.has(name)) lines.push(`${name} 0`);
    }
    return `${lines.join('\n')}\n`;
  }

  #series(name: MetricName): Map<string, number> {
    let series = this.#values.get(name);
    if (!series) {
      series = new Map();
      this.#values.set(name, series);
    }
    return series;
  }
}

/** Without a label a zero of these would be a series that never moves. */
const LABELLED: ReadonlySet<string> = new Set([
  'cextfire_shipper_skipped_total',
  'cextfire_shipper_sent_total',
  'cextfire_shipper_alarms_total',
  'cextfire_shipper_probe_ok',
  'cextfire_shipper_probe_since_timestamp_seconds',
  'cextfire_shipper_probes_total',
  'cextfire_shipper_events_total',
  'cextfire_shipper_info',
]);

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`))}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

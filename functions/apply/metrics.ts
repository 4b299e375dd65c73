/**
 * The metrics of apply, in one table from which docs/reference/metrics.md is generated. EMF lines on standard output; namespace `cextfire`, dimensions
 * `service` = apply and `manager`.
 */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Meter, MetricName } from './ports.ts';

export interface MetricEntry {
  readonly unit: 'Count' | 'Milliseconds' | 'Seconds';
  readonly meaning: string;
}

export const METRICS: Readonly<Record<MetricName, MetricEntry>> = {
  ApplyFailed: { unit: 'Count', meaning: 'A step of a plan or a membership call failed, or the manager could not be read.' },
  Held: { unit: 'Count', meaning: 'Plans found over their budget and not approved, each time they are looked at.' },
  Blocked: { unit: 'Count', meaning: "Structure had to wait for somebody's lock, pending work or approval." },
  ProofFailed: { unit: 'Count', meaning: 'What was read back did not do the same with every packet as what was wanted.' },
  Drift: { unit: 'Count', meaning: 'Objects of ours that an audit found changed by somebody else.' },
  Commits: { unit: 'Count', meaning: 'Commit jobs begun on the manager.' },
  StructureSteps: { unit: 'Count', meaning: 'Steps of structure done: transactions or commits.' },
  MemberChanges: { unit: 'Count', meaning: 'Members added to or removed from sets on the device.' },
  DeviceWrites: { unit: 'Count', meaning: 'Calls that changed something on the device.' },
  DeviceReads: { unit: 'Count', meaning: 'Readings of the device.' },
  Latency: { unit: 'Milliseconds', meaning: 'From the moment Felix said it to the device: the oldest change of a membership run.' },
  NatLag: { unit: 'Milliseconds', meaning: 'How long members of translated rules have waited for the slow lane.' },
  FrozenAge: { unit: 'Seconds', meaning: 'Age of the oldest policy version that is kept because the present one is refused.' },
  Rules: { unit: 'Count', meaning: 'Rules on a firewall after a structural apply.' },
  Sets: { unit: 'Count', meaning: 'Sets on a firewall after a structural apply.' },
  Members: { unit: 'Count', meaning: 'Members over all sets of a firewall, at each audit.' },
  RoundTime: { unit: 'Milliseconds', meaning: 'One run of the function.' },
};

export function emfMeter(manager: string): Meter & { flush(): void } {
  const metrics = new Metrics({ namespace: 'cextfire', serviceName: 'apply', defaultDimensions: { manager } });
  return {
    count: (name, value) => metrics.addMetric(name, MetricUnit[METRICS[name].unit], value),
    flush: () => metrics.publishStoredMetrics(),
  };
}

/**
 * The metrics of apply, in one table from which docs/reference/metrics.md and the alarms are made. EMF lines on standard output; namespace `cextfire`,
 * dimensions `service` = apply, `environment` and `manager`; what is measured per firewall has `firewall` as well. Two environments of one account may have
 * managers of one name: without the dimension, one would speak for the other.
 */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Meter, MetricName } from './ports.ts';

export interface MetricEntry {
  readonly unit: 'Count' | 'Milliseconds' | 'Seconds';
  readonly meaning: string;
  /** A metric of its own for each firewall. CloudWatch asks money for every one: only where the sum over firewalls says nothing. */
  readonly perFirewall?: true;
}

export const METRICS: Readonly<Record<MetricName, MetricEntry>> = {
  ApplyFailed: {
    unit: 'Count',
    meaning: 'A step of a plan or a membership call failed, the manager could not be read, or a look ended with an error.',
  },
  Held: { unit: 'Count', meaning: 'Plans found over their budget and not approved, each time they are looked at.' },
  Blocked: { unit: 'Count', meaning: "Structure had to wait for somebody's lock, pending work or approval." },
  ProofFailed: { unit: 'Count', meaning: 'What was read back did not do the same with every packet as what was wanted.' },
  Drift: { unit: 'Count', meaning: 'Objects of ours that an audit found changed by somebody else.' },
  Audits: { unit: 'Count', meaning: 'Audits that looked at everything behind the manager: no lease was in the way.' },
  StaleClusters: {
    unit: 'Count',
    meaning: 'Clusters whose view may be stale (silent, held, probe failed, not in sync), at the last look of a run.',
  },
  Expiring: { unit: 'Count', meaning: 'Certificates and keys on the way to the manager that expire within three weeks, at each audit.' },
  Commits: { unit: 'Count', meaning: 'Commit jobs begun on the manager.' },
  StructureSteps: { unit: 'Count', meaning: 'Steps of structure done: transactions or commits.' },
  MemberChanges: { unit: 'Count', meaning: 'Members added to or removed from sets on the device.' },
  DeviceWrites: { unit: 'Count', meaning: 'Calls that changed something on the device.' },
  DeviceReads: { unit: 'Count', meaning: 'Readings of the device.' },
  Latency: { unit: 'Milliseconds', meaning: 'From the moment Felix said it to the device: the oldest change of a membership run.' },
  OldestChange: {
    unit: 'Seconds',
    meaning:
      'Age of the oldest change that is not yet on the firewall, at the end of a run; 0 = it has all. After a cold start: since then.',
    perFirewall: true,
  },
  NatLag: {
    unit: 'Milliseconds',
    meaning: 'How long members have waited for a commit: of translated rules, or all where there is no faster lane.',
  },
  FrozenAge: { unit: 'Seconds', meaning: 'Age of the oldest policy version that is kept because the present one is refused.' },
  Rules: { unit: 'Count', meaning: 'Rules on a firewall, at each structural apply and each audit.', perFirewall: true },
  Sets: { unit: 'Count', meaning: 'Sets on a firewall, at each structural apply and each audit.', perFirewall: true },
  Members: { unit: 'Count', meaning: 'Members over all sets of a firewall, at each audit.', perFirewall: true },
  RoundTime: { unit: 'Milliseconds', meaning: 'One run of the function.' },
};

export function emfMeter(environment: string, manager: string): Meter & { flush(): void } {
  const open = (dimensions: Readonly<Record<string, string>>) =>
    new Metrics({ namespace: 'cextfire', serviceName: 'apply', defaultDimensions: { environment, manager, ...dimensions } });
  const common = open({});
  const firewalls = new Map<string, Metrics>();
  const of = (firewall: string) => {
    const known = firewalls.get(firewall) ?? open({ firewall });
    firewalls.set(firewall, known);
    return known;
  };
  return {
    count: (name, value, firewall) => {
      const { unit, perFirewall } = METRICS[name];
      const metrics = perFirewall && firewall !== undefined ? of(firewall) : common;
      metrics.addMetric(name, MetricUnit[unit], value);
    },
    flush: () => {
      for (const metrics of [common, ...firewalls.values()]) if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}

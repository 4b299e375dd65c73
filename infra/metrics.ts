/**
 * The metrics that functions/apply/metrics.ts and functions/ingest/metrics.ts emit, by name. The environment is a dimension: two environments of one
 * account and region may have managers and clusters of one name, and the heartbeats of one must not speak for the other.
 */
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';

export type Statistic = 'Sum' | 'Maximum' | 'p50' | 'p99';

export class EnvironmentMetrics {
  readonly #environment: string;

  constructor(environment: string) {
    this.#environment = environment;
  }

  ofManager(metricName: string, manager: string, statistic: Statistic, period?: Duration): Metric {
    return this.#metric(metricName, { service: 'apply', manager }, statistic, period);
  }

  ofFirewall(metricName: string, manager: string, firewall: string, statistic: Statistic, period?: Duration): Metric {
    return this.#metric(metricName, { service: 'apply', manager, firewall }, statistic, period);
  }

  ofCluster(metricName: string, cluster: string, statistic: Statistic, period?: Duration): Metric {
    return this.#metric(metricName, { service: 'ingest', cluster }, statistic, period);
  }

  #metric(metricName: string, about: Readonly<Record<string, string>>, statistic: Statistic, period = Duration.minutes(1)): Metric {
    return new Metric({
      namespace: 'cextfire',
      metricName,
      dimensionsMap: { ...about, environment: this.#environment },
      statistic,
      period,
    });
  }
}

import { METRICS as APPLY } from '../../functions/apply/metrics.ts';
import { METRICS as INGEST } from '../../functions/ingest/metrics.ts';
import { METRICS as SHIPPER } from '../../shipper/metrics.ts';
import { code, madeFrom, table } from './markdown.ts';

/** docs/reference/metrics.md */
export function metricsPage(): string {
  const apply = Object.entries(APPLY).map(([name, { unit, meaning, perFirewall }]) => [
    code(name),
    unit,
    perFirewall ? 'service, environment, manager, firewall' : 'service, environment, manager',
    meaning,
  ]);
  const ingest = Object.values(INGEST).map(({ name, meaning }) => [code(name), 'Count', 'service, environment, cluster', meaning]);
  const shipper = Object.entries(SHIPPER).map(([name, { type, help }]) => [code(name), type, help]);
  return `${madeFrom('functions/apply/metrics.ts, functions/ingest/metrics.ts, shipper/metrics.ts')}
# Metrics

The functions write theirs to CloudWatch, namespace \`cextfire\` (EMF lines in their logs). The shipper serves Prometheus text at \`/metrics\`.
The alarms on them stand in \`infra/alarms.ts\`, with a [runbook](../runbooks/README.md) each. The dashboard of an environment is called like its stack.

## Apply

\`service\` = apply.

${table(['metric', 'unit', 'dimensions', 'what'], apply)}

## Ingest

\`service\` = ingest.

${table(['metric', 'unit', 'dimensions', 'what'], ingest)}

## Shipper

${table(['metric', 'type', 'what'], shipper)}
`;
}

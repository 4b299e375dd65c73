/** The only configuration that leaves the pod. A ConfigUpdate holds file paths and every FELIX_* value, secrets among them. */
import { cextfire } from '../proto/generated/shipment.js';

const OWN = /^cextfire/i;

/** The Facts of one ConfigUpdate, encoded; the same configuration always gives the same bytes. */
export function factsOf(config: Readonly<Record<string, string>>): Uint8Array {
  const own: Record<string, string> = {};
  for (const name of Object.keys(config).sort()) if (OWN.test(name)) own[name.toLowerCase()] = config[name] ?? '';
  return cextfire.Facts.encode({ clusterGuid: config.ClusterGUID ?? '', calicoVersion: config.CalicoVersion ?? '', own }).finish();
}

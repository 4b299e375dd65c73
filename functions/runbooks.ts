/**
 * Which page of docs/runbooks is for which code. Conditions that go to the topic and the alarms name their page by this table; a test holds that every
 * page exists and has a line for each of its codes.
 */

export type Runbook =
  | 'apply-behind'
  | 'apply-failed'
  | 'audit-missing'
  | 'blocked'
  | 'certificate-expiring'
  | 'cluster-silent'
  | 'command-line'
  | 'dead-letters'
  | 'drift'
  | 'firewall-unreachable'
  | 'frozen-or-observed'
  | 'function-errors'
  | 'ingest-behind'
  | 'ledger-damaged'
  | 'linux-refuses'
  | 'log-damaged'
  | 'palo-alto-refuses'
  | 'plan-held'
  | 'policy-refused'
  | 'proof-failed'
  | 'settings-wrong'
  | 'shipper'
  | 'stale-membership'
  | 'stream-held'
  | 'table-throttled';

/** The page of an area, where a code has none of its own. */
const AREAS: Readonly<Record<string, Runbook>> = {
  APPLY: 'apply-failed',
  CLI: 'command-line',
  CLUSTER: 'cluster-silent',
  INFRA: 'settings-wrong',
  INGEST: 'stream-held',
  LEDGER: 'ledger-damaged',
  LINUX: 'linux-refuses',
  PANOS: 'palo-alto-refuses',
  PIPE: 'shipper',
  POLICY: 'policy-refused',
  SETTINGS: 'settings-wrong',
  SHIPMENT: 'stream-held',
  SHIPPER: 'shipper',
};

const PAGES: Readonly<Record<string, Runbook>> = {
  CEXT_APPLY_HELD: 'plan-held',
  CEXT_APPLY_MEMBERS_HELD: 'plan-held',
  CEXT_APPLY_TOO_MANY_MEMBERS: 'plan-held',
  CEXT_APPLY_UNFED: 'plan-held',
  CEXT_APPLY_MANY_CONDITIONS: 'policy-refused',
  CEXT_APPLY_FROZEN: 'frozen-or-observed',
  CEXT_APPLY_OBSERVED: 'frozen-or-observed',
  CEXT_APPLY_REMOVAL_LEFT: 'frozen-or-observed',
  CEXT_APPLY_BLOCKED: 'blocked',
  CEXT_APPLY_UNREACHABLE: 'firewall-unreachable',
  CEXT_APPLY_SECRET: 'firewall-unreachable',
  CEXT_APPLY_PROOF_FAILED: 'proof-failed',
  CEXT_APPLY_NOT_PROVEN: 'proof-failed',
  CEXT_APPLY_DRIFT: 'drift',
  CEXT_APPLY_NO_VIEW: 'cluster-silent',
  CEXT_APPLY_MEMBERS_UNKNOWN: 'cluster-silent',
  CEXT_APPLY_NAT_WAITS: 'stale-membership',
  CEXT_APPLY_CONFIGURATION: 'function-errors',
  CEXT_INGEST_CONFIGURATION: 'function-errors',
  CEXT_SETTINGS_MISSING: 'function-errors',
  CEXT_CLUSTER_LIMIT: 'stream-held',
  CEXT_CLUSTER_NEARLY_FULL: 'stream-held',
  CEXT_CLUSTER_OBJECT_UNREADABLE: 'log-damaged',
  CEXT_CLUSTER_UNKNOWN_SET: 'log-damaged',
  CEXT_CLUSTER_DIGEST_MISMATCH: 'log-damaged',
  CEXT_CLUSTER_LOG_DAMAGED: 'log-damaged',
  CEXT_CLUSTER_LOG_BUSY: 'log-damaged',
  CEXT_CLUSTER_LOG_TOO_OLD: 'command-line',
  CEXT_CLUSTER_FORMAT_NEWER: 'ledger-damaged',
  CEXT_CLUSTER_UNKNOWN: 'command-line',
  CEXT_LEDGER_LEASE_LOST: 'audit-missing',
  CEXT_LEDGER_APPROVAL_UNKNOWN: 'command-line',
  CEXT_LINUX_UNREACHABLE: 'firewall-unreachable',
  CEXT_LINUX_HOST_KEY_CHANGED: 'firewall-unreachable',
  CEXT_LINUX_LOGIN_REFUSED: 'firewall-unreachable',
  CEXT_LINUX_SECRET_UNREADABLE: 'firewall-unreachable',
  CEXT_PANOS_UNREACHABLE: 'firewall-unreachable',
  CEXT_PANOS_TLS_NOT_TRUSTED: 'firewall-unreachable',
  CEXT_PANOS_TLS_NOT_PINNED: 'firewall-unreachable',
  CEXT_PANOS_LOGIN_REFUSED: 'firewall-unreachable',
  CEXT_PANOS_SECRET_UNREADABLE: 'firewall-unreachable',
  CEXT_PANOS_FOREIGN_EDIT: 'blocked',
  CEXT_PANOS_CERTIFICATE_EXPIRES: 'certificate-expiring',
};

/** 'CEXT_POLICY_ANNOTATION' -> 'policy-refused'. */
export function runbookOf(code: string): Runbook {
  return PAGES[code] ?? AREAS[code.split('_')[1] ?? ''] ?? 'apply-failed';
}

/** Where the page stands in the repository. */
export const runbookPath = (page: Runbook): string => `docs/runbooks/${page}.md`;

/** What a message says of it: a link where the settings know an address of the pages (`runbooks`), else the path. */
export const runbookLink = (page: Runbook, address: string | undefined): string =>
  address === undefined ? runbookPath(page) : `${address.replace(/\/$/, '')}/${page}.md`;

/** Every table of errors and conditions in the code, by the room that it is of. A test holds that none is missing. */
import { CLI_ERRORS } from '../../cli/errors.ts';
import { APPLY_ERRORS } from '../../functions/apply/errors.ts';
import { clusterErrors } from '../../functions/cluster/errors.ts';
import type { ErrorEntry } from '../../functions/errors.ts';
import { linuxErrors } from '../../functions/firewalls/linux/errors.ts';
import { panosConditions, panosErrors } from '../../functions/firewalls/panos/errors.ts';
import { ingestErrors } from '../../functions/ingest/errors.ts';
import { LEDGER_ERRORS } from '../../functions/ledger/errors.ts';
import { POLICY_ERRORS } from '../../functions/policy/errors.ts';
import { settingsErrors } from '../../functions/settings-errors.ts';
import { INFRA_ERRORS } from '../../infra/errors.ts';
import { protoErrors } from '../../proto/errors.ts';
import { shipperErrors } from '../../shipper/errors.ts';

export interface ErrorTable {
  readonly title: string;
  /** where it stands */
  readonly file: string;
  readonly entries: Readonly<Record<string, ErrorEntry>>;
}

export const ERROR_TABLES: readonly ErrorTable[] = [
  { title: 'Policies', file: 'functions/policy/errors.ts', entries: POLICY_ERRORS },
  { title: 'Apply', file: 'functions/apply/errors.ts', entries: APPLY_ERRORS },
  { title: 'Clusters', file: 'functions/cluster/errors.ts', entries: clusterErrors },
  { title: 'Ingest', file: 'functions/ingest/errors.ts', entries: ingestErrors },
  { title: 'Linux firewalls', file: 'functions/firewalls/linux/errors.ts', entries: linuxErrors },
  { title: 'Palo Alto firewalls', file: 'functions/firewalls/panos/errors.ts', entries: { ...panosErrors, ...panosConditions } },
  { title: 'Ledger', file: 'functions/ledger/errors.ts', entries: LEDGER_ERRORS },
  { title: 'Settings', file: 'functions/settings-errors.ts', entries: settingsErrors },
  { title: 'Deployment', file: 'infra/errors.ts', entries: INFRA_ERRORS },
  { title: 'Shipper', file: 'shipper/errors.ts', entries: shipperErrors },
  { title: 'Pipe and shipments', file: 'proto/errors.ts', entries: protoErrors },
  { title: "The operator's command", file: 'cli/errors.ts', entries: CLI_ERRORS },
];

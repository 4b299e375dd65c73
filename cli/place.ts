/** The environment that a command is about: its settings, its table, and how its functions are woken. */
import type { Settings } from '../functions/settings.ts';
import type { Table } from '../functions/table.ts';

export interface Place {
  /** "demo (local)", "prod (eu-central-1)" */
  readonly title: string;
  readonly settings: Settings;
  readonly settingsFile: string;
  readonly table: Table;
  /** Before anything is written: whether the queues can be found at all. @throws CEXT_CLI_CLOUD, CEXT_CLI_NO_ENVIRONMENT */
  findQueues(managers: readonly string[], clusters: readonly string[]): Promise<void>;
  /** @throws CEXT_CLI_CLOUD */
  wake(manager: string, kind: 'wake' | 'audit'): Promise<void>;
  /** Asks the shipper of a cluster for a snapshot. @throws CEXT_CLI_CLOUD */
  resync(cluster: string, reason: string): Promise<void>;
  /** Who runs the command: AWS identity and user of this machine. */
  who(): Promise<string>;
  now(): number;
}

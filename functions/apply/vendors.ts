/** Which connector speaks to which manager. */
import type { Connector, ConnectorFactory } from '../firewalls/contract.ts';
import { linux } from '../firewalls/linux/index.ts';
import type { ManagerSettings } from '../settings.ts';
import { applyError } from './errors.ts';

const FACTORIES: Readonly<Partial<Record<ManagerSettings['vendor'], ConnectorFactory<never>>>> = { linux };

/** Throws CEXT_APPLY_CONFIGURATION. */
export function connectTo(name: string, manager: ManagerSettings, secret: (fresh: boolean) => Promise<string>): Connector {
  const factory = FACTORIES[manager.vendor] as ConnectorFactory<ManagerSettings> | undefined;
  if (!factory)
    throw applyError('CEXT_APPLY_CONFIGURATION', `manager ${name}: there is no connector for vendor "${manager.vendor}"`, {
      manager: name,
    });
  return factory.connect({ name, manager, secret, session: undefined });
}

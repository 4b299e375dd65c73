/** `type=commit`: all, or what some administrators changed in some places (reference B1.8, B2). */
import type { Parameters } from './actions.ts';
import { type Answer, failure, success } from './answer.ts';
import type { Device } from './device.ts';
import { child, members, parseFragment, textOf } from './element.ts';
import { enqueued, validate } from './jobs.ts';

export function commit(device: Device, admin: string, parameters: Parameters): Answer {
  const command = parseFragment(parameters.cmd ?? '')?.[0];
  if (command?.name !== 'commit') return failure('17', 'commit expected');
  if (child(command, 'validate')) return validate(device, admin);
  const lock = device.lockedByOther('commit', admin);
  if (lock) return failure(undefined, `Commit lock is already held by ${lock.admin}`);
  const configLock = device.lockedByOther('config', admin);
  if (configLock) return failure(undefined, `Configuration is locked by ${configLock.admin}`);
  if (device.ha?.state === 'passive') return failure('15', 'Operation denied: this device is the passive member of an HA pair');
  const description = textOf(command, 'description') ?? '';
  if (description.length > 512)
    return failure('12', ` description can be at most 512 characters, but current length: ${description.length}`);
  const partial = child(command, 'partial') ?? child(command, 'force', 'partial');
  const admins = partial && child(partial, 'admin') ? new Set(members(partial, 'admin')) : undefined;
  const groups = partial && child(partial, 'device-group') ? members(partial, 'device-group') : undefined;
  const excluded = (unit: string): boolean => {
    const shared = /^\/config\/shared\//.test(unit);
    const policy = shared || /\/(vsys|device-group)\//.test(unit);
    const group = /\/device-group\/entry\[@name='([^']*)'\]/.exec(unit)?.[1];
    if (groups && group !== undefined && !groups.includes(group)) return true;
    return (
      (textOf(partial, 'shared-object') === 'excluded' && shared) ||
      (textOf(partial, 'device-and-network') === 'excluded' && !policy) ||
      (textOf(partial, 'policy-and-objects') === 'excluded' && policy)
    );
  };
  const job = device.commit(admin, device.configuration.changes(admins, excluded), description);
  return job ? enqueued('Commit', job) : success('<result><msg>There are no changes to commit.</msg></result>', '19');
}

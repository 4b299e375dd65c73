/** Config and commit locks (reference B1.8). */
import type { Parameters } from './actions.ts';
import { type Answer, failure, result, success } from './answer.ts';
import type { Device, Lock } from './device.ts';
import { child, type Element, element, textOf } from './element.ts';
import { stamp } from './time.ts';

export function showLocks(device: Device, kind: Lock['kind']): Answer {
  const locks = device.locks.filter((lock) => lock.kind === kind);
  return result([
    element(
      `${kind}-locks`,
      locks.map((lock) =>
        element(
          'entry',
          [
            element('name', lock.scope),
            element('type', lock.scope),
            element('created', stamp(lock.since)),
            element('last-activity', stamp(lock.since)),
            element('loggedin', 'yes'),
            element('comment', lock.comment),
          ],
          { name: lock.admin },
        ),
      ),
    ),
  ]);
}

export function lockRequest(device: Device, admin: string, command: Element, parameters: Parameters): Answer {
  const kind = child(command, 'config-lock') ? 'config' : 'commit';
  const request = child(command, `${kind}-lock`);
  const scope = parameters.vsys || 'shared';
  const held = device.locks.find(
    (lock) => lock.kind === kind && (kind === 'commit' || lock.scope === scope || lock.scope === 'shared' || scope === 'shared'),
  );
  if (child(request, 'add')) {
    if (held) {
      if (kind === 'commit') return failure(undefined, `Commit lock is already held by ${held.admin}`);
      return failure(
        undefined,
        held.admin === admin
          ? `You already own a config lock for scope ${scope}`
          : `Config for scope ${held.scope} is currently locked by ${held.admin}`,
      );
    }
    device.locks.push({ kind, admin, scope, comment: textOf(request, 'add', 'comment') ?? '', since: device.now() });
    return success(
      `<result>Successfully acquired lock. Other users will not be able to modify configuration for this system until lock is released.</result>`,
    );
  }
  const owner = textOf(request, 'remove', 'admin') ?? admin;
  const own = held && held.admin === owner ? held : undefined;
  if (!own)
    return failure(
      undefined,
      kind === 'commit' ? 'Commit lock is not currently held' : `Config is not currently locked for scope ${scope}`,
    );
  device.locks = device.locks.filter((lock) => lock !== own);
  return success('<result>Config lock released</result>');
}

/** `type=op`: the commands that the device knows, by the words they begin with. Others are answered as the device does (code 17). */
import type { Parameters } from './actions.ts';
import { type Answer, failure, result, success } from './answer.ts';
import {
  auditComments,
  deleteSaved,
  difference,
  listChanges,
  load,
  pendingAdmins,
  pushedPolicy,
  pushedTemplate,
  save,
  showSaved,
} from './config-operations.ts';
import type { Device } from './device.ts';
import { child, type Element, element, parseFragment, textOf } from './element.ts';
import { showJobs, validate } from './jobs.ts';
import { lockRequest, showLocks } from './locks.ts';
import { hashPassword } from './password.ts';
import { dynamicGroups, hitCounts, policyMatch, registeredIps, registeredUsers, userGroups, userMappings } from './runtime.ts';
import { admins, highAvailability, interfaces, licences, systemInfo, systemState, systems } from './system.ts';
import { unixDate } from './time.ts';

interface Asked {
  readonly device: Device;
  readonly admin: string;
  readonly command: Element;
  /** the element at the end of the words */
  readonly at: Element;
  readonly parameters: Parameters;
}

/** The first that fits decides, so longer words stand before shorter ones. */
const COMMANDS: readonly (readonly [string, (asked: Asked) => Answer])[] = [
  ['show system info', ({ device }) => systemInfo(device)],
  ['show system state', ({ device, at }) => systemState(device, textOf(at, 'filter') ?? textOf(at, 'filter-pretty') ?? '*')],
  ['show system resources', () => success('<result>top - up, load average: 0.01, 0.01, 0.00</result>')],
  ['show high-availability', ({ device }) => highAvailability(device)],
  ['show jobs', ({ device, at }) => showJobs(device, at)],
  ['show interface', ({ device, at }) => interfaces(device, at.text || 'all')],
  ['show virtual-system', ({ device }) => systems(device)],
  ['show object registered-ip', ({ device, at, parameters }) => registeredIps(device, at, parameters.vsys ?? 'vsys1')],
  ['show object registered-address', ({ device, at, parameters }) => registeredIps(device, at, parameters.vsys ?? 'vsys1')],
  ['show object registered-user', ({ device, at }) => registeredUsers(device, at)],
  [
    'show object dynamic-address-group',
    ({ device, at, parameters }) => dynamicGroups(device, parameters.vsys ?? 'vsys1', textOf(at, 'name')),
  ],
  ['show user ip-user-mapping', ({ device, at }) => userMappings(device, textOf(at, 'ip'))],
  ['show user ip-user-mapping-mp', ({ device, at }) => userMappings(device, textOf(at, 'ip'))],
  ['show user group', ({ device, at }) => userGroups(device, at)],
  ['show rule-hit-count', ({ device, at }) => hitCounts(device, at)],
  ['show config-locks', ({ device }) => showLocks(device, 'config')],
  ['show commit-locks', ({ device }) => showLocks(device, 'commit')],
  ['show config list changes', ({ device }) => listChanges(device)],
  ['show config list admins', ({ device }) => pendingAdmins(device)],
  ['show config list audit-comments', ({ device, at }) => auditComments(device, textOf(at, 'xpath') ?? '')],
  ['show config diff', ({ device }) => difference(device)],
  ['show config saved', ({ device, at }) => showSaved(device, at.text)],
  ['show config running', ({ device }) => result([device.configuration.running])],
  ['show config pushed-shared-policy', ({ device, at }) => pushedPolicy(device, textOf(at, 'vsys'))],
  ['show config pushed-template', ({ device }) => pushedTemplate(device)],
  ['show config merged', ({ device }) => result([device.effective()])],
  ['show config candidate', ({ device }) => result([device.configuration.candidate])],
  ['show admins', ({ device, admin }) => admins(device, admin)],
  ['show clock', ({ device }) => success(`<result>${unixDate(device.now())}\n</result>`)],
  ['show plugins', () => result([element('plugins')])],
  ['show chassis-ready', () => success('<result>yes\n</result>')],
  ['check pending-changes', ({ device }) => success(`<result>${device.configuration.owners.size > 0 ? 'yes' : 'no'}</result>`)],
  ['check full-commit-required', () => success('<result>no</result>')],
  ['test security-policy-match', ({ device, at }) => policyMatch(device, 'security', at)],
  ['test nat-policy-match', ({ device, at }) => policyMatch(device, 'nat', at)],
  ['validate', ({ device, admin }) => validate(device, admin)],
  ['save config', ({ device, at }) => save(device, textOf(at, 'to'))],
  ['load config', ({ device, admin, at }) => load(device, admin, textOf(at, 'from') ?? textOf(at, 'last-saved') ?? '')],
  ['delete config saved', ({ device, at }) => deleteSaved(device, at.text)],
  ['request config-lock', ({ device, admin, command, parameters }) => lockRequest(device, admin, command, parameters)],
  ['request commit-lock', ({ device, admin, command, parameters }) => lockRequest(device, admin, command, parameters)],
  ['request license', ({ device }) => licences(device)],
  ['request password-hash', ({ at }) => result([element('phash', hashPassword(textOf(at, 'password') ?? ''))])],
  ['request restart system', ({ device }) => restart(device)],
  [
    'request high-availability sync-to-remote',
    () => success('<msg><line>HA synchronization job has been queued on peer. Please check job status on peer.</line></msg>'),
  ],
  ['request multi-config', () => success('<result/>')],
  ['set audit-comment', ({ device, at }) => comment(device, at)],
];

export function operation(device: Device, admin: string, parameters: Parameters): Answer {
  const command = parseFragment(parameters.cmd ?? '')?.[0];
  if (!command) return failure('18', 'Malformed command');
  for (const [text, run] of COMMANDS) {
    const [first, ...rest] = text.split(' ');
    const at = command.name === first ? child(command, ...rest) : undefined;
    if (at) return run({ device, admin, command, at, parameters });
  }
  return failure('17', ` ${words(command).join(' -> ')} is unexpected`);
}

/** The names on the way down while there is one child. */
function words(command: Element): string[] {
  const only = command.children.length === 1 ? command.children[0] : undefined;
  return [command.name, ...(only ? words(only) : [])];
}

function restart(device: Device): Answer {
  device.reboot();
  return success('<result>Command succeeded with no output</result>');
}

function comment(device: Device, at: Element): Answer {
  device.auditComments.set(textOf(at, 'xpath') ?? '', textOf(at, 'comment') ?? '');
  return success('<result>succeeded</result>');
}

/** `type=op` and `type=commit` of one device. Unknown commands answer as the device does (code 17). */

import type { Parameters } from './actions.ts';
import { type Answer, failure, result, success } from './answer.ts';
import type { Device, Job, Lock } from './device.ts';
import { child, type Element, element, entries, entry, members, parseFragment, textOf } from './element.ts';

const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');
const clockTime = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

/** "show system info" of a command tree: the names on the way down while there is one child. */
function words(command: Element): { readonly path: readonly string[]; readonly last: Element } {
  const path = [command.name];
  let last = command;
  while (last.children.length === 1 && last.children[0]) {
    last = last.children[0];
    path.push(last.name);
  }
  return { path, last };
}

export function operation(device: Device, admin: string, parameters: Parameters): Answer {
  const command = parseFragment(parameters.cmd ?? '')?.[0];
  if (!command) return failure('18', 'Malformed command');
  const { path } = words(command);
  const text = path.join(' ');
  if (text.startsWith('show system info')) return systemInfo(device);
  if (text.startsWith('show system state')) return systemState(device, textOf(command, 'system', 'state', 'filter') ?? '*');
  if (text.startsWith('show high-availability')) return highAvailability(device);
  if (text.startsWith('show jobs')) return showJobs(device, child(command, 'jobs') as Element);
  if (command.name === 'show' && child(command, 'object', 'registered-ip'))
    return registeredIps(device, child(command, 'object', 'registered-ip') as Element);
  if (command.name === 'show' && child(command, 'object', 'registered-address'))
    return registeredIps(device, child(command, 'object', 'registered-address') as Element);
  if (command.name === 'show' && child(command, 'object', 'dynamic-address-group'))
    return dynamicGroups(device, textOf(command, 'object', 'dynamic-address-group', 'name'));
  if (text.startsWith('show config-locks') || text.startsWith('show commit-locks'))
    return showLocks(device, text.includes('config') ? 'config' : 'commit');
  if (text.startsWith('request config-lock') || text.startsWith('request commit-lock'))
    return lockRequest(device, admin, command, parameters);
  if (text.startsWith('check pending-changes')) return success(`<result>${device.configuration.owners.size > 0 ? 'yes' : 'no'}</result>`);
  if (text.startsWith('check full-commit-required')) return success('<result>no</result>');
  if (text.startsWith('show config list changes')) return listChanges(device);
  if (text.startsWith('show config list admins')) {
    const admins = [...new Set([...device.configuration.owners.values()].flatMap((owner) => [...owner.admins]))];
    return result([
      element(
        'admins',
        admins.map((one) => entry(one)),
      ),
    ]);
  }
  if (text.startsWith('show config running')) return result([device.configuration.running]);
  if (text.startsWith('show config candidate')) return result([device.configuration.candidate]);
  if (text.startsWith('show admins'))
    return result([element('admins', [element('entry', [element('admin', admin), element('from', '127.0.0.1'), element('type', 'API')])])]);
  if (text.startsWith('show clock')) return success(`<result>${new Date(device.now()).toUTCString()}</result>`);
  if (text.startsWith('show plugins')) return result([element('plugins', [])]);
  if (text.startsWith('show system resources')) return success('<result>top - up, load average: 0.01, 0.01, 0.00</result>');
  if (text.startsWith('show chassis-ready')) return success('<result>yes</result>');
  if (text.startsWith('validate')) return validate(device, admin);
  if (text.startsWith('load config from') && textOf(command, 'config', 'from') === 'running-config.xml') {
    device.configuration.revert();
    return success('<result><msg><line>Config loaded from running-config.xml</line></msg></result>');
  }
  if (text.startsWith('request restart system')) {
    device.reboot();
    return success('<result>System is restarting</result>');
  }
  if (text.startsWith('request high-availability sync-to-remote'))
    return success('<msg><line>HA synchronization job has been queued on peer. Please check job status on peer.</line></msg>');
  if (text.startsWith('request multi-config')) return success('<result/>');
  if (text.startsWith('set audit-comment')) return success('<result>succeeded</result>');
  return failure('17', ` ${text} is unexpected`);
}

function systemInfo(device: Device): Answer {
  const { options } = device;
  const up = Math.max(0, Math.floor((device.now() - device.bootedAt) / 1000));
  const uptime = `${Math.floor(up / 86_400)} days, ${new Date((up % 86_400) * 1000).toISOString().slice(11, 19)}`;
  const fields: Record<string, string> = {
    hostname: options.hostname,
    'ip-address': '192.0.2.1',
    netmask: '255.255.255.0',
    'default-gateway': '192.0.2.254',
    'ipv6-address': 'unknown',
    'mac-address': '00:1b:17:00:01:01',
    time: new Date(device.now()).toUTCString(),
    uptime,
    devicename: options.hostname,
    family: options.kind === 'panorama' ? 'pc' : 'vm',
    model: options.model,
    serial: options.serial,
    'sw-version': options.version,
    'app-version': '8799-8509',
    'av-version': '0',
    'threat-version': '8799-8509',
    'wildfire-version': '0',
    'logdb-version': '11.1.2',
    'platform-family': options.kind === 'panorama' ? 'pc' : 'vm',
    'vpn-disable-mode': 'off',
    'multi-vsys': 'off',
    'operational-mode': 'normal',
    'system-mode': options.kind === 'panorama' ? 'panorama' : 'normal',
    'device-certificate-status': 'None',
  };
  return result([
    element(
      'system',
      Object.entries(fields).map(([key, value]) => element(key, value)),
    ),
  ]);
}

function systemState(device: Device, filter: string): Answer {
  const names = [
    'max-address',
    'max-address-group',
    'max-address-per-group',
    'max-service',
    'max-service-per-group',
    'max-policy-rule',
    'max-nat-policy-rule',
    'max-registered-ip-address',
  ];
  const pattern = new RegExp(`^${filter.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  const lines = names.map((name) => [`cfg.general.${name}`, device.limit(name)] as const).filter(([key]) => pattern.test(key));
  return success(`<result><![CDATA[${lines.map(([key, value]) => `${key}: 0x${value.toString(16)}`).join('\n')}\n]]></result>`);
}

function highAvailability(device: Device): Answer {
  const { ha } = device;
  if (!ha) return success('<result><enabled>no</enabled></result>');
  const peerSerial = ha.peer.options.serial;
  const local = element('local-info', [
    element('state', ha.state),
    element('serial-num', device.options.serial),
    element('mgmt-ip', '192.0.2.1/24'),
  ]);
  const peer = element('peer-info', [
    element('state', ha.state === 'active' ? 'passive' : 'active'),
    element('serial-num', peerSerial),
    element('conn-status', 'up'),
  ]);
  const sync = [element('running-sync', 'synchronized'), element('running-sync-enabled', 'yes')];
  const body =
    device.options.kind === 'panorama'
      ? [local, peer, ...sync]
      : [element('group', [element('mode', 'Active-Passive'), local, peer, ...sync])];
  return result([element('enabled', 'yes'), ...body]);
}

function jobElement(device: Device, job: Job): Element {
  const now = device.now();
  const done = job.outcome !== undefined;
  const active = !done && job.starts <= now;
  const share = Math.min(99, Math.floor(((now - job.starts) / Math.max(1, job.ends - job.starts)) * 100));
  const lines = (name: string, of: readonly string[]) =>
    element(
      name,
      of.map((text) => element('line', text)),
    );
  const nodes = [
    element('tenq', stamp(job.enqueued)),
    element('tdeq', clockTime(job.starts)),
    element('id', String(job.id)),
    element('user', job.user),
    element('type', job.type),
    element('status', done ? 'FIN' : active ? 'ACT' : 'PEND'),
    element('queued', active || done ? 'NO' : 'YES'),
    element('stoppable', active ? 'yes' : 'no'),
    element('result', done ? (job.outcome?.ok ? 'OK' : 'FAIL') : 'PEND'),
    element('tfin', done ? stamp(job.ends) : 'Still Active'),
    element('description', job.description),
    element('positionInQ', '0'),
    element('progress', done ? '100' : active ? String(share) : '0'),
    lines('details', job.outcome?.details ?? []),
    lines('warnings', job.outcome?.warnings ?? []),
  ];
  if (job.devices) {
    const each = job.devices.map((one) =>
      element('entry', [
        element('serial-no', one.serial),
        element('devicename', one.name),
        element('status', done ? 'commit succeeded' : 'commit in progress'),
        element('result', done ? one.result : 'PEND'),
        element('tstart', clockTime(job.starts)),
        element('tfin', done ? clockTime(job.ends) : 'Still Active'),
        element('progress', done ? '100' : '0'),
        element('details', [
          element('msg', [
            element(
              one.result === 'FAIL' ? 'errors' : 'warnings',
              one.details.map((text) => element('line', text)),
            ),
          ]),
        ]),
      ]),
    );
    nodes.push(element('devices', each), element('dgname', job.description));
  }
  return element('job', nodes);
}

function showJobs(device: Device, jobs: Element): Answer {
  device.settle();
  const id = textOf(jobs, 'id');
  if (id === undefined) {
    const wanted =
      child(jobs, 'pending') || child(jobs, 'processed')
        ? (job: Job) => (job.outcome !== undefined) === (child(jobs, 'processed') !== undefined)
        : () => true;
    return result(
      device.jobs
        .filter(wanted)
        .reverse()
        .map((job) => jobElement(device, job)),
    );
  }
  const job = device.jobs.find((one) => String(one.id) === id);
  return job ? result([jobElement(device, job)]) : failure('7', `job ${id} not found`);
}

function registeredIps(device: Device, command: Element): Answer {
  const tag = entries(command, 'tag')[0]?.attributes.name;
  const list = device.registered.list({ tag, address: textOf(command, 'ip') });
  if (textOf(command, 'option') === 'count')
    return success(`<result><entry count="${list.length}"/><count>${list.length}</count></result>`);
  const start = Math.max(1, Number(textOf(command, 'start-point') ?? '1'));
  const limit = Number(textOf(command, 'limit') ?? '500');
  const page = list.slice(start - 1, start - 1 + limit).map(({ address, persistent, tags }) =>
    element(
      'entry',
      [
        element(
          'tag',
          tags.map((one) => element('member', one)),
        ),
      ],
      { ip: address, from_agent: '0', persistent: persistent ? '1' : '0' },
    ),
  );
  return result([...page, element('count', String(page.length))]);
}

function dynamicGroups(device: Device, _name: string | undefined): Answer {
  const groups = entries(device.vsysNode('vsys1'), 'address-group').filter((one) => child(one, 'dynamic'));
  return result([
    element(
      'dyn-addr-grp',
      groups.map((one) =>
        element('entry', [
          element('vsys', 'vsys1'),
          element('group-name', one.attributes.name ?? ''),
          element('filter', textOf(one, 'dynamic', 'filter') ?? ''),
        ]),
      ),
    ),
  ]);
}

function showLocks(device: Device, kind: Lock['kind']): Answer {
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

function lockRequest(device: Device, admin: string, command: Element, parameters: Parameters): Answer {
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

function listChanges(device: Device): Answer {
  const journal = [...device.configuration.owners].map(([unit, owner]) => {
    const there = device.configuration.at(unit) !== undefined;
    const before = device.configuration.at(unit, device.configuration.running) !== undefined;
    return element('entry', [
      element('xpath', unit.replace(/#$/, '')),
      element('owner', [...owner.admins].at(-1) ?? ''),
      element('action', there ? (before ? (owner.moved ? 'MOVE' : 'EDIT') : 'CREATE') : 'DELETE'),
      element('admin-history', [...owner.admins].join(',')),
      element('component-type', 'policy'),
    ]);
  });
  return result([element('journal', journal)]);
}

function validate(device: Device, admin: string): Answer {
  const job = device.enqueue({
    type: 'Validate',
    user: admin,
    description: '',
    finish: () => {
      const wrong = device.validate(device.configuration.candidate);
      return wrong.length === 0
        ? { ok: true, details: ['Configuration is valid'], warnings: [] }
        : { ok: false, details: ['Validation Error:', ...wrong.slice(0, 50)], warnings: [] };
    },
  });
  return success(`<result><msg><line>Validate job enqueued with jobid ${job.id}</line></msg><job>${job.id}</job></result>`, '19');
}

export const enqueued = (kind: string, job: Job): Answer =>
  success(`<result><msg><line>${kind} job enqueued with jobid ${job.id}</line></msg><job>${job.id}</job></result>`, '19');

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

/** What `show` and `request` tell of the device itself: versions, limits, HA, interfaces, licences. */
import { type Answer, failure, result, success } from './answer.ts';
import type { Device } from './device.ts';
import { type Element, element, entries, entry, members, textOf } from './element.ts';
import { device as deviceNode } from './scope.ts';
import { unixDate } from './time.ts';

export function systemInfo(device: Device): Answer {
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
    time: unixDate(device.now()).replace(' UTC', ''),
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
    'multi-vsys': entries(deviceNode(device.configuration.running), 'vsys').length > 1 ? 'on' : 'off',
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

export function systemState(device: Device, filter: string): Answer {
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

export function highAvailability(device: Device): Answer {
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

/** Interfaces that the running configuration has, with the zone each is in. */
export function interfaces(device: Device, name: string): Answer {
  if (name === 'management') {
    const info = element('info', [element('name', 'Management Interface'), element('ip', '192.0.2.1'), element('state', 'up')]);
    return result([
      info,
      element(
        'counters',
        ['rx-packets', 'tx-packets', 'rx-bytes', 'tx-bytes'].map((key) => element(key, '0')),
      ),
    ]);
  }
  const root = device.effective();
  const zoneOf = new Map<string, string>();
  for (const zone of entries(device.vsysNode('vsys1', root), 'zone'))
    for (const each of members(zone, 'network', 'layer3')) zoneOf.set(each, zone.attributes.name ?? '');
  const ports = entries(deviceNode(root), 'network', 'interface', 'ethernet');
  const found = name === 'all' || name === 'logical' || name === 'hardware' ? ports : ports.filter((one) => one.attributes.name === name);
  if (found.length === 0) return failure(undefined, `invalid interface ${name}`);
  const line = (one: Element, at: number): Element =>
    element('entry', [
      element('name', one.attributes.name ?? ''),
      element('zone', zoneOf.get(one.attributes.name ?? '') ?? ''),
      element('vsys', '1'),
      element('id', String(16 + at)),
      element('ip', entries(one, 'layer3', 'ip')[0]?.attributes.name ?? 'N/A'),
    ]);
  return result([
    element('ifnet', found.map(line)),
    element(
      'hw',
      found.map((one) => element('entry', [element('name', one.attributes.name ?? ''), element('state', 'up')])),
    ),
  ]);
}

export function licences(device: Device): Answer {
  const fields = {
    feature: 'PA-VM',
    description: 'Standard VM-300',
    serial: device.options.serial,
    issued: 'January 15, 2026',
    expires: 'Never',
    expired: 'no',
    authcode: '',
  };
  return result([
    element('licenses', [
      element(
        'entry',
        Object.entries(fields).map(([key, value]) => element(key, value)),
      ),
    ]),
  ]);
}

export function admins(device: Device, admin: string): Answer {
  const line = [
    element('self'),
    element('admin', admin),
    element('from', '127.0.0.1'),
    element('type', 'API'),
    element('session-start', unixDate(device.now())),
  ];
  return result([element('admins', [element('entry', line)])]);
}

/** The names of virtual systems that the device has. */
export const systems = (device: Device): Answer =>
  result(
    entries(deviceNode(device.configuration.running), 'vsys').map((one) =>
      entry(one.attributes.name ?? '', [element('display-name', textOf(one, 'display-name') ?? '')]),
    ),
  );

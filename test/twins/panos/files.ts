/** `type=export` and `type=import`: configurations and certificates as files. */
import type { Parameters } from './actions.ts';
import { type Answer, failure, success } from './answer.ts';
import { storeConfiguration } from './config-operations.ts';
import type { Device } from './device.ts';
import { attach, element, entry, named, print, textOf } from './element.ts';
import { ensure, parsePath } from './xpath.ts';

const certificatesOf = (device: Device): string => `/config/${device.options.kind === 'panorama' ? 'panorama' : 'shared'}/certificate`;

export function exportFile(device: Device, parameters: Parameters): Answer {
  const { category } = parameters;
  if (category === 'configuration') {
    const from = parameters.from;
    const root = from === undefined || from === 'running-config.xml' ? device.configuration.running : device.saved.get(from);
    if (!root) return failure(undefined, `${from} does not exist`);
    return { http: 200, ok: true, code: '', body: `<?xml version="1.0"?>\n${print(root)}`, fileName: from ?? 'running-config.xml' };
  }
  if (category === 'certificate') {
    const name = parameters['certificate-name'] ?? '';
    const body = textOf(device.configuration.at(`${certificatesOf(device)}/entry[@name='${name}']`)?.node, 'public-key');
    if (body === undefined) return failure(undefined, `certificate ${name} is not found`);
    return { http: 200, ok: true, code: '', body, contentType: 'application/octet-stream', fileName: `${name.toLowerCase()}.pem` };
  }
  return failure('17', `Invalid category: ${category ?? ''}`);
}

/** `file` is what the form carried. */
export function importFile(
  device: Device,
  admin: string,
  parameters: Parameters,
  file: { readonly name: string; readonly text: string },
): Answer {
  if (parameters.category === 'configuration')
    return storeConfiguration(device, file.name, file.text) ?? failure(undefined, `${file.name} is not a configuration file`);
  if (parameters.category === 'certificate') {
    const name = parameters['certificate-name'] ?? '';
    if (name === '') return failure('17', 'certificate-name is missing');
    if (!file.text.includes('-----BEGIN CERTIFICATE-----'))
      return failure(undefined, `Import of ${name} failed. Unable to read certificate`);
    const where = certificatesOf(device);
    device.configuration.track(admin, `${where}/entry[@name='${name}']`, device.now(), () => {
      const place = ensure(device.configuration.candidate, parsePath(where) ?? []);
      const there = named(place?.node, name);
      const fields = [element('format', 'pem'), element('public-key', file.text.trim())];
      if (there) there.children = fields;
      else if (place) attach(place.node, entry(name, fields));
    });
    return success(`<result>Successfully imported ${name} into candidate configuration</result>`);
  }
  return failure('17', `Invalid category: ${parameters.category ?? ''}`);
}

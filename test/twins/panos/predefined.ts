/** What comes with the device's content and is no part of anybody's configuration: `/config/predefined`. */
import { element, entry } from './element.ts';
import { APPLICATIONS, PREDEFINED_SERVICES } from './schema.ts';

const applications = Object.entries(APPLICATIONS).map(([name, ports]) =>
  entry(name, [
    element('category', 'networking'),
    element('default', [
      element(
        'port',
        Object.entries(ports).map(([protocol, port]) => element('member', `${protocol}/${port}`)),
      ),
    ]),
  ]),
);
const services = Object.entries(PREDEFINED_SERVICES).map(([name, port]) =>
  entry(name, [element('protocol', [element('tcp', [element('port', port)])])]),
);

export const PREDEFINED = element('config', [
  element('predefined', [element('application', applications), element('application-container'), element('service', services)]),
]);

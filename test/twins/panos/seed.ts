/** A company's firewall as an administrator left it: zones, routes, objects, rules and NAT of his own. */
import { type Element, parseFragment } from './element.ts';

const rule = (name: string, from: string, to: string, source: string, destination: string, service: string, action: string): string =>
  `<entry name="${name}"><from><member>${from}</member></from><to><member>${to}</member></to><source><member>${source}</member></source>` +
  `<destination><member>${destination}</member></destination><source-user><member>any</member></source-user><category><member>any</member></category>` +
  `<application><member>any</member></application><service><member>${service}</member></service><action>${action}</action><log-end>yes</log-end></entry>`;

const OBJECTS = `
<tag><entry name="company"><color>color3</color><comments>written by the network team</comments></entry></tag>
<address>
  <entry name="mail-relay"><ip-netmask>198.51.100.25</ip-netmask><tag><member>company</member></tag></entry>
  <entry name="office-lan"><ip-netmask>192.168.0.0/16</ip-netmask></entry>
  <entry name="web-server"><ip-netmask>172.20.0.80</ip-netmask></entry>
  <entry name="web-public"><ip-netmask>203.0.113.80</ip-netmask></entry>
  <entry name="egress-pool"><ip-range>203.0.113.10-203.0.113.12</ip-range></entry>
</address>
<address-group><entry name="company-servers"><static><member>mail-relay</member><member>web-server</member></static></entry></address-group>
<service><entry name="tcp-8443"><protocol><tcp><port>8443</port></tcp></protocol></entry></service>
<service-group><entry name="web-services"><members><member>service-https</member><member>tcp-8443</member></members></entry></service-group>`;

const SECURITY = [
  rule('office-to-internet', 'office', 'untrust', 'office-lan', 'any', 'any', 'allow'),
  rule('internet-to-web', 'untrust', 'dmz', 'any', 'web-public', 'service-https', 'allow'),
  rule('DENY-ALL', 'any', 'any', 'any', 'any', 'any', 'deny'),
].join('');

const NAT = `
<entry name="web-vip"><from><member>untrust</member></from><to><member>untrust</member></to><source><member>any</member></source>
  <destination><member>web-public</member></destination><service>any</service><destination-translation><translated-address>web-server</translated-address></destination-translation></entry>
<entry name="hide-all"><from><member>any</member></from><to><member>untrust</member></to><source><member>any</member></source>
  <destination><member>any</member></destination><service>any</service>
  <source-translation><dynamic-ip-and-port><translated-address><member>egress-pool</member></translated-address></dynamic-ip-and-port></source-translation></entry>`;

const port = (name: string, ip4: string, ip6: string): string =>
  `<entry name="${name}"><layer3><ip><entry name="${ip4}"/></ip><ipv6><enabled>yes</enabled><address><entry name="${ip6}"/></address></ipv6></layer3></entry>`;
const route = (name: string, destination: string, to: string): string =>
  `<entry name="${name}"><interface>${to}</interface><metric>10</metric><destination>${destination}</destination></entry>`;

const NETWORK = `
<interface><ethernet>${port('ethernet1/1', '203.0.113.1/24', '2001:db8:ffff::1/64')}${port('ethernet1/2', '10.255.0.1/24', 'fd00:ffff::1/64')}
${port('ethernet1/3', '172.20.0.1/16', 'fd20::1/64')}${port('ethernet1/4', '192.168.0.1/16', 'fd30::1/64')}</ethernet></interface>
<virtual-router><entry name="default"><interface><member>ethernet1/1</member><member>ethernet1/2</member><member>ethernet1/3</member><member>ethernet1/4</member></interface>
<routing-table><ip><static-route>${route('default', '0.0.0.0/0', 'ethernet1/1')}${route('pods', '10.0.0.0/8', 'ethernet1/2')}</static-route></ip>
<ipv6><static-route>${route('default6', '::/0', 'ethernet1/1')}${route('pods6', 'fd00::/16', 'ethernet1/2')}</static-route></ipv6></routing-table></entry></virtual-router>`;

const zone = (name: string, to: string): string =>
  `<entry name="${name}"><network><layer3><member>${to}</member></layer3></network></entry>`;
const ZONES = `<zone>${zone('untrust', 'ethernet1/1')}${zone('trust', 'ethernet1/2')}${zone('dmz', 'ethernet1/3')}${zone('office', 'ethernet1/4')}</zone>`;

/** Which parts of the network the vsys has. */
const IMPORT =
  '<import><network><interface><member>ethernet1/1</member><member>ethernet1/2</member><member>ethernet1/3</member><member>ethernet1/4</member></interface>' +
  '<virtual-router><member>default</member></virtual-router></network></import>';

function parse(text: string): Element {
  const root = parseFragment(text)?.[0];
  if (!root) throw new Error('the seed is not well-formed');
  return root;
}

const MANAGEMENT =
  '<mgt-config><users><entry name="admin"><permissions><role-based><superuser>yes</superuser></role-based></permissions></entry></users></mgt-config>';

/** `managed`: its policy, zones, interfaces and routes come from Panorama; one local rule is its own. */
export function firewallSeed(hostname: string, managed = false): Element {
  const vsys = managed
    ? `<rulebase><security><rules>${rule('local-dns', 'office', 'untrust', 'any', 'any', 'any', 'deny').replace('<member>any</member></application>', '<member>dns</member></application>')}</rules></security></rulebase>`
    : `${IMPORT}${ZONES}${OBJECTS}<rulebase><security><rules>${SECURITY}</rules></security><nat><rules>${NAT}</rules></nat></rulebase>`;
  return parse(
    `<config version="11.1.0" urldb="paloaltonetworks">${MANAGEMENT}<shared/><devices><entry name="localhost.localdomain">${managed ? '' : `<network>${NETWORK}</network>`}` +
      `<deviceconfig><system><hostname>${hostname}</hostname></system></deviceconfig><vsys><entry name="vsys1">${vsys}</entry></vsys></entry></devices></config>`,
  );
}

/** Two firewalls in the device group "border", below "company", and in the stack "border-stack"; a third group without firewalls. */
export function panoramaSeed(hostname: string, serials: readonly string[]): Element {
  const devices = serials.map((serial) => `<entry name="${serial}"/>`).join('');
  const shared =
    '<tag><entry name="company"/></tag><address><entry name="company-dns"><ip-netmask>192.0.2.53</ip-netmask></entry></address>';
  const sharedRules = rule('company-dns-first', 'any', 'untrust', 'any', 'company-dns', 'any', 'allow');
  return parse(
    `<config version="11.1.0" urldb="paloaltonetworks">${MANAGEMENT}<shared>${shared}<pre-rulebase><security><rules>${sharedRules}</rules></security></pre-rulebase></shared>` +
      `<devices><entry name="localhost.localdomain"><deviceconfig><system><hostname>${hostname}</hostname></system></deviceconfig>` +
      `<template><entry name="border-network"><config><devices><entry name="localhost.localdomain"><network>${NETWORK}</network>` +
      `<vsys><entry name="vsys1">${IMPORT}${ZONES}</entry></vsys></entry></devices></config></entry></template>` +
      `<template-stack><entry name="border-stack"><templates><member>border-network</member></templates><devices>${devices}</devices></entry></template-stack>` +
      `<device-group><entry name="company"/><entry name="border"><devices>${devices}</devices>${OBJECTS}<pre-rulebase><security><rules>${SECURITY}</rules></security><nat><rules>${NAT}</rules></nat></pre-rulebase>` +
      `<post-rulebase><security><rules>${rule('last-deny', 'any', 'any', 'any', 'any', 'any', 'deny')}</rules></security></post-rulebase></entry><entry name="lab"/></device-group></entry></devices>` +
      `<readonly><devices><entry name="localhost.localdomain"><device-group><entry name="company"><id>11</id></entry><entry name="border"><parent-dg>company</parent-dg><id>12</id></entry><entry name="lab"><id>13</id></entry></device-group></entry></devices></readonly></config>`,
  ) as Element;
}

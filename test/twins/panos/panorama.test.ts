/** A Panorama: what a push installs and what the firewall refuses, templates, requests passed on (reference B2). */
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { Ask, VSYS } from './ask.ts';
import { type PanosTwin, startPanosTwin } from './start.ts';

const DEVICE = "/config/devices/entry[@name='localhost.localdomain']";
const BORDER = `${DEVICE}/device-group/entry[@name='border']`;
const ZONES = `${DEVICE}/template/entry[@name='border-network']/config${DEVICE.slice('/config'.length)}/vsys/entry[@name='vsys1']/zone`;
const [FIRST, SECOND] = ['007051000000011', '007051000000012'];
let twin: PanosTwin;
let ask: Ask;

beforeEach(async () => {
  await twin?.close();
  twin = await startPanosTwin({ kind: 'panorama', clock: 'manual' });
  ask = new Ask(twin);
});
afterAll(() => twin?.close());

const job = async (enqueued: string) => {
  const id = /<job>(\d+)<\/job>/.exec(enqueued)?.[1] ?? 'none';
  twin.advance(10_000);
  return ask.op(`<show><jobs><id>${id}</id></jobs></show>`);
};
const commit = async () => job(await ask.commit('<commit/>'));
const push = async (inside: string) => job(await ask.commit(`<commit-all>${inside}</commit-all>`, 'all'));
const group = (more = '') => `<shared-policy><device-group><entry name="border"/></device-group>${more}</shared-policy>`;
const target = (serial: string) => ({ target: serial });
const rule = (zone: string) =>
  `<from><member>${zone}</member></from><to><member>untrust</member></to><source><member>any</member></source><destination><member>any</member></destination>` +
  '<application><member>any</member></application><service><member>any</member></service><action>allow</action>';
const statuses = async () =>
  [...(await ask.op('<show><devicegroups><name>border</name></devicegroups></show>')).matchAll(/<shared-policy-status>([^<]*)</g)].map(
    (match) => match[1],
  );

test('a firewall tells apart what is its own, what a template brought and what was pushed', async () => {
  const zone = `${VSYS}/zone/entry[@name='trust']`;
  expect(await ask.config('show', zone, target(FIRST))).toContain('No such node');
  expect(await ask.config('get', zone, target(FIRST))).toContain('<entry name="trust" ptpl="border-network" src="tpl">');
  expect(await ask.config('get', `${VSYS}/rulebase/security/rules/entry/@name`, target(FIRST))).toBe(
    '<response status="success" code="19"><result total-count="1" count="1"><entry name="local-dns"/></result></response>',
  );
  const pushed = (inside: string) =>
    ask.op(`<show><config><pushed-shared-policy>${inside}</pushed-shared-policy></config></show>`, target(FIRST));
  expect(await pushed('<vsys>vsys1</vsys>')).toMatch(
    /<policy><panorama>.*<pre-rulebase>.*name="company-dns-first".*name="DENY-ALL".*<post-rulebase>.*last-deny/s,
  );
  // without the vsys: what is shared, and nothing of the device group
  expect(await pushed('')).toContain('name="company-dns"');
  expect(await pushed('')).not.toContain('DENY-ALL');
  const merged = await ask.op('<show><config><merged/></config></show>', target(FIRST));
  expect(merged).toContain('name="local-dns"');
  expect(merged).toContain('name="trust"');
});

test('a push takes what runs on Panorama; until then the group is out of sync', async () => {
  expect(await statuses()).toEqual(['In Sync', 'In Sync']);
  await ask.config('set', `${BORDER}/pre-rulebase/security/rules/entry[@name='new']`, { element: rule('trust') });
  await push(group());
  const has = async () =>
    (await ask.op('<show><config><pushed-shared-policy><vsys>vsys1</vsys></pushed-shared-policy></config></show>', target(FIRST))).includes(
      'name="new"',
    );
  expect(await has()).toBe(false);
  await commit();
  expect(await statuses()).toEqual(['Out of Sync', 'Out of Sync']);
  expect(
    await push(
      `<shared-policy><device-group><entry name="border"><devices><entry name="${FIRST}"/></devices></entry></device-group></shared-policy>`,
    ),
  ).toContain('<result>OK</result>');
  expect(await has()).toBe(true);
  expect(await statuses()).toEqual(['In Sync', 'Out of Sync']);
});

test('the firewall checks what it is pushed: a zone that it does not have fails the push, on that firewall only', async () => {
  const second = twin.panorama?.firewalls.get(SECOND);
  await ask.config('set', `${ZONES}/entry[@name='late']`, { element: '' });
  await ask.config('set', `${BORDER}/pre-rulebase/security/rules/entry[@name='new']`, { element: rule('late') });
  await commit();
  const failed = await push(group());
  expect(failed).toMatch(/<status>FIN<.*<result>FAIL<.*new -&gt; from 'late' is not a valid reference/);
  expect(await statuses()).toEqual(['Out of Sync', 'Out of Sync']);
  expect(await push(group('<include-template>yes</include-template>'))).toContain('<result>OK</result>');
  if (second) second.template = undefined;
  const half = await push(group());
  expect(half).toMatch(
    new RegExp(`<serial-no>${FIRST}</serial-no>.*<result>OK</result>.*<serial-no>${SECOND}</serial-no>.*<result>FAIL</result>`),
  );
});

test('templates and stacks are pushed alone, to the firewalls of a stack or to some of them', async () => {
  const zones = async (serial: string) =>
    [...(await ask.config('get', `${VSYS}/zone/entry/@name`, target(serial))).matchAll(/name="([^"]*)"/g)].length;
  await ask.config('set', `${ZONES}/entry[@name='more']`, { element: '' });
  await commit();
  expect(await push(`<template-stack><name>border-stack</name><device><member>${FIRST}</member></device></template-stack>`)).toContain(
    '<result>OK',
  );
  expect([await zones(FIRST), await zones(SECOND)]).toEqual([5, 4]);
  expect(await ask.op('<show><template-stack/></show>')).toMatch(/In Sync.*Out of Sync/);
  await push('<template><name>border-network</name></template>');
  expect(await zones(SECOND)).toBe(5);
  expect(await ask.commit('<commit-all><template><name>none</name></template></commit-all>', 'all')).toContain('is not a valid reference');
  expect(
    await ask.commit('<commit-all><template><name>border-network</name><device><member>1</member></device></template></commit-all>', 'all'),
  ).toContain("'1' is not a valid reference");
});

test('the first template of a stack wins over the next, the stack over both', async () => {
  const stack = `${DEVICE}/template-stack/entry[@name='border-stack']`;
  const hostname = (of: string, name: string) =>
    ask.config('set', `${of}/config${DEVICE.slice('/config'.length)}/deviceconfig/system`, {
      element: `<hostname>${name}</hostname><domain>${name}.example</domain>`,
    });
  await hostname(`${DEVICE}/template/entry[@name='second']`, 'second');
  await hostname(`${DEVICE}/template/entry[@name='border-network']`, 'first');
  await ask.config('set', `${stack}/templates`, { element: '<member>second</member>' });
  await ask.config('set', `${stack}/config${DEVICE.slice('/config'.length)}/deviceconfig/system`, {
    element: '<domain>stack.example</domain>',
  });
  await commit();
  await push('<template-stack><name>border-stack</name></template-stack>');
  const brought = await ask.op('<show><config><pushed-template/></config></show>', target(SECOND));
  expect(brought).toMatch(/<hostname [^>]*>first<\/hostname>/);
  expect(brought).toMatch(/<domain [^>]*>stack\.example<\/domain>/);
  // the firewall's own name stays its own
  expect(await ask.config('get', `${DEVICE}/deviceconfig/system/hostname`, target(SECOND))).toContain('<hostname>border-fw-2</hostname>');
});

test('a device group moves below another, and rules see what it then inherits', async () => {
  const lab = `${DEVICE}/device-group/entry[@name='lab']`;
  await ask.config('set', `${DEVICE}/device-group/entry[@name='company']/address/entry[@name='inherited']`, {
    element: '<ip-netmask>10.0.0.1</ip-netmask>',
  });
  const use = () => ask.config('set', `${lab}/address-group/entry[@name='g']`, { element: '<static><member>inherited</member></static>' });
  expect(await use()).toContain('is not a valid reference');
  const move = (to: string) =>
    ask.op(`<request><move-dg><entry name="lab"><new-parent-dg>${to}</new-parent-dg></entry></move-dg></request>`);
  expect(await move('nowhere')).toContain('is not a valid reference');
  expect(await job(await move('company'))).toContain('<result>OK</result>');
  expect(await ask.op('<show><dg-hierarchy/></show>')).toMatch(/<dg name="company"[^>]*>.*<dg name="lab"/);
  expect(await use()).toContain('code="20"');
});

test('one firewall that is not connected is told so, and its push fails alone', async () => {
  twin.panorama?.disconnected.add(SECOND);
  expect(await ask.op('<show><clock/></show>', target(SECOND))).toContain(`${SECOND} not connected`);
  expect(await ask.op('<show><devices><connected/></devices></show>')).not.toContain(SECOND);
  expect(await push(group())).toMatch(new RegExp(`<serial-no>${SECOND}</serial-no>.*<result>FAIL</result>.*Device is not connected`));
});

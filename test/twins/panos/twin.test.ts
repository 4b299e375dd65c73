/** The twin against the wire examples and rules of the reference: shapes, codes, ownership of pending edits, jobs, locks, registered addresses, packets. */
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { parseAddress } from '../../../functions/packets/address.ts';
import type { Packet } from '../../../functions/packets/packet.ts';
import { Ask, register, VSYS } from './ask.ts';
import { type PanosTwin, startPanosTwin, type TwinOptions } from './start.ts';

const RULES = `${VSYS}/rulebase/security/rules`;
let twin: PanosTwin;

async function fresh(options: TwinOptions = {}): Promise<void> {
  await twin?.close();
  twin = await startPanosTwin({ clock: 'manual', ...options });
}
beforeEach(() => fresh());
afterAll(() => twin?.close());

const post = (fields: Record<string, string>, key?: string) => new Ask(twin).post(fields, key);
const config = (action: string, xpath: string, more?: Record<string, string>) => new Ask(twin).config(action, xpath, more);
const op = (cmd: string) => new Ask(twin).op(cmd);
const userId = (payload: string) => new Ask(twin).userId(payload);

function packet(source: string, destination: string, port: number, protocol = 6): Packet {
  const [from, to] = [parseAddress(source), parseAddress(destination)];
  if (!from || !to) throw new Error('not an address');
  return {
    family: from.family,
    direction: 'egress',
    source: from.value,
    destination: to.value,
    protocol,
    sourcePort: 1025,
    destinationPort: port,
  };
}

test('keys: keygen gives the same key until a password changes, a bad one is refused with 403', async () => {
  const answer = await post({ type: 'keygen', user: twin.user, password: twin.password }, '');
  expect(answer.body).toBe(`<response status="success"><result><key>${twin.apiKey}</key></result></response>`);
  expect((await post({ type: 'keygen', user: twin.user, password: 'no' }, '')).status).toBe(403);
  expect((await post({ type: 'op', cmd: '<show><clock/></show>' }, 'no')).status).toBe(403);
  await fresh({ keyLifetimeMs: 1_000 });
  twin.advance(2_000);
  expect((await post({ type: 'op', cmd: '<show><clock/></show>' })).status).toBe(403);
});

test('a missing node: get is a success with code 7, show and move are errors', async () => {
  const path = `${VSYS}/address/entry[@name='none']`;
  expect(await config('get', path)).toBe('<response status="success" code="7"><result/></response>');
  expect(await config('show', path)).toBe('<response status="error"><msg><line><![CDATA[No such node]]></line></msg></response>');
  expect(await config('move', `${RULES}/entry[@name='none']`, { where: 'top' })).toContain('No such node');
  expect(await config('delete', path)).toContain('code="7"');
});

test('set merges, edit replaces, a choice holds one; running is untouched until the commit', async () => {
  const path = `${VSYS}/address/entry[@name='a']`;
  await config('set', path, { element: '<ip-netmask>10.0.0.1</ip-netmask><description>one</description>' });
  await config('set', path, { element: '<ip-range>10.0.0.1-10.0.0.9</ip-range>' });
  expect(await config('get', path)).toMatch(/<description [^>]*>one<\/description><ip-range [^>]*>10.0.0.1-10.0.0.9</);
  await config('edit', path, { element: '<entry name="a"><ip-netmask>10.0.0.2</ip-netmask></entry>' });
  expect(await config('get', path)).toMatch(
    /<entry name="a" admin="cextfire" dirtyId="\d+" time="2026\/01\/15 08:00:00"><ip-netmask [^>]*>10.0.0.2<\/ip-netmask><\/entry>/,
  );
  expect(await config('show', path)).toContain('No such node');
  expect(await config('edit', path, { element: '<entry name="b"/>' })).toContain('code="12"');
});

test.each([
  ['a name with a bad character', `${VSYS}/address/entry[@name='a!']`, '<ip-netmask>10.0.0.1</ip-netmask>', 'Invalid name'],
  ['no address', `${VSYS}/address/entry[@name='a']`, '<ip-netmask>10.0.0.300</ip-netmask>', 'is not a valid ipv4/v6 address'],
  ['a missing reference', `${RULES}/entry[@name='r']`, '<source><member>x</member></source>', "r -> source 'x' is not a valid reference"],
  ['a missing zone', `${RULES}/entry[@name='r']`, '<from><member>x</member></from>', "r -> from 'x' is not a valid reference"],
  [
    'a service of another protocol',
    `${VSYS}/service/entry[@name='s']`,
    '<protocol><sctp><port>1</port></sctp></protocol>',
    'unexpected here',
  ],
  ['a colour that there is not', `${VSYS}/tag/entry[@name='t']`, '<color>color43</color>', 'is not an allowed keyword'],
  [
    'NAT to two zones',
    `${VSYS}/rulebase/nat/rules/entry[@name='n']`,
    '<to><member>untrust</member><member>dmz</member></to>',
    'n -> to takes one zone',
  ],
  ['a broken filter', `${VSYS}/address-group/entry[@name='g']`, "<dynamic><filter>'a' and</filter></dynamic>", 'is invalid'],
])('%s is refused with code 12 and leaves nothing', async (_, path, element, text) => {
  const answer = await config('set', path, { element });
  expect(answer).toContain('code="12"');
  expect(answer).toContain(text);
  expect(await config('get', path)).toContain('code="7"');
  expect(await op('<check><pending-changes/></check>')).toContain('<result>no</result>');
});

test('what is referred to cannot be deleted, and the referrers are named', async () => {
  const answer = await config('delete', `${VSYS}/address/entry[@name='office-lan']`);
  expect(answer).toContain('code="10"');
  expect(answer).toContain('office-lan cannot be deleted because of references from:');
  expect(answer).toContain('rulebase -> security -> rules -> office-to-internet');
});

test('multi-config: all or nothing on the candidate, in order, with ids', async () => {
  const set = (id: number, name: string, value: string) =>
    `<set id="${id}" xpath="${VSYS}/address/entry[@name='${name}']"><ip-netmask>${value}</ip-netmask></set>`;
  const bad = await post({
    type: 'config',
    action: 'multi-config',
    element: `<multi-configure-request>${set(1, 'a', '10.0.0.1')}${set(2, 'b', 'no')}</multi-configure-request>`,
  });
  expect(bad.body).toMatch(
    /^<response status="error" code="12"><response status="success" code="20" id="1">.*<response status="error" code="12" id="2">/,
  );
  expect(await config('get', `${VSYS}/address/entry[@name='a']`)).toContain('code="7"');
  const good = await post({
    type: 'config',
    action: 'multi-config',
    element: `<multi-configure-request>${set(1, 'a', '10.0.0.1')}<delete id="2" xpath="${VSYS}/address/entry[@name='a']"/></multi-configure-request>`,
  });
  expect(good.body).toContain('<response status="success" code="20">');
});

test('a rule is created last and moves; a move to where it stands changes nothing, up from the top is code 14', async () => {
  await config('set', `${RULES}/entry[@name='r']`, { element: '<source><member>any</member></source>' });
  const names = async () => [...(await config('get', RULES)).matchAll(/entry name="([^"]*)"/g)].map((match) => match[1]);
  expect((await names()).at(-1)).toBe('r');
  expect(await config('move', `${RULES}/entry[@name='r']`, { where: 'before', dst: 'DENY-ALL' })).toContain('code="20"');
  expect((await names()).slice(-2)).toEqual(['r', 'DENY-ALL']);
  expect(await config('move', `${RULES}/entry[@name='r']`, { where: 'before', dst: 'DENY-ALL' })).toContain('code="20"');
  expect((await names()).slice(-2)).toEqual(['r', 'DENY-ALL']);
  expect(await config('move', `${RULES}/entry[@name='r']`, { where: 'top' })).toContain('code="20"');
  expect(await config('move', `${RULES}/entry[@name='r']`, { where: 'top' })).toContain('code="14"');
});

test("a partial commit publishes the work of the named administrator, in his order, and nobody else's", async () => {
  const rule =
    '<from><member>any</member></from><to><member>any</member></to><source><member>any</member></source><destination><member>any</member></destination><application><member>any</member></application><service><member>any</member></service><action>allow</action>';
  twin.human().config({ action: 'set', xpath: `${RULES}/entry[@name='his']`, element: rule });
  twin.human().config({ action: 'move', xpath: `${RULES}/entry[@name='his']`, where: 'top' });
  await config('set', `${RULES}/entry[@name='mine']`, { element: rule });
  await config('move', `${RULES}/entry[@name='mine']`, { where: 'after', dst: 'his' });
  const answer = await post({ type: 'commit', cmd: '<commit><partial><admin><member>cextfire</member></admin></partial></commit>' });
  expect(answer.body).toBe(
    '<response status="success" code="19"><result><msg><line>Commit job enqueued with jobid 2</line></msg><job>2</job></result></response>',
  );
  expect(await op('<show><jobs><id>2</id></jobs></show>')).toMatch(/<status>ACT<\/status>.*<result>PEND<\/result>/);
  expect(await config('show', `${RULES}/entry[@name='mine']`)).toContain('No such node');
  twin.advance(1_000);
  expect(await op('<show><jobs><id>2</id></jobs></show>')).toMatch(/<status>FIN<\/status>.*<result>OK<\/result>/);
  const running = [...(await config('show', RULES)).matchAll(/entry name="([^"]*)"/g)].map((match) => match[1]);
  expect(running).toEqual(['mine', 'office-to-internet', 'internet-to-web', 'DENY-ALL']);
  const none = await post({ type: 'commit', cmd: '<commit><partial><admin><member>cextfire</member></admin></partial></commit>' });
  expect(none.body).toBe('<response status="success" code="19"><result><msg>There are no changes to commit.</msg></result></response>');
  expect(await op('<check><pending-changes/></check>')).toContain('<result>yes</result>');
});

test("a commit that needs another's uncommitted object fails its validation", async () => {
  twin.human().config({ action: 'set', xpath: `${VSYS}/address/entry[@name='his']`, element: '<ip-netmask>10.0.0.1</ip-netmask>' });
  await config('set', `${VSYS}/address-group/entry[@name='mine']`, { element: '<static><member>his</member></static>' });
  await post({ type: 'commit', cmd: '<commit><partial><admin><member>cextfire</member></admin></partial></commit>' });
  twin.advance(1_000);
  expect(await op('<show><jobs><id>2</id></jobs></show>')).toMatch(
    /<result>FAIL<\/result>.*mine -&gt; static &apos;his&apos; is not a valid reference|<result>FAIL<\/result>.*'his' is not a valid reference/,
  );
});

test('locks of others stop writes and commits, in the words that clients look for', async () => {
  twin.human().lock('config');
  expect(await config('set', `${VSYS}/address/entry[@name='a']`, { element: '<ip-netmask>10.0.0.1</ip-netmask>' })).toContain(
    'Config for scope shared is currently locked by jdoe',
  );
  expect((await post({ type: 'commit', cmd: '<commit/>' })).body).toContain('Configuration is locked by jdoe');
  expect(await op('<show><config-locks/></show>')).toContain('<entry name="jdoe">');
  expect(await op('<request><config-lock><add/></config-lock></request>')).toContain('Config for scope shared is currently locked by jdoe');
});

test('registered addresses: the lines of a mixed answer, 32 tags, no IPv6 subnets, capacity', async () => {
  expect(await userId(register('10.0.0.1', 'a', 'b'))).toContain('status="success"');
  const mixed = await userId(register('10.0.0.1', 'a', 'c'));
  expect(mixed).toContain(
    '<response status="error"><msg><line><uid-response><version>2.0</version><payload><register><entry ip="10.0.0.1" message="tag a already exists, ignore"/>',
  );
  expect(await op('<show><object><registered-ip><ip>10.0.0.1</ip></registered-ip></object></show>')).toContain('<member>c</member>');
  expect(await userId('<unregister><entry ip="10.0.0.9"><tag><member>a</member></tag></entry></unregister>')).toContain(
    'tag a does not exist, ignore unreg',
  );
  expect(await userId(register('fd00::/64', 'a'))).toContain('status="error"');
  expect(await userId(register('fd00::1', 'a'))).toContain('status="success"');
  expect(await userId(register('10.0.0.7', ...Array.from({ length: 33 }, (_, index) => `t${index}`)))).toContain('max number of tags (32)');
  await fresh({ capacity: { 'max-registered-ip-address': 2 } });
  for (const ip of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) expect(await userId(register(ip, 'a'))).toContain('status="success"');
  expect(twin.device.registered.size).toBe(2);
  expect(twin.device.logs.map((line) => line.fields.opaque)).toEqual(['max registered-ip for the platform reached']);
});

test('registered addresses come in pages, and a time-out takes a tag away', async () => {
  for (let start = 0; start < 3; start++) await userId(register(`10.0.0.${start}`, 'a'));
  const page = await op(
    '<show><object><registered-ip><tag><entry name="a"/></tag><limit>2</limit><start-point>3</start-point></registered-ip></object></show>',
  );
  expect(page).toContain('<count>1</count>');
  await userId('<register><entry ip="10.0.0.50"><tag><member timeout="60">a</member></tag></entry></register>');
  twin.advance(61_000);
  expect(twin.device.registered.list({ tag: 'a' })).toHaveLength(3);
});

test('packets: own rules and zones, destination NAT before the filter, dynamic groups at once, no commit', async () => {
  expect(twin.decide(packet('192.168.1.1', '8.8.8.8', 53, 17))).toMatchObject({
    action: 'allow',
    rule: 'office-to-internet',
    nat: 'hide-all',
  });
  expect(twin.decide(packet('10.0.0.1', '8.8.8.8', 443))).toMatchObject({ action: 'deny', rule: 'DENY-ALL' });
  const web = twin.decide(packet('8.8.8.8', '203.0.113.80', 443), { from: 'untrust' });
  expect(web).toMatchObject({ action: 'allow', rule: 'internet-to-web', nat: 'web-vip', destination: parseAddress('172.20.0.80')?.value });
  await config('set', `${VSYS}/address-group/entry[@name='pods']`, {
    element: "<dynamic><filter>'web' and ('blue' or 'green')</filter></dynamic>",
  });
  await config('set', `${RULES}/entry[@name='pods-out']`, {
    element:
      '<from><member>trust</member></from><to><member>untrust</member></to><source><member>pods</member></source><destination><member>any</member></destination><application><member>any</member></application><service><member>service-https</member></service><action>allow</action>',
  });
  await config('move', `${RULES}/entry[@name='pods-out']`, { where: 'top' });
  twin.human('cextfire').commit(true);
  twin.advance(1_000);
  const open = () => twin.decide(packet('10.0.0.1', '8.8.8.8', 443)).action;
  expect(open()).toBe('deny');
  await userId(register('10.0.0.1', 'web', 'green'));
  expect(open()).toBe('allow');
  await userId('<unregister><entry ip="10.0.0.1"><tag><member>green</member></tag></entry></unregister>');
  expect(open()).toBe('deny');
});

test('an HA pair: the passive member refuses writes, and a failover loses tags that stand on one only', async () => {
  await fresh({ ha: true });
  await userId(register('10.0.0.1', 'a'));
  twin.device.failover();
  expect(await config('set', `${VSYS}/address/entry[@name='a']`, { element: '<ip-netmask>10.0.0.1</ip-netmask>' })).toContain('code="15"');
  expect(twin.peer?.device.registered.size).toBe(0);
});

test('sizes: a long URL and a body above 5 MB are refused', async () => {
  const { status } = await new Ask(twin).send('', 'application/x-www-form-urlencoded', undefined, `/api/?type=op&cmd=${'x'.repeat(3_000)}`);
  expect(status).toBe(414);
  expect((await post({ type: 'user-id', cmd: 'x'.repeat(6 * 1024 * 1024) })).status).toBe(413);
});

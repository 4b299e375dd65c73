/**
 * What clients of others do on a device, request by request: found by driving pan-python, pan-os-python, pango and the vendor's Terraform provider
 * against the twin (README.md), told here in requests of our own.
 */
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { Ask, register, VSYS } from './ask.ts';
import { type PanosTwin, startPanosTwin, type TwinOptions } from './start.ts';

const DEVICE = "/config/devices/entry[@name='localhost.localdomain']";
let twin: PanosTwin;
let ask: Ask;

async function fresh(options: TwinOptions = {}): Promise<void> {
  await twin?.close();
  twin = await startPanosTwin({ clock: 'manual', ...options });
  ask = new Ask(twin);
}
beforeEach(() => fresh());
afterAll(() => twin?.close());

const names = (text: string) => [...text.matchAll(/<entry name="([^"]*)"/g)].map((match) => match[1]);
const job = async (enqueued: string) => {
  const id = /<job>(\d+)<\/job>/.exec(enqueued)?.[1] ?? 'none';
  twin.advance(10_000);
  return ask.op(`<show><jobs><id>${id}</id></jobs></show>`);
};

test('paths: an attribute at the end gives names alone, an entry without a name means the only one, predicates by part and by content', async () => {
  expect(await ask.config('get', `${DEVICE}/vsys/entry/@name`)).toBe(
    '<response status="success" code="19"><result total-count="1" count="1"><entry name="vsys1"/></result></response>',
  );
  const addresses = '/config/devices/entry/vsys/entry/address';
  expect(names(await ask.config('get', `${addresses}/entry[contains(@name,'web')]`))).toEqual(['web-server', 'web-public']);
  expect(names(await ask.config('get', `${addresses}/entry[ip-netmask='172.20.0.80']`))).toEqual(['web-server']);
  expect(names(await ask.config('get', `${addresses}/entry[not(starts-with(@name,'web')) and tag/member='company']`))).toEqual([
    'mail-relay',
  ]);
  expect(names(await ask.config('get', `//address/entry[@name='web-server' or @name='office-lan']`))).toEqual(['web-server', 'office-lan']);
  expect(names(await ask.config('get', `${addresses}/entry[last()]`))).toEqual(['egress-pool']);
  expect(await ask.config('set', `${addresses}/entry[@name='new']`, { element: '<ip-netmask>10.0.0.1</ip-netmask>' })).toContain(
    'code="20"',
  );
  expect(await ask.config('get', `${VSYS}/address/entry[@name='new']`)).toContain('10.0.0.1');
  await ask.config('set', `${DEVICE}/vsys/entry[@name='vsys2']`, { element: '' });
  expect(await ask.config('set', `${addresses}/entry[@name='newer']`, { element: '<fqdn>a.example</fqdn>' })).toContain('code="6"');
});

test('characters by number, as some encoders write quotes, are what they stand for', async () => {
  const path = `${DEVICE}/vsys/entry[@name=&#39;vsys1&#39;]/address/entry[@name=&#39;quoted&#39;]`;
  const element = `<multi-configure-request><set xpath="${path}"><fqdn>a.example</fqdn><description>it&#39;s</description></set></multi-configure-request>`;
  expect((await ask.post({ type: 'config', action: 'multi-config', element })).body).toContain('<response status="success" code="20">');
  expect(await ask.config('get', `${VSYS}/address/entry[@name='quoted']`)).toMatch(/<description [^>]*>it's<\/description>/);
});

test('multi-config: any name of the root, ids that are words, the length of a name in the words of the device, strict throws away what was pending', async () => {
  const set = (name: string, id: string) =>
    `<set id="${id}" xpath="${VSYS}/address/entry[@name='${name}']"><ip-netmask>192.0.2.1</ip-netmask></set>`;
  const send = (element: string, more = {}) => ask.post({ type: 'config', action: 'multi-config', element, ...more });
  expect((await send(`<multi-config>${set('before', '1')}</multi-config>`)).body).toContain('status="success"');
  const long = 'n'.repeat(64);
  const { body } = await send(`<multi-config>${set('good', '100')}${set(long, 'LEN')}</multi-config>`, { 'strict-transactional': 'yes' });
  expect(body).toContain('<response status="success" code="20" id="100">');
  expect(body).toContain(
    `<response status="error" code="12" id="LEN"><msg><line><![CDATA[ ${long} can be at most 63 characters, but current length: 64]]></line>`,
  );
  for (const name of ['before', 'good', long])
    expect(await ask.config('get', `${VSYS}/address/entry[@name='${name}']`)).toContain('code="7"');
});

test('a move in a batch after the rule that stands there already is no failure', async () => {
  const rules = `${VSYS}/rulebase/security/rules`;
  const move = (name: string, dst: string) => `<move xpath="${rules}/entry[@name='${name}']" where="after" dst="${dst}"/>`;
  const element = `<multi-configure-request>${move('internet-to-web', 'office-to-internet')}${move('DENY-ALL', 'internet-to-web')}</multi-configure-request>`;
  expect((await ask.post({ type: 'config', action: 'multi-config', element })).body).toContain('<response status="success" code="20">');
  expect(names(await ask.config('get', rules))).toEqual(['office-to-internet', 'internet-to-web', 'DENY-ALL']);
  expect(await ask.op('<check><pending-changes/></check>')).toContain('no');
});

test('objects go to another place by multi-clone and multi-move, all or none', async () => {
  await ask.config('set', `${DEVICE}/vsys/entry[@name='vsys2']/address`, { element: '' });
  const to = `${DEVICE}/vsys/entry[@name='vsys2']/address`;
  const list = (...members: string[]) =>
    `<selected-list><source xpath="${VSYS}/address">${members.map((one) => `<member>${one}</member>`).join('')}</source></selected-list><all-errors>no</all-errors>`;
  await ask.config('set', `${VSYS}/address/entry[@name='free']`, { element: '<ip-netmask>10.0.0.1</ip-netmask>' });
  expect(await ask.config('multi-clone', to, { element: list('free', 'none') })).toContain('No such node');
  expect(await ask.config('get', `${to}/entry/@name`)).toContain('code="7"');
  expect(await ask.config('multi-move', to, { element: list('free') })).toContain('code="20"');
  expect(names(await ask.config('get', `${to}/entry/@name`))).toEqual(['free']);
  expect(await ask.config('get', `${VSYS}/address/entry[@name='free']`)).toContain('code="7"');
});

test('files: the running configuration as a download, a saved one as an upload that can be loaded, shown and deleted; certificates', async () => {
  const download = await ask.post({ type: 'export', category: 'configuration' });
  expect(download.headers['content-disposition']).toBe('attachment; filename=running-config.xml');
  expect(download.body).toMatch(/^<\?xml version="1.0"\?>\n<config .*<mgt-config>/);
  const other = download.body.replace('198.51.100.25', '198.51.100.26');
  expect((await ask.upload({ category: 'configuration' }, 'other.xml', other)).body).toContain('status="success"');
  expect(await ask.op('<show><config><saved>other.xml</saved></config></show>')).toContain('198.51.100.26');
  await ask.op('<load><config><from>other.xml</from></config></load>');
  expect(await ask.op('<show><config><diff/></config></show>')).toMatch(/^<.*- \/config[^\n]*mail-relay[^\n]*\n\+ .*198\.51\.100\.26/s);
  expect(await ask.op('<show><config><list><changes/></list></config></show>')).toMatch(
    /mail-relay.*<owner>cextfire<\/owner><action>EDIT</,
  );
  expect(await ask.op('<delete><config><saved>other.xml</saved></config></delete>')).toContain('status="success"');
  expect(await ask.op('<load><config><from>other.xml</from></config></load>')).toContain('status="error"');
  await ask.op('<load><config><from>running-config.xml</from></config></load>');
  expect(await ask.op('<check><pending-changes/></check>')).toContain('no');
  const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
  expect((await ask.upload({ category: 'certificate', 'certificate-name': 'mine', format: 'pem' }, 'c.pem', pem)).body).toContain(
    'success',
  );
  expect((await ask.post({ type: 'export', category: 'certificate', 'certificate-name': 'mine', format: 'pem' })).body).toBe(pem);
  expect(await ask.config('delete', "/config/shared/certificate/entry[@name='mine']")).toContain('code="20"');
});

test('logs and reports are jobs: the config log tells who did what, filtered and newest first', async () => {
  await ask.config('set', `${VSYS}/tag/entry[@name='a']`, { element: '' });
  await ask.config('delete', `${VSYS}/tag/entry[@name='a']`);
  const found = async (fields: Record<string, string>) => {
    const id = /<job>(\d+)</.exec((await ask.post({ type: 'log', ...fields })).body)?.[1] ?? '';
    return (await ask.post({ type: 'log', action: 'get', 'job-id': id })).body;
  };
  expect(await found({ 'log-type': 'config', nlogs: '1' })).toMatch(
    /<status>FIN<.*<logs count="1" progress="100"><entry [^>]*>.*<cmd>delete<\/cmd>/,
  );
  const sets = await found({ 'log-type': 'config', query: "( cmd eq set ) and (path contains '\\'a\\'')" });
  expect(sets).toMatch(/<logs count="1".*<type>CONFIG<.*<cmd>set</);
  expect((await ask.post({ type: 'log', 'log-type': 'config', query: 'cmd like set' })).body).toContain('status="error"');
  const report = (await ask.post({ type: 'report', reporttype: 'dynamic', reportname: 'top-applications-summary', period: 'last-hour' }))
    .body;
  const id = /<job>(\d+)</.exec(report)?.[1] ?? '';
  const { body } = await ask.post({ type: 'report', action: 'get', 'job-id': id });
  const [, from = '', to = ''] = /name="Top applications" start-epoch="(\d+)" end-epoch="(\d+)"/.exec(body) ?? [];
  expect(Number(to) - Number(from)).toBe(3_599);
});

test('what is asked of the device itself: a job since the start, clock, interfaces, who am I, licences, the limits of a vsys', async () => {
  expect(await ask.op('<show><jobs><all/></jobs></show>')).toMatch(/<type>AutoCom<\/type><status>FIN</);
  expect(await ask.op('<show><clock/></show>')).toContain('<result>Thu Jan 15 08:00:00 UTC 2026\n</result>');
  expect(await ask.op('<show><interface>management</interface></show>')).toMatch(/<info><name>.*<tx-packets>/);
  expect(await ask.op('<show><interface>all</interface></show>')).toMatch(/<name>ethernet1\/2<\/name><zone>trust</);
  expect(await ask.op('<show><admins/></show>')).toMatch(/<self\/><admin>cextfire</);
  expect(await ask.op('<request><license><info/></license></request>')).toMatch(/<licenses><entry><feature>.*<expires>Never</);
  expect(await ask.op('<show><jobs><id>4711</id></jobs></show>')).toContain('<line><![CDATA[job 4711 not found]]></line>');
  expect(await ask.op('<show><nonsense/></show>')).toMatch(/code="17".*show -> nonsense is unexpected/);
  expect(await ask.config('get', '/config/predefined/service/entry/@name')).toContain('service-https');
});

test('an administrator signs in with the hash of his password once it is committed', async () => {
  const hash =
    /<phash>([^<]*)</.exec(await ask.op('<request><password-hash><password>secret</password></password-hash></request>'))?.[1] ?? '';
  await ask.config('set', "/config/mgt-config/users/entry[@name='new']", { element: `<phash>${hash}</phash>` });
  const keygen = (password: string) => ask.post({ type: 'keygen', user: 'new', password }, '');
  expect((await keygen('secret')).status).toBe(403);
  await job(await ask.commit('<commit/>'));
  expect((await keygen('secret')).status).toBe(200);
  expect((await keygen('else')).status).toBe(403);
});

test('User-ID: a payload inside <type>, users, groups and their tags; addresses are registered for a vsys', async () => {
  const login = '<uid-message><type>update<payload><login><entry name="ann" ip="10.0.0.1"/></login></payload></type></uid-message>';
  expect((await ask.post({ type: 'user-id', cmd: login })).body).toContain('status="success"');
  const mapping = () => ask.op('<show><user><ip-user-mapping-mp><ip>10.0.0.1</ip></ip-user-mapping-mp></user></show>');
  expect(await mapping()).toContain('<entry><ip>10.0.0.1</ip><vsys>vsys1</vsys><type>XMLAPI</type><user>ann</user></entry>');
  await ask.userId('<logout><entry name="ann" ip="10.0.0.1"/></logout>');
  expect(await mapping()).toContain('<result></result>');
  await ask.userId('<groups><entry name="g"><members><entry name="ann"/></members></entry></groups>');
  expect(await ask.op('<show><user><group><list/></group></user></show>')).toContain('g \n');
  expect(await ask.op('<show><user><group><name>g</name></group></user></show>')).toContain('[1     ] ann');
  await ask.userId('<register-user><entry user="ann"><tag><member>x</member><member>y</member></tag></entry></register-user>');
  await ask.userId('<unregister-user><entry user="ann"><tag><member>x</member></tag></entry></unregister-user>');
  expect(await ask.op('<show><object><registered-user><all/></registered-user></object></show>')).toContain(
    '<entry user="ann"><tag><member>y</member></tag></entry>',
  );
  await ask.userId(register('10.0.0.7', 'a'), { vsys: 'vsys2' });
  await ask.config('set', `${VSYS}/address-group/entry[@name='d']`, { element: "<dynamic><filter>'a' and 'b'</filter></dynamic>" });
  await job(await ask.commit('<commit/>'));
  await ask.userId(register('10.0.0.8', 'a', 'b'));
  await ask.userId(register('10.0.0.9', 'a'));
  expect(await ask.op('<show><object><dynamic-address-group><all/></dynamic-address-group></object></show>')).toContain(
    '<group-name>d</group-name><filter>\'a\' and \'b\'</filter><member-list><entry name="10.0.0.8" type="registered-ip"/></member-list>',
  );
  const registered = (vsys: string) => ask.op('<show><object><registered-ip><all/></registered-ip></object></show>', { vsys });
  expect(await registered('vsys2')).toContain('10.0.0.7');
  expect(await registered('vsys1')).not.toContain('10.0.0.7');
});

test('which rule a packet meets, and how often one was met', async () => {
  const query =
    '<from>office</from><to>untrust</to><source>192.168.1.1</source><destination>198.51.100.1</destination><protocol>6</protocol><destination-port>443</destination-port>';
  expect(await ask.op(`<test><security-policy-match>${query}</security-policy-match></test>`)).toContain(
    '<rules><entry name="office-to-internet"><index>1</index><action>allow</action></entry></rules>',
  );
  expect(await ask.op(`<test><nat-policy-match>${query}</nat-policy-match></test>`)).toContain('<entry name="hide-all">');
  const hits = () =>
    ask.op(
      '<show><rule-hit-count><vsys><vsys-name><entry name="vsys1"><rule-base><entry name="security"><rules><list><member>office-to-internet</member></list></rules></entry></rule-base></entry></vsys-name></vsys></rule-hit-count></show>',
    );
  expect(await hits()).toMatch(/<entry name="office-to-internet">.*<hit-count>0</);
  const packet = { family: 4 as const, direction: 'egress' as const, source: 0xc0a80101n, destination: 0xc6336401n, protocol: 6 };
  twin.decide({ ...packet, sourcePort: 1025, destinationPort: 443 });
  expect(await hits()).toMatch(/<hit-count>1</);
});

test('a lock of a vsys stops the writes there and no others', async () => {
  await ask.config('set', `${DEVICE}/vsys/entry[@name='vsys2']`, { element: '' });
  const asJdoe = twin.device.keyFor('jdoe');
  const lock = '<request><config-lock><add><comment>mine</comment></add></config-lock></request>';
  expect((await ask.post({ type: 'op', cmd: lock, vsys: 'vsys2' }, asJdoe)).body).toContain('status="success"');
  const set = (vsys: string) => ask.config('set', `${DEVICE}/vsys/entry[@name='${vsys}']/tag/entry[@name='t']`, { element: '' });
  expect(await set('vsys2')).toContain('Config for scope vsys2 is currently locked by jdoe');
  expect(await set('vsys1')).toContain('code="20"');
});

test('audit comments stand until the commit, then in the log', async () => {
  const rule = `${VSYS}/rulebase/security/rules/entry[@name='DENY-ALL']`;
  const cmd = `<set><audit-comment><xpath>${rule}</xpath><comment>why</comment></audit-comment></set>`;
  await ask.op(cmd);
  const current = () => ask.op(`<show><config><list><audit-comments><xpath>${rule}</xpath></audit-comments></list></config></show>`);
  expect(await current()).toContain('<entry><comment>why</comment></entry>');
  await ask.config('set', rule, { element: '<description>x</description>' });
  await job(await ask.commit('<commit/>'));
  expect(await current()).toContain('<result></result>');
  const query = "(subtype eq audit-comment) and (path contains '\\'DENY-ALL\\'')";
  const id = /<job>(\d+)</.exec((await ask.post({ type: 'log', 'log-type': 'config', query })).body)?.[1] ?? '';
  expect((await ask.post({ type: 'log', action: 'get', 'job-id': id })).body).toContain('<comment>why</comment>');
});

import ssh2 from 'ssh2';
import { startLinuxBorder } from '/work/main/test/linux-firewall/rig.ts';

console.time('up');
const b = await startLinuxBorder({ name: 'try' });
console.timeEnd('up');
const c = new ssh2.Client();
await new Promise((r, j) =>
  c
    .on('ready', r)
    .on('error', j)
    .connect({ host: b.address, port: b.port, username: b.user, privateKey: b.privateKey, hostVerifier: (k: Buffer) => true }),
);
const ex = (cmd: string, input = '') =>
  new Promise<string>((r, j) =>
    c.exec(cmd, (e, s) => {
      if (e) return j(e);
      let o = '';
      s.on('data', (d: Buffer) => (o += d));
      s.stderr.on('data', (d: Buffer) => (o += 'E:' + d));
      s.on('close', (code: number) => r(code + ' ' + o));
      s.end(input);
    }),
  );
console.log(await ex('facts'));
console.log(await ex('apply cf_x', 'add table inet cf_x\nadd set inet cf_x s { type ipv4_addr; }\n# end of script\n'));
console.log(await ex('apply cf_x', 'add table inet cf_x\nadd set inet cf_x s { type ipv4_addr; }; flush ruleset\n# end of script\n'));
console.log(await ex('apply cf_x', 'add table inet cf_x\nadd set inet cf_x s { type ipv4_addr; }'));
for (let i = 0; i < 5; i++) {
  console.time('add');
  await ex('apply cf_x', `add element inet cf_x s { 10.0.0.${i} }\n# end of script\n`);
  console.timeEnd('add');
}
console.log(await ex('list cf_x'));
console.log(await ex('save cf_x'));
await b.reboot();
console.log(await b.nft(['list', 'ruleset']));
c.end();
await b.close();

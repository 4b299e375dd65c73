/** The Linux firewall for the conformance suite: a real nftables in a namespace behind a real SSH server, judged by real packets. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desired } from '../../functions/firewalls/contract.ts';
import { linux } from '../../functions/firewalls/linux/index.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { MemberSource, Rulebook } from '../../functions/rulebook/types.ts';
import { LinuxManager } from '../../functions/settings.ts';
import { Judge } from '../linux-firewall/judge.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import type { Device, Fault, FaultName, Observation, Target } from './device.ts';
import { cannot, OutdatedSecret, wishFor } from './kit.ts';
import { POD_CIDRS, PUBLISHED } from './world.ts';

const publish = (family: 'ip' | 'ip6'): string =>
  PUBLISHED.filter(([address]) => address.includes(':') === (family === 'ip6'))
    .map(([address, pod]) => `\t\t${family} daddr ${address} dnat to ${pod}\n`)
    .join('');

/** Other people's rules on the box: a filter of theirs, a set, destination NAT of theirs for what is public. */
const ADMIN = `table ip admin {
	set theirs {
		type ipv4_addr
		elements = { 192.0.2.200 }
	}

	chain forward {
		type filter hook forward priority filter; policy accept;
		ip saddr @theirs counter packets 0 bytes 0 drop
	}

	chain publish {
		type nat hook prerouting priority dstnat; policy accept;
${publish('ip')}	}
}
table ip6 admin {
	chain publish {
		type nat hook prerouting priority dstnat; policy accept;
${publish('ip6')}	}
}
table inet cf_other {
	chain keep {
		accept
	}
}
`;
const TABLE = 'cf_edge';

class LinuxDevice implements Device {
  readonly firewall = 'edge';
  readonly border = 'edge';
  readonly names = /^[A-Za-z0-9_]{1,31}$/;
  readonly fastMembers = true;
  readonly oneListForVips = false;
  readonly refusals = {};
  readonly least = { calls: 1, commits: 0 };
  readonly #judge: Judge;
  readonly #kept: TemporaryFolder;
  readonly #folder: string;
  readonly #secret = new OutdatedSecret();

  constructor(judge: Judge, kept: TemporaryFolder) {
    this.#judge = judge;
    this.#kept = kept;
    this.#folder = kept.path;
  }

  get #box() {
    return this.#judge.border;
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  desired(rulebook: Rulebook, members: MemberSource): Desired {
    return wishFor({ firewall: 'edge', zones: { inside: ['inside'], outside: ['outside'] } }, rulebook, members);
  }

  #hostKeys: readonly string[] = [];
  connect() {
    const { address, port, user, hostKeys, privateKey } = this.#box;
    if (this.#hostKeys.length === 0) this.#hostKeys = [...hostKeys];
    const manager = LinuxManager.parse({ vendor: 'linux', address, port, user, hostKeys: [...this.#hostKeys], secret: 'box' });
    return linux.connect({ name: 'box', manager, secret: async () => (this.#secret.armed ? otherKey() : privateKey), session: undefined });
  }

  async judge(packets: readonly Packet[], mayPass?: (at: number) => boolean): Promise<readonly Observation[]> {
    return (await this.#judge.send(packets, mayPass)).map(({ verdict, source }, at) => {
      const { family } = packets[at] as Packet;
      return { verdict, ...(source === undefined ? {} : { source: [{ family, first: source, last: source }] }) };
    });
  }

  administrator(): { readonly unmatched: 'allow' } {
    return { unmatched: 'allow' };
  }

  async foreign(): Promise<string> {
    const all = await this.#box.nft(['list', 'ruleset']);
    const tables = all.split(/^(?=table )/m).filter((text) => !text.startsWith(`table inet ${TABLE} `));
    return tables.join('').replace(/packets \d+ bytes \d+/g, '');
  }

  async reset(): Promise<void> {
    for (const name of ['fault', 'lasts', 'met', 'dead', 'watch']) rmSync(this.#file(name), { force: true });
    rmSync(this.#file('answers'), { recursive: true, force: true });
    for (const name of readdirSync(this.#folder)) if (name.startsWith('look.')) rmSync(this.#file(name));
    this.#secret.armed = false;
    await this.#box.nft(['flush', 'ruleset']);
    await this.#box.nft(['-f', '-'], ADMIN);
    rmSync(this.#box.stateDir, { recursive: true, force: true });
    mkdirSync(this.#box.stateDir);
  }

  watch(
    packets: readonly Packet[],
    seen: (observations: readonly Observation[], call: string) => void,
    mayPass: (at: number) => boolean,
  ): () => Promise<void> {
    writeFileSync(this.#file('watch'), '');
    let running = true;
    const work = (async () => {
      while (running) {
        const name = readdirSync(this.#folder).find((each) => each.startsWith('look.'));
        if (name === undefined) {
          await new Promise((resolve) => setTimeout(resolve, 3));
          continue;
        }
        seen(await this.judge(packets, mayPass), `transaction ${name.slice(5)}`);
        rmSync(this.#file(name));
      }
    })();
    return async () => {
      rmSync(this.#file('watch'), { force: true });
      running = false;
      await work;
    };
  }

  async dieAt(call: number, effect: 'before' | 'after'): Promise<void> {
    writeFileSync(this.#file('fault'), `write ${call} die-${effect}\n`);
  }

  async revive(): Promise<boolean> {
    const died = existsSync(this.#file('dead'));
    for (const name of ['fault', 'dead', 'met']) rmSync(this.#file(name), { force: true });
    return died;
  }

  async calls(): Promise<number> {
    return Number(readFileSync(this.#file('calls'), 'utf8'));
  }

  async commits(): Promise<number> {
    return 0;
  }

  async tick(): Promise<void> {}

  readonly human = {
    editOurs: async () => {
      const listed = await this.#box.nft(['list', 'table', 'inet', TABLE]);
      const chain = /chain (cf_r\w+)/.exec(listed)?.[1];
      if (!chain) throw new Error('no rule of ours to edit');
      await this.#box.nft(['insert', 'rule', 'inet', TABLE, chain, 'accept']);
    },
    editTheirs: async () => {
      await this.#box.nft(['add', 'element', 'ip', 'admin', 'theirs', '{ 192.0.2.201 }']);
    },
    takeName: async () => {
      await this.#box.nft(['-f', '-'], `table inet ${TABLE} { chain theirs { accept; }\n }`);
    },
  };

  readonly faults: Readonly<Record<FaultName, Fault>> = {
    'time-out before the effect': this.#inject('write 2 hang-before', ['unknown']),
    'time-out after the effect': this.#inject('write 2 hang-after', ['unknown']),
    'connection cut in the answer': this.#inject('write 2 cut-after', ['unknown']),
    '401/403: the secret was changed': this.#secret,
    '429/503: busy': this.#inject('write 2 busy', ['failed']),
    'error in the middle of a batch': this.#inject('write 2 memory', ['failed']),
    'done although it said error': this.#inject('write 2 done-but', ['failed', 'unknown']),
    'stale read': {
      kind: 'can',
      // What stood before the last change is told once more; a plan made of it must not do harm.
      expect: ['done', 'failed', 'refused'],
      arm: async () => {
        mkdirSync(this.#file('answers'));
        const connector = this.connect();
        await connector.read({ what: 'pending', firewalls: [this.desired({ rules: [], sets: new Map() }, NOTHING)], members: 'digest' });
        await connector.close();
        const answers = readdirSync(this.#file('answers')).length;
        if (answers === 0) throw new Error('nothing was kept for a stale read');
        await this.human.editOurs();
        writeFileSync(this.#file('lasts'), '');
        writeFileSync(this.#file('fault'), 'look 1 stale\n');
      },
      heal: () => this.#heal(),
    },
    'session gone': this.#inject('look 4 cut-before', ['refused', 'unknown']),
    'lock of a human held for an hour': cannot('nftables has no locks: a transaction is checked against the table as it is'),
    'commit fails validation': this.#inject('write 2 invalid', ['failed']),
    'commit of a human between two of our calls': {
      kind: 'can',
      expect: ['done', 'failed'],
      arm: async () => {
        const listed = await this.#box.nft(['list', 'table', 'inet', TABLE]);
        await this.human.editTheirs();
        const list = /chain (cf_o[0-9a-f]{8}_[a-z])/.exec(listed)?.[1];
        if (!list) throw new Error('no list of ours to flush');
        writeFileSync(this.#file('human.nft'), `flush chain inet ${TABLE} ${list}\n`);
        writeFileSync(this.#file('fault'), 'write 2 human\n');
      },
      heal: () => this.#heal(),
    },
    'device reboots': {
      kind: 'can',
      expect: ['unknown'],
      arm: async () => {
        writeFileSync(this.#file('admin.nft'), ADMIN);
        if (!existsSync(this.#file('saved'))) symlinkSync(this.#box.stateDir, this.#file('saved'));
        writeFileSync(this.#file('fault'), 'write 2 reboot\n');
      },
      heal: () => this.#heal(),
    },
    failover: cannot('a second Linux box is a firewall of its own in the settings, with its own table and lease; nothing fails over'),
    'certificate or host key changed': {
      kind: 'can',
      expect: ['refused'],
      lasts: true,
      arm: async () => {
        await this.#box.stopSsh();
        await this.#box.startSsh({ newHostKey: true });
      },
      heal: async () => {
        const changed = this.#hostKeys.join() !== this.#box.hostKeys.join();
        this.#hostKeys = [...this.#box.hostKeys];
        return changed;
      },
    },
    'disk full': {
      kind: 'can',
      expect: ['failed'],
      lasts: true,
      arm: async () => {
        this.#saved = readFileSync(this.#savedFile, 'utf8');
        writeFileSync(this.#file('lasts'), '');
        writeFileSync(this.#file('fault'), 'look 1 disk-full\n');
      },
      heal: async () => {
        // What the next boot would load is whole, be it the old.
        if (readFileSync(this.#savedFile, 'utf8') !== this.#saved) throw new Error('a full disk has damaged the saved table');
        return this.#heal();
      },
    },
    'table full': { ...this.#inject('write 2 full', ['failed']) },
  };

  #saved = '';
  get #savedFile(): string {
    return join(this.#box.stateDir, `${TABLE}.nft`);
  }

  #inject(fault: string, expect: (Fault & { kind: 'can' })['expect']): Fault {
    return {
      kind: 'can',
      expect,
      arm: async () => writeFileSync(this.#file('fault'), `${fault}\n`),
      heal: () => this.#heal(),
    };
  }

  async #heal(): Promise<boolean> {
    const met = existsSync(this.#file('met')) && statSync(this.#file('met')).size > 0;
    for (const name of ['fault', 'lasts', 'met']) rmSync(this.#file(name), { force: true });
    rmSync(this.#file('answers'), { recursive: true, force: true });
    return met;
  }

  async close(): Promise<void> {
    await this.#judge.close();
    this.#kept.remove();
  }
}

const NOTHING: MemberSource = { members: () => new Set(), digest: () => '' };
let other: string | undefined;
async function otherKey(): Promise<string> {
  const { default: ssh2 } = await import('ssh2');
  other ??= ssh2.utils.generateKeyPairSync('ed25519').private;
  return other;
}

export const target: Target = {
  name: 'linux',
  capabilities: linux.capabilities,
  start: async () => {
    const kept = temporaryFolder('conformance');
    const folder = kept.path;
    writeFileSync(join(folder, 'calls'), '0\n');
    const shim = join(import.meta.dirname, 'linux-box.sh');
    const judge = await Judge.start({ podCidrs: POD_CIDRS, through: ['sh', shim, folder] });
    const device = new LinuxDevice(judge, kept);
    await device.reset();
    return device;
  },
};

/**
 * The real firewall as a judge: a rulebook is brought onto it through the connector, packets are sent as frames from one side and looked for on
 * the other. Each packet is the first of its connection: connection tracking is flushed before each direction.
 */
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connector, Desired } from '../../functions/firewalls/contract.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { Book } from '../../functions/rulebook/algebra.ts';
import { Border, Cluster, Firewall } from '../../functions/settings.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { bringTo, connectTo } from './desired.ts';
import { frameOf, PcapReader, pcapOf, readFrame } from './frames.ts';
import { requirePrograms } from './programs.ts';
import { type LinuxBorder, POD_CIDRS, startLinuxBorder } from './rig.ts';

export interface Judgement {
  /** allow: it came out on the other side. An unmatched packet comes out too: nobody else has rules here. */
  readonly verdict: 'allow' | 'deny';
  /** The source address seen on the other side. */
  readonly source?: bigint;
  readonly destination?: bigint;
}

export interface JudgeOptions {
  readonly podCidrs?: readonly string[];
  readonly vips?: readonly string[];
  /** as LinuxBorderOptions */
  readonly through?: readonly string[];
  /** as LinuxBorderOptions */
  readonly countNft?: string;
}

const EAR = fileURLToPath(new URL('ear.pl', import.meta.url));

/** Frames sent in one go: well under what one CPU queues for an interface. */
const VOLLEY = 400;

export class Judge {
  readonly border: LinuxBorder;
  readonly #connector: Connector;
  readonly #options: JudgeOptions;
  readonly #program: Readonly<Record<string, string>>;
  readonly #folder: TemporaryFolder;
  readonly #ears: Readonly<Record<'egress' | 'ingress', Ear>>;
  #fence = 1;
  #tag = 1;

  private constructor(border: LinuxBorder, options: JudgeOptions, program: Readonly<Record<string, string>>) {
    this.border = border;
    this.#options = options;
    this.#program = program;
    this.#connector = connectTo(border);
    this.#folder = temporaryFolder('judge');
    const listen = (place: 'pods' | 'outside', from: string) => new Ear(border.start(place, [program.perl as string, EAR, from]));
    this.#ears = { egress: listen('outside', border.mac.outside), ingress: listen('pods', border.mac.inside) };
  }

  static async start(options: JudgeOptions = {}): Promise<Judge> {
    const program = requirePrograms(['tcpreplay', 'perl', 'conntrack'], (line) => process.stderr.write(`${line}\n`));
    const border = await startLinuxBorder({
      name: 'judge',
      podCidrs: options.podCidrs ?? POD_CIDRS,
      ...(options.through ? { through: options.through } : {}),
      ...(options.countNft === undefined ? {} : { countNft: options.countNft }),
    });
    const judge = new Judge(border, options, program);
    await Promise.all([judge.#ears.egress.ready, judge.#ears.ingress.ready]);
    return judge;
  }

  /** Brings the rules of one border onto the firewall, by the least edits from what it has. */
  async load(book: Book, border?: string): Promise<void> {
    const name = border ?? book.rulebook.rules[0]?.border ?? 'edge';
    const rules = book.rulebook.rules.filter((rule) => rule.border === name);
    const settings = Border.parse({
      firewall: 'edge',
      hostEndpoint: name,
      zones: { inside: [this.border.inside], outside: [this.border.outside] },
      vips: [...(this.#options.vips ?? [])],
    });
    const cluster = Cluster.parse({ podCidrs: [...(this.#options.podCidrs ?? POD_CIDRS)] });
    const desired: Desired = {
      firewall: 'edge',
      settings: Firewall.parse({ manager: 'box', mode: 'sync', budget: {} }),
      borders: new Map([[name, settings]]),
      clusters: new Map(rules.map((rule) => [rule.origin.cluster, cluster])),
      rulebook: { rules, sets: book.rulebook.sets },
      members: book.members,
    };
    await bringTo(this.#connector, desired, this.#fence++);
    await this.#levelMembers(desired);
  }

  /** Sets that stood already get the members of this book. */
  async #levelMembers(desired: Desired): Promise<void> {
    const state = (await this.#connector.read({ what: 'running', firewalls: [desired], members: 'all' })).firewalls.get(desired.firewall);
    if (!state) return;
    const changes = [...state.sets.values()].flatMap(({ set, members = new Set<string>() }) => {
      const wanted = new Set(desired.members.members(set));
      const added = new Set([...wanted].filter((member) => !members.has(member)));
      const change = { set, added, removed: new Set([...members].filter((member) => !wanted.has(member))) };
      return desired.rulebook.sets.has(set) && change.added.size + change.removed.size > 0 ? [change] : [];
    });
    for (const step of this.#connector.planMembers(state, desired, changes)) {
      const outcome = await this.#connector.execute(step, {
        desired: new Map([[desired.firewall, desired]]),
        fence: { lane: 'members', number: this.#fence },
        progress: undefined,
        deadlineMs: Date.now() + 60_000,
      });
      if (outcome.kind !== 'done') throw new Error(`${step.text}: ${JSON.stringify(outcome)}`);
    }
    this.#fence++;
  }

  /**
   * What becomes of each packet under the rules that are loaded. Those that are not expected to pass (`mayPass`; default: all are) are sent once only.
   * `fresh`: each is the first of its connection.
   */
  async send(packets: readonly Packet[], mayPass: (at: number) => boolean = () => true, fresh = true): Promise<readonly Judgement[]> {
    const out: Judgement[] = packets.map(() => ({ verdict: 'deny' }));
    for (const direction of ['egress', 'ingress'] as const) {
      let open = packets.flatMap((packet, at) => (packet.direction === direction ? [at] : []));
      if (open.length === 0) continue;
      // What did not arrive is sent once more: a busy machine loses frames. And two connections without ports (GRE) from two pods to one peer
      // cannot both leave under one address, so as long as such came through, the others are asked again, without those.
      let [came, round] = [true, 0];
      while (open.length > 0 && (round < 2 || came)) {
        if (fresh) await this.#forgetConnections();
        for (let at = 0; at < open.length; at += VOLLEY) await this.#volley(direction, open.slice(at, at + VOLLEY), packets, out);
        const left = open.filter((at) => out[at]?.verdict === 'deny' && mayPass(at));
        came = left.length < open.length;
        open = left;
        round++;
      }
    }
    return out;
  }

  async #forgetConnections(): Promise<void> {
    const { code, stderr } = await this.border.run('firewall', [this.#program.conntrack as string, '-F']);
    if (code !== 0) throw new Error(`conntrack -F: ${stderr}`);
  }

  async #volley(direction: 'egress' | 'ingress', which: readonly number[], packets: readonly Packet[], out: Judgement[]): Promise<void> {
    const { mac } = this.border;
    const [from, to] = direction === 'egress' ? [mac.pods, mac.inside] : [mac.outsideEnd, mac.outside];
    const tags = new Map<number, number>();
    const frames = which.map((at) => {
      tags.set(this.#tag, at);
      return frameOf(packets[at] as Packet, this.#tag++, from, to);
    });
    // The last frame is in nobody's scope and so always passes: what was to come has come when it is there.
    const end = this.#tag++;
    const last: Packet = {
      family: 4,
      direction,
      source: 0xc000024dn,
      destination: direction === 'egress' ? 0xc000024en : 0xa9fe0102n,
      protocol: 17,
      sourcePort: 9,
      destinationPort: 9,
    };
    frames.push(frameOf(last, end, from, to));
    const ear = this.#ears[direction];
    const heard = ear.until(end);
    await this.#replay(direction, frames);
    // A busy machine may lose this very frame, too.
    for (let attempt = 0; attempt < 8 && !(await ear.hasEnded(1_000)); attempt++) await this.#replay(direction, frames.slice(-1));
    for (const { tag, source, destination } of await heard) {
      const at = tags.get(tag);
      if (at !== undefined) out[at] = { verdict: 'allow', source, destination };
    }
  }

  async #replay(direction: 'egress' | 'ingress', frames: readonly Buffer[]): Promise<void> {
    const file = join(this.#folder.path, `${direction}.pcap`);
    writeFileSync(file, pcapOf(frames));
    const tcpreplay = this.#program.tcpreplay as string;
    const argv = [tcpreplay, '-q', '-i', 'eth0', '--pps=40000', file];
    const { code, stderr } = await this.border.run(direction === 'egress' ? 'pods' : 'outside', argv);
    if (code !== 0) throw new Error(`tcpreplay: ${stderr.slice(-400)}`);
  }

  async close(): Promise<void> {
    await this.#connector.close();
    this.#ears.egress.close();
    this.#ears.ingress.close();
    await this.border.close();
    this.#folder.remove();
  }
}

type Heard = NonNullable<ReturnType<typeof readFrame>>;

/** A capture that runs all the time on one side. */
class Ear {
  readonly ready: Promise<void>;
  readonly #process: ChildProcess;
  #heard: Heard[] = [];
  #end: { readonly tag: number; readonly done: () => void } | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(process: ChildProcess) {
    this.#process = process;
    const reader = new PcapReader();
    this.ready = new Promise((resolve, reject) => {
      let said = '';
      process.stderr?.on('data', (data: Buffer) => {
        said += data.toString();
        if (said.includes('listening')) resolve();
      });
      process.on('exit', () => reject(new Error(`the ear ended: ${said.trim()}`)));
    });
    this.ready.catch(() => {});
    process.stdout?.on('data', (data: Buffer) => {
      for (const bytes of reader.read(data)) {
        const frame = readFrame(bytes);
        if (!frame) continue;
        this.#heard.push(frame);
        if (frame.tag === this.#end?.tag) this.#end.done();
      }
    });
  }

  /** All frames up to the one with this tag, and what comes right after it. @throws Error after 20 s without it. */
  until(tag: number): Promise<readonly Heard[]> {
    this.#heard = [];
    const end = Promise.withResolvers<void>();
    const ended = new Promise<readonly Heard[]>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the last frame of a volley never came out: the firewall does not forward')), 20_000);
      this.#end = {
        tag,
        done: () => {
          clearTimeout(late);
          end.resolve();
          setTimeout(() => resolve(this.#heard), 15);
        },
      };
    });
    ended.catch(() => {});
    this.#ended = end.promise;
    return ended;
  }

  /** Whether the frame that {@link until} waits for comes within so many milliseconds. */
  async hasEnded(ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), ms);
    });
    const came = await Promise.race([this.#ended.then(() => true), late]);
    clearTimeout(timer);
    return came;
  }

  close(): void {
    this.#process.removeAllListeners('exit');
    this.#process.kill('SIGTERM');
  }
}

/** For one book: starts a border, judges, and takes it down. Many books go through one {@link Judge}. */
export async function judge(
  book: Book,
  packets: readonly Packet[],
  options: JudgeOptions & { readonly border?: string } = {},
): Promise<readonly Judgement[]> {
  const it = await Judge.start(options);
  try {
    await it.load(book, options.border);
    return await it.send(packets);
  } finally {
    await it.close();
  }
}

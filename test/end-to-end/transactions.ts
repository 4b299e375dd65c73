/**
 * What really changed in the kernel of the firewall, by an independent witness: `nft monitor` beside the firewall, which hears every transaction
 * whoever makes it.
 */
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { findProgram } from '../linux-firewall/programs.ts';
import type { LinuxBorder } from '../linux-firewall/rig.ts';

export interface Transaction {
  /** structure: a table, chain, rule or set came or went; elements: nothing but elements of sets */
  readonly kind: 'structure' | 'elements';
  readonly lines: readonly string[];
}

/** Tables that only mark a moment; their transactions are not counted. */
const MARK = 'moment_';

export class Transactions {
  readonly #border: LinuxBorder;
  readonly #process: ChildProcess;
  #all: Transaction[] = [];
  #open: string[] = [];
  #marks = 0;
  readonly #seen = new Map<string, () => void>();

  private constructor(border: LinuxBorder) {
    this.#border = border;
    this.#process = border.start('firewall', [findProgram('nft') ?? 'nft', 'monitor']);
    this.#process.stdin?.on('error', () => undefined);
    if (this.#process.stdout) createInterface({ input: this.#process.stdout }).on('line', (line) => this.#hear(line));
  }

  static async start(border: LinuxBorder): Promise<Transactions> {
    const transactions = new Transactions(border);
    // It listens once it has heard a mark; those that came before it did are lost.
    for (let tries = 0; ; tries++) {
      if (await transactions.#mark(500)) break;
      if (tries > 40) throw new Error('nft monitor hears nothing');
    }
    transactions.#all = [];
    return transactions;
  }

  /** All transactions since the last call. */
  async take(): Promise<readonly Transaction[]> {
    if (!(await this.#mark(20_000))) throw new Error('nft monitor has fallen silent');
    const all = this.#all;
    this.#all = [];
    return all;
  }

  close(): void {
    this.#process.kill('SIGTERM');
  }

  /** Makes a mark and waits until it is heard: then all that came before it was. */
  async #mark(ms: number): Promise<boolean> {
    const name = `${MARK}${++this.#marks}`;
    let timer: NodeJS.Timeout | undefined;
    const heard = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), ms);
      this.#seen.set(name, () => resolve(true));
    });
    await this.#border.nft(['add', 'table', 'inet', name]);
    await this.#border.nft(['delete', 'table', 'inet', name]);
    const well = await heard;
    clearTimeout(timer);
    this.#seen.delete(name);
    return well;
  }

  #hear(line: string): void {
    if (!line.startsWith('# new generation')) {
      this.#open.push(line);
      return;
    }
    const lines = this.#open;
    this.#open = [];
    const mark = new RegExp(`^delete table inet (${MARK}\\d+)`).exec(lines[0] ?? '');
    if (mark) this.#seen.get(mark[1] as string)?.();
    if (lines.every((each) => each.includes(` inet ${MARK}`))) return;
    const structure = lines.some((each) => !/^(add|delete|create) element /.test(each));
    this.#all.push({ kind: structure ? 'structure' : 'elements', lines });
  }
}

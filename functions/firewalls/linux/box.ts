/**
 * One SSH connection to a firewall, kept while it is warm, and the verbs of the forced command at its other end (box/cextfire-nft).
 * All requests about one table go one after the other over one long channel: opening a channel costs a login shell on the box, many times what
 * nft needs.
 */
import { createHash } from 'node:crypto';
import ssh2 from 'ssh2';
import { CextError } from '../../errors.ts';
import type { LinuxManagerSettings } from '../../settings.ts';
import { type LinuxCode, linuxError } from './errors.ts';

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface BoxOptions {
  /** name of the manager in the settings */
  readonly name: string;
  readonly manager: LinuxManagerSettings;
  readonly secret: (fresh: boolean) => Promise<string>;
}

/** What nft or the forced command said, and to which line of the script. */
export class NftRefusal extends CextError {
  /** from 1; 0 = unknown */
  readonly line: number;

  constructor(error: CextError, line: number) {
    super(error.code, { retry: error.retry, meaning: '', action: '' }, error.message, error.subject);
    this.line = line;
  }
}

const ANSWER_TIMEOUT = 120_000;
/** Never less for one answer, whatever the caller's deadline: a transaction that was sent deserves to be heard. */
const LEAST_ANSWER_TIME = 3_000;
const READY_TIMEOUT = 10_000;
/** A connection unused for longer may be dead without our knowing (a frozen function): a new one is cheaper than an unknown outcome. */
const IDLE_LIMIT = 45_000;
const LARGEST_ANSWER = 256 * 1024 * 1024;

/** SHA256:... as ssh-keygen prints it. */
export const fingerprintOf = (key: Buffer): string => `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

const CAUSES: readonly (readonly [RegExp, LinuxCode])[] = [
  [/No such file or directory|File exists|interval overlaps|conflicting intervals/, 'CEXT_LINUX_DRIFT'],
  [/Device or resource busy/, 'CEXT_LINUX_BUSY'],
  [/Message too long|No buffer space/, 'CEXT_LINUX_TOO_LONG'],
  [/Operation not permitted|Permission denied|not allowed|password is required/, 'CEXT_LINUX_NO_PERMISSION'],
  [/No space left on device|Cannot allocate memory|Too many open files/, 'CEXT_LINUX_FULL'],
];

/** What a refusal of the forced command or of nft means. `stderr` is told shortened. */
export function refusalOf(code: number, stderr: string, subject: { readonly manager: string }): NftRefusal {
  const said = stderr.trim().split('\n').slice(0, 3).join(' | ').slice(0, 400);
  const line = Number(/(?:stdin|-):(\d+):/.exec(stderr)?.[1] ?? 0);
  const cause: LinuxCode =
    code === 65
      ? 'CEXT_LINUX_CONNECTION_LOST'
      : code === 73
        ? 'CEXT_LINUX_SAVE_FAILED'
        : code === 64 || code === 126 || code === 127
          ? 'CEXT_LINUX_BOX_REFUSED'
          : (CAUSES.find(([pattern]) => pattern.test(stderr))?.[1] ?? 'CEXT_LINUX_REFUSED');
  return new NftRefusal(linuxError(cause, `the firewall behind ${subject.manager} said: ${said || `exit ${code}`}`, subject), line);
}

export class Box {
  readonly #options: BoxOptions;
  #connection: Promise<ssh2.Client> | undefined;
  #lastUse = 0;
  readonly #sessions = new Map<string, Session>();
  /** commands sent so far, for measuring */
  commands = 0;

  constructor(options: BoxOptions) {
    this.#options = options;
  }

  get #subject(): { readonly manager: string } {
    return { manager: this.#options.name };
  }

  async #connect(): Promise<ssh2.Client> {
    if (this.#connection && Date.now() - this.#lastUse > IDLE_LIMIT) await this.close();
    this.#lastUse = Date.now();
    if (!this.#connection) {
      const connecting = this.#login(false).catch((error: unknown) =>
        error instanceof CextError && error.code === 'CEXT_LINUX_LOGIN_REFUSED' ? this.#login(true) : Promise.reject(error),
      );
      this.#connection = connecting;
      connecting.then(
        (client) => client.once('close', () => this.#connection === connecting && this.#forget()),
        () => this.#connection === connecting && this.#forget(),
      );
    }
    return this.#connection;
  }

  #forget(): void {
    this.#connection = undefined;
    this.#sessions.clear();
  }

  async #login(fresh: boolean): Promise<ssh2.Client> {
    const { manager } = this.#options;
    const where = `${manager.address}:${manager.port}`;
    const privateKey = await this.#options.secret(fresh);
    const parsed = ssh2.utils.parseKey(privateKey);
    if (parsed instanceof Error)
      throw linuxError('CEXT_LINUX_SECRET_UNREADABLE', `the secret ${manager.secret} is no private key`, this.#subject);
    return new Promise((resolve, reject) => {
      const client = new ssh2.Client();
      let shown: string | undefined;
      client.once('ready', () => {
        client.removeAllListeners('error');
        client.on('error', () => {});
        client.setNoDelay(true);
        resolve(client);
      });
      client.once('error', (error: Error & { level?: string }) => {
        client.on('error', () => {});
        client.end();
        if (shown) {
          const message = `${where} shows the host key ${shown}, the settings pin ${manager.hostKeys.join(' and ')}; nothing was sent`;
          reject(linuxError('CEXT_LINUX_HOST_KEY_CHANGED', message, this.#subject));
        } else if (error.level === 'client-authentication')
          reject(linuxError('CEXT_LINUX_LOGIN_REFUSED', `${where} refuses the key of the account ${manager.user}`, this.#subject));
        else reject(linuxError('CEXT_LINUX_UNREACHABLE', `cannot reach ${where}: ${error.message}`, this.#subject, { cause: error }));
      });
      client.connect({
        host: manager.address,
        port: manager.port,
        username: manager.user,
        privateKey,
        authHandler: ['publickey'],
        readyTimeout: READY_TIMEOUT,
        keepaliveInterval: 10_000,
        keepaliveCountMax: 3,
        hostVerifier: (key: Buffer) => {
          const fingerprint = fingerprintOf(key);
          const known = manager.hostKeys.includes(fingerprint);
          if (!known) shown = fingerprint;
          return known;
        },
      });
    });
  }

  /** A verb that only looks, or saves. `name` is of letters, digits and "_" (the forced command checks it as well). */
  async run(verb: 'list' | 'state' | 'fence' | 'foreign' | 'set' | 'save', table: string, name = ''): Promise<Answer> {
    if (![table, name].every((word) => /^[A-Za-z0-9_]*$/.test(word))) throw new RangeError(`not words for the firewall: ${table} ${name}`);
    const session = await this.#session(table);
    const { code, said } = await session.send(`${verb} 0 ${name}`, Buffer.alloc(0));
    return code === 0 ? { code, stdout: said, stderr: '' } : { code, stdout: '', stderr: said };
  }

  /**
   * One transaction, answered before `deadlineMs` (Unix ms) or soon after. @throws NftRefusal when nothing was applied; CextError
   * CEXT_LINUX_CONNECTION_LOST when that is not known.
   */
  async apply(table: string, lines: readonly string[], deadlineMs: number): Promise<void> {
    const script = Buffer.from(`${lines.join('\n')}\n# end of script\n`);
    const session = await this.#session(table);
    const { code, said } = await session.send(`apply ${script.length}`, script, deadlineMs);
    if (code !== 0) throw refusalOf(code, said, this.#subject);
  }

  async #session(table: string): Promise<Session> {
    const client = await this.#connect();
    this.commands++;
    let session = this.#sessions.get(table);
    if (!session || session.ended) {
      session = new Session(client, table, this.#options.name);
      this.#sessions.set(table, session);
    }
    return session;
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#forget();
    const client = await connection?.catch(() => undefined);
    client?.end();
  }
}

/** The long channel of one table: requests in order, each answered before the next is sent. */
class Session {
  readonly #opened: Promise<ssh2.ClientChannel>;
  readonly #client: ssh2.Client;
  readonly #manager: string;
  #tail: Promise<unknown> = Promise.resolve();
  #received: Buffer[] = [];
  #size = 0;
  #errors = '';
  #ended: CextError | undefined;
  #wake: (() => void) | undefined;

  constructor(client: ssh2.Client, table: string, manager: string) {
    this.#client = client;
    this.#manager = manager;
    this.#opened = new Promise((resolve, reject) => {
      client.exec(`session ${table}`, (error, channel) => {
        if (error) {
          reject(linuxError('CEXT_LINUX_UNREACHABLE', `${manager}: no channel: ${error.message}`, { manager }));
          return;
        }
        channel.on('data', (data: Buffer) => {
          this.#received.push(data);
          this.#size += data.length;
          if (this.#size > LARGEST_ANSWER) client.destroy();
          this.#wake?.();
        });
        channel.stderr.on('data', (data: Buffer) => {
          this.#errors = (this.#errors + data.toString()).slice(-2000);
        });
        // Ended by a signal it has no code.
        channel.on('close', (code: number | null | undefined) => this.#end(code ?? undefined));
        resolve(channel);
      });
    });
    this.#opened.catch(() => {});
    client.once('close', () => this.#end(undefined));
  }

  #end(code: number | undefined): void {
    this.#ended ??=
      code === undefined || code === 0
        ? linuxError('CEXT_LINUX_CONNECTION_LOST', `${this.#manager}: the connection ended before the answer`, { manager: this.#manager })
        : refusalOf(code, this.#errors, { manager: this.#manager });
    this.#wake?.();
  }

  /** The next `length` bytes, or up to and without the next line end. */
  async #take(length: number | 'line', deadline: number): Promise<string> {
    for (;;) {
      const text = length === 'line' ? this.#takeLine() : this.#size >= length ? this.#takeBytes(length) : undefined;
      if (text !== undefined) return text;
      if (this.#ended) throw this.#ended;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(
          () => {
            this.#client.destroy();
            resolve();
          },
          Math.max(0, deadline - Date.now()),
        );
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
    }
  }

  #takeLine(): string | undefined {
    if (this.#size === 0) return undefined;
    const all = Buffer.concat(this.#received);
    this.#received = [all];
    const end = all.indexOf(10);
    return end < 0 ? undefined : this.#takeBytes(end + 1).slice(0, -1);
  }

  #takeBytes(length: number): string {
    const all = Buffer.concat(this.#received);
    this.#received = [all.subarray(length)];
    this.#size = all.length - length;
    return all.subarray(0, length).toString();
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  #ready = false;

  /** One request: its line and what follows it. */
  send(request: string, script: Buffer, deadlineMs = Number.POSITIVE_INFINITY): Promise<{ readonly code: number; readonly said: string }> {
    const mine = this.#tail.then(async () => {
      const channel = await this.#opened;
      const deadline = Math.min(Date.now() + ANSWER_TIMEOUT, Math.max(Date.now() + LEAST_ANSWER_TIME, deadlineMs));
      if (!this.#ready) {
        const said = await this.#take('line', deadline);
        if (said !== 'ready')
          throw linuxError(
            'CEXT_LINUX_BOX_REFUSED',
            `${this.#manager}: not our forced command; it said ${JSON.stringify(said.slice(0, 80))}`,
          );
        this.#ready = true;
      }
      if (this.#ended) throw this.#ended;
      channel.write(Buffer.concat([Buffer.from(`${request}\n`), script]));
      const [code, length] = (await this.#take('line', deadline)).split(' ').map(Number);
      if (code === undefined || length === undefined || Number.isNaN(code) || Number.isNaN(length))
        throw linuxError('CEXT_LINUX_BOX_REFUSED', `${this.#manager}: an answer that our forced command does not give`, {
          manager: this.#manager,
        });
      return { code, said: await this.#take(length, deadline) };
    });
    this.#tail = mine.catch(() => {});
    return mine;
  }
}

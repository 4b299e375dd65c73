/** The XML API of one manager: keys, the active member of an HA pair, and answers turned into results or errors (reference B1.1 to B1.4, B1.13). */

import { CextError } from '../../errors.ts';
import type { PanoramaManagerSettings, PanosManagerSettings } from '../../settings.ts';
import { panosError } from './errors.ts';
import { Transport } from './transport.ts';
import { allText, at, parseResponse, type Xml } from './xml.ts';

export type PaloAltoManager = PanosManagerSettings | PanoramaManagerSettings;

export interface Answer {
  readonly ok: boolean;
  readonly code: string;
  readonly text: string;
  readonly root: Xml;
}

interface Credentials {
  /** undefined: the secret is a bare key; found out from what we stage */
  readonly user: string | undefined;
  readonly key: string | undefined;
  readonly password: string | undefined;
}

function parseSecret(text: string): Credentials {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) {
    if (trimmed === '' || /\s/.test(trimmed)) throw panosError('CEXT_PANOS_SECRET_UNREADABLE', 'the secret is empty or has spaces');
    return { user: undefined, key: trimmed, password: undefined };
  }
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(trimmed) as Record<string, unknown>;
  } catch {
    throw panosError('CEXT_PANOS_SECRET_UNREADABLE', 'the secret begins like JSON and is none');
  }
  const field = (name: string) => (typeof value[name] === 'string' && value[name] !== '' ? (value[name] as string) : undefined);
  const credentials = { user: field('user'), key: field('apiKey'), password: field('password') };
  if (credentials.key === undefined && (credentials.user === undefined || credentials.password === undefined)) {
    throw panosError('CEXT_PANOS_SECRET_UNREADABLE', 'the secret has neither "apiKey" nor "user" with "password"');
  }
  return credentials;
}

export class PanosDevice {
  readonly name: string;
  readonly #transports: readonly Transport[];
  readonly #secret: (fresh: boolean) => Promise<string>;
  readonly #spacingMs: number;
  #active = 0;
  #looked = false;
  #key: string | undefined;
  #user: string | undefined;
  #times: number[] = [];

  constructor(name: string, manager: PaloAltoManager, secret: (fresh: boolean) => Promise<string>, timeoutMs: number) {
    this.name = name;
    this.#secret = secret;
    this.#transports = manager.addresses.map((address) => {
      const [, host = address, port] = /^(.+?):(\d{1,5})$/.exec(address) ?? [];
      const bare = /^\[.*\]$/.test(host) ? host.slice(1, -1) : host;
      // "a:b::c" is an address, "host:4443" names a port
      return (address.match(/:/g) ?? []).length > 1 && !address.startsWith('[')
        ? new Transport(address, manager.port, manager.tls, timeoutMs)
        : new Transport(bare, port === undefined ? manager.port : Number(port), manager.tls, timeoutMs);
    });
    this.#spacingMs = manager.callsPerMinute;
  }

  /** Name of our account, where the secret tells it. */
  get user(): string | undefined {
    return this.#user;
  }

  /** Certificates that the members have shown. */
  get certificates(): readonly { readonly host: string; readonly validUntilMs: number }[] {
    return this.#transports.flatMap(({ host, validUntilMs }) => (validUntilMs === undefined ? [] : [{ host, validUntilMs }]));
  }

  get pair(): boolean {
    return this.#transports.length > 1;
  }

  async #login(fresh: boolean): Promise<string> {
    if (this.#key !== undefined && !fresh) return this.#key;
    const credentials = parseSecret(await this.#secret(fresh));
    this.#user = credentials.user;
    if (credentials.key !== undefined) this.#key = credentials.key;
    else {
      const root = await this.#exchange(
        this.#transport(),
        { type: 'keygen', user: credentials.user ?? '', password: credentials.password ?? '' },
        undefined,
      );
      const key = at(root.root, 'result', 'key')?.text;
      if (!root.ok || !key) throw panosError('CEXT_PANOS_LOGIN_REFUSED', `${this.name}: ${root.text}`);
      this.#key = key;
    }
    return this.#key as string;
  }

  #transport(): Transport {
    return this.#transports[this.#active] as Transport;
  }

  /** One request to the active member. A refused key is read again once. */
  async call(fields: Readonly<Record<string, string>>): Promise<Answer> {
    await this.#findActive(false);
    try {
      const answer = await this.#withKey(this.#transport(), fields);
      if (answer.code === '15' && this.pair) {
        await this.#findActive(true);
        return await this.#withKey(this.#transport(), fields);
      }
      return answer;
    } catch (error) {
      if (this.pair && error instanceof CextError && error.code === 'CEXT_PANOS_UNREACHABLE') {
        // surely not sent: the other member may have taken over
        this.#active = 1 - this.#active;
        await this.#findActive(true);
        return await this.#withKey(this.#transport(), fields);
      }
      throw error;
    }
  }

  /** The same request to the other member of a pair; undefined where there is none or it does not answer. Registered tags are not synchronized (B1.10). */
  async callPassive(fields: Readonly<Record<string, string>>): Promise<Answer | undefined> {
    const other = this.#transports[1 - this.#active];
    if (!this.pair || !other) return undefined;
    try {
      return await this.#withKey(other, fields);
    } catch {
      return undefined;
    }
  }

  async #findActive(again: boolean): Promise<void> {
    if (!this.pair || (this.#looked && !again)) return;
    const failures: unknown[] = [];
    for (const [index, transport] of [...this.#transports.entries()].sort(
      (a, b) => Number(b[0] === this.#active) - Number(a[0] === this.#active),
    )) {
      try {
        const answer = await this.#withKey(
          transport,
          { type: 'op', cmd: '<show><high-availability><state/></high-availability></show>' },
          index,
        );
        const result = at(answer.root, 'result');
        const state = at(result, 'group', 'local-info', 'state')?.text ?? at(result, 'local-info', 'state')?.text;
        if (at(result, 'enabled')?.text === 'no' || state === 'active' || state === 'primary-active' || state === 'active-primary') {
          this.#active = index;
          this.#looked = true;
          return;
        }
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    throw panosError('CEXT_PANOS_UNREACHABLE', `${this.name}: no member of the pair is active`);
  }

  async #withKey(transport: Transport, fields: Readonly<Record<string, string>>, index = this.#active): Promise<Answer> {
    const before = this.#active;
    this.#active = index;
    try {
      const first = await this.#exchange(transport, fields, await this.#login(false));
      if (!isRefusedKey(first)) return first;
      const second = await this.#exchange(transport, fields, await this.#login(true));
      if (isRefusedKey(second)) throw panosError('CEXT_PANOS_LOGIN_REFUSED', `${this.name}: ${second.text || `HTTP ${second.code}`}`);
      return second;
    } finally {
      this.#active = before;
    }
  }

  async #exchange(transport: Transport, fields: Readonly<Record<string, string>>, key: string | undefined): Promise<Answer> {
    await this.#pace();
    const reply = await transport.post(fields, key);
    if (reply.status === 401 || reply.status === 403) {
      return {
        ok: false,
        code: String(reply.status),
        text: reply.body
          .replaceAll(/<[^>]*>/g, ' ')
          .trim()
          .slice(0, 200),
        root: { name: 'response', attributes: {}, children: [], text: '' },
      };
    }
    if (reply.status === 429 || reply.status === 503) throw panosError('CEXT_PANOS_BUSY', `${transport.host}: HTTP ${reply.status}`);
    // 500 and 502 come from the web server in front: what became of the request is not known
    if (reply.status >= 500) throw panosError('CEXT_PANOS_UNKNOWN_EFFECT', `${transport.host}: HTTP ${reply.status}`);
    if (reply.status >= 400)
      throw panosError(
        'CEXT_PANOS_REFUSED',
        `${transport.host}: HTTP ${reply.status}: ${reply.body
          .replaceAll(/<[^>]*>/g, ' ')
          .trim()
          .slice(0, 200)}`,
      );
    const root = parseResponse(reply.body);
    const code = root.attributes.code ?? '';
    return { ok: root.attributes.status === 'success', code, text: allText(at(root, 'msg')) || allText(at(root, 'result', 'msg')), root };
  }

  /** At most callsPerMinute in any 60 seconds. */
  async #pace(): Promise<void> {
    const now = Date.now();
    this.#times = this.#times.filter((time) => now - time < 60_000);
    const oldest = this.#times[this.#times.length - this.#spacingMs];
    if (oldest !== undefined) await new Promise((done) => setTimeout(done, 60_000 - (now - oldest)));
    this.#times.push(Date.now());
  }

  /** Called where the account was found out from what we staged. */
  learnUser(user: string): void {
    this.#user ??= user;
  }

  /** After a failover or a reboot: look again who is active. */
  forget(): void {
    this.#looked = false;
  }

  close(): void {
    for (const transport of this.#transports) transport.close();
  }
}

const isRefusedKey = (answer: Answer): boolean =>
  ['401', '403', '16', '22'].includes(answer.code) || (!answer.ok && /^Invalid credential/i.test(answer.text));

/** HTTPS in front of a device: reads a request of the XML API, checks key and size, answers, and lets faults happen. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { actionsOf, type Parameters } from './actions.ts';
import { type Answer, badRequest, failure, forbidden, success } from './answer.ts';
import { commit } from './commit.ts';
import type { Device } from './device.ts';
import { type Fault, faulty, HAS_EFFECT } from './faults.ts';
import { exportFile, importFile } from './files.ts';
import { Logs } from './logs.ts';
import { operation } from './operations.ts';
import type { Panorama } from './panorama.ts';
import type { Tls } from './tls.ts';
import { userId } from './userid.ts';

/** Bodies above are refused (user-id: documented 5 MB; the rest alike). */
const LARGEST_BODY = 5 * 1024 * 1024;
const LONGEST_URL = 2048;

export interface Request {
  readonly admin: string | undefined;
  readonly parameters: Parameters;
  /** the last of the answer's code and status, for tests that count */
  readonly ok: boolean;
  readonly body: string;
}

export class PanosServer {
  readonly device: Device;
  readonly panorama: Panorama | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly faults: Fault[] = [];
  /** every request that reached the device, in order */
  readonly requests: Request[] = [];
  /** called after each request that was carried out */
  onRequest: ((request: Request) => void) | undefined;
  /** called before each request is carried out; a human may act in between */
  beforeRequest: ((parameters: Parameters) => void) | undefined;
  #inFlight = 0;
  mostInFlight = 0;
  #lastReads = new Map<string, Answer>();
  readonly #logsOf = new WeakMap<Device, Logs>();

  constructor(device: Device, tls: Tls, panorama?: Panorama) {
    this.device = device;
    this.panorama = panorama;
    this.#server = createServer({ cert: tls.cert, key: tls.key }, (request, response) => void this.#serve(request, response));
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    });
  }

  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((done, fail) => {
      this.#server.once('error', fail);
      this.#server.listen(port, host, done);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Another certificate from now on; open connections are cut. */
  changeCertificate(tls: Tls): void {
    this.#server.setSecureContext({ cert: tls.cert, key: tls.key });
    this.dropConnections();
  }

  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.dropConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#inFlight++;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    response.on('close', () => {
      this.#inFlight--;
    });
    const read = await readParameters(request);
    if (typeof read === 'number') return send(response, { ...badRequest('Request too large'), http: read });
    const { parameters, file } = read;
    const index = this.faults.findIndex((one) => one.when === undefined || one.when(parameters));
    const fault = this.faults[index];
    if (fault) {
      fault.times = (fault.times ?? 1) - 1;
      if (fault.times <= 0) this.faults.splice(index, 1);
    }
    if (fault?.kind === 'reset') return void response.socket?.destroy();
    if (fault?.kind === 'timeoutBefore') return;
    const key = JSON.stringify({ ...parameters, key: undefined });
    if (fault?.kind === 'stale' && this.#lastReads.has(key)) return send(response, this.#lastReads.get(key) as Answer);
    if (fault?.kind === 'batchError' && parameters.action === 'multi-config') {
      const element = (parameters.element ?? '').replace(
        '</multi-configure-request>',
        '<move id="9999" xpath="/config/devices/none" where="top"/></multi-configure-request>',
      );
      return send(response, this.#carryOut(request, { ...parameters, element }, file));
    }
    const answer = !fault || HAS_EFFECT.has(fault.kind) ? this.#carryOut(request, parameters, file) : undefined;
    if (answer && (parameters.action === 'get' || parameters.action === 'show' || parameters.type === 'op')) {
      if (!this.#lastReads.has(key) && this.#lastReads.size < 200) this.#lastReads.set(key, answer);
    }
    if (!fault || fault.kind === 'batchError' || fault.kind === 'stale')
      return send(response, answer ?? this.#carryOut(request, parameters, file));
    if (fault.kind === 'timeoutAfter') return;
    if (fault.kind === 'cutAnswer') {
      response.writeHead(200, { 'content-type': 'application/xml', 'content-length': 1_000_000 });
      response.write((answer?.body ?? '').slice(0, 40), () => response.socket?.destroy());
      return;
    }
    const wrong = faulty(fault.kind, answer);
    if (wrong) send(response, wrong);
  }

  #carryOut(request: IncomingMessage, parameters: Parameters, file: File | undefined): Answer {
    this.beforeRequest?.(parameters);
    const admin = this.#admin(request, parameters);
    const answer = this.#answer(admin, parameters, file);
    const { key: _key, password: _password, ...rest } = parameters;
    const seen: Request = { admin, parameters: rest, ok: answer.ok, body: answer.body };
    this.requests.push(seen);
    if (this.requests.length > 20_000) this.requests.splice(0, 10_000);
    this.onRequest?.(seen);
    return answer;
  }

  #admin(request: IncomingMessage, parameters: Parameters): string | undefined {
    const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (basic) {
      const [user = '', ...password] = Buffer.from(basic, 'base64').toString().split(':');
      return this.device.passwordFits(user, password.join(':')) ? user : undefined;
    }
    const key = parameters.key ?? request.headers['x-pan-key'];
    return typeof key === 'string' ? this.device.adminOf(key) : undefined;
  }

  #answer(admin: string | undefined, parameters: Parameters, file: File | undefined): Answer {
    this.device.settle();
    for (const firewall of this.panorama?.firewalls.values() ?? []) firewall.settle();
    if (parameters.type === 'keygen') {
      const { user, password } = parameters;
      if (user === undefined || password === undefined) return badRequest('Missing value for parameter "user" or "password".');
      return this.device.passwordFits(user, password)
        ? success(`<result><key>${this.device.keyFor(user)}</key></result>`)
        : forbidden('Invalid credentials.');
    }
    if (parameters.type === undefined) return badRequest('Missing value for parameter "type".');
    if (admin === undefined) return forbidden('Invalid credentials.');
    const target = parameters.target;
    if (target) {
      const firewall = this.panorama?.firewalls.get(target);
      if (!firewall || this.panorama?.disconnected.has(target)) return failure(undefined, `${target} not connected`);
      return this.#dispatch(firewall, undefined, admin, parameters, file);
    }
    return this.#dispatch(this.device, this.panorama, admin, parameters, file);
  }

  #logs(device: Device): Logs {
    let logs = this.#logsOf.get(device);
    if (!logs) {
      logs = new Logs(device);
      this.#logsOf.set(device, logs);
    }
    return logs;
  }

  #dispatch(device: Device, panorama: Panorama | undefined, admin: string, parameters: Parameters, file: File | undefined): Answer {
    switch (parameters.type) {
      case 'config':
        return actionsOf(device).run(admin, parameters);
      case 'op':
        return panorama?.operation(admin, parameters) ?? operation(device, admin, parameters);
      case 'commit':
        return parameters.action === 'all' && panorama ? panorama.commitAll(admin, parameters) : commit(device, admin, parameters);
      case 'user-id':
        return userId(device, parameters.cmd ?? '', parameters.vsys);
      case 'log':
        return this.#logs(device).run(parameters);
      case 'report':
        return this.#logs(device).report(parameters);
      case 'export':
        return exportFile(device, parameters);
      case 'import':
        return file ? importFile(device, admin, parameters, file) : failure('17', 'a file is missing');
      case 'version': {
        const { version, model, serial } = device.options;
        return success(
          `<result><sw-version>${version}</sw-version><multi-vsys>off</multi-vsys><model>${model}</model><serial>${serial}</serial></result>`,
        );
      }
      default:
        return badRequest(`Illegal value for parameter "type" [${parameters.type}].`);
    }
  }
}

function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.http, {
    'content-type': answer.contentType ?? 'application/xml; charset=UTF-8',
    ...(answer.fileName === undefined ? {} : { 'content-disposition': `attachment; filename=${answer.fileName}` }),
  });
  response.end(answer.body);
}

interface File {
  readonly name: string;
  readonly text: string;
}

/** Form fields of URL and body and the file among them, or the HTTP status for what is too large or no form. */
async function readParameters(request: IncomingMessage): Promise<{ readonly parameters: Parameters; readonly file?: File } | number> {
  const url = request.url ?? '/';
  if (url.length > LONGEST_URL) return 414;
  const out: Record<string, string> = {};
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += (chunk as Buffer).length;
      if (size <= LARGEST_BODY) chunks.push(chunk as Buffer);
    }
  } catch {
    return 400;
  }
  if (size > LARGEST_BODY) return 413;
  for (const [name, value] of new URL(url, 'https://device').searchParams) out[name] = value;
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    for (const [name, value] of new URLSearchParams(Buffer.concat(chunks).toString('utf8'))) out[name] = value;
    return { parameters: out };
  }
  try {
    let file: File | undefined;
    const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': type } }).formData();
    for (const [name, value] of form) {
      if (typeof value === 'string') out[name] = value;
      else file = { name: value.name, text: await value.text() };
    }
    return file ? { parameters: out, file } : { parameters: out };
  } catch {
    return 400;
  }
}

/**
 * A Kubernetes API server for a service account, as far as the shipper asks one: lists in pages over HTTPS, bearer tokens, rights, Events. It answers
 * and refuses as a kube-apiserver 1.33 did that was asked the same (docs/decisions/0216), and can be made to fail.
 */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';

interface FakeObject {
  name: string;
  uid?: string;
  annotations?: Record<string, string>;
}

export interface FakeEvent {
  metadata: { name: string; namespace: string };
  involvedObject: { apiVersion: string; kind: string; name: string; namespace?: string; uid?: string };
  type: string;
  reason: string;
  message: string;
  lastTimestamp: string;
  reportingComponent: string;
  reportingInstance: string;
  count: number;
}

type Fault = 'hang' | 'hang-in-body' | 'close' | number;

export class FakeApiServer {
  /** names by path of the list */
  readonly objects = new Map<string, FakeObject[]>();
  readonly events = new Map<string, FakeEvent>();
  /** every request, "GET /api/v1/namespaces?limit=500" */
  readonly asked: string[] = [];
  token = 'first-token';
  /** by path of the list or of the events; the key '' fails all */
  readonly faults = new Map<string, Fault>();
  /** once: a continued list is told that it grew too old */
  expireContinue = false;
  readonly folder = mkdtempSync(join(tmpdir(), 'cextfire-account-'));
  readonly #server;

  private constructor(authority: Authority) {
    this.#server = createServer(
      { key: authority.key, cert: authority.certificate },
      (request, response) => void this.#serve(request, response),
    );
    writeFileSync(join(this.folder, 'token'), `${this.token}\n`);
    writeFileSync(join(this.folder, 'ca.crt'), authority.ca);
    for (const resource of ['pods', 'nodes', 'services', 'serviceaccounts', 'namespaces']) this.objects.set(`/api/v1/${resource}`, []);
    this.objects.set('/apis/discovery.k8s.io/v1/endpointslices', []);
    this.objects.set('/apis/networking.k8s.io/v1/networkpolicies', []);
    this.installCalico('/apis/crd.projectcalico.org/v1');
  }

  static async start(authority = makeAuthority()): Promise<FakeApiServer> {
    const api = new FakeApiServer(authority);
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  installCalico(base: string): void {
    for (const resource of [
      'clusterinformations',
      'felixconfigurations',
      'tiers',
      'hostendpoints',
      'networkpolicies',
      'globalnetworkpolicies',
    ])
      this.objects.set(`${base}/${resource}`, []);
    for (const resource of ['globalnetworksets', 'networksets', 'ippools']) this.objects.set(`${base}/${resource}`, []);
  }

  names(path: string, ...names: string[]): void {
    this.objects.set(
      path,
      names.map((name) => ({ name })),
    );
  }

  /** The kubelet writes a new token; the old one ends. */
  rotate(token: string): void {
    this.token = token;
    writeFileSync(join(this.folder, 'token'), token);
  }

  get env(): Record<string, string> {
    return { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: `${(this.#server.address() as AddressInfo).port}` };
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'https://api');
    this.asked.push(`${request.method} ${request.url}`);
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const refuse = (status: number, reason: string, metadata = {}) =>
      answer(status, {
        kind: 'Status',
        apiVersion: 'v1',
        metadata,
        status: 'Failure',
        message: `${reason}: ${url.pathname}`,
        reason,
        code: status,
      });
    const fault = this.faults.get(url.pathname) ?? this.faults.get('');
    if (fault === 'hang') return;
    if (fault === 'hang-in-body') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"items": [');
      return;
    }
    if (fault === 'close') {
      request.socket.destroy();
      return;
    }
    if (fault !== undefined) return void refuse(fault, 'Forced');
    if (request.headers.authorization !== `Bearer ${this.token}`) return void refuse(401, 'Unauthorized');
    if (url.pathname.startsWith('/api/v1/namespaces/default/events')) return this.#events(url.pathname, request, answer, refuse);
    const objects = this.objects.get(url.pathname);
    // A kind that nobody serves is no object that is missing: no Status, no JSON.
    if (request.method !== 'GET' || !objects)
      return void response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n');
    this.#list(url, objects, answer, refuse);
  }

  #list(url: URL, objects: FakeObject[], answer: Answer, refuse: Refuse): void {
    const limit = Number(url.searchParams.get('limit') ?? objects.length);
    const token = url.searchParams.get('continue') ?? '';
    const from = token === '' ? 0 : placeOf(token);
    if (from === undefined) return void refuse(400, 'BadRequest');
    if (from > 0 && this.expireContinue) {
      this.expireContinue = false;
      // With this token the rest could be had, of another moment than the beginning.
      return void refuse(410, 'Expired', { continue: tokenOf(from) });
    }
    const wanted = url.searchParams.get('fieldSelector')?.replace('metadata.name=', '');
    const found = objects.filter(({ name }) => wanted === undefined || name === wanted);
    const items = found
      .slice(from, from + limit)
      .map(({ name, uid = `uid-of-${name}`, annotations }) => ({ kind: 'PartialObjectMetadata', metadata: { name, uid, annotations } }));
    answer(200, {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata: {
        resourceVersion: '7',
        ...(from + limit < found.length ? { continue: tokenOf(from + limit), remainingItemCount: found.length - from - limit } : {}),
      },
      // Of bare metadata a list of nothing is null.
      items: items.length > 0 ? items : null,
    });
  }

  async #events(path: string, request: IncomingMessage, answer: Answer, refuse: Refuse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text) as FakeEvent;
    if (request.method === 'POST') {
      const { metadata, involvedObject } = body;
      if (metadata.namespace !== 'default') return void refuse(400, 'BadRequest');
      if (!metadata.name || metadata.name.includes('/') || involvedObject.namespace) return void refuse(422, 'Invalid');
      if (this.events.has(metadata.name)) return void refuse(409, 'AlreadyExists');
      this.events.set(metadata.name, body);
      return void answer(201, body);
    }
    const known = this.events.get(path.split('/').at(-1) ?? '');
    if (request.method !== 'PATCH' || request.headers['content-type'] !== 'application/merge-patch+json')
      return void refuse(415, 'UnsupportedMediaType');
    if (!known) return void refuse(404, 'NotFound');
    answer(200, Object.assign(known, body));
  }
}

type Answer = (status: number, body: unknown) => unknown;
type Refuse = (status: number, reason: string, metadata?: object) => unknown;

/** Opaque to clients, and to be escaped in a query. */
const tokenOf = (place: number): string =>
  Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 7, start: `${place}\u0000` })).toString('base64url');

function placeOf(token: string): number | undefined {
  try {
    return Number.parseInt(JSON.parse(Buffer.from(token, 'base64url').toString()).start, 10);
  } catch {
    return undefined;
  }
}

export interface Authority {
  readonly ca: string;
  readonly key: string;
  readonly certificate: string;
}

/** A CA and a server certificate for this address, as a cluster has them. Keys and signatures are made by Node: forge's own take seconds. */
export function makeAuthority(address = '127.0.0.1'): Authority {
  const make = (name: string, issuer: { key: KeyObject; name: string } | undefined, extensions: object[]) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }).toString());
    certificate.serialNumber = `0${Math.floor(Math.random() * 1e9)}`;
    certificate.validity.notBefore = new Date(Date.now() - 60_000);
    certificate.validity.notAfter = new Date(Date.now() + 3_600_000);
    certificate.setSubject([{ name: 'commonName', value: name }]);
    certificate.setIssuer([{ name: 'commonName', value: issuer?.name ?? name }]);
    certificate.setExtensions(extensions);
    const signer = { sign: () => sign('sha256', toBeSigned(certificate), issuer?.key ?? privateKey).toString('latin1') };
    certificate.sign(signer as unknown as forge.pki.rsa.PrivateKey, forge.md.sha256.create());
    return { key: privateKey, pem: forge.pki.certificateToPem(certificate) };
  };
  const ca = make('kubernetes', undefined, [
    { name: 'basicConstraints', cA: true },
    { name: 'keyUsage', keyCertSign: true },
  ]);
  const altName = { name: 'subjectAltName', altNames: [{ type: 7, ip: address }] };
  const server = make('kube-apiserver', { key: ca.key, name: 'kubernetes' }, [altName]);
  return { ca: ca.pem, key: server.key.export({ type: 'pkcs8', format: 'pem' }).toString(), certificate: server.pem };
}

/** forge sets it just before it asks for the signature. */
function toBeSigned(certificate: forge.pki.Certificate): Buffer {
  const { tbsCertificate } = certificate as unknown as { tbsCertificate: forge.asn1.Asn1 };
  return Buffer.from(forge.asn1.toDer(tbsCertificate).getBytes(), 'latin1');
}

/**
 * The API server, as far as a pod's own service account reaches it: one request, or the names of all objects of a kind. Address, CA and token
 * come from where Kubernetes mounts them; CA and token are read anew for each request, because both are rotated (docs/decisions/0100).
 */
import { existsSync, readFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';

export const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

export interface KubernetesRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** with the query */
  readonly path: string;
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

export interface KubernetesAnswer {
  readonly status: number;
  /** parsed; undefined when it is not JSON */
  readonly body: unknown;
}

/** @throws KubernetesError when there is no answer at all; a status such as 403 is an answer */
export type KubernetesApi = (request: KubernetesRequest) => Promise<KubernetesAnswer>;

/** Why something could not be had, in words for the log, /status and the cloud: no token and nothing of a body in it. */
export class KubernetesError extends Error {
  /** undefined: there was no answer */
  readonly status: number | undefined;
  constructor(message: string, status?: number) {
    super(message);
    this.name = 'KubernetesError';
    this.status = status;
  }
}

export interface ListedObject {
  readonly name: string;
  readonly uid: string;
  /** The name that Calico's own API shows, where it differs (calicoctl keeps it in an annotation of the v1 CRD). */
  readonly shownName: string | undefined;
}

const REQUEST_MS = 10_000;
const PAGE = 500;
/** A page of 500 bare metadata has some hundred KB. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_PAGES = 1_000;
const MOST_RELISTS = 2;
/** Names and uids only, where the server can; each of them falls back to whole objects, which have metadata too. */
const ACCEPT = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** undefined outside a pod: no API server, or no token mounted. */
export function openKubernetes(
  env: Readonly<Record<string, string | undefined>> = process.env,
  folder: string = SERVICE_ACCOUNT,
  requestMs = REQUEST_MS,
): KubernetesApi | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env;
  if (!host || !existsSync(`${folder}/token`)) return undefined;
  let agent: Agent | undefined;
  let trusted: Buffer | undefined;
  const agentFor = (ca: Buffer): Agent => {
    if (agent && trusted?.equals(ca)) return agent;
    agent?.destroy();
    trusted = ca;
    // One connection for the requests of one look; idle, it is closed before the server may do so under a request.
    agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: 5_000, ca });
    return agent;
  };
  return (request) => ask(host, port, folder, request, requestMs, agentFor);
}

/**
 * All objects below a path such as /api/v1/namespaces, in pages.
 * @throws KubernetesError, also for any status but 200
 */
export async function listAll(api: KubernetesApi, path: string, signal: AbortSignal, pageSize = PAGE): Promise<readonly ListedObject[]> {
  for (let relists = 0; ; relists++) {
    const found: ListedObject[] = [];
    let next = '';
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = `${path.includes('?') ? '&' : '?'}limit=${pageSize}${next && `&continue=${encodeURIComponent(next)}`}`;
      const answer = await api({ method: 'GET', path: path + query, signal });
      // The list grew too old between two pages: it is begun again.
      if (answer.status === 410 && relists < MOST_RELISTS) break;
      next = takePage(answer, path, found);
      if (next === '') return found;
    }
    if (relists >= MOST_RELISTS) throw new KubernetesError(`the API server never ends the list of ${resourceOf(path)}`);
  }
}

function takePage({ status, body }: KubernetesAnswer, path: string, found: ListedObject[]): string {
  if (status !== 200) throw new KubernetesError(refusal(status, `list ${resourceOf(path)}`), status);
  const { kind, items: listed, metadata } = (body ?? {}) as { kind?: unknown; items?: unknown; metadata?: { continue?: unknown } };
  // Of nothing a kube-apiserver gives whole objects as [], but bare metadata as null.
  const items = listed ?? (String(kind).endsWith('List') ? [] : undefined);
  if (!Array.isArray(items)) throw new KubernetesError(`the API server's answer to a list of ${resourceOf(path)} is no list`);
  for (const item of items) {
    const { metadata: own } = item as { metadata?: Record<string, unknown> };
    if (typeof own?.name !== 'string') throw new KubernetesError(`the API server lists an object of ${resourceOf(path)} without a name`);
    found.push({ name: own.name, uid: typeof own.uid === 'string' ? own.uid : '', shownName: shownName(own) });
  }
  return typeof metadata?.continue === 'string' ? metadata.continue : '';
}

function shownName(metadata: Record<string, unknown>): string | undefined {
  const text = (metadata.annotations as Record<string, unknown> | undefined)?.['projectcalico.org/metadata'];
  if (typeof text !== 'string') return undefined;
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

/** In words what a status other than success means for a service account. */
export function refusal(status: number, what: string): string {
  if (status === 401) return `the API server refuses the token of the service account (401); it cannot ${what}`;
  if (status === 403) return `the service account may not ${what} (403); are the roles of the chart bound to it?`;
  if (status === 404) return `the API server knows no such thing (404); it cannot ${what}`;
  return `the API server answers ${status}; it cannot ${what}`;
}

/** "namespaces", or "globalnetworkpolicies.crd.projectcalico.org". */
export function resourceOf(path: string): string {
  const parts = path.replace(/\?.*/, '').split('/').slice(1);
  return parts[0] === 'apis' ? `${parts.at(-1)}.${parts[1]}` : `${parts.at(-1)}`;
}

function ask(
  host: string,
  port: string,
  folder: string,
  asked: KubernetesRequest,
  requestMs: number,
  agentFor: (ca: Buffer) => Agent,
): Promise<KubernetesAnswer> {
  let ca: Buffer;
  let token: string;
  try {
    ca = readFileSync(`${folder}/ca.crt`);
    token = readFileSync(`${folder}/token`, 'utf8').trim();
  } catch (error) {
    return Promise.reject(
      new KubernetesError(`the service account cannot be read: ${(error as NodeJS.ErrnoException).code ?? (error as Error).name}`),
    );
  }
  const { promise, resolve, reject } = Promise.withResolvers<KubernetesAnswer>();
  const late = AbortSignal.timeout(requestMs);
  const fail = (error: Error) =>
    reject(new KubernetesError(late.aborted ? `the API server gives no answer within ${requestMs / 1000} s` : describeFailure(error)));
  try {
    const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
    const request = httpsRequest(
      {
        host,
        port,
        path: asked.path,
        method: asked.method,
        agent: agentFor(ca),
        signal: AbortSignal.any([asked.signal, late]),
        headers: {
          authorization: `Bearer ${token}`,
          accept: asked.method === 'GET' ? ACCEPT : 'application/json',
          'user-agent': 'cextfire-shipper',
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body), 'content-type': contentType(asked.method) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MOST_BYTES) request.destroy(new Error(`an answer of more than ${MOST_BYTES} bytes`));
          else chunks.push(chunk);
        });
        response.on('error', fail);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks)) }));
      },
    );
    request.on('error', fail);
    request.end(body);
  } catch (error) {
    // An unreadable CA, or a token with a line break in it, throws at once.
    fail(error as Error);
  }
  return promise;
}

const contentType = (method: string) => (method === 'PATCH' ? 'application/merge-patch+json' : 'application/json');

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

const TLS_ERRORS = /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO$|HOSTNAME_MISMATCH$|INVALID_CA$)/;

function describeFailure(error: Error): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code && TLS_ERRORS.test(code))
    return `the API server's certificate cannot be trusted (${code}): it does not fit the CA of the service account`;
  if (code === 'ERR_INVALID_CHAR') return 'the token of the service account is damaged';
  return `the API server cannot be reached: ${code ?? message}`;
}

/** /healthz, /readyz, /status, /metrics: for the kubelet, for people in the cluster, for Prometheus. Nothing can be changed through it. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Pages {
  /** undefined = all is well; else why not, in one line */
  readonly unhealthy: () => string | undefined;
  readonly unready: () => string | undefined;
  readonly status: () => unknown;
  readonly metrics: () => string;
}

export interface ListenEvents {
  readonly listening: (port: number) => void;
  readonly failed: (error: Error) => void;
}

const RETRY_MS = 1_000;

/**
 * A port in use is tried again each second and never ends the shipper: during a restart the old process may hold it for some seconds,
 * and shipping matters more than being seen.
 */
export function serve(pages: Pages, port: number, host: string | undefined, events: ListenEvents): Server {
  const server = createServer(({ method, url = '/' }, response) => {
    if (method !== 'GET' && method !== 'HEAD') return answer(response, 405, 'text/plain', 'only GET\n');
    switch (new URL(url, 'http://shipper').pathname) {
      case '/healthz':
        return check(response, pages.unhealthy());
      case '/readyz':
        return check(response, pages.unready());
      case '/status':
        return answer(response, 200, 'application/json', `${JSON.stringify(pages.status(), undefined, 2)}\n`);
      case '/metrics':
        return answer(response, 200, 'text/plain; version=0.0.4; charset=utf-8', pages.metrics());
      default:
        return answer(response, 404, 'text/plain', 'there are /healthz, /readyz, /status and /metrics\n');
    }
  });
  const listen = () => server.listen({ port, ...(host ? { host } : {}) });
  server.on('listening', () => events.listening((server.address() as AddressInfo).port));
  server.on('error', (error) => {
    events.failed(error);
    setTimeout(listen, RETRY_MS).unref();
  });
  listen();
  return server;
}

function check(response: ServerResponse, why: string | undefined): void {
  if (why === undefined) answer(response, 200, 'text/plain', 'ok\n');
  else answer(response, 503, 'text/plain', `${why}\n`);
}

function answer(response: ServerResponse, code: number, type: string, body: string): void {
  response.writeHead(code, { 'content-type': type }).end(body);
}

/**
 * The shipper's own look at the API server. Felix hides both an outage and lost rights: the stream merely goes silent
 * (reference/felix.md 10). The answer travels with each heartbeat, so that the cloud can say since when a view may be stale.
 */
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { cextfire } from '../proto/generated/shipment.js';
import type { Clock } from './clock.ts';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
export const PROBE_EVERY_MS = 15_000;
const TIMEOUT_MS = 5_000;
/** Things that Felix itself must list; with one item each, so a probe costs the API server nothing. */
const PATHS = ['/api/v1/pods?limit=1', '/api/v1/namespaces?limit=1'];

export interface Probe {
  readonly answer: cextfire.IProbe | undefined;
}

/** undefined outside a pod. Inside, asks every 15 s until the signal. */
export function openProbe(
  clock: Clock,
  signal: AbortSignal,
  env: Readonly<Record<string, string | undefined>> = process.env,
  folder: string = SERVICE_ACCOUNT,
): Probe | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env;
  if (!host || !existsSync(`${folder}/token`)) return undefined;
  let answer: cextfire.IProbe | undefined;
  const ask = async () => {
    let reason = '';
    for (const path of PATHS) reason ||= await whyNot(host, port, path, folder);
    const ok = reason === '';
    answer = { ok, reason, sinceMs: answer && answer.ok === ok ? (answer.sinceMs ?? clock.now()) : clock.now() };
    if (!signal.aborted) clock.after(PROBE_EVERY_MS, () => void ask());
  };
  void ask();
  return {
    get answer() {
      return answer;
    },
  };
}

/** '' = it answers and we may; token and CA are read anew each time, because both are rotated. */
function whyNot(host: string, port: string, path: string, folder: string): Promise<string> {
  return new Promise((resolve) => {
    try {
      const asked = request(
        {
          host,
          port,
          path,
          timeout: TIMEOUT_MS,
          ca: readFileSync(`${folder}/ca.crt`),
          headers: { authorization: `Bearer ${readFileSync(`${folder}/token`, 'utf8').trim()}`, accept: 'application/json' },
        },
        (response) => {
          response.resume();
          resolve(response.statusCode === 200 ? '' : `the API server answers ${response.statusCode} to ${path.replace(/\?.*/, '')}`);
        },
      );
      asked.on('timeout', () => asked.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
      asked.on('error', (error) => resolve(`the API server cannot be reached: ${error.message}`));
      asked.end();
    } catch (error) {
      resolve(`the service account cannot be read: ${(error as Error).message}`);
    }
  });
}

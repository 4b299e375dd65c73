/**
 * HTTPS to one PAN-OS management address: certificates are always verified (CA or pinned fingerprint, docs/decisions/0082), one request at a
 * time, bodies form-encoded so that neither keys nor commands stand in an URL.
 */
import { Agent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { CextError } from '../../errors.ts';
import { panosError } from './errors.ts';
import { LARGEST_ANSWER } from './xml.ts';

export interface TlsPins {
  readonly ca?: string | undefined;
  readonly fingerprints: readonly string[];
}

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Thrown before a byte of the request was sent: surely no effect. */
export class NotSent extends Error {}

const plain = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase();

export class Transport {
  readonly host: string;
  /** until when the certificate is valid that was shown last, Unix ms */
  validUntilMs: number | undefined;
  readonly #port: number;
  readonly #agent: Agent;
  readonly #timeoutMs: number;

  constructor(host: string, port: number, pins: TlsPins, timeoutMs: number) {
    if (pins.ca === undefined && pins.fingerprints.length === 0) {
      throw panosError('CEXT_PANOS_TLS_NOT_PINNED', `no CA and no fingerprint is given for ${host}`);
    }
    this.host = host;
    this.#port = port;
    this.#timeoutMs = timeoutMs;
    const wanted = pins.fingerprints.map(plain);
    const agent = new Agent({ keepAlive: true, maxSockets: 1, keepAliveMsecs: 10_000 });
    // Without a CA the fingerprint alone decides, and it is compared before the first byte of a request is written.
    agent.createConnection = ((options: { host?: string }, done: (error: Error | null, socket?: TLSSocket) => void) => {
      const socket = connect({
        host,
        port,
        ...(isIP(host) ? {} : { servername: host }),
        ...(pins.ca === undefined ? { rejectUnauthorized: false } : { ca: pins.ca, rejectUnauthorized: true }),
        minVersion: 'TLSv1.2',
      });
      void options;
      socket.setTimeout(timeoutMs, () => socket.destroy(new Error('no answer in time')));
      socket.once('error', (error) => done(new NotSent(error.message, { cause: error })));
      socket.once('secureConnect', () => {
        const certificate = socket.getPeerCertificate();
        const shown = plain(certificate.fingerprint256 ?? '');
        this.validUntilMs = Date.parse(certificate.valid_to) || undefined;
        if (wanted.length > 0 && !wanted.includes(shown)) {
          socket.destroy();
          done(new NotSent(`fingerprint ${shown} is not pinned`, { cause: { code: 'FINGERPRINT' } }));
        } else done(null, socket);
      });
      return undefined;
    }) as unknown as Agent['createConnection'];
    this.#agent = agent;
  }

  /** Throws CEXT_PANOS_UNREACHABLE or CEXT_PANOS_TLS_NOT_TRUSTED (surely no effect), CEXT_PANOS_UNKNOWN_EFFECT, CEXT_PANOS_ANSWER_NOT_UNDERSTOOD. */
  async post(fields: Readonly<Record<string, string>>, key: string | undefined): Promise<Reply> {
    const body = new URLSearchParams(fields).toString();
    try {
      return await this.#exchange(body, key);
    } catch (error) {
      // A connection kept open may have died while the function was frozen; what only reads is asked again on a new one.
      const isReading = ['get', 'show'].includes(fields.action ?? '') || /^<(show|check)>/.test(fields.cmd ?? '');
      if (!isReading || !(error as { reused?: boolean }).reused) throw this.#explain(error);
      try {
        return await this.#exchange(body, key);
      } catch (again) {
        throw this.#explain(again);
      }
    }
  }

  #exchange(body: string, key: string | undefined): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const request = httpsRequest(
        {
          host: this.host,
          port: this.#port,
          path: '/api/',
          method: 'POST',
          agent: this.#agent,
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': Buffer.byteLength(body),
            ...(key === undefined ? {} : { 'x-pan-key': key }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > LARGEST_ANSWER) {
              request.destroy();
              reject(panosError('CEXT_PANOS_ANSWER_NOT_UNDERSTOOD', `the answer of ${this.host} is larger than ${LARGEST_ANSWER} bytes`));
            } else chunks.push(chunk);
          });
          response.on('error', reject);
          response.on('aborted', () => reject(new Error('the connection was cut in the answer')));
          response.on('end', () => {
            if (response.complete) resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
          });
        },
      );
      const timer = setTimeout(() => request.destroy(new Error(`no answer in ${this.#timeoutMs} ms`)), this.#timeoutMs);
      request.on('close', () => clearTimeout(timer));
      request.on('error', (error) => {
        const lost = ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '');
        reject(lost && request.reusedSocket ? Object.assign(error, { reused: true }) : error);
      });
      request.end(body);
    });
  }

  #explain(error: unknown): CextError {
    if (error instanceof CextError) return error;
    const text = error instanceof Error ? error.message : String(error);
    if (error instanceof NotSent) {
      const code = (error.cause as { code?: string } | undefined)?.code ?? '';
      const tls = /CERT|SELF_SIGNED|ALTNAME|FINGERPRINT|ISSUER|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/.test(code);
      return panosError(
        tls ? 'CEXT_PANOS_TLS_NOT_TRUSTED' : 'CEXT_PANOS_UNREACHABLE',
        `${this.host}:${this.#port}: ${text}`,
        {},
        { cause: error },
      );
    }
    return panosError('CEXT_PANOS_UNKNOWN_EFFECT', `${this.host}:${this.#port}: ${text}`, {}, { cause: error });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Requests of the XML API to a twin, as a client sends them. */
import { request as httpsRequest } from 'node:https';
import type { PanosTwin } from './start.ts';

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

type Fields = Readonly<Record<string, string>>;

export class Ask {
  readonly #twin: PanosTwin;

  constructor(twin: PanosTwin) {
    this.#twin = twin;
  }

  /** A form; `key` in place of the twin's own, "" for none. */
  post(fields: Fields, key: string = this.#twin.apiKey): Promise<Reply> {
    return this.send(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded', key);
  }

  send(body: string, contentType: string, key: string = this.#twin.apiKey, path = '/api/'): Promise<Reply> {
    const { host, port, ca } = this.#twin;
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': contentType, ...(key ? { 'x-pan-key': key } : {}) };
      const request = httpsRequest({ host, port, path, method: 'POST', ca, agent: false, headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  async config(action: string, xpath: string, more: Fields = {}): Promise<string> {
    return (await this.post({ type: 'config', action, xpath, ...more })).body;
  }

  async op(cmd: string, more: Fields = {}): Promise<string> {
    return (await this.post({ type: 'op', cmd, ...more })).body;
  }

  async userId(payload: string, more: Fields = {}): Promise<string> {
    const cmd = `<uid-message><version>1.0</version><type>update</type><payload>${payload}</payload></uid-message>`;
    return (await this.post({ type: 'user-id', cmd, ...more })).body;
  }

  async commit(cmd: string, action = ''): Promise<string> {
    return (await this.post({ type: 'commit', cmd, ...(action ? { action } : {}) })).body;
  }

  /** A file in a form, with the parameters in the URL. */
  upload(parameters: Fields, name: string, content: string): Promise<Reply> {
    const body = `--edge\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n${content}\r\n--edge--\r\n`;
    const path = `/api/?${new URLSearchParams({ type: 'import', ...parameters })}`;
    return this.send(body, 'multipart/form-data; boundary=edge', undefined, path);
  }
}

export const register = (ip: string, ...tags: string[]): string =>
  `<register><entry ip="${ip}"><tag>${tags.map((tag) => `<member>${tag}</member>`).join('')}</tag></entry></register>`;

export const VSYS = "/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='vsys1']";

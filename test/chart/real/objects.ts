/** Objects brought to the API server as `kubectl apply --server-side` does it, strictly: what it does not know, or warns of, is an error. */
import type { ControlPlane } from './control-plane.ts';

export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Paths of kinds, by discovery. */
export class Objects {
  readonly #plane: ControlPlane;
  readonly #known = new Map<string, { readonly name: string; readonly namespaced: boolean }>();

  constructor(plane: ControlPlane) {
    this.#plane = plane;
  }

  async pathOf({ apiVersion, kind, metadata }: ApiObject): Promise<string> {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const key = `${base} ${kind}`;
    if (!this.#known.has(key)) {
      const { body } = await this.#plane.ask('GET', base);
      for (const each of (body?.resources ?? []) as { kind: string; name: string; namespaced: boolean }[])
        if (!each.name.includes('/')) this.#known.set(`${base} ${each.kind}`, each);
    }
    const found = this.#known.get(key);
    if (!found) throw new Error(`the API server knows no ${kind} of ${apiVersion}`);
    return `${base}${found.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : ''}/${found.name}/${metadata.name}`;
  }

  /** The object as it was taken. @throws Error with what the API server says, a warning included */
  async apply(object: ApiObject, { dryRun = false } = {}): Promise<ApiObject> {
    const path = `${await this.pathOf(object)}?fieldManager=cextfire-test&force=true&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    const { status, headers, body, text } = await this.#plane.ask('PATCH', path, object, { type: 'application/apply-patch+yaml' });
    if (status !== 200 && status !== 201) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${body?.message ?? text}`);
    if (headers.warning !== undefined) throw new Error(`${object.kind} ${object.metadata.name}: ${headers.warning}`);
    return body as ApiObject;
  }

  async remove(object: ApiObject): Promise<void> {
    const { status, text } = await this.#plane.ask('DELETE', await this.pathOf(object), { gracePeriodSeconds: 0 });
    if (status !== 200 && status !== 202 && status !== 404) throw new Error(text);
  }

  async get(object: ApiObject): Promise<ApiObject | undefined> {
    const { status, body } = await this.#plane.ask('GET', await this.pathOf(object));
    return status === 200 ? (body as ApiObject) : undefined;
  }
}

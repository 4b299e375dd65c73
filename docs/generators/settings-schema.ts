import type * as z from 'zod';
import { toJSONSchema } from 'zod';
import {
  Border,
  Budget,
  Cluster,
  Firewall,
  LinuxManager,
  Network,
  Pair,
  PanoramaManager,
  PanosManager,
  Settings,
} from '../../functions/settings.ts';
import { settingsComments } from './settings-comments.ts';

type Type = z.core.$ZodType;
interface Definition {
  readonly shape?: Readonly<Record<string, Type>>;
  readonly innerType?: Type;
  readonly options?: readonly Type[];
  readonly valueType?: Type;
  readonly element?: Type;
}
const definition = (schema: Type) => schema._zod.def as Definition;

/** What of JSON schema is used here. */
export interface Json {
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Json[];
  oneOf?: readonly Json[];
  items?: Json;
  properties?: Readonly<Record<string, Json>>;
  required?: readonly string[];
  additionalProperties?: Json | boolean;
  default?: unknown;
  description?: string;
  pattern?: string;
}

/** Schemas with a constant of their own, and what its comments are called. */
const NAMED = new Map<Type, string>([
  [Settings, 'Settings'],
  [LinuxManager, 'LinuxManager'],
  [PanosManager, 'PanosManager'],
  [PanoramaManager, 'PanoramaManager'],
  [Firewall, 'Firewall'],
  [Border, 'Border'],
  [Cluster, 'Cluster'],
  [Pair, 'Pair'],
  [Network, 'Network'],
  [Budget, 'Budget'],
]);
/** Keys whose block is a constant that settings.ts does not export. */
const INSTEAD: Readonly<Record<string, string>> = { tls: 'Tls', filter: 'Anchor', nat: 'Anchor' };

/** JSON schema of what a person writes, every key with its comment. @throws Error naming the keys of which settings.ts says nothing */
export function describedSchema(schema: Type): Json {
  const comments = settingsComments();
  const missing: string[] = [];
  const walk = (type: Type, json: Json, around: string): void => {
    const path = NAMED.get(type) ?? around;
    const { shape, innerType, options, valueType, element } = definition(type);
    if (innerType) walk(innerType, json, path);
    if (valueType && typeof json.additionalProperties === 'object') walk(valueType, json.additionalProperties, path);
    if (element && json.items) walk(element, json.items, path);
    for (const [index, option] of (options ?? []).entries()) {
      const alternative = (json.anyOf ?? json.oneOf)?.[index];
      if (alternative) walk(option, alternative, path);
    }
    for (const [key, value] of Object.entries(shape ?? {})) {
      const property = json.properties?.[key];
      if (!property) continue;
      const text = comments.get(`${path}.${key}`) ?? (path.endsWith('Manager') ? comments.get(`managerBase.${key}`) : undefined);
      if (text) property.description = text;
      else missing.push(`${path}.${key}`);
      walk(value, property, INSTEAD[key] ?? `${path}.${key}`);
    }
  };
  const json = toJSONSchema(schema, { io: 'input' }) as Json;
  walk(schema, json, '');
  if (missing.length > 0) throw new Error(`functions/settings.ts has no comment above ${[...new Set(missing)].join(', ')}`);
  return json;
}

/** infra/environments/environment.schema.json: what an editor needs to complete and check an environment file. */
export function settingsSchema(): string {
  const about = {
    title: 'cextfire environment',
    description: 'Settings of one environment. `cextfire check FILE` says more than this schema can.',
  };
  return `${JSON.stringify({ ...describedSchema(Settings), ...about }, undefined, 2)}\n`;
}

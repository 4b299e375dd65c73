/**
 * Reads settings from YAML with the line of every mistake: at synth, and for the command line. Functions start with settings-start.ts.
 * Each mistake is one line: `file:line:col path: what is wrong; what to do`. All of them are told at once.
 */
import { type Document, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { CextError } from './errors.ts';
import { Settings } from './settings.ts';
import { crossCheck, type Mistake } from './settings-checks.ts';
import { settingsErrors } from './settings-errors.ts';

/** @throws CEXT_SETTINGS_INVALID with every mistake */
export function parseSettings(text: string, file: string): Settings {
  refuseOther(text, file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, merge: true });
  if (document.errors.length > 0)
    refuse(
      file,
      document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return { line, where: `${file}:${line}:${col}`, text: `not YAML: ${error.message.split('\n', 1)[0]}; correct the syntax` };
      }),
    );
  const locate = (path: readonly PropertyKey[]): Located => {
    const offset = offsetOf(document.contents as Node | null, path);
    const { line, col } = lines.linePos(offset);
    return { line, where: `${file}:${line}:${Math.max(1, col)}` };
  };
  return check(readValue(document, file), file, locate);
}

/** A big environment has 50 KB; five times as much is another file, whose every line would be a mistake. */
const MOST_CHARACTERS = 256 * 1024;
/** So many mistakes are told at once. */
const MOST_MISTAKES = 100;

/** What is no text of settings at all is told in one line. */
function refuseOther(text: string, file: string): void {
  const say = (what: string) => refuse(file, [{ line: 1, where: `${file}:1:1`, text: what }]);
  if (text.length > MOST_CHARACTERS)
    say(`not settings: the file has ${text.length} characters, and ${MOST_CHARACTERS} are the most; name a settings file`);
  if (/[\uFFFD\0]/.test(text)) say('not UTF-8: bytes that are no characters; save the file as UTF-8');
}

/** @throws CEXT_SETTINGS_INVALID where an alias names nothing, or aliases of aliases grow without end */
function readValue(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return refuse(file, [{ line: 1, where: `${file}:1:1`, text: `not YAML: ${(error as Error).message}; write the value out` }]);
  }
}

interface Located {
  readonly line: number;
  /** file:line:col */
  readonly where: string;
}

function check(value: unknown, file: string, locate: (path: readonly PropertyKey[]) => Located): Settings {
  const parsed = Settings.safeParse(value);
  const mistakes = parsed.success ? crossCheck(parsed.data) : parsed.error.issues.flatMap((issue) => mistakesOf(issue, value));
  if (parsed.success && mistakes.length === 0) return parsed.data;
  return refuse(
    file,
    mistakes.map(({ path, text }) => {
      const located = locate(path);
      return { line: located.line, where: located.where, text: `${pathText(path)}: ${text}` };
    }),
  );
}

function refuse(file: string, found: readonly (Located & { readonly text: string })[]): never {
  const sorted = found.toSorted((a, b) => a.line - b.line);
  const lines = [...new Set(sorted.map(({ where, text }) => `${where} ${text}`))];
  const told = lines.slice(0, MOST_MISTAKES);
  if (lines.length > told.length) told.push(`${file}: ${lines.length - told.length} more mistakes; correct these first`);
  throw new CextError('CEXT_SETTINGS_INVALID', settingsErrors.CEXT_SETTINGS_INVALID, told.join('\n'), { file, line: sorted[0]?.line ?? 1 });
}

/** `managers.edge.port`, `pairs[0].tiers`. */
function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(whole file)';
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`)).join('');
}

function mistakesOf(issue: z.core.$ZodIssue, value: unknown): Mistake[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const near = nearest(key, knownKeys(path, value));
      return { path: [...path, key], text: `there is no such key; ${near ? `write "${near}"` : 'take it out'}` };
    });
  if (issue.code === 'invalid_key') return [{ path, text: `not a name: ${issue.issues[0]?.message ?? ''}; rename it` }];
  if (issue.code === 'invalid_union') {
    const found = at(value, path);
    // The alternative that got furthest says the most; where none got anywhere, the union itself.
    const alternatives = issue.errors.map((issues) =>
      issues.flatMap((inner) => mistakesOf({ ...inner, path: [...path, ...inner.path] } as z.core.$ZodIssue, value)),
    );
    const best = alternatives.filter((list) => depth(list) > path.length).sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
    if (best && isBlock(found)) return best;
    if (found === undefined) return [{ path, text: 'is missing; write it (it has no default)' }];
    const wanted = 'options' in issue ? anyOf(issue.options as readonly unknown[]) : issue.message;
    return [{ path, text: `expected ${wanted}; correct the value` }];
  }
  const found = at(value, path);
  if (found === undefined) return [{ path, text: 'is missing; write it (it has no default)' }];
  const wanted = wantedBy(issue);
  if (found === null || found === '') return [{ path, text: `is empty; write ${wanted ?? 'a value'}` }];
  if (wanted === undefined) return [{ path, text: `${issue.message}; correct the value` }];
  const unquoted = issue.code === 'invalid_type' && issue.expected === 'string' && typeof found !== 'object';
  return [{ path, text: `expected ${wanted}; ${unquoted ? `put ${String(found)} in quotes` : 'correct the value'}` }];
}

/** What should stand there, in words; undefined: the schema's own message says it (a length, a bound). */
function wantedBy(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case 'custom':
    case 'invalid_format':
      return issue.message;
    case 'invalid_value':
      return anyOf(issue.values);
    case 'invalid_type':
      return WORDS[issue.expected] ?? issue.expected;
    default:
      return undefined;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of keys',
  record: 'a block of names',
};

const anyOf = (values: readonly unknown[]) => new Intl.ListFormat('en', { type: 'disjunction' }).format(values.map(String));

const isBlock = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const depth = (mistakes: readonly Mistake[]) => Math.max(...mistakes.map(({ path }) => path.length));

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let there = value;
  for (const part of path) there = (there as Record<PropertyKey, unknown> | null | undefined)?.[part];
  return there;
}

/** The keys that may stand at a path, asked of the schema itself by walking it. */
function knownKeys(path: readonly PropertyKey[], value: unknown): string[] {
  let schemas: z.core.$ZodType[] = [Settings];
  path.forEach((part, index) => {
    schemas = schemas.flatMap((schema) => step(schema, part, at(value, path.slice(0, index))));
  });
  return schemas.flatMap((schema) => unwrap(schema, at(value, path))).flatMap((schema) => Object.keys(shapeOf(schema) ?? {}));
}

type Definition = {
  readonly shape?: Record<string, z.core.$ZodType>;
  readonly innerType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly valueType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly discriminator?: string;
};
const definition = (schema: z.core.$ZodType) => schema._zod.def as Definition;
const shapeOf = (schema: z.core.$ZodType) => definition(schema).shape;

/** Through defaults and optionals to what they wrap; of a union the alternative that the discriminator names, else all. */
function unwrap(schema: z.core.$ZodType, value: unknown): z.core.$ZodType[] {
  const { innerType, options, discriminator } = definition(schema);
  if (innerType) return unwrap(innerType, value);
  if (!options) return [schema];
  const wanted = discriminator === undefined ? undefined : (value as Record<string, unknown> | undefined)?.[discriminator];
  const chosen = options.filter((option) => {
    const tag = discriminator === undefined ? undefined : shapeOf(option)?.[discriminator];
    return wanted === undefined || tag === undefined || tag._zod.values?.has(wanted as never);
  });
  return chosen.flatMap((option) => unwrap(option, value));
}

function step(schema: z.core.$ZodType, part: PropertyKey, value: unknown): z.core.$ZodType[] {
  return unwrap(schema, value).flatMap((inner) => {
    const { shape, valueType, element } = definition(inner);
    const next = shape ? shape[String(part)] : (valueType ?? element);
    return next ? [next] : [];
  });
}

/** The known key that is at most a third of its letters away. */
function nearest(key: string, known: readonly string[]): string | undefined {
  const scored = known.map((name) => ({ name, distance: editDistance(key.toLowerCase(), name.toLowerCase()) }));
  const best = scored.sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(2, Math.ceil(best.name.length / 3)) ? best.name : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, substitute));
    }
    row = next;
  }
  return row[b.length] as number;
}

/** Where the key at the path stands; of what is missing, where the nearest thing around it does. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && (isScalar(item.key) ? String(item.key.value) : String(item.key)) === String(part),
      );
      if (!pair) break;
      offset = (isNode(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      offset = (isNode(node) ? node.range?.[0] : undefined) ?? offset;
    } else break;
  }
  return offset;
}

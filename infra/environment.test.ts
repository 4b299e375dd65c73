/** A stranger's settings file: every option is synthesized; every value that is wrong is told with its line and what to do. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { parseSettings } from '../functions/settings-file.ts';
import { BUNDLES } from '../test/cloud/stand-ins/stack.ts';
import { loadEnvironment } from './environment.ts';
import { EnvironmentStack } from './stack.ts';

const EVERY_OPTION = fileURLToPath(new URL('every-option.yaml', import.meta.url));
const read = (file: string) => readFileSync(file, 'utf8');

type Path = readonly (string | number)[];

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** "managers.*.tls.ca": every key that the schema knows, names and places in lists left open. */
function keysOf({ properties = {}, additionalProperties, items, anyOf = [], oneOf = [] }: Schema, at = ''): readonly string[] {
  const below = (schema: Schema, name: string) => keysOf(schema, at === '' ? name : `${at}.${name}`);
  const named = Object.entries(properties).flatMap(([key, schema]) => below(schema, key));
  const open = [...(typeof additionalProperties === 'object' ? [additionalProperties] : []), ...(items ? [items] : [])];
  const deeper = [
    ...named,
    ...open.flatMap((schema) => below(schema, '*')),
    ...[...anyOf, ...oneOf].flatMap((schema) => keysOf(schema, at)),
  ];
  return deeper.length > 0 ? deeper : [at];
}

/** Where every single value of a file stands. */
function leavesOf(node: unknown, path: Path = []): readonly Path[] {
  if (isMap(node)) return node.items.flatMap(({ key, value }) => leavesOf(value, [...path, String(isScalar(key) ? key.value : key)]));
  if (isSeq(node)) return node.items.flatMap((item, at) => leavesOf(item, [...path, at]));
  return [path];
}

describe('the file with every option', () => {
  test('has every key of the schema, in every form that it may have', () => {
    const used = new Set(leavesOf(parseDocument(read(EVERY_OPTION)).contents).map((path) => path.join('.')));
    const schema = JSON.parse(read(fileURLToPath(new URL('environments/environment.schema.json', import.meta.url)))) as Schema;
    const found = (key: string) => {
      const pattern = new RegExp(`^${key.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`);
      return [...used].some((path) => pattern.test(path));
    };
    expect(keysOf(schema).length).toBeGreaterThan(80);
    // The third form of a network, beside `none` and ids; all three are synthesized below.
    expect([...new Set(keysOf(schema))].filter((key) => !found(key))).toEqual(['network', 'network.cidr', 'network.vpnGateway']);
  });

  test.each([
    ['in a VPC that was given', undefined],
    ['in a VPC that is made', { cidr: '10.250.0.0/24', vpnGateway: false }],
    ['without a VPC', 'none'],
  ] as const)(
    'is synthesized %s, and cdk-nag has nothing to say',
    (_, network) => {
      const outdir = mkdtempSync(join(tmpdir(), 'cextfire-options-'));
      const document = parseDocument(read(EVERY_OPTION));
      if (network !== undefined) document.set('network', network);
      // A VPC that is made has IPv4 only.
      if (typeof network === 'object') document.setIn(['managers', 'pair', 'addresses'], ['10.20.0.5']);
      try {
        const app = new App({ outdir });
        const stack = new EnvironmentStack(app, 'stack', {
          settings: parseSettings(document.toString(), 'every-option.yaml'),
          bundles: BUNDLES,
        });
        Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
        const assembly = app.synth();
        expect(assembly.stacks.map(({ stackName }) => stackName)).toEqual(['stack']);
        const template = Template.fromStack(stack);
        template.resourceCountIs('AWS::Lambda::Function', 6);
        template.resourceCountIs('AWS::EC2::VPC', typeof network === 'object' ? 1 : 0);
        template.resourceCountIs('AWS::EC2::VPNGateway', 0);
        const inVpc = Object.values(template.findResources('AWS::Lambda::Function')).filter(({ Properties }) => Properties.VpcConfig);
        expect(inVpc).toHaveLength(network === 'none' ? 0 : 3);
        const bothFamilies = inVpc.filter(({ Properties }) => Properties.VpcConfig.Ipv6AllowedForDualStack);
        expect(bothFamilies.map(({ Properties }) => Properties.Description)).toEqual(
          network === undefined ? ['cextfire apply to pair'] : [],
        );
        // As its settings say; what runs side by side is then bounded by the mappings alone.
        expect(JSON.stringify(template.toJSON())).not.toContain('ReservedConcurrentExecutions');
        template.allResourcesProperties('AWS::Lambda::EventSourceMapping', { ScalingConfig: { MaximumConcurrency: 2 } });
      } finally {
        rmSync(outdir, { recursive: true, force: true });
      }
    },
    60_000,
  );
});

const WRONG: readonly (readonly [name: string, value: unknown])[] = [
  ['nothing', null],
  ['an empty text', ''],
  ['another text', 'Wrong value! é'],
  ['a block', { surely: 'wrong' }],
  ['a list', ['wrong', 7]],
  ['a negative number', -1],
  ['a huge number', 1e21],
  ['true', true],
];

/** What is not wrong: any words where words are free, an empty tag, true where it is asked. */
const RIGHT =
  /^(tags\.[^.]+|firewalls\.\w+\.placement\.(deviceGroup|template|vsys|\w+\.rule)|borders\.\w+\.zones\..+) := another text$|^tags\..+ := an empty text$|(frozen|defaultDeny|reserveConcurrency) := true$/;

/** Line on which the value at this path stands. */
function lineOf(text: string, path: Path): number {
  const node = parseDocument(text).getIn(path, true) as { readonly range?: readonly [number, number, number] } | undefined;
  return text.slice(0, node?.range?.[0] ?? 0).split('\n').length;
}

/** What is said of a text; undefined: nothing is wrong with it. Anything but one clear mistake is thrown on. */
function said(text: string): readonly string[] | undefined {
  try {
    parseSettings(text, 'x.yaml');
    return undefined;
  } catch (error) {
    if ((error as { code?: string }).code !== 'CEXT_SETTINGS_INVALID') throw error;
    return (error as Error).message.split('\n');
  }
}

test('what is no file is told by its name', () => {
  expect(() => loadEnvironment('nobody')).toThrow(/There is no environment file .*nobody\.yaml\. Known environments: demo, example\. /);
  expect(() => loadEnvironment(tmpdir())).toThrow(
    expect.objectContaining({ code: 'CEXT_INFRA_NO_ENVIRONMENT', message: expect.stringContaining('EISDIR') }),
  );
});

describe('every value made wrong is told: line, path, what to do', () => {
  test('each leaf of the file with every option', () => {
    const good = parseDocument(read(EVERY_OPTION));
    const paths = leavesOf(good.contents);
    const passed: string[] = [];
    const unclear: string[] = [];
    let told = 0;
    for (const path of paths)
      for (const [name, value] of WRONG) {
        const wrong = good.clone();
        wrong.setIn(path, value);
        const text = wrong.toString({ lineWidth: 0 });
        const where = [path.join('.'), name].join(' := ');
        const lines = said(text);
        if (lines === undefined) {
          passed.push(where);
          continue;
        }
        told += 1;
        const line = lineOf(text, path);
        const at = new Set(lines.map((one) => Number(one.split(':')[1])));
        // A block or a list begins on the line after its key; a name that is gone is told where it was used as well.
        const placed = at.has(line) || (typeof value === 'object' && at.has(line - 1));
        if (!placed || !lines.every((one) => /^x\.yaml:\d+:\d+ [^:]+: \S.*; \S.+$/.test(one)))
          unclear.push(`${where}: ${lines.join(' | ')}`);
      }
    expect(unclear).toEqual([]);
    expect(passed.filter((where) => !RIGHT.test(where))).toEqual([]);
    expect(told).toBeGreaterThan(paths.length * 6);
  });

  test.each([
    ['an alias without an anchor', 'environment: *nobody'],
    ['aliases of aliases', `a: &a [x, x]\nb: &b [${'*a,'.repeat(60)}]\nc: &c [${'*b,'.repeat(60)}]\nd: [${'*c,'.repeat(60)}]`],
    ['an empty file', ''],
    ['a list', '- environment: demo'],
    ['two documents', 'environment: a\n---\nenvironment: b'],
    ['the same key twice', 'environment: a\nenvironment: b'],
    ['an open bracket', 'environment: [a'],
    ['bytes', '\u0000\u0001'],
  ])('a file that is no settings at all: %s', (_, text) => {
    const lines = said(text);
    expect(lines).toBeDefined();
    for (const line of lines ?? []) expect(line).toMatch(/^x\.yaml:\d+:\d+ .+; .+$/);
  });
});

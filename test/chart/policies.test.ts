/** The example policies: right for a border by form, and with annotations that exist. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';

const folder = new URL('../../docs/guides/border-policies/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const known = new Set(
  [...readFileSync(new URL('../../docs/reference/annotations.md', import.meta.url), 'utf8').matchAll(/cextfire\.io\/[a-z]+/g)].map(
    ([name]) => name,
  ),
);

interface Rule {
  readonly action: string;
  readonly destination?: object;
  readonly metadata?: { readonly annotations: Record<string, unknown> };
}
interface Policy {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly tier: string;
    readonly applyOnForward: boolean;
    readonly selector: string;
    readonly types: string[];
    readonly ingress?: Rule[];
    readonly egress?: Rule[];
  };
}

test('there are some', () => expect(files.length).toBeGreaterThan(2));

test.each(files)('%s', (file) => {
  const documents = parseAllDocuments(readFileSync(new URL(file, folder), 'utf8'));
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  const policies = documents.map((document) => document.toJS() as Policy).filter(({ kind }) => kind === 'GlobalNetworkPolicy');
  expect(policies).toHaveLength(1);
  for (const { metadata, spec } of policies) {
    // Up to 3.31 the tier is read from the name.
    expect(metadata.name.startsWith(`${spec.tier}.`)).toBe(true);
    expect(spec).toMatchObject({ applyOnForward: true, selector: expect.stringMatching(/border ==/) });
    expect(spec.types).toEqual([...(spec.ingress ? ['Ingress'] : []), ...(spec.egress ? ['Egress'] : [])]);
    for (const [direction, rules] of [['ingress', spec.ingress ?? []] as const, ['egress', spec.egress ?? []] as const])
      for (const { action, metadata: of, destination } of rules) {
        const annotations = of?.annotations ?? {};
        for (const [name, value] of Object.entries(annotations)) expect([known.has(name), typeof value]).toEqual([true, 'string']);
        // A translation belongs to what is allowed on its way out; a Service at a border means endpoints outside.
        if ('cextfire.io/snat' in annotations) expect([direction, action]).toEqual(['egress', 'Allow']);
        expect(destination ?? {}).not.toHaveProperty('services');
      }
  }
});

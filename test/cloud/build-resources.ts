/** Makes what a template says, in the order in which its resources refer to each other. */
import type { AssemblyStack, Resource } from './assembly.ts';
import { ACCOUNT, REGION } from './aws.ts';
import { CloudError } from './errors.ts';
import { type References, resolveValue } from './intrinsics.ts';
import type { Made } from './resources.ts';

/** Makes every resource once, those it refers to before it. */
export async function buildResources(
  stack: AssemblyStack,
  make: (id: string, resource: Resource, properties: Record<string, unknown>) => Promise<Made>,
): Promise<References> {
  const { template } = stack;
  for (const name of ['Conditions', 'Mappings'] as const)
    if (Object.keys(template[name] ?? {}).length > 0)
      throw new CloudError(`The template has ${name}, which this cloud does not know: teach it in test/cloud/build-resources.ts.`);
  const made = new Map<string, Made>();
  const references: References = {
    ref: (name) => pseudo(name, stack) ?? need(name).ref,
    attribute: (name, attribute) => {
      const value = need(name).attributes[attribute];
      if (value === undefined)
        throw new CloudError(`This cloud does not know the attribute ${attribute} of ${name} (${template.Resources[name]?.Type}).`);
      return value;
    },
  };
  const need = (id: string): Made => {
    const known = made.get(id);
    if (known) return known;
    throw new Missing(id);
  };
  const visiting = new Set<string>();
  const ensure = async (id: string): Promise<void> => {
    if (made.has(id)) return;
    const resource = template.Resources[id];
    if (!resource) throw new CloudError(`The template refers to ${id}, which it does not have.`);
    if (visiting.has(id))
      throw new CloudError(`The template's resources refer to each other in a circle: ${[...visiting, id].join(' -> ')}`);
    visiting.add(id);
    for (;;) {
      try {
        const properties = resolveValue(resource.Properties ?? {}, references) as Record<string, unknown>;
        made.set(id, await make(id, resource, properties));
        break;
      } catch (error) {
        if (!(error instanceof Missing)) throw error;
        await ensure(error.id);
      }
    }
    visiting.delete(id);
  };
  for (const id of Object.keys(template.Resources)) await ensure(id);
  return references;
}

class Missing extends Error {
  readonly id: string;
  constructor(id: string) {
    super(id);
    this.id = id;
  }
}

function pseudo(name: string, stack: AssemblyStack): string | undefined {
  switch (name) {
    case 'AWS::Region':
      return REGION;
    case 'AWS::AccountId':
      return ACCOUNT;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return stack.name;
    case 'AWS::StackId':
      return `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stack.name}/local`;
    default:
      return name === 'BootstrapVersion' ? '21' : undefined;
  }
}

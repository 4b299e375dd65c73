/** Who may do what, by the template alone: evaluates the policies of every role against every resource, as IAM would inside of one account. */
import type { Template } from './assembly.ts';
import { resolveValue } from './intrinsics.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
interface Document {
  readonly Statement: readonly Statement[];
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

/** Names stand for resources: whatever a policy says by Ref or GetAtt becomes the logical id. */
const NAMES = {
  ref: (name: string) => (name.startsWith('AWS::') ? name.slice(5).toLowerCase() : name),
  attribute: (resource: string) => resource,
};

function matches(pattern: string, text: string): boolean {
  return new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  ).test(text);
}

export type Context = Readonly<Record<string, string | readonly string[]>>;

/** As IAM evaluates it; an operator that is not known here is an error, never "holds". */
function holds(operator: string, wanted: unknown, value: string | readonly string[] | undefined): boolean {
  const allowed = list(wanted as string | readonly string[]).map(String);
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
      return typeof value === 'string' && allowed.includes(value);
    case 'ArnLike':
      return typeof value === 'string' && allowed.some((pattern) => matches(pattern, value));
    case 'ForAllValues:StringEquals':
      // A request without the key passes, as with IAM: such a statement must not allow an action that has no key.
      return list(value).every((one) => allowed.includes(one));
    default:
      throw new Error(`conditions with ${operator} are not evaluated here: teach it in test/cloud/iam.ts`);
  }
}

export interface Permissions {
  /** logical ids of roles */
  readonly roles: readonly string[];
  /** By the role's own policies. `context` holds the condition keys of the request: kms:ViaService, or dynamodb:LeadingKeys (several). */
  mayRole(role: string, action: string, resource: string, context?: Context): boolean;
  /** By the resource policy of a queue or topic or key. */
  mayPrincipal(principal: string, action: string, resource: string): boolean;
  /** Every statement of every role with a wildcard resource: role, action. */
  wildcards(): readonly { readonly role: string; readonly action: string }[];
}

export function permissionsOf(template: Template): Permissions {
  const resources = Object.entries(template.Resources);
  const documents = new Map<string, Statement[]>();
  const onResource = new Map<string, Statement[]>();
  const add = (to: Map<string, Statement[]>, id: string, document: unknown) => {
    const { Statement: statements } = resolveValue(document, NAMES) as Document;
    to.set(id, [...(to.get(id) ?? []), ...statements]);
  };
  for (const [id, { Type, Properties = {} }] of resources) {
    const properties = resolveValue(Properties, NAMES) as Record<string, unknown>;
    if (Type === 'AWS::IAM::Role') {
      documents.set(id, documents.get(id) ?? []);
      for (const { PolicyDocument } of (properties.Policies ?? []) as { PolicyDocument: unknown }[]) add(documents, id, PolicyDocument);
      if (list(properties.ManagedPolicyArns as string[] | undefined).length > 0)
        throw new Error(`${id} has managed policies, which cannot be evaluated from the template alone`);
    } else if (Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy')
      for (const role of properties.Roles as string[]) add(documents, role, properties.PolicyDocument);
    else if (Type === 'AWS::SQS::QueuePolicy')
      for (const queue of properties.Queues as string[]) add(onResource, queue, properties.PolicyDocument);
    else if (Type === 'AWS::SNS::TopicPolicy')
      for (const topic of properties.Topics as string[]) add(onResource, topic, properties.PolicyDocument);
    else if (Type === 'AWS::KMS::Key') add(onResource, id, properties.KeyPolicy);
  }
  const applies = (statement: Statement, action: string, resource: string, context: Context) =>
    list(statement.Action).some((pattern) => matches(pattern, action)) &&
    list(statement.Resource).some((pattern) => matches(pattern, resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, value]) => holds(operator, value, context[key])),
    );
  const decide = (statements: readonly Statement[], action: string, resource: string, context: Context) => {
    const applying = statements.filter((statement) => applies(statement, action, resource, context));
    return applying.length > 0 && applying.every(({ Effect }) => Effect === 'Allow');
  };
  return {
    roles: [...documents.keys()],
    mayRole: (role, action, resource, context = {}) => decide(documents.get(role) ?? [], action, resource, context),
    mayPrincipal: (principal, action, resource) =>
      decide(
        (onResource.get(resource) ?? []).filter(({ Principal }) => JSON.stringify(Principal).includes(JSON.stringify(principal))),
        action,
        resource,
        {},
      ),
    wildcards: () =>
      [...documents].flatMap(([role, statements]) =>
        statements.flatMap((statement) =>
          list(statement.Resource).includes('*') ? list(statement.Action).map((action) => ({ role, action })) : [],
        ),
      ),
  };
}

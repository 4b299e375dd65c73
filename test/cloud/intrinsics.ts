/** CloudFormation's functions, as far as the template uses them; any other is an error. */
import { CloudError } from './errors.ts';

export interface References {
  /** `Ref` of a resource or a pseudo parameter */
  ref(name: string): string;
  attribute(resource: string, attribute: string): string;
}

export function resolveValue(value: unknown, references: References): unknown {
  if (Array.isArray(value)) return value.map((each) => resolveValue(each, references)).filter((each) => each !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) return call(name, argument, references);
  return Object.fromEntries(
    entries.map(([key, each]) => [key, resolveValue(each, references)] as const).filter(([, each]) => each !== undefined),
  );
}

function call(name: string, argument: unknown, references: References): unknown {
  const text = (value: unknown) => {
    const resolved = resolveValue(value, references);
    if (typeof resolved === 'string' || typeof resolved === 'number') return String(resolved);
    throw new CloudError(`${name}: a text was expected, not ${JSON.stringify(resolved)}`);
  };
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? undefined : references.ref(String(argument));
    case 'Fn::GetAtt': {
      const [resource, attribute] = typeof argument === 'string' ? argument.split('.', 2) : (argument as [string, string]);
      return references.attribute(String(resource), String(attribute));
    }
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map(text).join(separator);
    }
    case 'Fn::Select': {
      const [index, list] = argument as [number, unknown];
      return (resolveValue(list, references) as unknown[])[Number(index)];
    }
    case 'Fn::Split': {
      const [separator, whole] = argument as [string, unknown];
      return text(whole).split(separator);
    }
    case 'Fn::Sub': {
      const [pattern, own] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, unknown>];
      return pattern.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, reference: string) => {
        if (literal) return `\${${reference}}`;
        if (reference in own) return text(own[reference]);
        const dot = reference.indexOf('.');
        return dot < 0 ? references.ref(reference) : references.attribute(reference.slice(0, dot), reference.slice(dot + 1));
      });
    }
    default:
      throw new CloudError(`The template uses ${name}, which this cloud does not know: teach it in test/cloud/intrinsics.ts.`);
  }
}

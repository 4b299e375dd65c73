/** A function as the template says it, run by this process. */
import type { AssemblyStack } from './assembly.ts';
import type { EmbeddedAws } from './aws.ts';
import { CloudError } from './errors.ts';
import { LocalFunction, type LogLine, type Metric } from './execution.ts';

export interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly Handler: string;
  readonly Runtime: string;
  readonly MemorySize?: number;
  readonly Timeout?: number;
  readonly ReservedConcurrentExecutions?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
}

export function makeFunction(
  stack: AssemblyStack,
  name: string,
  arn: string,
  properties: FunctionProperties,
  aws: EmbeddedAws,
  listeners: { readonly onLog: (line: LogLine) => void; readonly onMetric: (metric: Metric) => void; readonly niceness: number },
): LocalFunction {
  const folder = stack.assets.get(properties.Code.S3Key);
  if (folder === undefined) throw new CloudError(`${name}: the assembly has no asset ${properties.Code.S3Key}.`);
  if (!properties.Runtime.startsWith('nodejs'))
    throw new CloudError(`${name}: this cloud runs Node.js functions, not ${properties.Runtime}.`);
  const memoryMb = properties.MemorySize ?? 128;
  return new LocalFunction({
    name,
    arn,
    folder,
    handler: properties.Handler,
    memoryMb,
    timeoutMs: (properties.Timeout ?? 3) * 1000,
    concurrency: properties.ReservedConcurrentExecutions ?? 10,
    variables: {
      ...aws.variables,
      ...properties.Environment?.Variables,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      TZ: ':UTC',
    },
    ...listeners,
  });
}

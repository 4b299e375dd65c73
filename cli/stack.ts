/** The stack of an environment, asked of CloudFormation: its outputs, or why it has none. */
import { stackName } from '../functions/outputs.ts';
import type { Settings } from '../functions/settings.ts';
import { cloudError } from './aws-words.ts';
import { cliError } from './errors.ts';

export type Outputs = Readonly<Record<string, string>>;

/** What the SDK's clients are made with. */
export interface Shared {
  readonly region?: string;
  readonly profile?: string;
}

/** @throws CEXT_CLI_NO_ENVIRONMENT, CEXT_CLI_CLOUD */
export async function outputsOf(settings: Settings, shared: Shared): Promise<Outputs> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const name = stackName(settings.environment);
  const where = [shared.region, shared.profile && `profile ${shared.profile}`].filter(Boolean).join(', ');
  const stack = await new CloudFormationClient(shared).send(new DescribeStacksCommand({ StackName: name })).then(
    ({ Stacks }) => Stacks?.[0],
    (cause: Error) => {
      if (/does not exist/.test(cause.message)) return undefined;
      throw cloudError(`the outputs of stack ${name} cannot be read (or give --outputs FILE, or --table NAME for reading)`, cause);
    },
  );
  if (!stack)
    throw cliError(
      'CEXT_CLI_NO_ENVIRONMENT',
      `there is no stack ${name}${where ? ` (${where})` : ''}; check --region and --profile, or deploy it: npx cdk deploy -c environment=${settings.environment}`,
    );
  const { StackStatus: status = '', StackId: id = '', Outputs: outputs = [] } = stack;
  const account = id.split(':')[4];
  if (settings.account !== undefined && account !== undefined && account !== settings.account)
    throw cliError(
      'CEXT_CLI_CLOUD',
      `these credentials are of account ${account}, the settings say ${settings.account}; use those of that account (--profile)`,
    );
  if (outputs.length === 0) throw cliError('CEXT_CLI_CLOUD', `the stack ${name} is ${status} and has no outputs; ${mendOf(status, name)}`);
  return Object.fromEntries(outputs.flatMap(({ OutputKey: key, OutputValue: value }) => (key && value ? [[key, value]] : [])));
}

function mendOf(status: string, name: string): string {
  if (/^(CREATE|REVIEW|IMPORT)_IN_PROGRESS/.test(status)) return 'its deployment has not ended: wait for it';
  if (/^DELETE_/.test(status)) return 'it is being deleted, or that failed: see its events in CloudFormation';
  return `its first deployment failed: see why (aws cloudformation describe-stack-events --stack-name ${name}), delete the stack and deploy again`;
}

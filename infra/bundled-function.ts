/** A Lambda function of ours: its bundle, its own role that starts with nothing but its own log group, its logs with an end. */
import type { Duration } from 'aws-cdk-lib';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './findings.ts';
import type { Reach } from './network.ts';

export interface BundledFunctionProps {
  readonly description: string;
  /** folder with index.mjs */
  readonly bundle: string;
  readonly key: IKey;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeout: Duration;
  /** how many run side by side at most; also keeps one cluster or firewall from taking the account's share of the others */
  readonly concurrency: number;
  readonly network?: { readonly reach: Reach; readonly securityGroup: ISecurityGroup } | undefined;
}

export class BundledFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THREE_MONTHS,
      encryptionKey: props.key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: props.description });
    this.role.addToPolicy(
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    );
    if (props.network) {
      this.role.addToPolicy(
        new PolicyStatement({
          actions: [
            'ec2:CreateNetworkInterface',
            'ec2:DeleteNetworkInterface',
            'ec2:DescribeNetworkInterfaces',
            'ec2:DescribeSubnets',
            'ec2:AssignPrivateIpAddresses',
            'ec2:UnassignPrivateIpAddresses',
          ],
          resources: ['*'],
        }),
      );
      acknowledge(
        this.role,
        'AwsSolutions-IAM5[Resource::*]',
        'EC2 knows no resource for describing and attaching network interfaces before they exist; Lambda needs exactly these six actions.',
      );
    }
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle),
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      memorySize: props.memoryMb,
      timeout: props.timeout,
      reservedConcurrentExecutions: props.concurrency,
      environment: { ...props.environment },
      ...(props.network
        ? {
            vpc: props.network.reach.vpc,
            vpcSubnets: { subnets: [...props.network.reach.subnets] },
            securityGroups: [props.network.securityGroup],
          }
        : {}),
    });
    acknowledge(
      this.function,
      'Serverless-LambdaTracing',
      'The way of a change is traced by the observed time that every shipment carries, from frame to device; X-Ray segments would add a wildcard permission and a cost per pod change.',
    );
    acknowledge(
      this.function,
      'Serverless-LambdaDLQ',
      'Invoked by event source mappings only; what fails goes to the dead-letter queue of the queue it came from.',
    );
  }

  /** Polls `queue`. maxConcurrency keeps SQS from handing out more than may run: a throttled message would count as received and die. */
  consume(queue: IQueue, concurrency: number): void {
    this.function.addEventSourceMapping('Source', {
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: concurrency,
    });
    // Not SqsEventSource: its grant would let the role decrypt anything under the key, not only what it receives.
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
        resources: [queue.queueArn],
      }),
    );
    acknowledge(
      this.function,
      'Serverless-LambdaEventSourceMappingDestination',
      'A mapping on SQS takes no destination: what fails goes to the dead-letter queue of the queue.',
    );
  }
}

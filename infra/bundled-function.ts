/** A Lambda function of ours: its bundle, its own role that starts with nothing but its own log group, its logs with an end. */
import { ArnFormat, type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './findings.ts';
import type { Place } from './network.ts';

export interface BundledFunctionProps {
  readonly description: string;
  /** folder with index.mjs */
  readonly bundle: string;
  readonly key: IKey;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeout: Duration;
  /** how many run side by side at most */
  readonly concurrency: number;
  /** whether so many are set aside for it in the account: then no other function can take them, and a flood here takes no more */
  readonly reserve: boolean;
  readonly network?: Place | undefined;
  /** It sends messages to the queue that it is invoked by. */
  readonly wakesItself?: boolean;
}

export class BundledFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly #concurrency: number;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    this.#concurrency = props.concurrency;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THREE_MONTHS,
      encryptionKey: props.key,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: props.description });
    this.role.addToPolicy(
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    );
    if (props.network) {
      const actions = [
        'ec2:CreateNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:AssignPrivateIpAddresses',
        'ec2:UnassignPrivateIpAddresses',
      ];
      this.role.addToPolicy(new PolicyStatement({ actions, resources: ['*'] }));
      // They are for the service, before the code runs. What runs carries its function's name, and is refused: it could cut others off the network.
      const functions = Stack.of(this).formatArn({
        service: 'lambda',
        resource: 'function',
        resourceName: '*',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
      this.role.addToPolicy(
        new PolicyStatement({
          effect: Effect.DENY,
          actions,
          resources: ['*'],
          conditions: { ArnLike: { 'lambda:SourceFunctionArn': functions } },
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
      ...(props.reserve ? { reservedConcurrentExecutions: props.concurrency } : {}),
      environment: { ...props.environment },
      // Else Lambda takes the sixteenth wake in a row for a runaway and throws it away: a commit that is polled, a lock that is waited for, a retry.
      ...(props.wakesItself ? { recursiveLoop: RecursiveLoop.ALLOW } : {}),
      ...(props.network
        ? {
            vpc: props.network.vpc,
            vpcSubnets: { subnets: [...props.network.subnets] },
            securityGroups: [props.network.securityGroup],
            ipv6AllowedForDualStack: props.network.ipv6,
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
  consume(queue: IQueue): void {
    this.function.addEventSourceMapping('Source', {
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: this.#concurrency,
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

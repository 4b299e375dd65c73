/**
 * One environment: everything that one settings file says.
 *
 *   cluster gate (per cluster)         table            commit domain (per manager)
 *   FIFO queue ─► ingest ──────────► log │ ledger ◄──────── apply ─► (network) ─► firewall
 *   control queue ◄─────┴──── wake queue ───────────────────┘  ▲ secret, topic
 */
import { CfnOutput, CfnResource, Fn, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type OutputAbout, outputName } from '../functions/outputs.ts';
import type { Settings } from '../functions/settings.ts';
import { alarmsOfTable } from './alarms.ts';
import type { Functions } from './bundle.ts';
import { ClusterGate, INGEST_MEMORY_MB } from './cluster-gate.ts';
import { APPLY_MEMORY_MB, CommitDomain } from './commit-domain.ts';
import { dashboard } from './dashboard.ts';
import { infraError } from './errors.ts';
import { acknowledge } from './findings.ts';
import { EnvironmentKey } from './key.ts';
import { EnvironmentMetrics } from './metrics.ts';
import { Network } from './network.ts';

/** CloudFormation's limit is 500; ten are left for policies that CDK splits off where a manager has many clusters. A cluster takes 19, a manager about 22. */
const MOST_RESOURCES = 490;

export interface EnvironmentStackProps {
  readonly settings: Settings;
  /** the folder of each bundle */
  readonly bundles: Functions;
}

export class EnvironmentStack extends Stack {
  constructor(scope: Construct, id: string, props: EnvironmentStackProps) {
    const { settings, bundles } = props;
    super(scope, id, {
      description: `cextfire ${settings.environment}: Calico policy on border firewalls`,
      ...(settings.account || settings.region
        ? { env: { ...(settings.account ? { account: settings.account } : {}), ...(settings.region ? { region: settings.region } : {}) } }
        : {}),
    });
    Tags.of(this).add('cextfire:environment', settings.environment);
    for (const [name, value] of Object.entries(settings.tags)) Tags.of(this).add(name, value);

    const key = new EnvironmentKey(this, 'Encryption', settings.environment);
    const table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expires',
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key.key,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const topic = new Topic(this, 'Conditions', { displayName: `cextfire ${settings.environment}`, masterKey: key.key, enforceSSL: true });
    // A policy of our own takes the place of the default one, by which alarms of the account may publish: without this they say nothing.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    const metrics = new EnvironmentMetrics(settings.environment);
    const bell = { topic, metrics, runbooks: settings.runbooks };
    const network = settings.network === 'none' ? undefined : new Network(this, 'Network', settings.network, key.key);
    const secrets = this.#secrets(settings, key);

    const gates = new Map<string, ClusterGate>();
    for (const [cluster, clusterSettings] of Object.entries(settings.clusters)) {
      const gate = new ClusterGate(this, `Cluster-${cluster}`, {
        cluster,
        settings: clusterSettings,
        reserve: settings.reserveConcurrency,
        bundle: bundles.ingest,
        key,
        bell,
      });
      gate.store(table);
      gates.set(cluster, gate);
    }
    const domains = new Map<string, CommitDomain>();
    for (const [manager, managerSettings] of Object.entries(settings.managers)) {
      const controls = new Map(
        clustersOf(settings, manager).flatMap((cluster) => {
          const gate = gates.get(cluster);
          return gate ? [[cluster, gate.control] as const] : [];
        }),
      );
      domains.set(
        manager,
        new CommitDomain(this, `Manager-${manager}`, {
          manager,
          settings: managerSettings,
          environment: settings,
          bundle: bundles.apply[managerSettings.vendor],
          key,
          table,
          bell,
          network,
          controls,
          secretArn: secrets.get(managerSettings.secret) ?? managerSettings.secret,
        }),
      );
    }
    for (const [cluster, gate] of gates)
      gate.wakes(
        new Map(
          [...domains].filter(([manager]) => clustersOf(settings, manager).includes(cluster)).map(([m, domain]) => [m, domain.wake.queue]),
        ),
      );
    dashboard(this, {
      name: id,
      metrics,
      alarms: [...alarmsOfTable(this, bell, table), ...[...gates.values(), ...domains.values()].flatMap(({ alarms }) => alarms)],
      firewalls: new Map([...domains.keys()].map((manager) => [manager, firewallsOf(settings, manager)])),
      clusters: [...gates.keys()],
      functions: [
        ...[...gates.values()].map(({ ingest }) => ({ function: ingest.function, memoryMb: INGEST_MEMORY_MB })),
        ...[...domains.values()].map(({ apply }) => ({ function: apply.function, memoryMb: APPLY_MEMORY_MB })),
      ],
      queues: [
        ...[...gates.values()].flatMap(({ queues, control }) => [
          { queue: queues.queue, fifo: true },
          { queue: control, fifo: false },
        ]),
        ...[...domains.values()].map(({ wake }) => ({ queue: wake.queue, fifo: false })),
      ],
      table,
    });
    this.#tell(gates, domains, table, topic);
    this.#fits(settings);
  }

  #fits(settings: Settings): void {
    const resources = this.node.findAll().filter((each) => CfnResource.isCfnResource(each)).length;
    if (resources <= MOST_RESOURCES) return;
    const [clusters, managers] = [settings.clusters, settings.managers].map((names) => Object.keys(names).length);
    throw infraError(
      'CEXT_INFRA_TOO_LARGE',
      `${clusters} clusters and ${managers} managers are ${resources} resources, and a stack holds about ${MOST_RESOURCES}: divide them over several environments, all clusters of one manager together.`,
    );
  }

  /** The first two of the region, whichever they are: asking AWS for their names would make a synth depend on credentials. */
  override get availabilityZones(): string[] {
    return [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())];
  }

  /** Secrets by name are made empty and kept, for a person to fill; secrets by ARN are somebody else's. Name or ARN -> ARN to permit. */
  #secrets(settings: Settings, key: EnvironmentKey): ReadonlyMap<string, string> {
    const arns = new Map<string, string>();
    for (const [manager, { secret }] of Object.entries(settings.managers)) {
      if (secret.startsWith('arn:') || arns.has(secret)) continue;
      // By the secret's name, not the manager's: a manager may be renamed, and a second secret of the same name would be refused.
      const made = new CfnSecret(this, `Secret-${encodeURIComponent(secret)}`, {
        name: secret,
        kmsKeyId: key.key.keyArn,
        description: `Credential of cextfire at manager ${manager}. Made empty: put the value in by hand.`,
      });
      // Not after a first deployment that failed: the empty one would hold the name against the second.
      made.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
      acknowledge(made, 'AwsSolutions-SMG4', 'The credential belongs to a firewall: it is rotated there, by its administrators.');
      arns.set(secret, made.ref);
    }
    return arns;
  }

  /** Outputs that people and programs read; the names hold the names of the settings. */
  #tell(gates: ReadonlyMap<string, ClusterGate>, domains: ReadonlyMap<string, CommitDomain>, table: Table, topic: Topic): void {
    const taken = new Map<string, string>();
    const tell = (about: OutputAbout, name: string, value: string, description: string) => {
      const id = outputName(about, name);
      const other = taken.get(id);
      if (other !== undefined)
        throw infraError(
          'CEXT_INFRA_NAMES_MEET',
          `The names "${other}" and "${name}" both become ${id} in the stack's outputs: rename one.`,
        );
      taken.set(id, name);
      new CfnOutput(this, id, { value, description });
    };
    tell('Table', 'name', table.tableName, 'Cluster logs and ledger');
    tell('Topic', 'arn', topic.topicArn, 'Begin and end of every condition');
    for (const [cluster, gate] of gates) {
      tell('QueueUrl', cluster, gate.queues.queue.queueUrl, `CEXTFIRE_QUEUE_URL of the shipper in ${cluster}`);
      tell('ControlQueueUrl', cluster, gate.control.queueUrl, `CEXTFIRE_CONTROL_QUEUE_URL of the shipper in ${cluster}`);
      if (gate.sender) tell('SenderRole', cluster, gate.sender.roleArn, `Role for the service account of the shipper in ${cluster}`);
    }
    for (const [manager, domain] of domains) {
      tell('WakeQueueUrl', manager, domain.wake.queue.queueUrl, `Wakes of ${manager}`);
      tell('ApplyFunction', manager, domain.apply.function.functionName, `Applies to ${manager}`);
    }
  }
}

const firewallsOf = (settings: Settings, manager: string) =>
  Object.keys(settings.firewalls).filter((name) => settings.firewalls[name]?.manager === manager);

/** Clusters that write to a firewall behind this manager. */
function clustersOf(settings: Settings, manager: string): readonly string[] {
  return [...new Set(settings.pairs.filter((pair) => settings.firewalls[pair.firewall]?.manager === manager).map((pair) => pair.cluster))];
}

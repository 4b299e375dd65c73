/**
 * How functions reach the managers: not at all through a VPC (`none`), through a VPC that the company has, or through one made here.
 *
 *   isolated subnets ──► VPN gateway (routes propagated), or what is attached instead ──► VPN, Direct Connect ──► firewalls
 *          └──► endpoints: DynamoDB (gateway), SQS, Secrets Manager, SNS (interfaces)          no NAT gateway, no way to the Internet
 */
import { Annotations, Aws, RemovalPolicy } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  type ISecurityGroup,
  type ISubnet,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  Subnet,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { parseAddress } from '../functions/packets/address.ts';
import { addressesOf, type ManagerSettings, type Settings } from '../functions/settings.ts';

interface Reach {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  /** made here: no way to the Internet, names by the VPC's own resolver */
  readonly ours: boolean;
}

/** Where the function of one manager runs. */
export interface Place extends Reach {
  readonly securityGroup: ISecurityGroup;
  /** one of the manager's addresses is IPv6: the subnets must have both families */
  readonly ipv6: boolean;
}

export class Network extends Construct {
  readonly #reach: Reach;

  constructor(scope: Construct, id: string, network: Exclude<Settings['network'], 'none'>, key: IKey) {
    super(scope, id);
    this.#reach = 'cidr' in network ? this.#make(network, key) : this.#find(network);
  }

  #find(network: { vpcId: string; subnetIds: readonly string[]; availabilityZones: readonly string[] }): Reach {
    // Endpoints are not made in a VPC that is not ours: a second one with private DNS would be refused.
    const vpc = Vpc.fromVpcAttributes(this, 'Vpc', { vpcId: network.vpcId, availabilityZones: [...network.availabilityZones] });
    const subnets = network.subnetIds.map((id) => {
      const subnet = Subnet.fromSubnetId(this, id, id);
      Annotations.of(subnet).acknowledgeWarning(
        '@aws-cdk/aws-ec2:noSubnetRouteTableId',
        'Routes there belong to the owner of the VPC: none is made here.',
      );
      return subnet;
    });
    return { vpc, subnets, ours: false };
  }

  #make({ cidr, vpnGateway }: { cidr: string; vpnGateway: boolean }, key: IKey): Reach {
    const isolated = { subnetType: SubnetType.PRIVATE_ISOLATED };
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(cidr),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'functions', ...isolated }],
      ...(vpnGateway ? { vpnGateway, vpnRoutePropagation: [isolated] } : {}),
      // Its automatic closing needs a custom resource of its own; nothing here uses the default group.
      restrictDefaultSecurityGroup: false,
    });
    // Through an endpoint nobody speaks with the credentials of another account: no way out for what is read here.
    const ownAccount = new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: ['*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } },
    });
    vpc.addGatewayEndpoint('DynamoDb', { service: GatewayVpcEndpointAwsService.DYNAMODB, subnets: [isolated] }).addToPolicy(ownAccount);
    for (const [name, service] of [
      ['Sqs', InterfaceVpcEndpointAwsService.SQS],
      ['Secrets', InterfaceVpcEndpointAwsService.SECRETS_MANAGER],
      ['Sns', InterfaceVpcEndpointAwsService.SNS],
    ] as const) {
      // Opened by hand: its own way names the VPC's range by reference, which cdk-nag cannot judge and therefore refuses.
      const endpoint = vpc.addInterfaceEndpoint(name, { service, subnets: isolated, open: false });
      endpoint.connections.allowDefaultPortFrom(Peer.ipv4(cidr));
      endpoint.addToPolicy(ownAccount);
    }
    const flows = new LogGroup(this, 'Flows', {
      retention: RetentionDays.THREE_MONTHS,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    vpc.addFlowLog('FlowLog', { destination: FlowLogDestination.toCloudWatchLogs(flows) });
    // The cast is about exactOptionalPropertyTypes only: Vpc declares optional members of IVpc without `undefined`.
    return { vpc: vpc as IVpc, subnets: vpc.isolatedSubnets, ours: true };
  }

  /** The place of one commit domain: out to its manager's port and to AWS, in from nowhere. */
  forManager(manager: string, settings: ManagerSettings): Place {
    const { vpc, ours } = this.#reach;
    const securityGroup = new SecurityGroup(this, `Manager-${manager}`, {
      vpc,
      description: `cextfire apply to ${manager}`,
      allowAllOutbound: false,
    });
    const families = addressesOf(settings).map((address) => parseAddress(address));
    for (const [at, address] of addressesOf(settings).entries()) {
      const family = families[at]?.family;
      const peer = family === 6 ? Peer.ipv6(`${address}/128`) : family === 4 ? Peer.ipv4(`${address}/32`) : Peer.anyIpv4();
      securityGroup.addEgressRule(peer, Port.tcp(settings.port), `management API of ${manager}`);
    }
    const onward = ours ? 'the subnets have no way to the Internet' : 'how far the subnets let it is up to the owner of the VPC';
    securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), `endpoints of AWS services; ${onward}`);
    // The VPC's own resolver needs no rule; a company's, in the DHCP options of its VPC, does.
    if (!ours)
      for (const port of [Port.udp(53), Port.tcp(53)])
        securityGroup.addEgressRule(Peer.anyIpv4(), port, 'DNS servers that the VPC names in its DHCP options');
    return { ...this.#reach, securityGroup, ipv6: families.some((address) => address?.family === 6) };
  }
}

/**
 * How functions reach the managers: not at all through a VPC (`none`), through a VPC that the company has, or through one made here.
 *
 *   isolated subnets ──► VPN gateway (routes propagated) ──► VPN or Direct Connect ──► firewalls
 *          └──► endpoints: DynamoDB (gateway), SQS, Secrets Manager, SNS (interfaces)          no NAT gateway, no way to the Internet
 */
import {
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
import { Construct } from 'constructs';
import { parsePrefix } from '../functions/packets/address.ts';
import type { ManagerSettings, Settings } from '../functions/settings.ts';

export interface Reach {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
}

export class Network extends Construct {
  readonly reach: Reach;

  constructor(scope: Construct, id: string, network: Exclude<Settings['network'], 'none'>) {
    super(scope, id);
    this.reach = 'cidr' in network ? this.#make(network.cidr) : this.#find(network);
  }

  #find(network: { vpcId: string; subnetIds: readonly string[]; availabilityZones: readonly string[] }): Reach {
    // Endpoints are not made in a VPC that is not ours: a second one with private DNS would be refused.
    const vpc = Vpc.fromVpcAttributes(this, 'Vpc', { vpcId: network.vpcId, availabilityZones: [...network.availabilityZones] });
    return { vpc, subnets: network.subnetIds.map((subnet) => Subnet.fromSubnetId(this, subnet, subnet)) };
  }

  #make(cidr: string): Reach {
    const isolated = { subnetType: SubnetType.PRIVATE_ISOLATED };
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(cidr),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'functions', ...isolated }],
      vpnGateway: true,
      vpnRoutePropagation: [isolated],
      // Its automatic closing needs a custom resource of its own; nothing here uses the default group.
      restrictDefaultSecurityGroup: false,
      gatewayEndpoints: { DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB, subnets: [isolated] } },
    });
    // Opened by hand: its own way names the VPC's range by reference, which cdk-nag cannot judge and therefore refuses.
    for (const [name, service] of [
      ['Sqs', InterfaceVpcEndpointAwsService.SQS],
      ['Secrets', InterfaceVpcEndpointAwsService.SECRETS_MANAGER],
      ['Sns', InterfaceVpcEndpointAwsService.SNS],
    ] as const)
      vpc.addInterfaceEndpoint(name, { service, subnets: isolated, open: false }).connections.allowDefaultPortFrom(Peer.ipv4(cidr));
    vpc.addFlowLog('FlowLog');
    // The cast is about exactOptionalPropertyTypes only: Vpc declares optional members of IVpc without `undefined`.
    return { vpc: vpc as IVpc, subnets: vpc.isolatedSubnets };
  }

  /** The group of one commit domain: out to its manager's port and to AWS, in from nowhere. */
  groupFor(manager: string, settings: ManagerSettings): ISecurityGroup {
    const group = new SecurityGroup(this, `Manager-${manager}`, {
      vpc: this.reach.vpc,
      description: `cextfire apply to ${manager}`,
      allowAllOutbound: false,
    });
    const addresses = settings.vendor === 'linux' ? [settings.address] : settings.addresses;
    for (const address of addresses) {
      const prefix = parsePrefix(address);
      const peer = prefix === undefined ? Peer.anyIpv4() : address.includes(':') ? Peer.ipv6(`${address}/128`) : Peer.ipv4(`${address}/32`);
      group.addEgressRule(peer, Port.tcp(settings.port), `management API of ${manager}`);
    }
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'endpoints of AWS services; the subnets have no way to the Internet');
    return group;
  }
}

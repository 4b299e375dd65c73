/**
 * The settings of one environment: one YAML file, checked at synth. Unknown keys are refused. `parseSettings` (settings-file.ts)
 * names path and line of every mistake.
 * The comment above a key is its line in docs/reference/settings.md and in the JSON schema for editors (docs/generate.ts): one for every key.
 */
// As a namespace: of `{ z }` a bundler keeps all of zod, its languages too (470 KB).
import * as z from 'zod';
import { formatPrefix, parseAddress, parsePrefix, parseRange } from './packets/address.ts';

const Name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and "-", at most 40, a letter first');
const Duration = z.string().regex(/^[1-9]\d*(ms|s|m|h|d)$/, 'a duration such as 30s, 5m, 1h');
const Cidr = withoutHostBits('a CIDR such as 10.0.0.0/8 or fd00::/64', (text) => text.includes('/') && parsePrefix(text) !== undefined);
const Addresses = withoutHostBits(
  'an address, a CIDR, or a range such as 198.51.100.7-198.51.100.9',
  (text) => parseRange(text) !== undefined || parsePrefix(text) !== undefined,
);
/** 10.10.3.0/16 may be meant as 10.10.3.0/24 or as 10.10.0.0/16, and one fence is 256 times as wide as the other: it is asked, not guessed. */
function withoutHostBits(wanted: string, fits: (text: string) => boolean) {
  return z.string().check(({ value, issues }) => {
    const say = (message: string) => issues.push({ code: 'custom', input: value, message });
    const prefix = value.includes('/') ? parsePrefix(value) : undefined;
    if (!fits(value)) say(wanted);
    else if (prefix && parseAddress(value.slice(0, value.indexOf('/')))?.value !== prefix.first)
      say(`${formatPrefix(prefix)} (${value} is an address inside of it), or a longer prefix`);
  });
}
const SecretName = z
  .string()
  .regex(
    /^([A-Za-z0-9/_+=.@-]{1,512}|arn:[^:*?]+:secretsmanager:[^:*?]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+-[A-Za-z0-9]{6})$/,
    'the name of a secret (letters, digits and /_+=.@-), or its whole ARN, with the six characters that AWS put behind the name',
  );
const Host = z
  .string()
  .refine((text) => parseAddress(text) !== undefined || DNS_NAME.test(text), 'an address, or a DNS name such as panorama.example.com');
const DNS_NAME = /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;
/** Of Kubernetes. */
const ObjectName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'a name as Kubernetes has them: lower-case letters, digits, "-" and "."');
const Text = z.string().min(1);

/**
 * What one plan may do without a human, per cluster on a firewall. opens, closes and translatesOtherwise count pods x services x reach: reach is the size
 * of the outside on a scale from 1 (one address) over 9 (a /24) and 25 (a /8) to 33 (anywhere). 300 pods to 0.0.0.0/0 on port 443 are 9,900
 * (docs/decisions/0120).
 */
export const Budget = z
  .strictObject({
    /** most that a plan may open */
    opens: z.int().nonnegative().default(10_000_000),
    /** most that a plan may close */
    closes: z.int().nonnegative().default(100_000),
    /** most that a plan may translate to another address than before */
    translatesOtherwise: z.int().nonnegative().default(1_000_000),
    /** services that a rule may open to or from anywhere (more than a /8); "any protocol, any port" is 262,396 */
    servicesToAnywhere: z.int().nonnegative().default(100),
    /** most rules that a plan may remove */
    rulesRemoved: z.int().nonnegative().default(20),
    /** most of the rules of this cluster that a plan may remove, as a share from 0 to 1 */
    rulesRemovedShare: z.number().min(0).max(1).default(0.5),
    /** share of all members that may leave in `membersWindow`, net */
    membersRemovedShare: z.number().min(0).max(1).default(0.5),
    /** the time over which leaving members are counted */
    membersWindow: Duration.default('10m'),
  })
  .prefault({});

const managerBase = {
  /** name of the secret in AWS Secrets Manager (made empty at deploy, filled by a person), or the ARN of one that exists */
  secret: SecretName,
  /** what to do about other administrators' uncommitted work: wait for it, wait a quarter of an hour, or publish it with ours */
  foreignPending: z.enum(['wait', 'waitThenInstall', 'install']).default('wait'),
  /** at most so many calls a minute to this manager */
  callsPerMinute: z.int().positive().default(600),
  /** how long structural changes wait for more of their kind before a commit */
  coalesce: Duration.default('2s'),
};
const Tls = z.strictObject({
  /** PEM of the CA that signed the device's certificate */
  ca: z
    .string()
    .regex(/-----BEGIN CERTIFICATE-----/, 'a PEM block that begins with -----BEGIN CERTIFICATE-----')
    .optional(),
  /** SHA-256 of the certificate, hex with or without colons; two during a rotation */
  fingerprints: z
    .array(z.string().regex(/^([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$/, 'a SHA-256: 64 hex digits, with or without colons'))
    .default([]),
});

export const LinuxManager = z.strictObject({
  /** a Linux box with nftables, reached by SSH */
  vendor: z.literal('linux'),
  /** management address or name */
  address: Host,
  /** TCP port of the SSH server */
  port: z.int().min(1).max(65535).default(22),
  /** account on the box; it may run the forced command of cextfire and nothing else */
  user: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'an account name: lower-case letters, digits, "_" and "-", at most 32')
    .default('cextfire'),
  /** "SHA256:..." as ssh-keygen -l prints it; two during a rotation */
  hostKeys: z
    .array(z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, '"SHA256:" and 43 letters or digits, as ssh-keygen -l prints it'))
    .min(1),
  ...managerBase,
});
export const PanosManager = z.strictObject({
  /** a Palo Alto firewall, or a pair of them */
  vendor: z.literal('panos'),
  /** the members of an HA pair; the active one is followed */
  addresses: z.array(Host).min(1).max(2),
  /** TCP port of the management API */
  port: z.int().min(1).max(65535).default(443),
  /** how the device proves who it is: a CA, fingerprints, or both; one of them is needed */
  tls: Tls,
  /** virtual system that holds our rules */
  vsys: z
    .string()
    .regex(/^vsys\d{1,3}$/, 'a virtual system such as vsys1')
    .default('vsys1'),
  ...managerBase,
});
export const PanoramaManager = z.strictObject({
  /** a Panorama that manages Palo Alto firewalls */
  vendor: z.literal('panorama'),
  /** the members of a Panorama pair */
  addresses: z.array(Host).min(1).max(2),
  /** TCP port of the management API */
  port: z.int().min(1).max(65535).default(443),
  /** how the device proves who it is: a CA, fingerprints, or both; one of them is needed */
  tls: Tls,
  ...managerBase,
});
export const Manager = z.discriminatedUnion('vendor', [LinuxManager, PanosManager, PanoramaManager]);

const Anchor = z.strictObject({
  /** before or after a rule of the administrators, or at an end of the rulebase */
  where: z.enum(['top', 'bottom', 'before', 'after']),
  /** name of that rule, with before and after */
  rule: Text.optional(),
});

export const Firewall = z.strictObject({
  /** the manager through which it is written */
  manager: Name,
  /** observe: plans and reports, never writes. add-only: never removes. sync: both. No default. */
  mode: z.enum(['observe', 'add-only', 'sync']),
  /** Every object of ours begins with it. */
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,6}_$/, 'a letter, letters or digits, and "_" at the end; at most 8')
    .default('cf_'),
  /** nothing is written while true; the command `cextfire freeze` does the same without a deployment */
  frozen: z.boolean().default(false),
  /** what happens when somebody changed our objects: put them back, or only say so */
  drift: z.enum(['repair', 'report']).default('repair'),
  /** refuse a rulebook with more rules than this */
  maxRules: z.int().positive().default(10_000),
  /** most rules that one Felix rule may become (next-tier, named ports) */
  maxRulesPerPolicyRule: z.int().positive().default(64),
  /** Palo Alto: where our block stands. */
  placement: z
    .strictObject({
      /** where our filter rules stand in the rulebase */
      filter: Anchor.default({ where: 'top' }),
      /** where our NAT rules stand */
      nat: Anchor.default({ where: 'top' }),
      /** Panorama: the device group that gets our rules */
      deviceGroup: Text.optional(),
      /** Panorama: pre-rules or post-rules */
      rulebase: z.enum(['pre', 'post']).default('pre'),
      /** Panorama: the template or stack that a push brings along where a zone of a border is in it and missing on a firewall */
      template: Text.optional(),
      /** virtual system on the members of the device group */
      vsys: Text.optional(),
      /** Serial numbers of the firewalls that one Panorama device group reaches; registered tags go to each. */
      members: z.array(z.string().regex(/^[A-Za-z0-9]{1,32}$/, 'a serial number, in quotes')).default([]),
    })
    .prefault({}),
  /** what one plan may do without a human */
  budget: Budget,
});

export const Border = z.strictObject({
  /** the firewall that it is on */
  firewall: Name,
  /** name of the HostEndpoint in every cluster that uses this border */
  hostEndpoint: ObjectName,
  /** interfaces (Linux) or zones; none on Linux = addresses alone decide */
  zones: z
    .strictObject({
      /** towards the pods */
      inside: z.array(Text).default([]),
      /** away from the pods: what the HostEndpoint stands for */
      outside: z.array(Text).default([]),
    })
    .prefault({}),
  /** name -> addresses, ranges or CIDRs to translate sources to; a rule asks for one by name or by an address inside it */
  snatPools: z.record(Name, z.array(Addresses).min(1)).default({}),
  /** public addresses whose traffic pre-DNAT policies may judge */
  vips: z.array(Cidr).default([]),
});

export const Cluster = z.strictObject({
  /** addresses of its pods: everything that it asks for is confined to them */
  podCidrs: z.array(Cidr).min(1),
  /** ARN of an IAM principal that may send, or the cluster's OIDC provider and service account */
  sender: z
    .union([
      z.strictObject({
        /** ARN of a role or user that may send, also of another account */
        principal: z
          .string()
          .regex(
            /^arn:[^:*?]+:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
            'the ARN of one IAM role or user: arn:aws:iam::111122223333:role/NAME',
          ),
      }),
      z.strictObject({
        /** URL or ARN of the cluster's OIDC provider in IAM */
        oidcProvider: z
          .string()
          .regex(
            /^(https:\/\/[^\s/*?]+[^\s*?]*|arn:[^:*?]+:iam::\d{12}:oidc-provider\/[^\s*?]+)$/,
            'the https:// address of an OIDC provider, or the ARN that it has in IAM',
          ),
        /** the shipper's service account, as namespace/name */
        serviceAccount: z.string().regex(/^[a-z0-9.-]+\/[a-z0-9.-]+$/, 'a service account as namespace/name'),
      }),
    ])
    .optional(),
  /** A kept version whose sets Felix no longer feeds loses the members of its allows after this. */
  frozenFor: Duration.default('1h'),
  /** silent for longer = a condition */
  silentAfter: Duration.default('2m'),
  /** most objects that it may have in its view */
  maxObjects: z.int().positive().default(50_000),
  /** most members over all its sets */
  maxMembers: z.int().positive().default(1_000_000),
  /** most bytes of its view */
  maxBytes: z
    .int()
    .positive()
    .default(256 * 1024 * 1024),
});

/** What one cluster may do on one firewall. */
export const Pair = z.strictObject({
  /** this cluster ... */
  cluster: Name,
  /** ... may write to this firewall */
  firewall: Name,
  /** tiers honoured, by name. No default: a policy on all() reaches every HostEndpoint. */
  tiers: z.array(ObjectName).min(1),
  /** outside addresses that allows may reach (egress) or come from (ingress); absent = all */
  destinations: z.array(Cidr).min(1).optional(),
  /** SNAT pools of the borders that this cluster may use, by name or by an address inside them */
  snatPools: z.array(Name).default([]),
  /** most rules of this cluster on this firewall */
  maxRules: z.int().positive().default(2_000),
  /** most members of this cluster on this firewall */
  maxMembers: z.int().positive().default(300_000),
  /** write the drop at a tier's end, inside the cluster's own scope. No default. */
  defaultDeny: z.boolean(),
});

/** What AWS takes for a VPC, with room for two subnets. */
const VpcCidr = withoutHostBits('an IPv4 CIDR from /16 to /26', (text) => {
  const prefix = text.includes('/') ? parsePrefix(text) : undefined;
  return prefix?.family === 4 && prefix.length >= 16 && prefix.length <= 26;
});

export const Network = z.union(
  [
    z.literal('none'),
    z.strictObject({
      /** a VPC that exists and reaches the managers */
      vpcId: z.string().regex(/^vpc-[0-9a-f]{8,17}$/, 'the id of a VPC: vpc-...'),
      /** its subnets for the functions; they need a way to DynamoDB, SQS, Secrets Manager and SNS */
      subnetIds: z.array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/, 'the id of a subnet: subnet-...')).min(1),
      /** of those subnets, in the same order */
      availabilityZones: z.array(z.string().regex(/^[a-z0-9-]+$/, 'an availability zone such as eu-central-1a')).min(1),
    }),
    z.strictObject({
      /** a VPC is made: isolated subnets, endpoints, no NAT gateway; IPv4, /16 to /26 */
      cidr: VpcCidr,
      /** it has a VPN gateway, whose routes the subnets take; false where a transit gateway or a peering is attached instead */
      vpnGateway: z.boolean().default(true),
    }),
  ],
  'none, or a block with cidr (a VPC is made), or one with vpcId, subnetIds and availabilityZones (of a VPC that exists)',
);

export const Settings = z.strictObject({
  /** name of the environment and of its stack, cextfire-NAME */
  environment: Name,
  /** functions reach the managers through it; `none`: no VPC */
  network: Network,
  /** AWS region; absent: what the CDK command line says */
  region: z
    .string()
    .regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'a region such as eu-central-1')
    .optional(),
  /** AWS account; absent: what the CDK command line says */
  account: z
    .string()
    .regex(/^\d{12}$/, 'the twelve digits of an account, in quotes')
    .optional(),
  /** tags on every resource; at most 40 */
  tags: z
    .record(
      z
        .string()
        .regex(
          /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu,
          'letters, digits, spaces and _.:/=+-@, at most 128, not beginning with "aws:"',
        ),
      z.string().regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u, 'letters, digits, spaces and _.:/=+-@, at most 256'),
    )
    .refine((tags) => Object.keys(tags).length <= 40, 'at most 40 tags: AWS takes 50, and some are ours')
    .default({}),
  /** https:// address under which the pages of docs/runbooks are read: messages and alarms link to them there; absent: they name the path */
  runbooks: z
    .string()
    .regex(/^https:\/\/[^\s/]+\/\S*$/, 'an https:// address such as https://git.example.com/network/cextfire/blob/main/docs/runbooks')
    .optional(),
  /** how long log items keep: the state at any second of these days can be rebuilt */
  keepDays: z.int().min(1).max(365).default(14),
  /** how often the audit reads every device in full */
  auditEvery: Duration.default('15m'),
  /** each function sets aside the 2 executions that it may use; false where the account's limit does not allow it (a new one has 10 in all) */
  reserveConcurrency: z.boolean().default(true),
  /** nothing is written to any firewall while true */
  frozen: z.boolean().default(false),
  /** by name: where we write and commit */
  managers: z.record(Name, Manager),
  /** by name: what a manager configures */
  firewalls: z.record(Name, Firewall),
  /** by name: one HostEndpoint on a firewall */
  borders: z.record(Name, Border),
  /** by name: who may ask for something */
  clusters: z.record(Name, Cluster),
  /** which cluster may do what on which firewall */
  pairs: z.array(Pair),
});

export type Settings = z.output<typeof Settings>;
export type ManagerSettings = z.output<typeof Manager>;
export type LinuxManagerSettings = z.output<typeof LinuxManager>;
export type PanosManagerSettings = z.output<typeof PanosManager>;
export type PanoramaManagerSettings = z.output<typeof PanoramaManager>;

/** Where a manager is reached. */
export const addressesOf = (manager: ManagerSettings): readonly string[] =>
  manager.vendor === 'linux' ? [manager.address] : manager.addresses;

/** Of an OIDC provider, by its URL or its ARN: what the keys of its tokens begin with. */
export const issuerOf = (oidcProvider: string): string => oidcProvider.replace(/^(https:\/\/|arn:.*:oidc-provider\/)/, '');

export type FirewallSettings = z.output<typeof Firewall>;
export type BorderSettings = z.output<typeof Border>;
export type ClusterSettings = z.output<typeof Cluster>;
export type PairSettings = z.output<typeof Pair>;
export type BudgetSettings = z.output<typeof Budget>;

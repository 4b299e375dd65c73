/**
 * The table of commands: parsing, help, completion and docs/reference/cli.md are made from it. A command is loaded when it runs: pressing Tab should
 * not wait for a compiler.
 */
import type { Command, Option } from './command.ts';
import { completion } from './commands/completion.ts';

const FIREWALL: Option = { name: 'firewall', value: 'NAME', meaning: 'only this firewall', complete: 'firewall' };
const EXIT: Option = { name: 'exit-code', meaning: 'end with 3 when something needs attention' };
const YES: Option = { name: 'yes', short: 'y', meaning: 'do not ask' };

/** Of every command. */
export const SHARED: readonly Option[] = [
  {
    name: 'environment',
    short: 'e',
    value: 'NAME|FILE',
    meaning: 'the environment: a name in infra/environments, or its settings file',
    complete: 'environment',
  },
  { name: 'local', meaning: 'the local cloud that runs on this machine (npm run local, npm start -- --stay)' },
  { name: 'profile', value: 'NAME', meaning: 'profile of the AWS configuration' },
  { name: 'region', value: 'NAME', meaning: 'AWS region; else that of the settings, else that of the profile' },
  { name: 'table', value: 'NAME', meaning: 'name of the DynamoDB table, instead of asking the stack; enough for reading' },
  {
    name: 'outputs',
    value: 'FILE',
    meaning: 'the file that "cdk deploy --outputs-file FILE" wrote, instead of asking the stack',
    complete: 'file',
  },
  { name: 'output', short: 'o', value: 'FORMAT', meaning: 'table (for people) or json (for programs)', complete: ['table', 'json'] },
  { name: 'help', short: 'h', meaning: 'what the command does' },
];

const OUTPUT_FILE = (what: string): Option => ({ name: 'output', short: 'o', value: 'FILE', meaning: what, complete: 'file' });

export const COMMANDS: readonly Command[] = [
  {
    name: 'status',
    summary: 'clusters, firewalls, conditions: is all well, and where not',
    description:
      'One line per cluster (when it was heard, how much it says) and per firewall (mode, rules, how far its members are behind), then every condition with its begin. Masquerading IP pools come first: from those the border sees the addresses of nodes, and no rule can work.',
    arguments: [],
    options: [EXIT],
    examples: ['cextfire status -e prod', 'cextfire status --local -o json'],
    json: 'environment, atMs, clusters[], firewalls[], conditions[]',
    run: async (call) => (await import('./commands/status.ts')).status(call),
  },
  {
    name: 'plan',
    summary: 'held and last plans, in rules and in packets, with the hash to approve',
    description:
      'Without an argument: all plans that wait for somebody, and the last that was carried out. With an id, the begin of one, or a hash: that plan with all of its lines and steps.',
    arguments: [{ name: 'PLAN', optional: true, complete: 'plan' }],
    options: [FIREWALL, { name: 'last', value: 'N', meaning: 'so many of those carried out (default 1)' }, EXIT],
    examples: ['cextfire plan -e prod', 'cextfire plan -e prod 4f0c1d2e'],
    json: 'plans[]: id, manager, status, createdMs, firewalls, why, note, parts[], steps[]',
    run: async (call) => (await import('./commands/plan.ts')).plan(call),
  },
  {
    name: 'explain',
    summary: 'a packet: the verdict and the whole way to it',
    description:
      'Says what the policies do with the first packet of a connection, tier by tier and rule by rule, and why each rule did or did not match; the translation; the compiled rule; and what stands on the firewall. Cluster and direction follow from the pod CIDRs where they are not given. SERVICE is tcp/443, udp/53, icmp/8/0 (type, code), or a protocol by name or number. A packet as messages print it is taken as well, in quotes.',
    arguments: [
      { name: 'SOURCE', optional: true },
      { name: 'DESTINATION', optional: true },
      { name: 'SERVICE', optional: true },
    ],
    options: [
      { name: 'cluster', value: 'NAME', meaning: 'the cluster of the pods', complete: 'cluster' },
      { name: 'from', value: 'ADDRESS', meaning: 'source address' },
      { name: 'to', value: 'ADDRESS', meaning: 'destination address' },
      {
        name: 'protocol',
        value: 'NAME|N',
        meaning: 'tcp, udp, sctp, udplite, icmp, icmpv6, or a number',
        complete: ['tcp', 'udp', 'sctp', 'icmp', 'icmpv6', 'udplite'],
      },
      { name: 'port', value: 'N', meaning: 'destination port' },
      { name: 'source-port', value: 'N', meaning: 'source port (default 40000)' },
      { name: 'type', value: 'N', meaning: 'ICMP type' },
      { name: 'code', value: 'N', meaning: 'ICMP code' },
      {
        name: 'direction',
        value: 'DIRECTION',
        meaning: 'egress (from the pods outward) or ingress (to the pods)',
        complete: ['egress', 'ingress'],
      },
      { name: 'at', value: 'TIME', meaning: 'as it was at that moment, with the settings of today' },
      FIREWALL,
      { ...EXIT, meaning: 'end with 3 when the packet is not allowed, or the firewall does otherwise than the policies say' },
    ],
    examples: [
      'cextfire explain -e prod 10.10.1.5 203.0.113.7 tcp/443',
      'cextfire explain -e prod "tcp 10.10.1.5:40000 -> 203.0.113.7:443"',
      'cextfire explain -e prod --cluster payments --direction ingress --from 192.0.2.1 --to 10.10.1.5 --protocol icmp --type 8 --code 0',
    ],
    json: 'atMs, answers[]: cluster, firewall, border, direction, packet, verdict, logged, translation, decidedBy, outOfScope, way[], compiled, onFirewall, agrees, notes[]',
    run: async (call) => (await import('./commands/explain.ts')).explain(call),
  },
  {
    name: 'why',
    summary: 'a rule on a device: its cluster, policy, plan, time, approval',
    description:
      'RULE is a rule id, the name of the rule on the device (cf_rab12_03fe1), a cextfire.io/id, or the name of a policy. Rules that are gone are found as long as history keeps them.',
    arguments: [{ name: 'RULE', complete: 'rule' }],
    options: [FIREWALL],
    examples: ['cextfire why -e prod cf_rp05osawg', 'cextfire why -e prod payments-to-bank'],
    json: 'asked, rules[]: rule, name, firewall, present, removedBy, origin, brought, text, plan',
    run: async (call) => (await import('./commands/why.ts')).why(call),
  },
  {
    name: 'history',
    summary: 'what came to the firewalls and what went, and what people did',
    description:
      'One entry per change of structure, with its rules, what it opened and closed, the plan and who approved; and approvals, freezes, audits and resyncs with who asked. FIREWALL may be one that the settings no longer have.',
    arguments: [{ name: 'FIREWALL', optional: true, complete: 'firewall' }],
    options: [
      { name: 'since', value: 'TIME', meaning: 'from then on (default 24h)' },
      { name: 'until', value: 'TIME', meaning: 'up to then (default now)' },
    ],
    examples: ['cextfire history -e prod --since 7d', 'cextfire history -e prod edge --since "2026-11-20 08:00"'],
    json: 'fromMs, toMs, entries[], actions[]',
    run: async (call) => (await import('./commands/history.ts')).history(call),
  },
  {
    name: 'at',
    summary: 'what stood on the firewalls at a moment, and what the clusters said',
    description:
      'TIME is 14:05 (today), 2h or 7d (ago), "2026-11-23 14:05" or 2026-11-23T14:05:00Z; without a zone it is the time of this machine, and answers are in UTC. The past reaches back as far as keepDays of the settings.',
    arguments: [{ name: 'TIME', many: true }],
    options: [
      FIREWALL,
      { name: 'cluster', value: 'NAME', meaning: 'only this cluster', complete: 'cluster' },
      { name: 'members', meaning: 'with every address that the sets of each rule held' },
    ],
    examples: ['cextfire at -e prod 14:05', 'cextfire at -e prod 2h --firewall edge --members -o json'],
    json: 'atMs, firewalls[]: firewall, version, plan, atMs, rules[]; clusters[]: cluster, view',
    run: async (call) => (await import('./commands/at.ts')).at(call),
  },
  {
    name: 'approve',
    summary: 'say yes to a held plan, by its hash',
    description:
      'Shows what is held and asks. The hash is over the structure before and after: pods may come and go, but another change of policy needs another approval, and so does the same one a second time. Eight digits are enough where they are the only ones.',
    arguments: [{ name: 'HASH', complete: 'hash' }],
    options: [YES],
    examples: ['cextfire approve -e prod 4f0c1d2e'],
    changes: true,
    json: 'what, target, note, who, atMs, woken[]',
    run: async (call) => (await import('./commands/approve.ts')).approve(call),
  },
  {
    name: 'freeze',
    summary: 'nothing is written to a firewall from the next call on',
    description: 'Works within seconds, also while an apply runs. What is wanted meanwhile is done when thawed.',
    arguments: [{ name: 'FIREWALL', optional: true, complete: 'firewall' }],
    options: [
      { name: 'all', meaning: 'all firewalls' },
      { name: 'why', value: 'TEXT', meaning: 'the reason, for whoever finds it frozen (required)' },
      YES,
    ],
    examples: ['cextfire freeze -e prod edge --why "change window of the network team"'],
    changes: true,
    json: 'what, target, note, who, atMs, woken[]',
    run: async (call) => (await import('./commands/control.ts')).freeze(call),
  },
  {
    name: 'thaw',
    summary: 'take a freeze back',
    description: 'What has waited is written at once. A freeze that stands in the settings is taken back there.',
    arguments: [{ name: 'FIREWALL', optional: true, complete: 'firewall' }],
    options: [{ name: 'all', meaning: 'the freeze of all firewalls' }, YES],
    examples: ['cextfire thaw -e prod edge'],
    changes: true,
    json: 'what, target, note, who, atMs, woken[]',
    run: async (call) => (await import('./commands/control.ts')).thaw(call),
  },
  {
    name: 'audit',
    summary: 'read firewalls in full now, instead of at the next timer',
    description: 'Wakes apply: it reads the device, compares it with what is wanted, repairs or reports drift.',
    arguments: [{ name: 'FIREWALL|MANAGER', optional: true, complete: 'firewall or manager' }],
    options: [YES],
    examples: ['cextfire audit -e prod edge'],
    changes: true,
    json: 'what, target, note, who, atMs, woken[]',
    run: async (call) => (await import('./commands/control.ts')).audit(call),
  },
  {
    name: 'check',
    summary: 'every mistake of a settings file, with path and line',
    description: 'Needs no environment and no AWS. Exit code 2 when something is wrong.',
    arguments: [{ name: 'FILE', complete: 'file' }],
    options: [],
    examples: ['cextfire check infra/environments/prod.yaml'],
    offline: true,
    json: 'file, environment, clusters, managers, firewalls, pairs',
    run: async (call) => (await import('./commands/check.ts')).check(call),
  },
  {
    name: 'resync',
    summary: 'ask a cluster for a whole new snapshot',
    description:
      'Over its control queue; the shipper answers within seconds. A stream that is held (two shippers, another cluster) is released only with --release.',
    arguments: [{ name: 'CLUSTER', complete: 'cluster' }],
    options: [{ name: 'release', meaning: 'whoever sends there now is the right one: end the hold of this stream' }, YES],
    examples: ['cextfire resync -e prod payments'],
    changes: true,
    json: 'what, target, note, who, atMs, woken[]',
    run: async (call) => (await import('./commands/control.ts')).resync(call),
  },
  {
    name: 'support-bundle',
    summary: 'what somebody who helps needs to see, without secrets',
    description:
      'Settings, status, plans, rules and a week of history; secrets, accounts and ARNs are withheld. A name that does not end in .tar.gz or .tgz becomes a folder.',
    arguments: [],
    options: [OUTPUT_FILE('where to write it (default: cextfire-support-ENVIRONMENT-TIME.tar.gz)')],
    examples: ['cextfire support-bundle -e prod', 'cextfire support-bundle -e prod -o folder'],
    run: async (call) => (await import('./commands/support-bundle.ts')).supportBundle(call),
  },
  {
    name: 'report',
    summary: 'one HTML file to look at: clusters, policies, rules, firewalls, the last day',
    description:
      'Self-contained: opens without a network, dark or light as the browser is; to walk through by mouse or keyboard, with a search by address, label, policy or rule.',
    arguments: [],
    options: [
      OUTPUT_FILE('where to write it (default: cextfire-report-ENVIRONMENT.html)'),
      { name: 'since', value: 'TIME', meaning: 'changes from then on (default 24h)' },
    ],
    examples: ['cextfire report -e prod -o report.html'],
    run: async (call) => (await import('./commands/report.ts')).report(call),
  },
  {
    name: 'completion',
    summary: 'completion for bash or zsh',
    description:
      'Into ~/.bashrc: `alias cextfire=/path/of/checkout/cli/cextfire.js` and `source <(cextfire completion bash)`; into ~/.zshrc the same with zsh. Environments, firewalls, clusters, rules, plans and held hashes are completed as well.',
    // Many: what its script asks is a whole line.
    arguments: [{ name: 'bash|zsh', many: true, complete: ['bash', 'zsh'] }],
    options: [],
    examples: ['source <(cextfire completion bash)'],
    offline: true,
    run: completion(
      () => COMMANDS,
      () => SHARED,
    ),
  },
];

/** What the script of `completion` asks; not for people. */
export const HIDDEN: Readonly<Record<string, readonly Option[]>> = {
  completion: [{ name: 'words', value: 'N', meaning: 'the words that may stand at this place' }],
};

export const EXIT_CODES: readonly (readonly [number, string])[] = [
  [0, 'done'],
  [1, 'could not be done: AWS or the local cloud does not answer, something was not confirmed, or a fault of the command'],
  [2, 'wrong input: an option, a name, a file, a settings file with mistakes'],
  [3, 'done, and something needs attention (only with --exit-code)'],
  [130, 'interrupted'],
];

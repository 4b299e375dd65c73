/** All that the shipper is told: Felix starts its driver without arguments and hands its own environment on. */
import { shipperError } from './errors.ts';
import { CALICO_API_GROUPS, type CalicoApiGroup } from './probe.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export interface Environment {
  /** the cluster's name in the settings */
  readonly stream: string;
  readonly queueUrl: string;
  readonly controlQueueUrl: string;
  readonly httpPort: number;
  /** undefined = all addresses */
  readonly httpHost: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** in a pod: where GlobalNetworkPolicies and HostEndpoints are */
  readonly calicoApiGroup: CalicoApiGroup;
  /** in a pod: conditions become Kubernetes Events */
  readonly events: boolean;
}

export const DEFAULT_HTTP_PORT = 9088;

/** What each variable must look like; the words appear in the message. */
const VARIABLES = {
  CEXTFIRE_STREAM: 'the cluster\'s name in the settings: lower-case letters, digits and "-", a letter first, at most 40',
  CEXTFIRE_QUEUE_URL: 'the URL of the FIFO queue of this cluster, ending in .fifo',
  CEXTFIRE_CONTROL_QUEUE_URL: 'the URL of the control queue of this cluster',
  CEXTFIRE_HTTP_PORT: `a port from 0 to 65535 (0 = any free one); ${DEFAULT_HTTP_PORT} when absent`,
  CEXTFIRE_HTTP_HOST: 'an address to listen on; all addresses when absent',
  CEXTFIRE_LOG_LEVEL: `one of ${LOG_LEVELS.join(', ')}; info when absent`,
  CEXTFIRE_CALICO_API_GROUP: `one of ${CALICO_API_GROUPS.join(', ')}; ${CALICO_API_GROUPS[0]} when absent`,
  CEXTFIRE_EVENTS: 'on or off: whether conditions become Kubernetes Events; off when absent',
} as const;
type Name = keyof typeof VARIABLES;

/** Kubernetes adds these for a Service whose name begins with "cextfire". */
const SERVICE_LINK = /_(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/;

/** @throws CEXT_SHIPPER_ENVIRONMENT, one message that lists all that is wrong */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const wrong: string[] = [];
  const take = (name: Name, check: (value: string) => boolean, absent?: string): string => {
    const value = env[name] ?? absent;
    // Values are not repeated: a URL or a mistaken paste may hold what does not belong into a log.
    if (value === undefined) wrong.push(`${name} is missing; it is ${VARIABLES[name]}`);
    else if (!check(value)) wrong.push(`${name} is wrong; it must be ${VARIABLES[name]}`);
    return value ?? '';
  };
  const stream = take('CEXTFIRE_STREAM', (value) => /^[a-z][a-z0-9-]{0,39}$/.test(value));
  const queueUrl = take('CEXTFIRE_QUEUE_URL', (value) => isQueueUrl(value) && value.endsWith('.fifo'));
  const controlQueueUrl = take('CEXTFIRE_CONTROL_QUEUE_URL', isQueueUrl);
  const port = take('CEXTFIRE_HTTP_PORT', (value) => /^\d{1,5}$/.test(value) && Number(value) <= 65535, `${DEFAULT_HTTP_PORT}`);
  const host = take('CEXTFIRE_HTTP_HOST', (value) => /^[A-Za-z0-9.:_-]*$/.test(value), '');
  const logLevel = take('CEXTFIRE_LOG_LEVEL', (value) => (LOG_LEVELS as readonly string[]).includes(value), 'info');
  const group = take(
    'CEXTFIRE_CALICO_API_GROUP',
    (value) => (CALICO_API_GROUPS as readonly string[]).includes(value),
    CALICO_API_GROUPS[0],
  );
  const events = take('CEXTFIRE_EVENTS', (value) => value === 'on' || value === 'off', 'off');
  for (const name of Object.keys(env).sort())
    if (name.startsWith('CEXTFIRE_') && !(name in VARIABLES) && !SERVICE_LINK.test(name))
      wrong.push(`${name} is unknown; there are ${Object.keys(VARIABLES).join(', ')}`);
  if (wrong.length > 0) throw shipperError('CEXT_SHIPPER_ENVIRONMENT', wrong.join('. '));
  return {
    stream,
    queueUrl,
    controlQueueUrl,
    httpPort: Number(port),
    httpHost: host === '' ? undefined : host,
    logLevel: logLevel as Environment['logLevel'],
    calicoApiGroup: group as CalicoApiGroup,
    events: events === 'on',
  };
}

/** Not by the rules of URL: what stands for SQS elsewhere gives names such as sqs.us-east-1.127.0.0.1, and the SDK takes them. */
function isQueueUrl(value: string): boolean {
  return /^https?:\/\/[^/\s]+\/\S+$/.test(value);
}

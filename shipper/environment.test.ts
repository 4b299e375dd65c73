import { expect, test } from '@jest/globals';
import { readEnvironment } from './environment.ts';
import { regionOf } from './sqs.ts';

const good = {
  CEXTFIRE_STREAM: 'pay',
  CEXTFIRE_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/pay.fifo',
  CEXTFIRE_CONTROL_QUEUE_URL: 'http://sqs.us-east-1.127.0.0.1:4566/000000000000/pay-control',
};

test('what is absent has its default', () => {
  expect(readEnvironment({ ...good, PATH: '/bin', AWS_REGION: 'x' })).toEqual({
    stream: 'pay',
    queueUrl: good.CEXTFIRE_QUEUE_URL,
    controlQueueUrl: good.CEXTFIRE_CONTROL_QUEUE_URL,
    httpPort: 9088,
    httpHost: undefined,
    logLevel: 'info',
    calicoApiGroup: 'crd.projectcalico.org',
    events: false,
  });
});

test.each([
  ['CEXTFIRE_STREAM', 'Pay Cluster'],
  ['CEXTFIRE_QUEUE_URL', 'pay.fifo'],
  ['CEXTFIRE_QUEUE_URL', 'https://sqs.eu-central-1.amazonaws.com/123456789012/pay'],
  ['CEXTFIRE_CONTROL_QUEUE_URL', 'arn:aws:sqs:eu-central-1:123456789012:pay'],
  ['CEXTFIRE_HTTP_PORT', '70000'],
  ['CEXTFIRE_HTTP_PORT', 'tcp://10.0.0.1:80'],
  ['CEXTFIRE_HTTP_HOST', 'a b'],
  ['CEXTFIRE_LOG_LEVEL', 'loud'],
  ['CEXTFIRE_CALICO_API_GROUP', 'apps'],
  ['CEXTFIRE_EVENTS', 'yes'],
])('%s=%s is refused by name, and its value is not repeated', (name, value) => {
  expect(() => readEnvironment({ ...good, [name]: value })).toThrow(
    expect.objectContaining({ code: 'CEXT_SHIPPER_ENVIRONMENT', message: expect.stringMatching(`^${name} is wrong; it must be `) }),
  );
  expect(() => readEnvironment({ ...good, [name]: value })).not.toThrow(value);
});

test('an unknown variable of ours is refused, those that Kubernetes adds for a Service are not', () => {
  expect(() => readEnvironment({ ...good, CEXTFIRE_QUEUE: 'x' })).toThrow(/^CEXTFIRE_QUEUE is unknown; there are CEXTFIRE_STREAM, /);
  const links = [
    'SERVICE_HOST',
    'SERVICE_PORT',
    'SERVICE_PORT_METRICS',
    'PORT',
    'PORT_9088_TCP',
    'PORT_9088_TCP_PROTO',
    'PORT_9088_TCP_ADDR',
  ];
  for (const service of ['CEXTFIRE', 'CEXTFIRE_SHIPPER'])
    expect(() =>
      readEnvironment({ ...good, ...Object.fromEntries(links.map((link) => [`${service}_${link}`, 'tcp://10.0.0.1:1'])) }),
    ).not.toThrow();
});

test('the region is read from a queue URL of AWS', () => {
  expect(regionOf(good.CEXTFIRE_QUEUE_URL)).toBe('eu-central-1');
  expect(regionOf('https://sqs.cn-north-1.amazonaws.com.cn/1/q')).toBe('cn-north-1');
  expect(regionOf('https://vpce-0a1b-2c.sqs.eu-west-1.vpce.amazonaws.com/1/q')).toBe('eu-west-1');
  expect(regionOf('http://127.0.0.1:4566/000000000000/pay.fifo')).toBeUndefined();
});

/** The built shipper where a pod has its service account, in a mount namespace of its own: an API server to ask, queues, and a Felix. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { startFauxqs } from 'fauxqs';
import { subjectOf } from '../../functions/policy/refusal-conditions.ts';
import { writeFrame } from '../../proto/framing.ts';
import { felix as wire } from '../../proto/generated/felix.js';
import { policyKey } from '../../proto/keys.ts';
import { buildShipper, SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { playFelix } from '../felix/player.ts';
import { findProgram, isRoot } from '../linux-firewall/programs.ts';
import { needs } from '../requirements.ts';
import { FakeApiServer } from './fake-api-server.ts';

const frame = (message: wire.IToDataplane) => writeFrame(wire.ToDataplane.encode(message).finish());
/** An empty /run with nothing but the account, seen by the shipper alone. */
const MOUNT =
  'mount -t tmpfs none /run && mkdir -p /var/run/secrets/kubernetes.io && cp -r "$ACCOUNT" /var/run/secrets/kubernetes.io/serviceaccount';

needs('namespaces')('in a pod', () => {
  test('the probe answers at /status and /metrics, and a condition becomes an Event', async () => {
    await buildShipper();
    const api = await FakeApiServer.start();
    const server = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' });
    const endpoint = `http://127.0.0.1:${server.port}`;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const sqs = new SQSClient({ region: 'us-east-1', endpoint, credentials, useQueueUrlAsEndpoint: false });
    const account = mkdtempSync(join(tmpdir(), 'cextfire-pod-'));
    cpSync(api.folder, account, { recursive: true });
    api.names('/api/v1/namespaces', 'pay');
    api.names('/apis/crd.projectcalico.org/v1/globalnetworkpolicies', 'border.x');
    const { QueueUrl: queue } = await sqs.send(new CreateQueueCommand({ QueueName: 'pay.fifo', Attributes: { FifoQueue: 'true' } }));
    const { QueueUrl: control } = await sqs.send(new CreateQueueCommand({ QueueName: 'pay-control' }));
    const felix = playFelix({
      program: findProgram('unshare') ?? 'unshare',
      args: [...(isRoot() ? [] : ['--user', '--map-root-user']), '--mount', 'sh', '-c', `${MOUNT} && exec "${SHIPPER_PROGRAM}"`],
      env: {
        ...api.env,
        ACCOUNT: account,
        CEXTFIRE_STREAM: 'pay',
        CEXTFIRE_QUEUE_URL: queue,
        CEXTFIRE_CONTROL_QUEUE_URL: control,
        CEXTFIRE_HTTP_PORT: '0',
        CEXTFIRE_HTTP_HOST: '127.0.0.1',
        CEXTFIRE_EVENTS: 'on',
        AWS_ENDPOINT_URL_SQS: endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      },
    });
    const until = async <T>(what: () => Promise<T | undefined> | T | undefined): Promise<T> => {
      for (let tries = 0; tries < 600; tries++) {
        const found = await what();
        if (found !== undefined) return found;
        await sleep(50);
      }
      throw new Error(`not within 30 s; the shipper said:\n${felix.stderr}`);
    };
    try {
      await felix.play(
        Buffer.concat([
          frame({ configUpdate: { config: { ClusterGUID: 'g' } } }),
          frame({ namespaceUpdate: { id: { name: 'pay' } } }),
          frame({ inSync: {} }),
        ]),
      );
      const port = await until(() => /"port":(\d+)/.exec(felix.stderr)?.[1]);
      const page = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
      const { probe } = await until(async () => {
        const status = JSON.parse(await page('/status')) as { probe: { ok: boolean; reason: string } | null };
        return status.probe ? status : undefined;
      });
      expect(probe).toMatchObject({ ok: true, reason: '' });
      expect(await page('/metrics')).toMatch(/^cextfire_shipper_probe_ok 1$/m);
      const told = {
        format: 1,
        kind: 'conditions',
        conditions: [
          {
            code: 'CEXT_POLICY_REFUSED',
            severity: 'error',
            // As the cloud calls it.
            policy: subjectOf(policyKey({ kind: 'GlobalNetworkPolicy', name: 'border.x' }), 'pay', 'edge', {}).policy,
            message: 'no',
            since: '2026-01-01T00:00:00Z',
          },
        ],
      };
      await sqs.send(new SendMessageCommand({ QueueUrl: control, MessageBody: JSON.stringify(told) }));
      const [event] = await until(() => (api.events.size > 0 ? [...api.events.values()] : undefined));
      expect(event).toMatchObject({ reason: 'CextPolicyRefused', involvedObject: { name: 'border.x', uid: 'uid-of-border.x' } });
      expect(felix.stderr).not.toContain('first-token');
    } finally {
      felix.kill();
      await felix.exited;
      api.stop();
      sqs.destroy();
      await server.stop();
      rmSync(account, { recursive: true, force: true });
    }
  }, 90_000);
});

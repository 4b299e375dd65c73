/** helm against a real API server: what is installed, changed, taken back and taken away, and what stays. */
import { parseAllDocuments } from 'yaml';
import type { Bench } from './bench.ts';
import type { ApiObject } from './objects.ts';
import { holds, type Report, same } from './report.ts';

const aws = { roleArn: 'arn:aws:iam::123456789012:role/pay' };
const LEAST = {
  cluster: 'pay',
  image: { repository: 'registry.example.com/cextfire-shipper', tag: '0.1.0-calico-v3.31.7' },
  queue: {
    url: 'https://sqs.eu-central-1.amazonaws.com/123456789012/pay.fifo',
    controlUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/pay-control',
  },
  aws,
};
/** Every option by turns, switched on or unlike its default. Names that YAML would read as something else are names all the same. */
const VALUES: Readonly<Record<string, Readonly<Record<string, object | string>>>> = {
  'the least': {},
  Events: { events: { enabled: true } },
  'keys of a secret': { aws: { credentials: 'secret', secretName: 'keys' } },
  'EKS Pod Identity': { aws: { credentials: 'podIdentity' } },
  'a mounted token': { aws: { ...aws, credentials: 'webIdentity', region: 'eu-central-1', endpointUrl: 'https://sqs.example.com' } },
  'neither metrics nor a network policy': {
    aws: { credentials: 'none' },
    metrics: { service: false },
    networkPolicy: { enabled: false },
  },
  "Felix's metrics": {
    metrics: { felix: true },
    networkPolicy: { scrapeFrom: [{ namespaceSelector: { matchLabels: { for: 'monitoring' } } }] },
  },
  'all about the pod': {
    nameOverride: 'another-name',
    virtualNode: '12',
    image: { repository: 'r', digest: `sha256:${'a'.repeat(64)}`, pullPolicy: 'Always', pullSecrets: [{ name: '7' }] },
    serviceAccount: { name: '1e3', annotations: { note: 'x' } },
    podAnnotations: { a: 'b' },
    podLabels: { c: 'd' },
    nodeSelector: { pool: 'infra' },
    tolerations: [{ key: 'infra', operator: 'Exists' }],
    affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
    extraEnv: [{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }],
    resources: { requests: { cpu: '1' }, limits: { memory: '2Gi' } },
    logLevel: 'debug',
    calico: { logLevel: 'info' },
    hostEndpoints: [{ name: '0815', interfaceName: '1e3', labels: { border: 'partner' } }],
  },
};

export async function releases(bench: Bench, report: Report): Promise<void> {
  const calico = { apiGroup: bench.group };
  const valuesOf = (more: Readonly<Record<string, object | string>>) => ({
    ...LEAST,
    ...more,
    calico: { ...calico, ...(more.calico as object | undefined) },
  });
  const border = { name: 'edge-1', interfaceName: 'outside', labels: { border: 'partner' } };
  const standing = async (namespace: string, release = 'pay') => {
    const manifest = await bench.helm('get', 'manifest', release, '--namespace', namespace);
    return parseAllDocuments(manifest)
      .map((each) => each.toJS() as ApiObject)
      .filter((each) => each !== null);
  };

  for (const [at, [name, more]] of Object.entries(VALUES).entries()) {
    const namespace = `values-${at}`;
    await report.check(
      `install and uninstall with ${name}: taken strictly, the pod is "restricted", nothing stays but borders`,
      async () => {
        await bench.namespace(namespace);
        const said = await bench.chart('install', 'pay', namespace, valuesOf(more));
        same(said.match(/.*warning.*/gi) ?? [], []);
        const objects = await standing(namespace);
        for (const object of objects) await bench.objects.apply(object, { dryRun: true });
        const deployment = objects.find(({ kind }) => kind === 'Deployment');
        await bench.pod(namespace, deployment?.metadata.name ?? '');
        await bench.helm('uninstall', 'pay', '--namespace', namespace);
        const left = [];
        for (const object of objects) if (await bench.objects.get(object)) left.push(object.kind);
        same(
          left,
          objects.filter(({ kind }) => kind === 'HostEndpoint').map(({ kind }) => kind),
        );
      },
    );
  }

  const monitored = valuesOf({ metrics: { felix: true, podMonitor: { enabled: true, labels: { team: 'net' } } } });
  await bench.namespace('monitor');
  if (bench.has('podmonitors.monitoring.coreos.com'))
    await report.check('a PodMonitor is taken strictly', async () => {
      await bench.chart('install', 'pay', 'monitor', monitored);
      for (const object of await standing('monitor')) await bench.objects.apply(object, { dryRun: true });
      await bench.helm('uninstall', 'pay', '--namespace', 'monitor');
    });
  else
    await report.check('a PodMonitor without the Prometheus operator: refused in a sentence, nothing is left half done', async () => {
      const said = await bench.chart('install', 'pay', 'monitor', monitored).catch((error: Error) => error.message);
      holds(/no matches for kind "PodMonitor"/.test(said), said);
      same((await bench.helm('list', '--all', '--namespace', 'monitor', '--short')).trim(), '');
    });

  await report.check(
    "what only the cluster knows: a network policy without the API server's port, a virtual node that is real",
    async () => {
      const refusal = async (more: Parameters<typeof valuesOf>[0]) =>
        bench.chart('install', 'pay', 'monitor', valuesOf(more)).catch((error: Error) => error.message);
      const said = await refusal({ networkPolicy: { apiServer: { ports: [443] } } });
      holds(/networkPolicy\.apiServer\.ports lacks 6443/.test(said), said);
      const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker-1' } };
      await bench.objects.apply(node);
      const real = await refusal({ virtualNode: 'worker-1' });
      holds(/virtualNode worker-1 is a real node/.test(real), real);
      await bench.objects.remove(node);
    },
  );

  await report.check('upgrade, rollback, uninstall: HostEndpoints are kept, all else follows the values', async () => {
    await bench.namespace('upgrades');
    const kinds = async () => (await standing('upgrades')).map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
    await bench.chart('install', 'pay', 'upgrades', valuesOf({}));
    const before = await kinds();
    const full = valuesOf({ events: { enabled: true }, hostEndpoints: [border], networkPolicy: { enabled: false } });
    await bench.chart('upgrade', 'pay', 'upgrades', full);
    const [endpoint] = (await standing('upgrades')).filter(({ kind }) => kind === 'HostEndpoint');
    if (!endpoint) throw new Error('no HostEndpoint');
    await bench.helm('rollback', 'pay', '1', '--namespace', 'upgrades');
    same(await kinds(), before);
    holds(await bench.objects.get(endpoint), 'the rollback took the HostEndpoint away');
    await bench.chart('upgrade', 'pay', 'upgrades', full);
    await bench.helm('uninstall', 'pay', '--namespace', 'upgrades');
    holds(await bench.objects.get(endpoint), 'uninstall took the HostEndpoint away');
  });

  await report.check('a HostEndpoint that stayed: the same release takes it up again, another one only when told to', async () => {
    const full = valuesOf({ hostEndpoints: [border] });
    await bench.chart('install', 'pay', 'upgrades', full);
    await bench.helm('uninstall', 'pay', '--namespace', 'upgrades');
    const refused = await bench.chart('install', 'other', 'upgrades', full).catch((error: Error) => error.message);
    holds(/HostEndpoint "edge-1" .*cannot be imported into the current release/.test(refused), refused);
    await bench.chart('install', 'other', 'upgrades', full, '--take-ownership');
    const [endpoint] = (await standing('upgrades', 'other')).filter(({ kind }) => kind === 'HostEndpoint');
    await bench.helm('uninstall', 'other', '--namespace', 'upgrades');
    if (!endpoint) throw new Error('no HostEndpoint');
    await bench.objects.remove(endpoint);
  });

  await report.check('two releases in two namespaces, and two in one, stand side by side', async () => {
    await bench.namespace('side-a');
    await bench.namespace('side-b');
    const events = valuesOf({ events: { enabled: true } });
    const all = [
      ['pay', 'side-a'],
      ['shop', 'side-a'],
      ['pay', 'side-b'],
    ] as const;
    for (const [release, namespace] of all)
      await bench.chart('install', release, namespace, { ...events, cluster: `${release}-${namespace}` });
    for (const [release, namespace] of all) {
      await bench.pod(namespace, release);
      await bench.helm('uninstall', release, '--namespace', namespace);
    }
  });

  await report.check('names of releases and namespaces that helm takes are names that the API takes', async () => {
    for (const [release, namespace] of [
      ['1e3', '12'],
      ['my.release', 'dots'],
      ['x'.repeat(53), 'long'],
    ] as const) {
      await bench.namespace(namespace);
      await bench.chart('install', release, namespace, valuesOf({ events: { enabled: true } }));
      await bench.helm('uninstall', release, '--namespace', namespace);
    }
  });
}

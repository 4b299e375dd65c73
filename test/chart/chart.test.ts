/** What `helm install` would give to a cluster, and what it refuses. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readEnvironment } from '../../shipper/environment.ts';
import { resourceOf } from '../../shipper/kubernetes.ts';
import { calicoPath, LISTED, LISTED_OF_CALICO, LISTED_WHERE_INSTALLED } from '../../shipper/probe.ts';
import { needs } from '../requirements.ts';
import { helm, type Manifest, render, renderNotes } from './helm.ts';

const good = {
  cluster: 'pay',
  image: { repository: 'registry.example.com/cextfire-shipper', tag: '0.1.0-calico-v3.31.7' },
  queue: {
    url: 'https://sqs.eu-central-1.amazonaws.com/123456789012/pay.fifo',
    controlUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/pay-control',
  },
  aws: { roleArn: 'arn:aws:iam::123456789012:role/pay' },
};
const withSecret = { ...good, aws: { credentials: 'secret', secretName: 'keys' } };
const everything = {
  ...good,
  virtualNode: 'edge',
  image: { repository: 'r', digest: `sha256:${'a'.repeat(64)}`, pullSecrets: [{ name: 'pull' }] },
  aws: { credentials: 'webIdentity', roleArn: good.aws.roleArn, region: 'eu-central-1', endpointUrl: 'https://sqs.example.com' },
  calico: { apiGroup: 'projectcalico.org' },
  hostEndpoints: [
    { name: 'edge-1', interfaceName: 'outside', labels: { border: 'partner' } },
    { name: 'edge-2', interfaceName: 'wan0' },
  ],
  events: { enabled: true },
  metrics: { felix: true, podMonitor: { enabled: true, labels: { team: 'net' } } },
  networkPolicy: { apiServer: { cidrs: ['10.0.0.1/32'], ports: [6443] }, scrapeFrom: [{ namespaceSelector: {} }] },
  serviceAccount: { annotations: { note: 'x' } },
  podAnnotations: { a: 'b' },
  podLabels: { c: 'd' },
  priorityClassName: 'system-cluster-critical',
  nodeSelector: { pool: 'infra' },
  tolerations: [{ key: 'infra', operator: 'Exists' }],
  affinity: { nodeAffinity: {} },
  extraEnv: [{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }],
};

// biome-ignore lint/suspicious/noExplicitAny: manifests are looked at, not used
type Any = any;
/** '' where the API would take it; of unknown fields it knows nothing, as a server that is not asked to be strict. */
function problemOf(model: { validate(): void }): string {
  try {
    model.validate();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
const only = (manifests: readonly Manifest[], kind: string): Any => {
  const found = manifests.filter((manifest) => manifest.kind === kind);
  expect(found).toHaveLength(1);
  return found[0];
};
const podOf = (manifests: readonly Manifest[]): Any => only(manifests, 'Deployment').spec.template.spec;
const envOf = (manifests: readonly Manifest[]): Record<string, string> =>
  Object.fromEntries(podOf(manifests).containers[0].env.map(({ name, value }: Any) => [name, value ?? '(from a secret)']));

/** reference: the audit log of real Felix of three versions, and each right taken away alone */
const CALICO = [
  'bgpconfigurations',
  'bgppeers',
  'clusterinformations',
  'felixconfigurations',
  'globalnetworkpolicies',
  'globalnetworksets',
  'hostendpoints',
  'ipamblocks',
  'ippools',
  'networkpolicies',
  'networksets',
  'stagedglobalnetworkpolicies',
  'stagedkubernetesnetworkpolicies',
  'stagednetworkpolicies',
  'tiers',
];
const wantedRights = (node: string): string[] => {
  const rights = (group: string, resources: string[], verbs: string[], names = '*') =>
    resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}.${group} ${names}`));
  const read = ['list', 'watch'];
  return [
    ...rights('', ['nodes', 'pods', 'namespaces', 'serviceaccounts', 'services'], read),
    ...rights('', ['nodes'], ['get'], node),
    ...rights('discovery.k8s.io', ['endpointslices'], read),
    ...rights('networking.k8s.io', ['networkpolicies'], read),
    ...rights('policy.networking.k8s.io', ['adminnetworkpolicies', 'baselineadminnetworkpolicies', 'clusternetworkpolicies'], read),
    ...rights('kubevirt.io', ['virtualmachineinstancemigrations'], read),
    ...['crd.projectcalico.org', 'projectcalico.org'].flatMap((group) => [
      ...rights(group, CALICO, read),
      ...rights(group, ['clusterinformations'], ['get'], 'default'),
      ...rights(group, ['felixconfigurations'], ['get'], `default,node.${node}`),
    ]),
  ].sort();
};
const rightsOf = (role: Any): string[] =>
  role.rules
    .flatMap(({ apiGroups, resources, verbs, resourceNames }: Any) =>
      apiGroups.flatMap((group: string) =>
        resources.flatMap((resource: string) =>
          verbs.map((verb: string) => `${verb} ${resource}.${group} ${resourceNames?.join(',') ?? '*'}`),
        ),
      ),
    )
    .sort();

needs('helm')('the chart', () => {
  test.each([
    ['the least', good],
    ['keys of a secret', withSecret],
    ['everything', everything],
  ])('lint is content with %s', (_, values) => {
    expect(helm('lint', values, '--strict')).toMatch(/1 chart\(s\) linted, 0 chart\(s\) failed/);
  });

  test.each([
    ['cextfire-edge', good],
    ['edge', everything],
  ])('the ClusterRole is what Felix on %s needs, right by right, and nothing to write', (node, values) => {
    expect(rightsOf(only(render(values), 'ClusterRole'))).toEqual(wantedRights(node));
  });

  test('the shipper asks for every right to list that the role gives: none is lost in silence', () => {
    const group = 'crd.projectcalico.org';
    const asked = [
      '/api/v1/namespaces',
      ...LISTED,
      ...LISTED_WHERE_INSTALLED,
      ...['globalnetworkpolicies', ...LISTED_OF_CALICO].map((resource) => `${calicoPath(group)}/${resource}`),
    ].map((path) => resourceOf(path));
    const given = only(render(good), 'ClusterRole').rules.flatMap(({ apiGroups, resources, verbs }: Any) =>
      verbs.includes('list') ? resources.map((resource: string) => (apiGroups[0] ? `${resource}.${apiGroups[0]}` : resource)) : [],
    );
    expect(asked.sort()).toEqual(given.sort());
  });

  test('the right to write Events is there only when they are switched on, in one namespace', () => {
    expect(render(good).filter(({ kind }) => kind === 'Role' || kind === 'RoleBinding')).toEqual([]);
    const manifests = render(everything);
    const role = only(manifests, 'Role');
    expect([role.metadata.namespace, role.rules]).toEqual([
      'default',
      [{ apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] }],
    ]);
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
      const { subjects, roleRef } = only(manifests, kind);
      expect(subjects).toEqual([{ kind: 'ServiceAccount', name: 'pay-shipper', namespace: 'border' }]);
      expect(only(manifests, roleRef.kind).metadata.name).toBe(roleRef.name);
    }
  });

  test('the platform may give the pod its user; root it is never', () => {
    expect(podOf(render({ ...good, runAsUser: 0 })).securityContext).toEqual({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(podOf(render({ ...good, runAsUser: 1_000_650_000 })).securityContext).toMatchObject({
      runAsUser: 1_000_650_000,
      fsGroup: 1_000_650_000,
    });
  });

  test.each([
    ['the least', good],
    ['everything', everything],
  ])('%s: no privilege, nothing writable, one at a time', (_, values) => {
    const manifests = render(values);
    const { spec } = only(manifests, 'Deployment');
    expect([spec.replicas, spec.strategy]).toEqual([1, { type: 'Recreate' }]);
    const pod = podOf(manifests);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.containers).toHaveLength(1);
    expect(pod.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
    });
    expect([pod.hostNetwork, pod.hostPID, pod.hostIPC]).toEqual([undefined, undefined, undefined]);
    expect(JSON.stringify(pod.volumes ?? [])).not.toMatch(/hostPath|emptyDir/);
    // The entrypoint needs 8 s of them.
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(8);
    expect(pod.containers[0].resources).toEqual({ requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '1Gi' } });
    const { livenessProbe, readinessProbe, startupProbe } = pod.containers[0];
    expect([livenessProbe, readinessProbe, startupProbe].map(({ httpGet }) => `${httpGet.port}${httpGet.path}`)).toEqual([
      'http/healthz',
      'http/readyz',
      'http/healthz',
    ]);
  });

  test.each([
    ['the least', good],
    ['keys of a secret', withSecret],
    ['everything', everything],
  ])('%s: the shipper takes the environment', (_, values) => {
    const env = envOf(render(values));
    expect(readEnvironment(env)).toMatchObject({
      stream: 'pay',
      queueUrl: good.queue.url,
      controlQueueUrl: good.queue.controlUrl,
      httpPort: 9088,
    });
  });

  test('values reach Felix and the shipper', () => {
    const env = envOf(render(everything));
    expect(env).toMatchObject({
      FELIX_FELIXHOSTNAME: 'edge',
      CALICO_API_GROUP: 'projectcalico.org/v3',
      FELIX_PROMETHEUSMETRICSENABLED: 'true',
    });
    expect(readEnvironment(env)).toMatchObject({ calicoApiGroup: 'projectcalico.org', events: true });
    expect(env).toMatchObject({
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_SQS: 'https://sqs.example.com',
      HTTPS_PROXY: 'http://proxy:3128',
    });
    expect(podOf(render(everything)).containers[0].image).toBe(`r@sha256:${'a'.repeat(64)}`);
    expect(envOf(render(good)).CALICO_API_GROUP).toBeUndefined();
  });

  test('credentials: by annotation, by a mounted token, by a secret, or not at all', () => {
    const account = (values: object) => only(render(values), 'ServiceAccount').metadata.annotations;
    expect(account(good)).toEqual({ 'eks.amazonaws.com/role-arn': good.aws.roleArn });
    expect(account(everything)).toEqual({ note: 'x' });
    expect(podOf(render(good)).volumes).toBeUndefined();
    const pod = podOf(render(everything));
    expect(pod.volumes).toEqual([
      {
        name: 'aws-token',
        projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'sts.amazonaws.com', expirationSeconds: 3600 } }] },
      },
    ]);
    expect(envOf(render(everything)).AWS_WEB_IDENTITY_TOKEN_FILE).toBe(`${pod.containers[0].volumeMounts[0].mountPath}/token`);
    const { env } = podOf(render(withSecret)).containers[0];
    expect(
      env.filter(({ valueFrom }: Any) => valueFrom).map(({ valueFrom: { secretKeyRef: ref } }: Any) => [ref.name, ref.key, ref.optional]),
    ).toEqual([
      ['keys', 'AWS_ACCESS_KEY_ID', undefined],
      ['keys', 'AWS_SECRET_ACCESS_KEY', undefined],
      ['keys', 'AWS_SESSION_TOKEN', true],
    ]);
    const agent = JSON.stringify(only(render({ ...good, aws: { credentials: 'podIdentity' } }), 'NetworkPolicy').spec.egress);
    expect(agent).toMatch(/169\.254\.170\.23\/32/);
  });

  test('borders are HostEndpoints on the virtual node that outlive the release, in the API group of the cluster', () => {
    expect(render(good).filter(({ kind }) => kind === 'HostEndpoint')).toEqual([]);
    const borders = render(everything).filter(({ kind }) => kind === 'HostEndpoint') as Any[];
    expect(borders.map(({ apiVersion, metadata, spec }) => [apiVersion, metadata.name, metadata.labels.border, spec])).toEqual([
      ['projectcalico.org/v3', 'edge-1', 'partner', { node: 'edge', interfaceName: 'outside' }],
      ['projectcalico.org/v3', 'edge-2', undefined, { node: 'edge', interfaceName: 'wan0' }],
    ]);
    expect(borders.every(({ metadata }) => metadata.annotations['helm.sh/resource-policy'] === 'keep')).toBe(true);
    const [crd] = render({ ...good, hostEndpoints: everything.hostEndpoints }).filter(({ kind }) => kind === 'HostEndpoint');
    expect(crd?.apiVersion).toBe('crd.projectcalico.org/v1');
  });

  test('names that YAML would read as numbers are names, and a Service may have the name of any release', () => {
    const digits = { virtualNode: '12', hostEndpoints: [{ name: '0815', interfaceName: '1e3' }], serviceAccount: { name: '7' } };
    const manifests = render({ ...withSecret, ...digits, aws: { credentials: 'secret', secretName: '1e3' } }, '1e3');
    const names = manifests.map(({ metadata }) => metadata.name);
    expect(names.filter((name) => typeof name !== 'string')).toEqual([]);
    expect(only(manifests, 'HostEndpoint')).toMatchObject({ metadata: { name: '0815' }, spec: { node: '12', interfaceName: '1e3' } });
    expect(podOf(manifests).serviceAccountName).toBe('7');
    expect(podOf(manifests).containers[0].env.find(({ valueFrom }: Any) => valueFrom).valueFrom.secretKeyRef.name).toBe('1e3');
    expect(only(manifests, 'Service').spec.selector['app.kubernetes.io/instance']).toBe('1e3');
    const serviceOf = (release: string) => only(render(good, release), 'Service').metadata.name;
    // RFC 1035: a letter first, no dots.
    expect(['1e3', 'my.release', 'x'.repeat(53), `${'1'.repeat(44)}.${'1'.repeat(8)}`].map(serviceOf)).toEqual([
      'shipper-1e3',
      'my-release',
      'x'.repeat(53),
      `shipper-${'1'.repeat(44)}`,
    ]);
  });

  test('the network policy lets out to DNS, the API server and AWS only', () => {
    const { spec } = only(render(everything), 'NetworkPolicy');
    expect(
      spec.egress.map(({ ports, to }: Any) => [ports.map(({ port }: Any) => port), to?.map(({ ipBlock }: Any) => ipBlock.cidr)]),
    ).toEqual([
      [[53, 53], undefined],
      [[6443], ['10.0.0.1/32']],
      [[443], ['0.0.0.0/0', '::/0']],
    ]);
    expect(spec.ingress).toEqual([
      {
        ports: [
          { port: 9088, protocol: 'TCP' },
          { port: 9091, protocol: 'TCP' },
        ],
        from: [{ namespaceSelector: {} }],
      },
    ]);
    expect(render({ ...good, networkPolicy: { enabled: false } }).some(({ kind }) => kind === 'NetworkPolicy')).toBe(false);
  });

  test('metrics: Service and PodMonitor select the pod and name its ports', () => {
    const manifests = render(everything);
    const { labels } = only(manifests, 'Deployment').spec.template.metadata;
    const ports = podOf(manifests).containers[0].ports.map(({ name }: Any) => name);
    const service = only(manifests, 'Service').spec;
    const monitor = only(manifests, 'PodMonitor').spec;
    for (const selector of [service.selector, monitor.selector.matchLabels, only(manifests, 'NetworkPolicy').spec.podSelector.matchLabels])
      expect(labels).toMatchObject(selector);
    expect(service.ports.map(({ targetPort }: Any) => targetPort)).toEqual(ports);
    expect(monitor.podMetricsEndpoints.map(({ port }: Any) => port)).toEqual(ports);
    expect(render(good).some(({ kind }) => kind === 'PodMonitor')).toBe(false);
  });

  test.each([
    ['the least', good],
    ['keys of a secret', withSecret],
    ['everything', everything],
  ])('%s: every manifest of Kubernetes itself is one that its API takes', async (_, values) => {
    const kinds: string[] = [];
    for (const manifest of render(values)) {
      // Calico's and the Prometheus operator's are looked at above.
      if (/calico|coreos/.test(manifest.apiVersion)) continue;
      const models = await import(`kubernetes-models/${manifest.apiVersion}`);
      expect([manifest.kind, problemOf(new models[manifest.kind](manifest))]).toEqual([manifest.kind, '']);
      kinds.push(manifest.kind);
    }
    expect(kinds).toEqual(expect.arrayContaining(['Deployment', 'ServiceAccount', 'ClusterRole', 'NetworkPolicy', 'Service']));
  });

  test('a manifest that the API would not take is found', async () => {
    const models = await import('kubernetes-models/apps/v1');
    const [deployment] = render(good).filter(({ kind }) => kind === 'Deployment');
    const wrong = structuredClone(deployment) as Any;
    wrong.spec.template.spec.containers[0].ports[0].containerPort = '9088';
    delete wrong.spec.selector;
    expect(problemOf(new models.Deployment(wrong))).toMatch(
      /selector.*containerPort must be integer|containerPort must be integer.*selector/s,
    );
  });

  test.each([
    ['without a border', good, /3\. There is no HostEndpoint yet.*spec\.node: cextfire-edge/s],
    [
      'with borders and Events',
      everything,
      /3\. The borders: edge-1 edge-2\..*4\. What the cloud holds against a policy: kubectl get events/s,
    ],
  ])('the notes %s say how to look, and what is missing', (_, values, text) => {
    const notes = renderNotes(values);
    expect(notes).toContain('The shipper of cluster "pay" is installed as border/pay-shipper.');
    expect(notes).toContain('port-forward deployment/pay-shipper 9088');
    expect(notes).toMatch(text);
  });

  test.each([
    [{ clustre: 'x' }, /additional properties 'clustre' not allowed/],
    [{ queue: { ...good.queue, uri: 'x' } }, /at '\/queue': additional properties 'uri' not allowed/],
    [{ cluster: 'Pay Cluster' }, /at '\/cluster': 'Pay Cluster' does not match pattern/],
    [{ cluster: '' }, /- cluster is missing: the cluster's name in the settings/],
    [{ queue: { url: 'https://sqs/1/pay', controlUrl: 'https://sqs/1/c' } }, /at '\/queue\/url'/],
    [{ queue: {}, image: { repository: 'r' } }, /need 3 correction\(s\):\n- queue\.url is missing.*\n- queue\.controlUrl.*\n- image\.tag/],
    [{ aws: {} }, /- aws\.roleArn is missing: aws\.credentials=irsa needs the role/],
    [{ aws: { credentials: 'secret' } }, /- aws\.secretName is missing/],
    [{ aws: { credentials: 'none', roleArn: good.aws.roleArn } }, /- aws\.roleArn is not used with aws\.credentials=none/],
    [{ aws: { credentials: 'keys' } }, /at '\/aws\/credentials': value must be one of 'irsa'/],
    [{ calico: { apiGroup: 'calico.org' } }, /at '\/calico\/apiGroup': value must be one of/],
    [{ hostEndpoints: [{ name: 'a', interfaceName: '*' }] }, /at '\/hostEndpoints\/0\/interfaceName': '\*' does not match pattern/],
    [{ hostEndpoints: [{ name: 'a', interfaceName: 'o', expectedIPs: ['10.0.0.1'] }] }, /additional properties 'expectedIPs' not allowed/],
    [{ hostEndpoints: [1, 2].map(() => ({ name: 'a', interfaceName: 'o' })) }, /- hostEndpoints\[1\]\.name a is there twice/],
    [{ extraEnv: [{ name: 'FELIX_BPFENABLED', value: 'true' }] }, /- extraEnv\[0\]\.name FELIX_BPFENABLED is set by the chart or pinned/],
    [{ virtualNode: 'Edge' }, /at '\/virtualNode'/],
    [{ image: { repository: 'r', tag: 'a b' } }, /at '\/image\/tag': 'a b' does not match pattern/],
    [{ image: { repository: 'Registry/x', tag: '1' } }, /at '\/image\/repository'/],
    [{ nameOverride: 'Bad Name' }, /at '\/nameOverride'/],
    [{ serviceAccount: { name: 'Bad Name' } }, /at '\/serviceAccount\/name'/],
    [{ resources: { limits: { memory: '1GB' } } }, /at '\/resources\/limits\/memory': '1GB' does not match pattern/],
    [{ resources: { limit: {} } }, /additional properties 'limit' not allowed/],
    [{ queue: { url: good.queue.url, controlUrl: good.queue.url } }, /- queue\.controlUrl is a FIFO queue: .* ControlQueueUrl/],
    [{ aws: { ...good.aws, region: 'mars' } }, /at '\/aws\/region'/],
    [{ networkPolicy: { aws: { cidrs: ['any'] } } }, /at '\/networkPolicy\/aws\/cidrs\/0'/],
    [{ replicas: 2 }, /additional properties 'replicas' not allowed/],
  ])('%j is refused, by name', (over, message) => {
    expect(() => render({ ...good, ...over })).toThrow(message);
  });
});

test('a value that is required is empty by default, and every other default is one that its schema takes', () => {
  const schema = JSON.parse(readFileSync(new URL('../../shipper/chart/values.schema.json', import.meta.url), 'utf8'));
  const walk = (node: Any, path: string): string[] =>
    Object.entries<Any>(node.properties ?? {}).flatMap(([name, child]) => {
      const here = `${path}${name}`;
      const wrong: string[] = [];
      if (!child.properties && !('default' in child) && here !== 'global') wrong.push(`${here} has no default`);
      if (!child.properties && !child.description) wrong.push(`${here} has no description`);
      if (child.properties && child.additionalProperties !== false) wrong.push(`${here} takes unknown keys`);
      if (child.enum && !child.enum.includes(child.default)) wrong.push(`${here}: the default is not among the choices`);
      if (child.pattern && !new RegExp(child.pattern).test(child.default)) wrong.push(`${here}: the default does not match`);
      return [...wrong, ...walk(child, `${here}.`)];
    });
  expect(walk(schema, '')).toEqual([]);
});

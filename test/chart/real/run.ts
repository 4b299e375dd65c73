/**
 * `npm run chart:real -- --kube-apiserver PATH --etcd PATH --felix PATH --crds PATH`: the chart and its pod in a real cluster without nodes. No part of CI:
 * it needs programs that this project neither has nor builds (README.md). Root; all of it runs in a network namespace of its own.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '../../temporary-folder.ts';
import { findHelm } from '../helm.ts';
import { Bench } from './bench.ts';
import { releases } from './releases.ts';
import { Report } from './report.ts';
import { rights } from './rights.ts';
import { shipping } from './shipping.ts';
import { Stage } from './stage.ts';

const PARTS = ['releases', 'shipping', 'rights'] as const;
const USAGE = `npm run chart:real -- --kube-apiserver PATH --etcd PATH --felix PATH --crds PATH... [--only PART]... [--stay]

  --kube-apiserver, --etcd, --felix  programs
  --crds    a file or folder of Calico's CustomResourceDefinitions, of either API group; may be repeated
  --only    ${PARTS.join(', ')}: one part alone; may be repeated (default: releases, shipping)
  --stay    stays up afterwards, until Ctrl-C`;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        'kube-apiserver': { type: 'string' },
        etcd: { type: 'string' },
        felix: { type: 'string' },
        crds: { type: 'string', multiple: true },
        only: { type: 'string', multiple: true, default: ['releases', 'shipping'] },
        stay: { type: 'boolean', default: false },
        inside: { type: 'boolean', default: false },
      },
    });
    const { 'kube-apiserver': kubeApiserver, etcd, felix, crds, only } = values;
    if (!kubeApiserver || !etcd || !felix || !crds) throw new Error('a program or --crds is missing');
    for (const program of [kubeApiserver, etcd, felix]) accessSync(program, constants.X_OK);
    for (const path of crds) accessSync(path);
    for (const part of only) if (!PARTS.includes(part as never)) throw new Error(`there is no part "${part}"`);
    if (process.getuid?.() !== 0) throw new Error('only root can make the namespaces of a pod');
    if (!findHelm()) throw new Error('helm is missing: test/chart/install-helm.sh builds it where there is Go');
    const programs = {
      kubeApiserver: resolve(kubeApiserver),
      etcd: resolve(etcd),
      felix: resolve(felix),
      crds: crds.map((path) => resolve(path)),
    };
    return { ...values, programs };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

const { programs, only, stay, inside } = options();
if (!inside) {
  const args = [
    '--net',
    '--mount',
    'sh',
    '-c',
    'ip link set lo up && exec "$@" --inside',
    'sh',
    process.execPath,
    ...process.argv.slice(1),
  ];
  process.exit(spawnSync('unshare', args, { stdio: 'inherit' }).status ?? 1);
}

const folder = temporaryFolder('real');
// The container's user reads what is mounted from it.
chmodSync(folder.path, 0o755);
const report = new Report();
const bench = await Bench.start(folder.path, programs);
console.log(`a control plane of process ${process.pid}, Calico's kinds in ${bench.group}`);
try {
  if (only.includes('releases')) await releases(bench, report);
  if (only.includes('shipping') || only.includes('rights')) {
    const at = await Stage.start(bench);
    try {
      if (only.includes('shipping')) await shipping(at, report);
      if (only.includes('rights')) await rights(at, report);
      if (stay) await stayUp();
    } finally {
      await at.close();
    }
  } else if (stay) await stayUp();
} finally {
  await bench.close();
  folder.remove();
}
console.log(`${report.passed} ok, ${report.failed} failed`);
process.exit(report.failed > 0 ? 1 : 0);

async function stayUp(): Promise<void> {
  console.log(`Staying up; Ctrl-C ends it. To look: nsenter -t ${process.pid} -n env KUBECONFIG=${bench.plane.kubeconfig} kubectl ...`);
  await new Promise((done) => process.once('SIGINT', done));
}

/**
 * `npm run test:localstack [-- FILE...]`: the end-to-end suite against a real LocalStack (what needs faults inside the cloud aside). Says in one line
 * why, where it cannot run: a failure under CI=true.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hasDocker, hostModeLacks, startLocalStack } from './localstack.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const lacks = hasDocker() ? undefined : hostModeLacks();
if (lacks !== undefined) {
  console.log(`not run: the end-to-end suite on LocalStack (needs Docker, or ${lacks})`);
  process.exit(process.env.CI === 'true' ? 1 : 0);
}
const localstack = await startLocalStack((line) => console.log(line));
try {
  const asked = process.argv.slice(2);
  const files = asked.some((word) => word.startsWith('test/')) ? [] : ['whole-way', 'two-clusters', 'refusals', 'kills'];
  const jest = [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    ...files.map((file) => `test/end-to-end/${file}`),
  ];
  const { status } = spawnSync(process.execPath, [...jest, ...asked], {
    cwd: ROOT,
    env: { ...process.env, CEXTFIRE_CLOUD: localstack.endpoint },
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  await localstack.stop();
}

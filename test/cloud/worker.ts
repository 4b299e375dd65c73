/**
 * One execution environment of one function, in a worker thread: loads the deployed bundle, runs one event at a time, says what came out.
 * It can be told to die at its n-th request to AWS, before it is sent or after it was answered: that is a kill between two awaits.
 */
import { readlinkSync } from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromEnvironment, Start, ToEnvironment } from './execution.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs as a worker of test/cloud only');
const start = workerData as Start;
// Linux has a priority for each thread; its number stands nowhere else.
if (start.niceness > 0) setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), start.niceness);
const say = (message: FromEnvironment) => port.postMessage(message);

let killAt: ToEnvironment['killAt'];
let requests = 0;
const request = http.request;
http.request = ((...parameters: Parameters<typeof http.request>) => {
  const number = ++requests;
  const deadly = killAt && number === killAt.request ? killAt : undefined;
  if (deadly?.when === 'before') process.exit(1);
  const made = request(...parameters);
  if (deadly) made.once('response', (response) => response.once('end', () => process.exit(1)).resume());
  return made;
}) as typeof http.request;
syncBuiltinESMExports();

const [file, name] = start.handler.split('.') as [string, string];
const module = (await import(pathToFileURL(join(start.folder, `${file}.mjs`)).href)) as Record<
  string,
  (event: unknown, context: unknown) => Promise<unknown>
>;
const handler = module[name];
if (typeof handler !== 'function') throw new Error(`${start.name}: the bundle exports no function "${name}"`);
say({ kind: 'ready' });

port.on('message', (message: ToEnvironment | 'tell your heap') => {
  if (message === 'tell your heap') {
    setFlagsFromString('--expose-gc');
    // Twice: what lies outside the heap (buffers) goes only with the collection after the one that found it dead; that is 1 to 4 MB here, now more, now less.
    const collect = runInNewContext('gc') as () => void;
    collect();
    collect();
    const { used_heap_size, external_memory } = getHeapStatistics();
    // V8 compiles what ran often: bytecode and machine code grow for twenty minutes of a soak, whatever the program keeps.
    const compiled = getHeapSpaceStatistics()
      .filter(({ space_name }) => /code|trusted/.test(space_name))
      .reduce((sum, { space_used_size }) => sum + space_used_size, 0);
    say({ kind: 'heap', heap: { data: used_heap_size - compiled + external_memory, compiled } });
    return;
  }
  void (async () => {
    requests = 0;
    killAt = message.killAt;
    const context = {
      awsRequestId: message.requestId,
      functionName: start.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: start.arn,
      memoryLimitInMB: String(start.memoryMb),
      logGroupName: start.name,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: false,
      getRemainingTimeInMillis: () => Math.max(0, message.deadlineMs - Date.now()),
    };
    try {
      say({ kind: 'result', value: await handler(message.event, context), requests });
    } catch (error) {
      const { name: errorName = 'Error', message: text = String(error), stack = '' } = error as Partial<Error>;
      say({ kind: 'error', name: errorName, message: text, stack, requests });
    }
  })();
});

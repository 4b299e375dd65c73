/** One execution environment: loads the handler, then answers one event per line of stdin over the pipe CEXTFIRE_RESULT_FD. */
import { existsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { LAMBDA_TASK_ROOT = '.', _HANDLER = '', CEXTFIRE_RESULT_FD } = process.env;
const say = (message) => writeSync(Number(CEXTFIRE_RESULT_FD), `${JSON.stringify(message)}\n`);
const errorOf = (error) => ({
  errorType: error?.name ?? 'Error',
  errorMessage: String(error?.message ?? error),
  trace: String(error?.stack ?? '').split('\n'),
});

async function load() {
  const dot = _HANDLER.lastIndexOf('.');
  const base = join(LAMBDA_TASK_ROOT, _HANDLER.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((ending) => base + ending).find((path) => existsSync(path));
  if (!file) throw Object.assign(new Error(`Cannot find module '${_HANDLER}'`), { name: 'Runtime.ImportModuleError' });
  const module = await import(pathToFileURL(file).href);
  const handler = module[_HANDLER.slice(dot + 1)] ?? module.default?.[_HANDLER.slice(dot + 1)];
  if (typeof handler !== 'function') throw Object.assign(new Error(`${_HANDLER} is no function`), { name: 'Runtime.HandlerNotFound' });
  return handler;
}

let handler;
try {
  handler = await load();
} catch (error) {
  say({ kind: 'failed', error: errorOf(error) });
  process.exit(1);
}
say({ kind: 'ready' });
for await (const line of createInterface({ input: process.stdin })) {
  const { id, arn, event, timeout } = JSON.parse(line);
  const end = Date.now() + timeout * 1000;
  const context = {
    awsRequestId: id,
    invokedFunctionArn: arn,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => end - Date.now(),
  };
  try {
    say({ kind: 'answer', value: (await handler(event, context)) ?? null });
  } catch (error) {
    say({ kind: 'failed', error: errorOf(error) });
  }
}

/**
 * Listens to the requests that reach the embedded services, as they go over the wire: what was asked, how large it was, how long it took, what AWS
 * would count for it. DynamoDB is asked to say what it consumed, as a request may ask of it; callers do not notice.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

export interface AwsCall {
  readonly service: 'sqs' | 'dynamodb' | 'secretsmanager';
  /** "SendMessage", "PutItem" */
  readonly action: string;
  /** performance.now() when the request had come and when its answer was written */
  readonly beganMs: number;
  readonly endedMs: number;
  readonly status: number;
  /** bytes of the JSON of request and answer: a little more than the payload that AWS counts */
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** last word of the queue's URL, or the key of the item as "pk sk" */
  readonly subject: string;
  /** a poll that found nothing */
  readonly empty: boolean;
  /** capacity units of DynamoDB; a refused condition costs a write as well */
  readonly readUnits: number;
  readonly writeUnits: number;
}

export type OnCall = (call: AwsCall) => void;

/** To be called before the server has connections. */
export function meterServer(server: Server, service: AwsCall['service'], onCall: OnCall): void {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const asked: Buffer[] = [];
    const answered: Buffer[] = [];
    let beganMs = performance.now();
    const emit = request.emit.bind(request) as (event: string, ...rest: unknown[]) => boolean;
    request.emit = ((event: string, ...rest: unknown[]) => {
      if (event === 'data') {
        asked.push(rest[0] as Buffer);
        // Held back: DynamoDB gets one body, with the question added.
        if (service === 'dynamodb') return true;
      }
      if (event === 'end') {
        beganMs = performance.now();
        if (service === 'dynamodb') emit('data', withConsumption(Buffer.concat(asked)));
      }
      return emit(event, ...rest);
    }) as typeof request.emit;
    for (const verb of ['write', 'end'] as const) {
      const original = response[verb].bind(response) as (...rest: unknown[]) => never;
      response[verb] = ((...rest: unknown[]) => {
        const [chunk] = rest;
        if (typeof chunk === 'string' || chunk instanceof Uint8Array) answered.push(Buffer.from(chunk as string));
        return original(...rest);
      }) as never;
    }
    response.once('finish', () => {
      const action =
        String(request.headers['x-amz-target'] ?? '')
          .split('.')
          .at(-1) ?? '';
      onCall({
        ...callOf(service, action, Buffer.concat(asked), Buffer.concat(answered), response.statusCode),
        beganMs,
        endedMs: performance.now(),
      });
    });
  });
}

function withConsumption(body: Buffer): Buffer {
  const asked = jsonOf(body);
  return Object.hasOwn(asked, 'Key') || Object.hasOwn(asked, 'Item') || Object.hasOwn(asked, 'KeyConditionExpression')
    ? Buffer.from(JSON.stringify({ ...asked, ReturnConsumedCapacity: 'TOTAL' }))
    : body;
}

function callOf(
  service: AwsCall['service'],
  action: string,
  asked: Buffer,
  answered: Buffer,
  status: number,
): Omit<AwsCall, 'beganMs' | 'endedMs'> {
  const request = jsonOf(asked);
  const answer = jsonOf(answered);
  const units = Number((answer.ConsumedCapacity as { CapacityUnits?: number } | undefined)?.CapacityUnits ?? 0);
  const reads = action === 'GetItem' || action === 'Query';
  const refused = status === 400 && service === 'dynamodb' && !reads ? 1 : 0;
  return {
    service,
    action,
    status,
    requestBytes: asked.length,
    responseBytes: answered.length,
    subject:
      service === 'sqs'
        ? (String(request.QueueUrl ?? '')
            .split('/')
            .at(-1) ?? '')
        : keyOf(request),
    empty: action === 'ReceiveMessage' && !(answer.Messages as readonly unknown[] | undefined)?.length,
    // A read that finds nothing is charged as one.
    readUnits: reads ? Math.max(1, units) : 0,
    writeUnits: reads ? 0 : units + refused,
  };
}

function keyOf({ Key, Item, ExpressionAttributeValues }: Record<string, unknown>): string {
  const { pk, sk } = (Key ?? Item ?? {}) as Record<string, { S?: string } | undefined>;
  if (pk) return `${pk.S} ${sk?.S}`;
  return Object.values((ExpressionAttributeValues ?? {}) as Record<string, { S?: string }>)[0]?.S ?? '';
}

function jsonOf(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}

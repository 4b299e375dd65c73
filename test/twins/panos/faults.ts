/** What goes wrong between a client and a device. Each fault is armed for the next requests that it fits. */

import type { Parameters } from './actions.ts';
import type { Answer } from './answer.ts';
import { badRequest, failure, forbidden } from './answer.ts';

export type FaultKind =
  /** no answer at all; the request had no effect, or had it */
  | 'timeoutBefore'
  | 'timeoutAfter'
  /** the connection is cut in the middle of the answer; the request had its effect */
  | 'cutAnswer'
  /** the connection is refused before anything is read */
  | 'reset'
  | '401'
  | '403'
  | '429'
  | '500'
  | '502'
  | '503'
  /** the request had its effect although the answer is an error */
  | 'doneButError'
  /** a multi-config fails at its last element */
  | 'batchError'
  | 'sessionTimedOut'
  | 'diskFull'
  | 'html'
  | 'truncated'
  | 'bomb'
  | 'wrongTypes'
  | 'otherVendor'
  | 'huge'
  /** the answer of the same request before the last change */
  | 'stale';

export interface Fault {
  readonly kind: FaultKind;
  /** all requests where undefined */
  readonly when?: (parameters: Parameters) => boolean;
  /** how often; 1 where undefined */
  times?: number;
}

/** Faults whose request still has its effect. */
export const HAS_EFFECT: ReadonlySet<FaultKind> = new Set([
  'timeoutAfter',
  'cutAnswer',
  'doneButError',
  'truncated',
  'html',
  'bomb',
  'wrongTypes',
  'huge',
  'otherVendor',
]);

const HTML = '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action="/php/login.php"></form></body></html>';
const BOMB =
  '<?xml version="1.0"?><!DOCTYPE response [<!ENTITY a "lollollollol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><response status="success"><result>&d;&d;&d;&d;</result></response>';

/** What the client gets; undefined = nothing comes (the connection hangs or is cut). */
export function faulty(kind: FaultKind, answer: Answer | undefined): Answer | undefined {
  const status = (http: number, body = `<html><body>${http}</body></html>`): Answer => ({
    http,
    body,
    ok: false,
    code: String(http),
    contentType: 'text/html',
  });
  switch (kind) {
    case '401':
      return { ...badRequest('Unauthorized'), http: 401 };
    case '403':
      return forbidden();
    case '429':
    case '500':
    case '502':
    case '503':
      return status(Number(kind));
    case 'doneButError':
      return failure('11', 'Internal error, request could not be completed');
    case 'sessionTimedOut':
      return failure('22', 'Session timed out');
    case 'diskFull':
      return failure('5', 'Internal error: no space left on device');
    case 'html':
      return { ...status(200, HTML) };
    case 'truncated':
      return answer && { ...answer, body: answer.body.slice(0, Math.max(12, Math.floor(answer.body.length / 2))) };
    case 'bomb':
      return answer && { ...answer, body: BOMB };
    case 'wrongTypes':
      return (
        answer && {
          ...answer,
          body: '<response status="success" code="19"><result><entry><entry/></entry><job>soon</job><count>many</count></result></response>',
        }
      );
    case 'otherVendor':
      return (
        answer && {
          ...answer,
          contentType: 'application/json',
          body: '{"http_method":"GET","status":"error","http_status":404,"serial":"FGVM00"}',
        }
      );
    case 'huge':
      return (
        answer && { ...answer, body: `<response status="success"><result>${'<entry name="x"/>'.repeat(4_000_000)}</result></response>` }
      );
    default:
      return undefined;
  }
}

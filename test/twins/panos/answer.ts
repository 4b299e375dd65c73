/** Answers in the shapes of reference B1.3. */
import { type Element, print } from './element.ts';

export interface Answer {
  readonly http: number;
  readonly body: string;
  readonly contentType?: string;
  /** the body is a file to keep under this name */
  readonly fileName?: string;
  /** vendor's code, for the elements of a multi-config */
  readonly ok: boolean;
  readonly code: string;
}

const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

export function success(body: string, code?: string): Answer {
  return {
    http: 200,
    ok: true,
    code: code ?? '',
    body: `<response status="success"${code === undefined ? '' : ` code="${code}"`}>${body}</response>`,
  };
}

export const succeeded = (): Answer => success('<msg>command succeeded</msg>', '20');

/** Lines in `<msg><line>`. */
export function failure(code: string | undefined, ...lines: string[]): Answer {
  const body = `<response status="error"${code === undefined ? '' : ` code="${code}"`}><msg>${lines.map((line) => `<line>${cdata(line)}</line>`).join('')}</msg></response>`;
  return { http: 200, ok: false, code: code ?? '', body };
}

export const noSuchNode = (): Answer => failure(undefined, 'No such node');

export function forbidden(text = 'Invalid Credential'): Answer {
  return {
    http: 403,
    ok: false,
    code: '403',
    body: `<response status = 'error' code = '403'><result><msg>${text}</msg></result></response>`,
  };
}

export function badRequest(text: string): Answer {
  return {
    http: 400,
    ok: false,
    code: '400',
    body: `<response status = 'error' code = '400'><result><msg>${text}</msg></result></response>`,
  };
}

export const result = (nodes: readonly Element[], code?: string): Answer => success(`<result>${nodes.map(print).join('')}</result>`, code);

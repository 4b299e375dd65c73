/** `type=log`: the config and the system log, as jobs that are done at once. `type=report`: no traffic passes a twin, so reports are empty. */
import type { Parameters } from './actions.ts';
import { type Answer, failure, success } from './answer.ts';
import type { Device, LogLine } from './device.ts';
import { element, print } from './element.ts';
import { clockTime, stamp } from './time.ts';

const TERM = /^[\s(]*([\w-]+)\s+(eq|neq|contains)\s+('(?:\\.|[^'\\])*'|[^\s()']+)[\s)]*$/;
const unquoted = (text: string): string => (text.startsWith("'") ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text);

/** "( cmd eq delete ) and ( admin eq jdoe )"; undefined: not understood. */
function filterOf(query: string | undefined): ((fields: Readonly<Record<string, string>>) => boolean) | undefined {
  const tests = (query ?? '')
    .split(/\s+and\s+/)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, field = '', sign = '', quoted = ''] = TERM.exec(part) ?? [];
      if (field === '') return undefined;
      const value = unquoted(quoted);
      return (fields: Readonly<Record<string, string>>): boolean => {
        const text = fields[field] ?? '';
        return sign === 'contains' ? text.includes(value) : (text === value) === (sign === 'eq');
      };
    });
  return tests.includes(undefined) ? undefined : (fields) => tests.every((test) => test?.(fields));
}

function line(device: Device, one: LogLine, id: number): string {
  const fields = {
    domain: '1',
    receive_time: stamp(one.at),
    serial: device.options.serial,
    seqno: String(id),
    type: one.type,
    time_generated: stamp(one.at),
    ...one.fields,
  };
  return print(
    element(
      'entry',
      Object.entries(fields).map(([key, value]) => element(key, value)),
      { logid: String(id) },
    ),
  );
}

const KINDS: Readonly<Record<string, LogLine['type'] | 'none'>> = {
  config: 'CONFIG',
  system: 'SYSTEM',
  traffic: 'none',
  threat: 'none',
  url: 'none',
  data: 'none',
  userid: 'none',
  iptag: 'none',
  wildfire: 'none',
};

export class Logs {
  readonly #device: Device;
  readonly #found = new Map<string, string>();
  #jobs = 17_000;

  constructor(device: Device) {
    this.#device = device;
  }

  run(parameters: Parameters): Answer {
    return parameters.action === 'get' || parameters.action === 'finish' ? this.#get(parameters) : this.#search(parameters);
  }

  #search(parameters: Parameters): Answer {
    const kind = KINDS[parameters['log-type'] ?? ''];
    const filter = filterOf(parameters.query);
    if (!kind) return failure('17', `Invalid log type: ${parameters['log-type'] ?? ''}`);
    if (!filter) return failure('17', `Invalid query: ${parameters.query}`);
    const all = this.#device.logs.map((one, at) => [at + 1, one] as const).filter(([, one]) => one.type === kind && filter(one.fields));
    const ordered = parameters.dir === 'forward' ? all : all.toReversed();
    const skip = Number(parameters.skip ?? '0');
    const page = ordered.slice(skip, skip + Math.min(5000, Number(parameters.nlogs ?? '20')));
    return this.#job(
      `<log><logs count="${page.length}" progress="100">${page.map(([id, one]) => line(this.#device, one, id)).join('')}</logs></log>`,
      'query',
    );
  }

  #job(content: string, what: string): Answer {
    const id = String(++this.#jobs);
    this.#found.set(id, content);
    if (this.#found.size > 100) this.#found.delete(this.#found.keys().next().value as string);
    return success(`<result><msg><line>${what} job enqueued with jobid ${id}</line></msg><job>${id}</job></result>`, '19');
  }

  #get(parameters: Parameters): Answer {
    const id = parameters['job-id'] ?? '';
    const content = this.#found.get(id);
    if (content === undefined) return failure('7', `job ${id} not found`);
    const time = clockTime(this.#device.now());
    const job = `<job><tenq>${time}</tenq><tdeq>${time}</tdeq><tlast>${time}</tlast><status>FIN</status><id>${id}</id></job>`;
    return success(`<result>${job}${content}</result>`, '19');
  }

  report(parameters: Parameters): Answer {
    if (parameters.action === 'get') return this.#get(parameters);
    const name = parameters.reportname;
    if (!['dynamic', 'predefined', 'custom'].includes(parameters.reporttype ?? '') || !name)
      return failure('17', 'reporttype and reportname are required');
    const title = name.replace(/-summary$/, '').replaceAll('-', ' ');
    const end = Math.floor(this.#device.now() / 1000);
    const seconds: Readonly<Record<string, number>> = { 'last-hour': 3_600, 'last-24-hrs': 86_400, 'last-7-days': 604_800 };
    const start = end - (seconds[parameters.period ?? ''] ?? 86_400) + 1;
    const attributes = {
      reportname: name,
      logtype: 'trsum',
      name: `${title.charAt(0).toUpperCase()}${title.slice(1)}`,
      'start-epoch': String(start),
      'end-epoch': String(end),
    };
    return this.#job(print(element('report', [], attributes)), 'Report');
  }
}

/** Jobs: what runs or ran on the device, and how it is told (reference B1.8, B2). */
import { type Answer, failure, result, success } from './answer.ts';
import type { Device, Job } from './device.ts';
import { child, type Element, element, textOf } from './element.ts';
import { clockTime, stamp } from './time.ts';
import { validate as problems } from './validation.ts';

export const enqueued = (kind: string, job: Job): Answer =>
  success(`<result><msg><line>${kind} job enqueued with jobid ${job.id}</line></msg><job>${job.id}</job></result>`, '19');

function jobElement(device: Device, job: Job): Element {
  const now = device.now();
  const done = job.outcome !== undefined;
  const active = !done && job.starts <= now;
  const share = Math.min(99, Math.floor(((now - job.starts) / Math.max(1, job.ends - job.starts)) * 100));
  const lines = (name: string, of: readonly string[]) =>
    element(
      name,
      of.map((text) => element('line', text)),
    );
  const nodes = [
    element('tenq', stamp(job.enqueued)),
    element('tdeq', clockTime(job.starts)),
    element('id', String(job.id)),
    element('user', job.user),
    element('type', job.type),
    element('status', done ? 'FIN' : active ? 'ACT' : 'PEND'),
    element('queued', active || done ? 'NO' : 'YES'),
    element('stoppable', active ? 'yes' : 'no'),
    element('result', done ? (job.outcome?.ok ? 'OK' : 'FAIL') : 'PEND'),
    element('tfin', done ? stamp(job.ends) : 'Still Active'),
    element('description', job.description),
    element('positionInQ', '0'),
    element('progress', done ? '100' : active ? String(share) : '0'),
    lines('details', job.outcome?.details ?? []),
    lines('warnings', job.outcome?.warnings ?? []),
  ];
  if (job.devices) {
    const each = job.devices.map((one) =>
      element('entry', [
        element('serial-no', one.serial),
        element('devicename', one.name),
        element('status', done ? 'commit succeeded' : 'commit in progress'),
        element('result', done ? one.result : 'PEND'),
        element('tstart', clockTime(job.starts)),
        element('tfin', done ? clockTime(job.ends) : 'Still Active'),
        element('progress', done ? '100' : '0'),
        element('details', [
          element('msg', [
            element(
              one.result === 'FAIL' ? 'errors' : 'warnings',
              one.details.map((text) => element('line', text)),
            ),
          ]),
        ]),
      ]),
    );
    nodes.push(element('devices', each), element('dgname', job.description));
  }
  return element('job', nodes);
}

export function showJobs(device: Device, jobs: Element): Answer {
  device.settle();
  const id = textOf(jobs, 'id');
  if (id === undefined) {
    const wanted =
      child(jobs, 'pending') || child(jobs, 'processed')
        ? (job: Job) => (job.outcome !== undefined) === (child(jobs, 'processed') !== undefined)
        : () => true;
    return result(
      device.jobs
        .filter(wanted)
        .reverse()
        .map((job) => jobElement(device, job)),
    );
  }
  const job = device.jobs.find((one) => String(one.id) === id);
  return job ? result([jobElement(device, job)]) : failure('7', `job ${id} not found`);
}

export function validate(device: Device, admin: string): Answer {
  const job = device.enqueue({
    type: 'Validate',
    user: admin,
    description: '',
    finish: () => {
      const wrong = problems(device, device.configuration.candidate);
      return wrong.length === 0
        ? { ok: true, details: ['Configuration is valid'], warnings: [] }
        : { ok: false, details: ['Validation Error:', ...wrong.slice(0, 50)], warnings: [] };
    },
  });
  return success(`<result><msg><line>Validate job enqueued with jobid ${job.id}</line></msg><job>${job.id}</job></result>`, '19');
}

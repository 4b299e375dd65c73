/** `type=config` (reference B1.2, B1.3): what reads answer, and which write a request is. */
import { type Answer, failure, noSuchNode, result, success } from './answer.ts';
import { multiConfig, multiCopy } from './batch.ts';
import type { Device } from './device.ts';
import { print } from './element.ts';
import { overlay } from './merge.ts';
import { PREDEFINED } from './predefined.ts';
import { Writes } from './writes.ts';
import { type PathStep, parsePath, select } from './xpath.ts';

export type Parameters = Readonly<Record<string, string | undefined>>;

const WRITES = ['set', 'edit', 'delete', 'rename', 'clone', 'move', 'override', 'multi-config', 'multi-move', 'multi-clone'];

/** The vsys, device group or template that a path is in; else "shared". */
const lockScope = (path: string): string =>
  /\/(?:vsys|device-group|template|template-stack)\/entry\[@name=['"]([^'"]*)/.exec(path)?.[1] ?? 'shared';

export class Actions {
  readonly #device: Device;
  readonly #writes: Writes;

  constructor(device: Device) {
    this.#device = device;
    this.#writes = new Writes(device);
  }

  run(admin: string, parameters: Parameters): Answer {
    const action = parameters.action ?? '';
    if (!WRITES.includes(action)) return this.#read(action, parameters.xpath);
    if (this.#device.ha?.state === 'passive') return failure('15', 'Operation denied: this device is the passive member of an HA pair');
    const answer =
      action === 'multi-config'
        ? multiConfig(this.#device, admin, parameters, (one) => this.#write(admin, one))
        : this.#write(admin, parameters);
    this.#device.note('CONFIG', { admin, cmd: action, path: parameters.xpath ?? '', result: answer.ok ? 'Succeeded' : 'Failed' });
    return answer;
  }

  #read(action: string, xpath: string | undefined): Answer {
    const { configuration } = this.#device;
    const steps = parsePath(xpath || '/config');
    if (!steps) return failure('17', 'xpath is invalid');
    const predefined = steps[1]?.name === 'predefined';
    switch (action) {
      case 'show': {
        const found = select(predefined ? PREDEFINED : configuration.running, steps);
        return found.length === 0 ? noSuchNode() : result(found.map((one) => one.node));
      }
      case 'get': {
        const { template } = this.#device;
        const found = select(
          predefined ? PREDEFINED : template ? overlay(template, configuration.candidate) : configuration.candidate,
          steps,
        );
        if (found.length === 0) return success('<result/>', '7');
        const body = found
          .map((one) => print(predefined || one.attribute ? one.node : configuration.annotated(one.node, one.path)))
          .join('');
        return success(`<result total-count="${found.length}" count="${found.length}">${body}</result>`, '19');
      }
      case 'complete': {
        const found = select(configuration.candidate, steps)[0];
        const names = found ? found.node.children.map((one) => one.attributes.name ?? one.name) : [];
        return success(`<completions>${names.map((name) => `<completion value="${name}"/>`).join('')}</completions>`, '19');
      }
      default:
        return failure('17', `Invalid action: ${action}`);
    }
  }

  #write(admin: string, parameters: Parameters): Answer {
    const { action = '', xpath, element = '' } = parameters;
    const steps: readonly PathStep[] | undefined = parsePath(xpath ?? '');
    if (steps?.[0]?.name !== 'config' || steps[1]?.name === 'predefined')
      return failure(xpath ? '17' : '6', xpath ? 'xpath is invalid' : 'No xpath given');
    const lock = this.#device.lockedByOther('config', admin, lockScope(xpath ?? ''));
    if (lock) return failure(undefined, `Config for scope ${lock.scope} is currently locked by ${lock.admin}`);
    switch (action) {
      case 'set':
        return this.#writes.set(admin, steps, element);
      case 'edit':
      case 'override':
        return this.#writes.edit(admin, steps, element);
      case 'delete':
        return this.#writes.delete(admin, steps);
      case 'rename':
        return this.#writes.rename(admin, steps, parameters.newname ?? '');
      case 'clone':
        return this.#writes.clone(admin, steps, parameters.from ?? '', parameters.newname ?? '');
      case 'move':
        return this.#writes.move(admin, steps, parameters.where ?? '', parameters.dst);
      case 'multi-move':
      case 'multi-clone':
        return multiCopy(this.#device, admin, parameters, this.#writes);
      default:
        return failure('17', `Invalid action: ${action}`);
    }
  }
}

const perDevice = new WeakMap<Device, Actions>();

/** One per device, since it keeps an index of references. */
export function actionsOf(device: Device): Actions {
  let actions = perDevice.get(device);
  if (!actions) {
    actions = new Actions(device);
    perDevice.set(device, actions);
  }
  return actions;
}

/** What a Felix says in a stretch of churn: pods that come and go in a set of the recording, and a policy of ours that is replaced again and again. */
import { FrameReader, writeFrame } from '../../proto/framing.ts';
import { felix } from '../../proto/generated/felix.js';
import type { Mark, Recording } from '../felix/recording.ts';
import { recordedView } from '../felix/verdict-world.ts';

const frame = (message: felix.IToDataplane): Uint8Array => writeFrame(felix.ToDataplane.encode(message).finish());
/** Pods of the recording are elsewhere in 10.10.0.0/16. */
export const pod = (n: number): string => `10.10.${200 + ((n >> 8) % 50)}.${n & 255}`;
export const POD = /\b10\.10\.2\d\d\.\d+\b/g;
const policy = { name: 'border.soak', kind: 'GlobalNetworkPolicy' };

export class ChurnFrames {
  readonly #set: string;
  readonly #tier: string;
  readonly #recorded: felix.IHostEndpointUpdate;
  readonly #withPolicy: felix.IHostEndpointUpdate;

  /** What the recording had said up to the mark stands already. */
  constructor(recording: Recording, mark: Mark) {
    const [set] = recordedView(recording, mark).sets.keys();
    const recorded = lastHostEndpoint(recording, mark);
    if (set === undefined || !recorded?.endpoint?.forwardTiers)
      throw new Error(`${recording.scenario} has no set and HostEndpoint at "${mark.step}"`);
    const [tier, ...others] = recorded.endpoint.forwardTiers;
    this.#set = set;
    this.#tier = tier?.name ?? '';
    this.#recorded = recorded;
    this.#withPolicy = {
      id: recorded.id ?? null,
      endpoint: {
        ...recorded.endpoint,
        forwardTiers: [{ ...tier, egressPolicies: [...(tier?.egressPolicies ?? []), felix.PolicyID.encode(policy).finish()] }, ...others],
      },
    };
  }

  /** The first policy of ours, with pod 0. */
  begin(): readonly Uint8Array[] {
    return [...this.#structure(0), frame({ hostEndpointUpdate: this.#withPolicy })];
  }

  /** The n-th one in place of the one before: another set, with pod n, another port. */
  replace(n: number): readonly Uint8Array[] {
    return [...this.#structure(n), frame({ ipsetRemove: { id: `s:soak${n - 1}` } })];
  }

  come(...pods: readonly number[]): Uint8Array {
    return frame({ ipsetDeltaUpdate: { id: this.#set, addedMembers: pods.map((n) => `${pod(n)}/32`) } });
  }

  go(...pods: readonly number[]): Uint8Array {
    return frame({ ipsetDeltaUpdate: { id: this.#set, removedMembers: pods.map((n) => `${pod(n)}/32`) } });
  }

  /** After the n-th policy and with these pods left, all is again as recorded. */
  end(n: number, pods: readonly number[]): readonly Uint8Array[] {
    return [
      frame({ hostEndpointUpdate: this.#recorded }),
      frame({ activePolicyRemove: { id: policy } }),
      frame({ ipsetRemove: { id: `s:soak${n}` } }),
      this.go(...pods),
    ];
  }

  #structure(n: number): readonly Uint8Array[] {
    const port = 1000 + (n % 1000);
    const rule = {
      action: 'allow',
      protocol: { name: 'tcp' },
      srcIpSetIds: [`s:soak${n}`],
      dstNet: ['203.0.113.200/32'],
      dstPorts: [{ first: port, last: port }],
    };
    return [
      frame({ ipsetUpdate: { id: `s:soak${n}`, members: [`${pod(n)}/32`], type: felix.IPSetUpdate.IPSetType.NET } }),
      frame({ activePolicyUpdate: { id: policy, policy: { tier: this.#tier, outboundRules: [rule] } } }),
    ];
  }
}

function lastHostEndpoint(recording: Recording, mark: Mark): ReturnType<typeof felix.ToDataplane.decode>['hostEndpointUpdate'] {
  return new FrameReader()
    .push(recording.stream(mark.life).subarray(0, mark.bytes))
    .map((bytes) => felix.ToDataplane.decode(bytes).hostEndpointUpdate)
    .findLast((update) => update);
}

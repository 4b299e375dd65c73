/**
 * A stretch in which nothing dies, so that memory can be judged: pods come and go in a set of the recorded policy, a policy of ours is replaced at
 * every sample (another set, another rule), and now and then the firewall is out of reach or everything comes twice.
 *
 *   changes ─► all of them stand on the firewall, none is left over? ─► memory, table, queues ─► again; at the end all is as the recording says
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { FrameReader, writeFrame } from '../../proto/framing.ts';
import { felix } from '../../proto/generated/felix.js';
import { CLUSTER, FIREWALL } from '../cloud/demo-environment.ts';
import type { World } from '../end-to-end/world.ts';
import type { Mark, Recording } from '../felix/recording.ts';
import { recordedView } from '../felix/verdict-world.ts';
import { type Ageing, measure, type Sample } from './memory.ts';

/** So many pods come, and as many go, between two samples ... */
const CHANGES = 100;
/** ... in so many frames each, at this pace. */
const BURST = 5;
const PAUSE_MS = 200;

const frame = (message: felix.IToDataplane): Uint8Array => writeFrame(felix.ToDataplane.encode(message).finish());
/** Pods of the recording are elsewhere in 10.10.0.0/16. */
const pod = (n: number): string => `10.10.${200 + ((n >> 8) % 50)}.${n & 255}`;
const POD = /\b10\.10\.2\d\d\.\d+\b/g;
const policy = { name: 'border.soak', kind: 'GlobalNetworkPolicy' };

/** Ends at `until` (Unix ms), but not before two samples. */
export async function churn(
  world: World,
  recording: Recording,
  mark: Mark,
  heapFile: string,
  ageing: Ageing,
  until: number,
  say: (line: string) => void,
): Promise<{ readonly samples: readonly Sample[]; readonly changes: number }> {
  await world.felixDies();
  await world.play(recording, mark);
  const [set] = recordedView(recording, mark).sets.keys();
  const edge = lastHostEndpoint(recording, mark);
  if (set === undefined || !edge?.endpoint?.forwardTiers)
    throw new Error(`${recording.scenario} has no set and HostEndpoint at "${mark.step}"`);
  const [tier, ...others] = edge.endpoint.forwardTiers;
  const both = {
    id: edge.id ?? null,
    endpoint: {
      ...edge.endpoint,
      forwardTiers: [{ ...tier, egressPolicies: [...(tier?.egressPolicies ?? []), felix.PolicyID.encode(policy).finish()] }, ...others],
    },
  };
  const samples: Sample[] = [];
  let changes = 0;
  const send = async (...frames: readonly Uint8Array[]) => {
    await world.felix.play(Buffer.concat(frames));
    changes += frames.length;
  };
  const structure = (n: number) => [
    frame({ ipsetUpdate: { id: `s:soak${n}`, members: [`${pod(n)}/32`], type: felix.IPSetUpdate.IPSetType.NET } }),
    frame({
      activePolicyUpdate: {
        id: policy,
        policy: {
          tier: tier?.name ?? '',
          outboundRules: [
            {
              action: 'allow',
              protocol: { name: 'tcp' },
              srcIpSetIds: [`s:soak${n}`],
              dstNet: ['203.0.113.200/32'],
              dstPorts: [{ first: 1000 + (n % 1000), last: 1000 + (n % 1000) }],
            },
          ],
        },
      },
    }),
  ];

  let n = 0;
  await send(...structure(n), frame({ hostEndpointUpdate: both }));
  let gone = 0;
  let come = 0;
  for (let at = 1; at <= 2 || Date.now() < until; at++) {
    if (at % 7 === 0) await world.judge.border.stopSsh();
    if (at % 5 === 0) {
      world.cloud.duplicateNext(`Cluster-${CLUSTER}/Ingest`, 3);
      world.cloud.duplicateNext(`Manager-${FIREWALL}/Apply`, 3);
    }
    for (const end = come + CHANGES; come < end; ) {
      const first = come;
      come += BURST;
      await send(
        frame({ ipsetDeltaUpdate: { id: set, addedMembers: Array.from({ length: BURST }, (_, k) => `${pod(first + k)}/32`) } }),
        ...(gone < first - CHANGES
          ? [frame({ ipsetDeltaUpdate: { id: set, removedMembers: Array.from({ length: BURST }, () => `${pod(gone++)}/32`) } })]
          : []),
      );
      await sleep(PAUSE_MS);
    }
    await send(...structure(++n), frame({ ipsetRemove: { id: `s:soak${n - 1}` } }));
    if (at % 7 === 0) await world.judge.border.startSsh();
    const standing = new Set([pod(n), ...Array.from({ length: come - gone }, (_, k) => pod(gone + k))]);
    await world.until('every change to stand on the firewall', () => stands(world, standing));
    await world.settle();
    // A look in full, as the audit takes it, now and then.
    if (at % 10 === 0) await world.look();
    samples.push(await measure(world, heapFile, ageing));
    forget(world);
    const { values } = samples.at(-1) as Sample;
    say(
      `churn, sample ${at}: ${Object.values(values)
        .map((value) => value.toFixed(1))
        .join('  ')}`,
    );
  }
  say(`items that never expire: ${[...ageing.lasting].map(([word, count]) => `${word} ${count}`).join(', ')}`);
  await send(
    frame({ hostEndpointUpdate: edge }),
    frame({ activePolicyRemove: { id: policy } }),
    frame({ ipsetRemove: { id: `s:soak${n}` } }),
    frame({ ipsetDeltaUpdate: { id: set, removedMembers: Array.from({ length: come - gone }, (_, k) => `${pod(gone + k)}/32`) } }),
  );
  await world.arrive(recording, mark);
  await world.look();
  return { samples, changes };
}

/** True when exactly these pods are in sets of ours. */
async function stands(world: World, pods: ReadonlySet<string>): Promise<boolean> {
  if ((await world.held()).size > 0) await world.approve();
  const there = new Set((await world.judge.border.nft(['-n', 'list', 'ruleset'])).match(POD) ?? []);
  await sleep(100);
  return there.size === pods.size && [...there].every((address) => pods.has(address));
}

/** What the tests' cloud remembers of every call would be the only thing that grows. */
export function forget(world: World): void {
  world.bodies.length = 0;
  world.cloud.metrics.length = 0;
  (world.cloud.logs as unknown[]).length = 0;
  (world.cloud.published as unknown[]).length = 0;
  for (const one of world.cloud.functions.values()) one.invocations.length = 0;
}

function lastHostEndpoint(recording: Recording, mark: Mark): ReturnType<typeof felix.ToDataplane.decode>['hostEndpointUpdate'] {
  return new FrameReader()
    .push(recording.stream(mark.life).subarray(0, mark.bytes))
    .map((bytes) => felix.ToDataplane.decode(bytes).hostEndpointUpdate)
    .findLast((update) => update);
}

/**
 * The view that follows a cluster. Shipments go in as they stand in the log, in whole groups; each group ends in the digest that the shipper
 * had, or it is taken back and the view stays at the last good position with `problem` saying why, until a later snapshot mends it.
 */
import { EMPTY_DIGEST } from '../../proto/digest.ts';
import type { cextfire } from '../../proto/generated/shipment.js';
import { type CompactMember, MemberSet, unpackCompact } from '../../proto/members.ts';
import { CextError } from '../errors.ts';
import { clusterError } from './errors.ts';
import { decodeFacts, decodeHost, decodeHostEndpoint, decodeNamespace, decodePolicy, decodePool, decodeService } from './felix.ts';
import { LazyMap } from './lazy-map.ts';
import { groupShipments, type LoggedShipment, type ShipmentGroup } from './shipment-groups.ts';
import type { ClusterView, FelixSet, Host, HostEndpoint, Policy, PolicyKey, Pool, Service, ViewChange } from './view.ts';
import { ChangeRecord } from './view-change.ts';
import { type Counts, Kind, ViewContent } from './view-content.ts';

export interface ViewLimits {
  readonly maxObjects: number;
  readonly maxMembers: number;
  readonly maxBytes: number;
}

const HOST_KINDS: ReadonlySet<number> = new Set([Kind.HOST, Kind.HOST_V6, Kind.HOST_V4V6]);

export class MutableView implements ClusterView {
  readonly cluster: string;
  readonly policies: ReadonlyMap<PolicyKey, Policy>;
  readonly hostEndpoints: ReadonlyMap<string, HostEndpoint>;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly services: ReadonlyMap<string, Service>;
  /** Why the log beyond `position` could not be applied; undefined as long as all is well. */
  problem: CextError | undefined;
  readonly #content: ViewContent;
  readonly #limits: ViewLimits | undefined;
  /** Policies whose tier only the HostEndpoints that list them can tell. */
  readonly #tierless = new Set<PolicyKey>();
  #position = 0;

  constructor(cluster: string, limits?: ViewLimits) {
    this.cluster = cluster;
    this.#limits = limits;
    const policies = this.#lazy(Kind.POLICY, (key, raw) => this.#withTier(decodePolicy(key, raw)));
    const lazy: Readonly<Record<number, LazyMap<unknown>>> = {
      [Kind.POLICY]: policies,
      [Kind.HOST_ENDPOINT]: this.#lazy(Kind.HOST_ENDPOINT, decodeHostEndpoint),
      [Kind.POOL]: this.#lazy(Kind.POOL, decodePool),
      [Kind.NAMESPACE]: this.#lazy(Kind.NAMESPACE, decodeNamespace),
      [Kind.SERVICE]: this.#lazy(Kind.SERVICE, decodeService),
    };
    const hosts = this.#lazyHosts();
    this.policies = policies;
    this.hostEndpoints = lazy[Kind.HOST_ENDPOINT] as LazyMap<HostEndpoint>;
    this.pools = lazy[Kind.POOL] as LazyMap<Pool>;
    this.namespaces = lazy[Kind.NAMESPACE] as LazyMap<Readonly<Record<string, string>>>;
    this.services = lazy[Kind.SERVICE] as LazyMap<Service>;
    this.hosts = hosts;
    this.#content = new ViewContent((kind, key) => {
      lazy[kind]?.forget(key);
      if (HOST_KINDS.has(kind)) hosts.forget(key);
      if (kind === Kind.POLICY) this.#tierless.delete(key);
      if (kind !== Kind.HOST_ENDPOINT) return;
      for (const policy of this.#tierless) policies.forget(policy);
      this.#tierless.clear();
    });
  }

  get position(): number {
    return this.#position;
  }

  get digest(): string {
    return this.#content.digest;
  }

  get counts(): Counts {
    return this.#content.counts;
  }

  get sets(): ReadonlyMap<string, FelixSet> {
    return this.#content.sets;
  }

  get clusterGuid(): string {
    return this.#facts.clusterGuid;
  }

  get calicoVersion(): string {
    return this.#facts.calicoVersion;
  }

  /** Felix parameters that begin with "cextfire", names in lower case. */
  get ownFacts(): Readonly<Record<string, string>> {
    return this.#facts.own;
  }

  get #facts(): cextfire.Facts {
    return decodeFacts(this.#content.objects(Kind.FACTS).get('') ?? new Uint8Array());
  }

  /** Raw bytes by key, as Felix sent them; of any kind, also those that this version does not know. */
  raw(kind: number): ReadonlyMap<string, Uint8Array> {
    return this.#content.objects(kind);
  }

  /** Every object and every set with all its members. */
  *wholeContent(): Generator<{ readonly object: cextfire.IObject; readonly members: MemberSet | undefined }> {
    for (const kind of this.#content.kinds)
      for (const [key, raw] of this.#content.objects(kind))
        yield { object: { kind, key, raw }, members: kind === Kind.SET ? this.#content.sets.get(key)?.members : undefined };
  }

  /**
   * Applies the complete groups among `entries`, which follow on `position` or hold a snapshot to begin anew from. Trailing parts of a group
   * still to come are left for the next call. Never throws for what the cluster sent: see `problem`.
   */
  apply(entries: readonly LoggedShipment[]): ViewChange {
    const from = this.#position;
    const record = new ChangeRecord();
    this.problem = undefined;
    // Two invocations may look at one warm view side by side; what the other has applied meanwhile is no hole.
    const groups = groupShipments(entries.filter((entry) => entry.position > from));
    // A snapshot makes all that came before it irrelevant. When the newest is damaged, an older one is still better than none.
    const start = groups.findLastIndex((group) => group.kind === 'snapshot' && this.#tryGroup(group, record));
    for (const group of groups.slice(start + 1)) if (!this.#tryGroup(group, record)) break;
    return record.between(from, this.#position);
  }

  /** Applies changes that nobody vouches for with a digest, as one whole: a stream read directly. @throws CEXT_CLUSTER_UNKNOWN_SET */
  change(changes: cextfire.IChanges): ViewChange {
    const record = this.#content.atomically(() => this.#edit([changes]));
    return record.between(this.#position, this.#position);
  }

  /** Makes this the stored view of a later position. @throws CEXT_CLUSTER_DIGEST_MISMATCH, and then nothing has changed */
  restore(parts: readonly cextfire.ISnapshotPart[], at: { readonly position: number; readonly digest: string }): ViewChange {
    const from = this.#position;
    const record = this.#content.atomically(() => {
      this.#replace(parts);
      this.#check(at.digest, `the stored snapshot of position ${at.position}`);
    });
    this.#position = at.position;
    this.problem = undefined;
    return record.between(from, at.position);
  }

  #tryGroup(group: ShipmentGroup, record: ChangeRecord): boolean {
    try {
      this.#applyGroup(group, record);
      return true;
    } catch (error) {
      if (!(error instanceof CextError)) throw error;
      this.problem ??= error;
      return false;
    }
  }

  #applyGroup({ kind, parts }: ShipmentGroup, record: ChangeRecord): void {
    const first = parts[0] as LoggedShipment;
    const last = parts.at(-1) as LoggedShipment;
    const where = `position ${last.position} of the log of "${this.cluster}"`;
    const changed = this.#content.atomically(() => {
      if (kind === 'broken')
        throw clusterError('CEXT_CLUSTER_LOG_DAMAGED', `${where} is no part that follows on what stands before it`, {
          cluster: this.cluster,
        });
      if (kind === 'snapshot') this.#replace(parts.map(({ shipment }) => shipment.snapshot ?? {}));
      else {
        if (first.position !== this.#position + 1)
          throw clusterError(
            'CEXT_CLUSTER_LOG_DAMAGED',
            `the log of "${this.cluster}" goes on at ${first.position}, the view is at ${this.#position}`,
          );
        this.#check(hex(first.shipment.digestBefore), `before ${where}`);
        this.#edit(parts.map(({ shipment }) => shipment.changes ?? {}));
      }
      this.#check(hex(last.shipment.digestAfter), where);
      this.#checkLimits(where);
    });
    changed.observedMs = Math.min(...parts.map(({ shipment }) => shipment.observedMs || Number.POSITIVE_INFINITY));
    if (changed.observedMs === Number.POSITIVE_INFINITY) changed.observedMs = undefined;
    record.append(changed);
    this.#position = last.position;
  }

  /** All parts as one: upserts, members, removals. */
  #edit(parts: readonly cextfire.IChanges[]): void {
    for (const { upserted } of parts)
      for (const { kind, key, raw } of upserted ?? []) this.#content.upsert(kind ?? 0, key ?? '', raw ?? new Uint8Array());
    for (const { members } of parts)
      for (const { set, added, removed } of members ?? [])
        this.#content.changeMembers(set ?? '', unpackCompact(added), unpackCompact(removed));
    for (const { removed } of parts) for (const { kind, key } of removed ?? []) this.#content.remove(kind ?? 0, key ?? '');
  }

  /** Makes the content that of the snapshot by the least edits, so that an unchanged restart is no change. */
  #replace(parts: readonly cextfire.ISnapshotPart[]): void {
    const wanted = new Map<number, Map<string, Uint8Array>>();
    for (const { objects } of parts)
      for (const { kind, key, raw } of objects ?? []) {
        const ofKind = wanted.get(kind ?? 0) ?? new Map<string, Uint8Array>();
        wanted.set(kind ?? 0, ofKind.set(key ?? '', raw ?? new Uint8Array()));
      }
    const content = this.#content;
    for (const [kind, objects] of wanted)
      for (const [key, raw] of objects) {
        const there = content.objects(kind).get(key);
        if (!there || Buffer.compare(there, raw) !== 0) content.upsert(kind, key, raw);
      }
    const members = new Map<string, MemberSet>();
    for (const part of parts)
      for (const { set = '', added } of part.members ?? []) {
        const known = members.get(set ?? '') ?? new MemberSet();
        for (const member of unpackCompact(added)) known.add(member);
        members.set(set ?? '', known);
      }
    for (const [set, now] of members) {
      const before = content.sets.get(set)?.members ?? new MemberSet();
      content.changeMembers(set, missing(now, before), [...missing(before, now)]);
    }
    for (const [id, set] of content.sets)
      if (set.members.size > 0 && !members.has(id)) content.changeMembers(id, [], [...set.members.compact()]);
    for (const kind of [...content.kinds])
      for (const key of [...content.objects(kind).keys()]) if (!wanted.get(kind)?.has(key)) content.remove(kind, key);
  }

  #check(digest: string, where: string): void {
    if (digest === this.#content.digest) return;
    throw clusterError('CEXT_CLUSTER_DIGEST_MISMATCH', `${where}: the digest is ${this.#content.digest}, the shipper had ${digest}`, {
      cluster: this.cluster,
    });
  }

  #checkLimits(where: string): void {
    if (!this.#limits) return;
    const { objects, members, bytes } = this.#content.counts;
    const { maxObjects, maxMembers, maxBytes } = this.#limits;
    for (const [name, is, most] of [
      ['maxObjects', objects, maxObjects],
      ['maxMembers', members, maxMembers],
      ['maxBytes', bytes, maxBytes],
    ] as const)
      if (is > most)
        throw clusterError('CEXT_CLUSTER_LIMIT', `${where} makes ${is}, more than clusters.${this.cluster}.${name} = ${most}`, {
          cluster: this.cluster,
          path: `clusters.${this.cluster}.${name}`,
        });
  }

  #withTier(policy: Policy): Policy {
    if (policy.tier !== '') return policy;
    this.#tierless.add(policy.key);
    for (const { forwardTiers, preDnatTiers } of this.hostEndpoints.values())
      for (const { name, ingress, egress } of [...forwardTiers, ...preDnatTiers])
        if (ingress.includes(policy.key) || egress.includes(policy.key)) return { ...policy, tier: name };
    return policy;
  }

  #lazy<V>(kind: number, decode: (key: string, raw: Uint8Array) => V): LazyMap<V> {
    const objects = () => this.#content.objects(kind);
    return new LazyMap({
      keys: () => objects().keys(),
      size: () => objects().size,
      has: (key) => objects().has(key),
      make: (key) => decode(key, objects().get(key) as Uint8Array),
    });
  }

  #lazyHosts(): LazyMap<Host> {
    const of = (kind: number) => this.#content.objects(kind);
    const names = () => new Set([...HOST_KINDS].flatMap((kind) => [...of(kind).keys()]));
    return new LazyMap({
      keys: names,
      size: () => names().size,
      has: (key) => [...HOST_KINDS].some((kind) => of(kind).has(key)),
      make: (key) => decodeHost(key, { host: of(Kind.HOST).get(key), v6: of(Kind.HOST_V6).get(key), v4v6: of(Kind.HOST_V4V6).get(key) }),
    });
  }
}

function* missing(from: MemberSet, there: MemberSet): Iterable<CompactMember> {
  for (const member of from.compact()) if (!there.has(member)) yield member;
}

const hex = (bytes: Uint8Array | null | undefined) => (bytes ? Buffer.from(bytes).toString('hex') : EMPTY_DIGEST);

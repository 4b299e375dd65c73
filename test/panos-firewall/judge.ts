/**
 * The twin of a Palo Alto firewall as a judge of recorded packets: the rulebook goes onto it through the connector and a commit, the running
 * configuration decides. What no rule of ours decides passes, as on Felix: the company's own rules of the twin's seed are not asked.
 */
import type { Connector, Desired, Json } from '../../functions/firewalls/contract.ts';
import { panosCapabilities } from '../../functions/firewalls/panos/capabilities.ts';
import { paloAltoConnector } from '../../functions/firewalls/panos/connector.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { Book } from '../../functions/rulebook/algebra.ts';
import { Border, Cluster, Firewall, PanosManager } from '../../functions/settings.ts';
import type { Judgement } from '../felix/agreement.ts';
import { type PanosTwin, startPanosTwin } from '../twins/panos/start.ts';

export interface JudgeOptions {
  readonly podCidrs: readonly string[];
  readonly vips: readonly string[];
}

export class Judge {
  /** Books are compiled for these: what PAN-OS cannot say is refused there, with the reason. */
  readonly capabilities = panosCapabilities;
  readonly #options: JudgeOptions;
  readonly #twin: PanosTwin;
  readonly #connector: Connector;
  #lease = 1;

  private constructor(options: JudgeOptions, twin: PanosTwin) {
    this.#options = options;
    this.#twin = twin;
    const manager = PanosManager.parse({
      vendor: 'panos',
      addresses: [twin.host],
      port: twin.port,
      tls: { ca: twin.ca },
      secret: 'pan',
      callsPerMinute: 100_000,
    });
    const secret = async () => JSON.stringify({ user: twin.user, apiKey: twin.apiKey });
    this.#connector = paloAltoConnector('panos', 'pan', manager, secret, 10_000);
  }

  static async start(options: JudgeOptions): Promise<Judge> {
    return new Judge(options, await startPanosTwin({ clock: 'manual', jobMs: 0 }));
  }

  /** @throws Error where planning says no, with its reason */
  async load(book: Book, border = 'edge'): Promise<void> {
    const settings = Border.parse({
      firewall: 'edge',
      hostEndpoint: border,
      zones: { inside: ['trust'], outside: ['untrust'] },
      vips: [...this.#options.vips],
    });
    const rules = book.rulebook.rules.filter((rule) => rule.border === border);
    const cluster = Cluster.parse({ podCidrs: [...this.#options.podCidrs] });
    const desired: Desired = {
      firewall: 'edge',
      settings: Firewall.parse({ manager: 'pan', mode: 'sync' }),
      borders: new Map([[border, settings]]),
      clusters: new Map(rules.map((rule) => [rule.origin.cluster, cluster])),
      rulebook: { rules, sets: book.rulebook.sets },
      members: book.members,
    };
    const state = await this.#connector.read({ what: 'pending', firewalls: [desired], members: 'digest' });
    const plan = this.#connector.plan(state, new Map([['edge', desired]]));
    const refused = plan.conditions.filter(({ severity }) => severity === 'error');
    if (refused.length > 0) throw new Error(refused.map(({ code, message }) => `${code}: ${message}`).join('; '));
    this.#lease++;
    for (const step of plan.steps) {
      const context = (progress: Json | undefined) => ({
        desired: new Map([['edge', desired]]),
        fence: { lane: step.lane, number: this.#lease },
        progress,
        deadlineMs: Date.now() + 60_000,
      });
      let outcome = await this.#connector.execute(step, context(undefined));
      while (outcome.kind === 'again' || outcome.kind === 'running') {
        this.#twin.advance(1_000);
        outcome =
          outcome.kind === 'again'
            ? await this.#connector.execute(step, context(outcome.progress))
            : await this.#connector.poll(outcome.job, context(undefined));
      }
      if (outcome.kind !== 'done') throw new Error(`${step.text}: ${JSON.stringify(outcome)}`);
    }
  }

  /** The seed's administrator hides IPv4 behind a pool; here, as on Felix, nobody else translates. */
  async send(packets: readonly Packet[]): Promise<readonly Judgement[]> {
    return packets.map((packet) => {
      const zones = packet.direction === 'egress' ? { from: 'trust', to: 'untrust' } : { from: 'untrust', to: 'trust' };
      const { action, rule, nat, source } = this.#twin.decide(packet, zones);
      const pool = nat?.startsWith('cf_') ? source?.[0] : undefined;
      return { verdict: rule.startsWith('cf_') ? action : 'allow', source: pool?.first ?? packet.source };
    });
  }

  async close(): Promise<void> {
    await this.#connector.close();
    await this.#twin.close();
  }
}

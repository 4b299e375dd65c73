/**
 * Every right of the chart's role taken away alone: what Felix does without it when it starts, and whether the shipper's probe names it. Without
 * packets: the pod of `stage.ts` as it is there, its Felix started anew for each right.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openKubernetes } from '../../../shipper/kubernetes.ts';
import { Probe } from '../../../shipper/probe.ts';
import { holds, type Report } from './report.ts';
import { ROLE, type Stage } from './stage.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** One right each; of Calico's two API groups the one that this cluster has. */
function rightsOf(rules: readonly Rule[], without: string): readonly Rule[] {
  return rules.flatMap((rule) =>
    rule.apiGroups
      .filter((group) => group !== without)
      .flatMap((group) =>
        rule.resources.flatMap((resource) =>
          rule.verbs.map((verb) => ({ ...rule, apiGroups: [group], resources: [resource], verbs: [verb] })),
        ),
      ),
  );
}

const kindOf = ({ apiGroups: [group], resources: [resource] }: Rule): string => `${resource}${group ? `.${group}` : ''}`;
const nameOf = (right: Rule): string => [...right.verbs, kindOf(right), ...(right.resourceNames ?? [])].join(' ');

const PATIENCE_MS = 6_000;

export async function rights(at: Stage, report: Report): Promise<void> {
  const { bench } = at;
  const { rules } = (await bench.objects.get(ROLE)) as unknown as { readonly rules: readonly Rule[] };
  const all = rightsOf(rules, bench.group === 'projectcalico.org' ? 'crd.projectcalico.org' : 'projectcalico.org');
  if (!at.pod?.running) await at.startPod();
  const round = async () => {
    const api = openKubernetes(bench.plane.variables, at.pod.file('kube-api-access', ''));
    if (!api) throw new Error('the pod has no account');
    const clock = {
      now: () => Date.now(),
      elapsed: () => performance.now(),
      after: (_: number, run: () => void) => {
        setImmediate(run);
        return () => undefined;
      },
    };
    const probe = new Probe({
      api,
      group: bench.group,
      felix: () => undefined,
      clock,
      signal: new AbortController().signal,
      changed: () => undefined,
    });
    await probe.round();
    return probe.answer;
  };
  for (const right of all) {
    await report.check(`without ${nameOf(right)}`, async () => {
      await at.setRules(all.filter((each) => each !== right));
      await sleep(300);
      const found = await round();
      await at.endPod();
      const begun = Date.now();
      const ready = await at.startPod(PATIENCE_MS).then(
        () => Date.now() - begun,
        () => undefined,
      );
      const forbidden = at.pod.log.split('\n').find((line) => /forbidden/i.test(line));
      const [verb] = right.verbs;
      report.note(`the probe ${found?.ok ? 'is content' : `says: ${found?.reason}`}`);
      const synced = ready === undefined ? 'never in sync' : `in sync after ${ready} ms`;
      report.note(`Felix ${synced}, and its log says ${forbidden ? '"forbidden"' : 'nothing of it'}`);
      if (verb === 'list') holds(found?.reason.includes(`may not list ${kindOf(right)} (403)`), 'the probe does not name it');
      // Changes come late, which is all.
      if (verb === 'watch') holds(ready !== undefined, at.pod.log);
      if (verb === 'get') holds(ready === undefined && forbidden, 'Felix started without it, or said nothing');
    });
  }
  await at.setRules(rules);
}

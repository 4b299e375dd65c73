/**
 * Every right of the chart's role taken away alone: what Felix does without it when it starts, and whether the shipper's probe names it. Without
 * packets: the pod of `stage.ts` as it is there, its Felix started anew for each right.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openKubernetes } from '../../../shipper/kubernetes.ts';
import { Probe } from '../../../shipper/probe.ts';
import type { Report } from './report.ts';
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

const nameOf = ({ apiGroups: [group], resources: [resource], resourceNames = [], verbs: [verb] }: Rule): string =>
  `${verb} ${resource}${group ? `.${group}` : ''}${resourceNames.length > 0 ? ` ${resourceNames}` : ''}`;

const PATIENCE_MS = 6_000;

export async function rights(at: Stage, report: Report): Promise<void> {
  const { bench } = at;
  const { rules } = (await bench.objects.get(ROLE)) as unknown as { readonly rules: readonly Rule[] };
  const all = rightsOf(rules, bench.group === 'projectcalico.org' ? 'crd.projectcalico.org' : 'projectcalico.org');
  const api = openKubernetes(bench.plane.variables, at.pod.file('kube-api-access', ''));
  if (!api) throw new Error('the pod has no account');
  const round = async () => {
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
      const [forbidden] = at.pod.log.split('\n').filter((line) => /forbidden/i.test(line));
      report.note(`probe: ${found?.ok ? 'well' : found?.reason}`);
      report.note(
        `Felix: ${ready === undefined ? 'never in sync' : `in sync after ${ready} ms`}; log: ${forbidden?.slice(0, 220) ?? 'nothing of it'}`,
      );
    });
  }
  await at.setRules(rules);
}

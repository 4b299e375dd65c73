/** view -> rulebook, one firewall: compiles when the structure of a view changed, keeps last good versions, and says what may not be done as wanted. */

import { milliseconds } from '../duration.ts';
import type { Condition } from '../errors.ts';
import { condition } from './errors.ts';
import type { EngineParts, LookParts } from './ports.ts';
import type { WarmFirewall } from './warm.ts';

/** Compiles into `warm.compilation`; returns what there is to say about it. */
export async function compileWanted(parts: LookParts, warm: WarmFirewall): Promise<void> {
  const { settings } = parts;
  const nowMs = parts.now();
  const compile = async () => {
    const clusters = [];
    for (const [name, view] of warm.views) {
      const cluster = settings.clusters[name];
      const pair = settings.pairs.find((one) => one.cluster === name && one.firewall === warm.name);
      if (!cluster || !pair) continue;
      const lastGood =
        (await warm.lastGoods
          .get(name)
          ?.forCompiler(view, parts.views, nowMs, milliseconds(cluster.frozenFor), warm.applied?.positions[name] ?? 0)) ?? new Map();
      clusters.push({ name, settings: cluster, pair, view, lastGood });
    }
    clusters.sort((a, b) => warm.clusters.indexOf(a.name) - warm.clusters.indexOf(b.name));
    const { capabilities } = parts.connector;
    return warm.compiler.compile({ firewall: warm.name, settings: warm.settings, borders: warm.borders, capabilities, clusters });
  };
  for (const one of warm.lastGoods.values()) await one.load();
  let compilation = await compile();
  let newlyKept = false;
  for (const [name, view] of warm.views) {
    const good = compilation.good.get(name) ?? new Map();
    const kept = compilation.kept.get(name) ?? new Set();
    const before = warm.applied?.positions[name] ?? 0;
    if (warm.lastGoods.get(name)?.take(good, kept, compilation.absent.get(name) ?? new Set(), view.position, before, nowMs))
      newlyKept = true;
  }
  // Only now is it known which versions are kept, and so which sets have to be taken from the log.
  if (newlyKept) compilation = await compile();
  warm.compilation = compilation;
  warm.stale = false;
  warm.restless.clear();
}

/** Clusters whose rules stay as they stand, because nothing or too much is said by them. */
export function keptAsTheyAre(
  warm: WarmFirewall,
  parts: EngineParts,
): { readonly kept: ReadonlySet<string>; readonly conditions: readonly Condition[] } {
  const kept = new Set<string>();
  const conditions: Condition[] = [];
  const rules = warm.compilation?.rulebook.rules ?? [];
  for (const cluster of warm.clusters) {
    const subject = { cluster, firewall: warm.name };
    if (!warm.views.has(cluster)) {
      kept.add(cluster);
      const standing = warm.appliedRulebook.rules.filter((rule) => rule.origin.cluster === cluster).length;
      conditions.push(
        condition(
          'CEXT_APPLY_NO_VIEW',
          'warning',
          `cluster ${cluster} has no complete snapshot; its ${standing} rules on ${warm.name} stay`,
          subject,
        ),
      );
      continue;
    }
    const most = parts.settings.pairs.find((pair) => pair.cluster === cluster && pair.firewall === warm.name)?.maxRules ?? 0;
    const count = rules.filter((rule) => rule.origin.cluster === cluster).length;
    if (count > most) {
      kept.add(cluster);
      conditions.push(
        condition(
          'CEXT_APPLY_TOO_MANY_RULES',
          'error',
          `cluster ${cluster} wants ${count} rules on ${warm.name}, its pair allows ${most}; the rules that stand there stay`,
          subject,
        ),
      );
    }
  }
  return { kept, conditions };
}

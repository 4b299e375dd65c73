/** What the author of a rule wrote about one of its ends, in the author's words: for people, never for matching. */
import type { felix } from '../../proto/generated/felix.js';

interface Written {
  readonly selector: string | null | undefined;
  readonly namespaces: string | null | undefined;
  readonly not: string | null | undefined;
  /** Felix keeps a set for the negated selector; else it is folded into the set of the others. */
  readonly notApart: boolean;
  readonly accounts: felix.IServiceAccountMatch | null | undefined;
  readonly service: string | null | undefined;
  readonly serviceNamespace: string | null | undefined;
}

const writtenOf = (rule: felix.IRule, end: 'source' | 'destination'): Written =>
  end === 'source'
    ? {
        selector: rule.originalSrcSelector,
        namespaces: rule.originalSrcNamespaceSelector,
        not: rule.originalNotSrcSelector,
        notApart: (rule.notSrcIpSetIds ?? []).length > 0,
        accounts: rule.srcServiceAccountMatch,
        service: rule.originalSrcService,
        serviceNamespace: rule.originalSrcServiceNamespace,
      }
    : {
        selector: rule.originalDstSelector,
        namespaces: rule.originalDstNamespaceSelector,
        not: rule.originalNotDstSelector,
        notApart: (rule.notDstIpSetIds ?? []).length > 0,
        accounts: rule.dstServiceAccountMatch,
        service: rule.originalDstService,
        serviceNamespace: rule.originalDstServiceNamespace,
      };

/** "app == 'payments' in namespaces team == 'pay'", "pods with service account robot", "service pay/api"; '' where nothing was written. */
export function endText(rule: felix.IRule, end: 'source' | 'destination'): string {
  const { selector, namespaces, not, notApart, accounts, service, serviceNamespace } = writtenOf(rule, end);
  if (service) return `service ${serviceNamespace ? `${serviceNamespace}/` : ''}${service}`;
  const parts = [namespaces ? `in namespaces ${namespaces}` : '', accountsText(accounts), not && !notApart ? `and not ${not}` : ''].filter(
    (part) => part !== '',
  );
  if (parts.length === 0) return selector || '';
  return [selector || 'pods', ...parts].join(' ');
}

/** The selector that Felix keeps as a set of its own to be taken out; '' where it is folded into the other or not there. */
export function excludedText(rule: felix.IRule, end: 'source' | 'destination'): string {
  const { not, notApart } = writtenOf(rule, end);
  return notApart ? not || '' : '';
}

function accountsText(accounts: Written['accounts']): string {
  const names = accounts?.names ?? [];
  const both = [names.join(' or '), accounts?.selector ? `labelled ${accounts.selector}` : ''].filter((part) => part !== '');
  return both.length === 0 ? '' : `with service account ${both.join(' ')}`;
}

import { Lookup, Whereabouts } from '../../hosts';
import { ModelObject } from '../../model';
import { Finding } from '../../rule';

/** What to say of a host that a configuration names; nothing where it is known. */
export function hostAdvice(lookup: Lookup, from: ModelObject, written: string): Pick<Finding, 'reason' | 'fix'> | undefined {
  const { whereabouts, host, hidden, meant } = lookup;
  if (whereabouts === Whereabouts.KNOWN || whereabouts === Whereabouts.ELSEWHERE) return undefined;
  if (hidden.length > 0) {
    return {
      reason: `${hidden[0].object.path} declares this host and exports it to ${hidden[0].exportTo.join(', ')} alone, which namespace ${from.namespace} is not`,
      fix: `add ${from.namespace} to its exportTo, or leave exportTo out`,
    };
  }
  if (meant !== undefined) {
    return {
      reason: 'Istio completes hosts without a dot and no others, so this is not the Service of the cluster that it looks like',
      fix: `write ${meant}`,
    };
  }
  const inFull = host === written ? '' : ` (${host})`;
  if (whereabouts === Whereabouts.MISSING) {
    return {
      reason: `the app writes Services in that namespace and no one makes this host known${inFull}`,
      fix: 'check the name and the namespace, write the Service, or declare a ServiceEntry for the host',
    };
  }
  return {
    reason: `neither a Service nor a ServiceEntry of the app makes this host known${inFull}`,
    fix: 'check the name and the namespace; if the host belongs to another app, list its namespace in ClusterProfile.namespaces or declare a ServiceEntry',
  };
}

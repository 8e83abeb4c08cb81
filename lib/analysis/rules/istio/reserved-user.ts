import { MeshMode } from '../../../core/mesh-mode';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsOf, labelsOf, workloadsOf, entriesOf } from '../../workloads';
import { deployment } from '../hygiene/examples';

/** The user that Istio's proxy runs as, and whose traffic is left alone so that the proxy can send. */
const PROXY_USER = 1337;

export const reservedUser: Rule = {
  code: 'SM0625',
  title: 'program that runs as the user of the proxy',
  explanation: 'What user 1337 sends is not led through the proxy, or the proxy would send to itself; a program that runs as this user is outside of the mesh '
    + '(istio.io/latest/docs/ops/deployment/application-requirements).',
  severity: Severity.WARNING,
  peers: ['IST0144'],
  example: {
    refused: deployment({ container: 'securityContext: { runAsUser: 1337 }' }),
    accepted: deployment({ container: 'securityContext: { runAsUser: 1000 }' }),
  },
  check(context) {
    for (const { object, path, spec } of workloadsOf(context.model).all) {
      const labels = labelsOf(object.manifest.metadata.labels);
      if (context.profile(object).mesh !== MeshMode.SIDECAR || labels.istio !== undefined || labels.release === 'istio') continue;
      const places = [
        { field: `${path}spec.securityContext.runAsUser`, user: fieldsOf(spec.securityContext).runAsUser },
        ...entriesOf(spec.containers, `${path}spec.containers`).filter(({ value }) => value.name !== 'istio-proxy').map(({ field, value }) => ({
          field: `${field}.securityContext.runAsUser`, user: fieldsOf(value.securityContext).runAsUser,
        })),
      ];
      for (const { field, user } of places) {
        if (user !== PROXY_USER) continue;
        context.report(object, {
          field,
          value: user,
          reason: 'what this user sends does not pass the proxy, so neither mutual TLS nor routes hold for it',
          fix: 'use another user',
        });
      }
    }
  },
};

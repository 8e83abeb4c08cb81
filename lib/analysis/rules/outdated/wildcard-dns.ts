import { IstioVersion } from '../../../core/versions';
import { Rule } from '../../rule';
import { entriesOf, fieldsOf, textOf, textsOf } from '../../workloads';

const serviceEntry = (resolution: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: functions, namespace: shop }
spec:
  hosts: ["*.functions.example.com"]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  location: MESH_EXTERNAL
  resolution: ${resolution}
`;

export const wildcardDns: Rule = {
  code: 'SM0909',
  title: 'a ServiceEntry that looks up a wildcard in DNS',
  explanation: 'With resolution DNS the proxy asks for the host itself, and nobody can ask for a wildcard: the webhook refuses it unless endpoints are given. Services of the cluster need no '
    + 'ServiceEntry at all (istio pkg/config/validation/validation.go, ValidateServiceEntry).',
  peers: ['IST0106'],
  example: { refused: serviceEntry('DNS'), accepted: serviceEntry('NONE') },
  check(context) {
    for (const object of context.model.ofKind('networking.istio.io', 'ServiceEntry')) {
      const spec = fieldsOf(object.manifest.spec);
      const resolution = textOf(spec.resolution);
      if ((resolution !== 'DNS' && resolution !== 'DNS_ROUND_ROBIN') || entriesOf(spec.endpoints, '').length > 0) continue;
      const profile = context.profile(object);
      textsOf(spec.hosts).forEach((host, index) => {
        if (!host.startsWith('*')) return;
        const inside = host.endsWith(`.svc.${profile.clusterDomain}`);
        context.report(object, {
          field: `spec.hosts[${index}]`,
          value: host,
          reason: `resolution ${resolution} asks for the host itself, and there is no address for a wildcard`,
          fix: inside ? 'remove the ServiceEntry: Istio knows the Services of the cluster already'
            : `write resolution: NONE${profile.istioAtLeast(IstioVersion.V1_30) ? ' or DYNAMIC_DNS' : ''}, or the hosts one by one`,
        });
      });
    }
  },
};

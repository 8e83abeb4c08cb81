import { portsOf, said, trafficPolicies, withPolicy } from './policies';
import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';

const SECTIONS = ['loadBalancer', 'connectionPool', 'outlierDetection'];

export const lostAtPort: Rule = {
  code: 'SM1259',
  title: 'settings of a host that do not hold at one of its ports',
  explanation: 'Settings of a port stand in for all those of the host: what a port leaves out has Istio\'s default there, not what the host says (GetPortLevelTrafficPolicy in istio '
    + 'pilot/pkg/networking/util/util.go). That may be meant, so this is advice.',
  severity: Severity.INFO,
  example: {
    refused: withPolicy('{ outlierDetection: { consecutive5xxErrors: 5 }, portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: RANDOM } }] }'),
    accepted: withPolicy('{ outlierDetection: { consecutive5xxErrors: 5 }, portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: RANDOM }, outlierDetection: { consecutive5xxErrors: 5 } }] }'),
  },
  check(context) {
    for (const { rule, hosts } of trafficPolicies(context.model)) {
      for (const host of hosts) {
        const general = said(host.value, SECTIONS);
        for (const port of portsOf(host)) {
          const lost = general.filter(name => !said(port.value, SECTIONS).includes(name));
          if (lost.length === 0) continue;
          context.report(rule, {
            field: port.field,
            reason: `${lost.join(' and ')} of the host ${lost.length === 1 ? 'does' : 'do'} not hold at this port, which has settings of its own`,
            fix: `repeat ${lost.join(' and ')} for the port, if it is meant for it as well`,
          });
        }
      }
    }
  },
};

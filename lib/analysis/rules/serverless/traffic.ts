import { SERVING_GROUP } from './templates';
import { ManifestModel, ModelObject } from '../../model';
import { Finding, Rule } from '../../rule';
import { Fields, fieldsOf, listOf, stringOf } from '../../values';

/** The targets among which an object splits its traffic. */
export interface Traffic {
  readonly object: ModelObject;
  readonly name: string | undefined;
  readonly ofService: boolean;
  readonly targets: readonly Fields[];
}

/** A rule that looks at the traffic of one object after the other. */
export function onTraffic({ findings, ...rule }: Omit<Rule, 'check'> & { findings(traffic: Traffic): Finding[] }): Rule {
  return {
    ...rule,
    check: context => trafficOf(context.model).forEach(traffic => findings(traffic).forEach(finding => context.report(traffic.object, finding))),
  };
}

function trafficOf(model: ManifestModel): Traffic[] {
  return ['Service', 'Route'].flatMap(kind => model.ofKind(SERVING_GROUP, kind)).map(object => ({
    object,
    name: stringOf(fieldsOf(object.manifest.metadata).name),
    ofService: object.manifest.kind === 'Service',
    targets: listOf(fieldsOf(object.manifest.spec).traffic).map(fieldsOf),
  }));
}

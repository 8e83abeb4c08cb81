import { ApiObject, JsonPatch } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ClusterProfile, ClusterProfileProps, Problem, Severity } from '../../lib';
import { ManifestModel } from '../../lib/analysis/model';
import { RuleContext } from '../../lib/analysis/rule';
import { rulesOf } from '../analysis/rules-of';
import { Json, shopChart } from '../support';

const SERVERLESS_RULES = rulesOf('serverless');

/** What the rules of this room find below the root of a construct. */
export function findings(scope: IConstruct): Problem[] {
  const model = ManifestModel.of(scope.node.root);
  return SERVERLESS_RULES.flatMap(rule => {
    const context = new RuleContext(rule, model);
    rule.check(context);
    return context.problems;
  });
}

/** The same without advice. */
export function refusals(scope: IConstruct): Problem[] {
  return findings(scope).filter(({ severity }) => severity !== Severity.INFO);
}

/** A hand-written object of Knative Serving, alone in an app. */
export function object(manifest: Json, profile?: ClusterProfileProps): ApiObject {
  const chart = shopChart();
  if (profile) new ClusterProfile(profile).applyTo(chart);
  const written = new ApiObject(chart, 'object', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', ...manifest });
  // cdk8s makes a name up where there is none
  if (!manifest.metadata?.name) written.addJsonPatch(JsonPatch.remove('/metadata/name'));
  return written;
}

/** Parts of a hand-written Service that is fine but for what they say. */
export interface Parts {
  readonly metadata?: Json;
  readonly template?: Json;
  readonly annotations?: Json;
  readonly spec?: Json;
  readonly container?: Json;
  readonly traffic?: Json;
}

export function service({ metadata, template, annotations, spec, container, traffic }: Parts = {}): Json {
  return {
    metadata: { name: 'checkout', ...metadata },
    spec: {
      template: {
        metadata: { ...template, ...annotations && { annotations } },
        spec: { containers: [{ image: 'registry.example.com/checkout:1.4.2', ...container }], ...spec },
      },
      ...traffic && { traffic },
    },
  };
}

/** Findings of one code on a hand-written Service; any other finding but advice would mean that the example says more than it is meant to. */
export function only(code: string, manifest: Json, profile?: ClusterProfileProps): Problem[] {
  const found = findings(object(manifest, profile));
  const others = found.filter(problem => problem.code !== code && problem.severity !== Severity.INFO);
  if (others.length > 0) throw new Error(`unexpected findings: ${JSON.stringify(others)}`);
  return found.filter(problem => problem.code === code);
}

/** Where the fields of the first container stand. */
export const CONTAINER = 'spec.template.spec.containers[0]';

/** Where an autoscaling annotation of the template stands. */
export function scaling(key: string): string {
  return `spec.template.metadata.annotations[autoscaling.knative.dev/${key}]`;
}

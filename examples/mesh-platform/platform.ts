import { App, Chart } from 'cdk8s';
import { AUTHORIZER, TRACES } from './providers';
import { ClusterSpiffeId, MeshControlPlane, ServerlessPlatform } from 'cdk8s-serverless-mesh';

/** What the operators of Istio, Knative and SPIRE install, from the profile that the app is checked against. */
export class Platform extends Chart {
  constructor(app: App) {
    super(app, 'platform');
    new MeshControlPlane(this, 'istio', { defaultTracing: TRACES, providers: [AUTHORIZER] });
    new ServerlessPlatform(this, 'knative', { servingConfig: { gc: { 'max-non-active-revisions': '5' } } });
    new ClusterSpiffeId(this, 'identities', { namespaces: ['shop'] });
  }
}

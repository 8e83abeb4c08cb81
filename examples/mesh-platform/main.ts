import { Platform } from './platform';
import { Shop } from './shop';
import { ClusterProfile, IstioVersion, KnativeMetrics, MeshApp } from 'cdk8s-serverless-mesh';

const app = new MeshApp({
  profile: ClusterProfile.ambient({
    istio: IstioVersion.V1_30,
    trustDomain: 'shop.example.com',
    publicDomain: 'apps.example.com',
    monitoring: { knativeMetrics: KnativeMetrics.PROMETHEUS },
  }),
});
const platform = new Platform(app);
new Shop(app).addDependency(platform);
app.synth();

import { HybridCloud } from './hybrid-cloud';
import { ClusterProfile, MeshApp, MeshMembership } from 'cdk8s-serverless-mesh';

const app = new MeshApp({
  profile: ClusterProfile.sidecar({
    namespaces: [{ name: 'openfaas', mesh: MeshMembership.SIDECAR }, { name: 'openfaas-fn', mesh: MeshMembership.SIDECAR }],
  }),
});
new HybridCloud(app);
app.synth();

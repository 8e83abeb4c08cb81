import { LinkerdShop } from './linkerd-shop';
import { ClusterProfile, MeshApp } from 'cdk8s-serverless-mesh';

const app = new MeshApp({ profile: ClusterProfile.linkerd() });
new LinkerdShop(app);
app.synth();

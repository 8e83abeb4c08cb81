import { ReviewsCanary } from './reviews-canary';
import { ClusterProfile, MeshApp, OutboundTraffic } from 'cdk8s-serverless-mesh';

const app = new MeshApp({ profile: ClusterProfile.sidecar({ outboundTraffic: OutboundTraffic.REGISTRY_ONLY }) });
new ReviewsCanary(app);
app.synth();

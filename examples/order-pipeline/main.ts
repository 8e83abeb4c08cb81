import { OrderPipeline, profile } from './order-pipeline';
import { MeshApp } from 'cdk8s-serverless-mesh';

const app = new MeshApp({ profile });
new OrderPipeline(app);
app.synth();

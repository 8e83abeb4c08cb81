import { ApiGateway } from './api-gateway';
import { MeshApp } from 'cdk8s-serverless-mesh';

const app = new MeshApp();
new ApiGateway(app);
app.synth();

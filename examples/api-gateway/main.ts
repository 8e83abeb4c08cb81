import { MeshApp } from 'cdk8s-serverless-mesh';
import { ApiGateway } from './api-gateway';

const app = new MeshApp();
new ApiGateway(app);
app.synth();

import * as pulumi from '@pulumi/pulumi';
import { OrderPipeline, profile } from '../order-pipeline';
import { clusterFromConfig, deploy, fromPulumi, PulumiApp } from 'cdk8s-serverless-mesh/pulumi';

const config = new pulumi.Config();
const app = new PulumiApp({ profile });
const pipeline = new OrderPipeline(app, { paymentToken: fromPulumi.string(config.requireSecret('paymentToken')) });
const stack = deploy(app, clusterFromConfig(config));

/** Where orders are sent to. */
export const url = stack.field(pipeline.checkout, 'status.url');

import * as pulumi from '@pulumi/pulumi';
import { ApiGateway } from '../api-gateway';
import { clusterFromConfig, deploy, fromPulumi, PulumiApp } from 'cdk8s-serverless-mesh/pulumi';

const config = new pulumi.Config();
const app = new PulumiApp();
const api = new ApiGateway(app, { paymentToken: fromPulumi.string(config.requireSecret('paymentToken')) });
const stack = deploy(app, clusterFromConfig(config));

/** Where customers go. */
export const hosts = stack.field(api.gateway, 'spec.servers').apply((servers: { hosts: string[] }[] | undefined) => servers?.flatMap(server => server.hosts));

/** Where the service for customers who pay is reached inside of the cluster. */
export const premium = stack.field(api.premium, 'status.url');

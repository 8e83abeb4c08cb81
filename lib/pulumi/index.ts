import './packages';

export { Components } from './components';
export { deploy, DeployOptions, TransformContext } from './deploy';
export { pulumiSettings, ResourceSettings } from './options';
export { PulumiApp } from './pulumi-app';
export { DeployedStack, KubernetesResource } from './stack';
export { fromPulumi, map } from './tokens/from-pulumi';

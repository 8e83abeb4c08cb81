import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { DeployOptions } from './deploy';

/**
 * Where a stack goes, by its configuration: `renderDir` writes YAML into a folder, `kubeconfig` names a cluster, neither means the cluster that
 * kubectl would use.
 *
 * @param config the configuration of the project
 */
export function clusterFromConfig(config: pulumi.Config = new pulumi.Config()): Pick<DeployOptions, 'provider' | 'rendersFiles'> {
  const folder = config.get('renderDir') || undefined;
  if (folder !== undefined) return { provider: new k8s.Provider('files', { renderYamlToDirectory: folder }), rendersFiles: true };
  const kubeconfig = config.get('kubeconfig') || undefined;
  return kubeconfig === undefined ? {} : { provider: new k8s.Provider('cluster', { kubeconfig }) };
}

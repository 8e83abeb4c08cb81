import * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { Manifest } from 'cdk8s-serverless-mesh/analysis';

type Constructor = new (name: string, args: Record<string, unknown>, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

const TYPED = new Map<string, Constructor>();

/** The class that Pulumi has for a kind: it brings secret outputs and the types that policies ask for. Everything else is a custom resource. */
export function classOf({ apiVersion, kind }: Manifest): Constructor {
  const key = `${apiVersion}:${kind}`;
  const known = TYPED.get(key) ?? typedClass(apiVersion, kind) ?? (k8s.apiextensions.CustomResource as unknown as Constructor);
  TYPED.set(key, known);
  return known;
}

function typedClass(apiVersion: string, kind: string): Constructor | undefined {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  const modules = k8s as unknown as Record<string, Record<string, Record<string, Constructor & { __pulumiType?: string }>>>;
  const found = modules[group.split('.')[0]]?.[version]?.[kind];
  // groups of others may begin with the same word
  return found?.__pulumiType === `kubernetes:${group === 'core' ? 'core' : group}/${version}:${kind}` ? found : undefined;
}

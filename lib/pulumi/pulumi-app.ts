import { AppProps } from 'cdk8s';
import { MeshApp, MeshAppProps } from 'cdk8s-serverless-mesh';

/**
 * An app whose constructs take outputs of Pulumi through `fromPulumi`, and which `deploy` registers as resources. Every check of `MeshApp` holds, and
 * an app with outputs in it refuses to be written as YAML.
 *
 * `deploy` takes any cdk8s app or chart; this class is for those that have nothing else to say about their app.
 */
export class PulumiApp extends MeshApp {
  constructor(props: MeshAppProps & AppProps = {}) {
    super({ quiet: true, ...props });
  }
}

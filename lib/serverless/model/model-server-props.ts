import type { Duration } from 'cdk8s';
import type { Gpu } from './gpu';
import type { Model } from './model';
import type { ServerlessServiceProps } from '../serverless-service-props';

/** What a model server is: a serverless service, and the model that it serves. */
export interface ModelServerProps extends ServerlessServiceProps {
  /** The model. */
  readonly model: Model;

  /**
   * Where the server finds the model.
   * @default '/mnt/models'
   */
  readonly modelPath?: string;

  /**
   * GPUs of each pod.
   * @default - none: the model runs on the CPU
   */
  readonly gpu?: Gpu;

  /**
   * Inferences at a time for each GPU, or for the pod where it has none, 1 to 1000. More wait in the queue-proxy. `containerConcurrency` and `autoscaling` win over
   * what is made from it.
   * @default 1
   */
  readonly concurrencyPerGpu?: number;

  /**
   * How long it may take from the start of the container until the model is loaded, in whole seconds. `startup` wins over what is made from it.
   * @default Duration.minutes(5)
   */
  readonly loadTimeout?: Duration;

  /**
   * How long a revision may take to become ready: finding a node, fetching image and model, loading. In whole seconds.
   * @default - 15 minutes more than `loadTimeout`
   */
  readonly progressDeadline?: Duration;

  /**
   * Path that answers with 200 once the model is loaded.
   * @default '/v2/health/ready', as the Open Inference Protocol has it
   */
  readonly readyPath?: string;
}

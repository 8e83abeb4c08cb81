import type { Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { quantity } from './quantities';
import { ProblemReport } from '../core/problem';
import { NUMBER, TEXT, TEXT_MAP, usable, wrongType } from '../core/wrong-type';

/** Which container is measured. */
export interface ContainerMetricOptions {
  /**
   * Name of the container.
   * @default - the application's own, so that what the sidecar uses does not count
   */
  readonly container?: string;
}

/** Which series of a metric are meant. */
export interface MetricSelection {
  /**
   * Labels that the series carry.
   * @default - all series of the metric
   */
  readonly labels?: { [key: string]: string };
}

/**
 * What a HorizontalPodAutoscaler aims at. Of several the one that asks for most pods decides.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export class ScalingMetric {
  /**
   * CPU that a container uses.
   * @param percent of what it requests, averaged over the pods
   */
  public static containerCpu(percent: number, options: ContainerMetricOptions = {}): ScalingMetric {
    return utilization('cpu', percent, options);
  }

  /**
   * Memory that a container uses. Few programs give memory back, so pods are added and hardly ever taken away.
   * @param percent of what it requests, averaged over the pods
   */
  public static containerMemory(percent: number, options: ContainerMetricOptions = {}): ScalingMetric {
    return utilization('memory', percent, options);
  }

  /**
   * CPU that a container uses, as an amount.
   * @param average per pod
   */
  public static containerCpuAmount(average: kplus.Cpu, options: ContainerMetricOptions = {}): ScalingMetric {
    return amount('cpu', average, options);
  }

  /**
   * Memory that a container uses, as an amount.
   * @param average per pod
   */
  public static containerMemoryAmount(average: Size, options: ContainerMetricOptions = {}): ScalingMetric {
    return amount('memory', average, options);
  }

  /**
   * CPU of the pods as a whole: what the sidecar uses and requests counts as well.
   * @param percent of what all containers request, averaged over the pods
   */
  public static podCpu(percent: number): ScalingMetric {
    return podUtilization('cpu', percent);
  }

  /**
   * Memory of the pods as a whole: what the sidecar uses and requests counts as well.
   * @param percent of what all containers request, averaged over the pods
   */
  public static podMemory(percent: number): ScalingMetric {
    return podUtilization('memory', percent);
  }

  /**
   * A metric of the pods, which an adapter serves as `custom.metrics.k8s.io`.
   * @param name of the metric
   * @param average per pod
   */
  public static pods(name: string, average: number, selection: MetricSelection = {}): ScalingMetric {
    return new ScalingMetric(
      () => ({ type: 'Pods', pods: { metric: identified(name, selection), target: { type: 'AverageValue', averageValue: decimal(average) } } }),
      field => namedProblems(field, name, average, selection),
    );
  }

  /**
   * A metric of something outside of the cluster, such as the length of a queue, which an adapter serves as `external.metrics.k8s.io`.
   * @param name of the metric
   * @param average its value divided by the number of pods
   */
  public static external(name: string, average: number, selection: MetricSelection = {}): ScalingMetric {
    return new ScalingMetric(
      () => ({ type: 'External', external: { metric: identified(name, selection), target: { type: 'AverageValue', averageValue: decimal(average) } } }),
      field => namedProblems(field, name, average, selection),
    );
  }

  /**
   * A metric of something outside of the cluster that is no sum, such as an age.
   * @param name of the metric
   * @param value that it should have, however many pods there are
   */
  public static externalValue(name: string, value: number, selection: MetricSelection = {}): ScalingMetric {
    return new ScalingMetric(
      () => ({ type: 'External', external: { metric: identified(name, selection), target: { type: 'Value', value: decimal(value) } } }),
      field => namedProblems(field, name, value, selection),
    );
  }

  /** @internal */
  public static _of(render: (application: string) => object, problems: (field: string) => ProblemReport[]): ScalingMetric {
    return new ScalingMetric(render, problems);
  }

  private constructor(
    private readonly render: (application: string) => object,
    private readonly problems: (field: string) => ProblemReport[],
  ) {}

  /**
   * The entry of `spec.metrics`.
   * @internal
   */
  public _toJson(application: string): object {
    return this.render(application);
  }

  /** @internal */
  public _problems(field: string): ProblemReport[] {
    return this.problems(field);
  }
}

function utilization(name: string, percent: number, options: ContainerMetricOptions): ScalingMetric {
  return ofContainer(name, () => ({ type: 'Utilization', averageUtilization: usable(percent, NUMBER) }), options,
    field => wrongType(`${field}.percent`, percent, NUMBER));
}

function amount(name: string, average: kplus.Cpu | Size, options: ContainerMetricOptions): ScalingMetric {
  return ofContainer(name, () => ({ type: 'AverageValue', averageValue: quantity(average) }), options,
    field => wrongType(`${field}.average`, average, {
      what: name === 'cpu' ? 'a Cpu of cdk8s-plus' : 'a Size of cdk8s',
      fix: `write the unit down, as in ${name === 'cpu' ? 'kplus.Cpu.millis(500)' : 'Size.mebibytes(256)'}`,
      holds: (value): value is unknown => quantity(value) !== undefined,
    }));
}

function ofContainer(name: string, target: () => object, options: ContainerMetricOptions, problems: (field: string) => ProblemReport[]): ScalingMetric {
  return ScalingMetric._of(
    application => ({
      type: 'ContainerResource',
      containerResource: { name, container: usable(options?.container, TEXT) ?? application, target: target() },
    }),
    field => [...problems(field), ...wrongType(`${field}.container`, options?.container, TEXT)],
  );
}

function podUtilization(name: string, percent: number): ScalingMetric {
  return ScalingMetric._of(
    () => ({ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization: usable(percent, NUMBER) } } }),
    field => wrongType(`${field}.percent`, percent, NUMBER),
  );
}

function identified(name: string, selection: MetricSelection): object {
  const labels = usable(selection?.labels, TEXT_MAP);
  return { name: usable(name, TEXT), selector: labels && { matchLabels: { ...labels } } };
}

function namedProblems(field: string, name: string, value: number, selection: MetricSelection): ProblemReport[] {
  return [
    ...wrongType(`${field}.name`, name, TEXT),
    ...wrongType(`${field}.value`, value, NUMBER),
    ...wrongType(`${field}.labels`, selection?.labels, TEXT_MAP),
  ];
}

/** A number as a quantity, which has three decimals at most. */
function decimal(value: number): string | undefined {
  const given = usable(value, NUMBER);
  if (given === undefined) return undefined;
  return Number.isInteger(given) ? String(given) : `${Math.round(given * 1000)}m`;
}

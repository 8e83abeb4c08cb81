import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { routeAnnotations } from './annotations';
import { LinkerdRouteOptions, LinkerdRouteProps } from './linkerd-route-props';
import { routeProblems } from './route-problems';
import { WORKLOAD } from './values';
import { HttpRoute, HttpRouteSpec, toJson_HttpRouteSpec } from '../../../imports/gateway.networking.k8s.io';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { namespaceOf } from '../../core/names';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { isWorkloadVersion, IRouteTarget, IWorkloadVersion } from '../../core/route-target';
import { IWorkload } from '../../core/workload';
import { NUMBER, usable } from '../../core/wrong-type';
import { renderRule } from '../kubernetes/render-http-route';
import { RouteAction } from '../routes/route-action';
import { inOrder, RouteOrder } from '../routes/specificity';

interface SaidRule {
  readonly name: string;
  readonly options: LinkerdRouteOptions;
}

/**
 * How clients in Linkerd call a workload: retries, timeouts and where requests go, as an HTTPRoute of the Gateway API for its Service. In the namespace of the
 * workload it holds for every client; in another one for the clients of that namespace, and in place of the other.
 *
 * @see https://linkerd.io/2/features/httproute/
 */
export class LinkerdRoute extends Construct {
  /** The HTTPRoute, as an escape hatch. */
  public readonly apiObject: ApiObject;
  /** Name of the HTTPRoute. */
  public readonly routeName: string;

  private readonly rules: SaidRule[] = [];

  constructor(scope: Construct, id: string, props: LinkerdRouteProps) {
    super(scope, id);
    Intents.of(this);
    this.routeName = props?.name ?? id;
    const annotations = routeAnnotations(props?.retries, props?.timeouts);
    this.apiObject = resource(this, 'Resource', {
      gvk: HttpRoute.GVK,
      metadata: { name: this.routeName, annotations: Object.keys(annotations).length > 0 ? annotations : undefined },
      fields: { spec: () => toJson_HttpRouteSpec(this.spec(props)) },
    });
    reportProblems(this, () => routeProblems(this, props, this.rules));
  }

  /**
   * Adds a rule. The most specific one that matches decides; without any, all requests go to the workload.
   * @param name what the rule is called
   * @param options which requests, and where they go
   */
  public addRule(name: string, options: LinkerdRouteOptions): void {
    this.rules.push({ name, options });
    const action = options?.action?._action;
    if (action?.kind === 'forward') action.targets.map(({ target }) => target).filter(isWorkloadVersion).forEach(version => this.serve(version));
  }

  private spec(props: LinkerdRouteProps | undefined): HttpRouteSpec | undefined {
    const target = usable(props?.target, WORKLOAD);
    if (target === undefined) return undefined;
    const own = namespaceOf(this);
    const said = this.rules.filter(({ options }) => options?.action?._action !== undefined);
    const rules = said.length > 0 ? inOrder(said, RouteOrder.MOST_SPECIFIC_FIRST) : [{ name: 'all', options: { action: RouteAction.forward(target) } }];
    return {
      parentRefs: [{
        group: 'core',
        kind: 'Service',
        name: target.workloadName,
        ...target.workloadNamespace === own ? {} : { namespace: target.workloadNamespace },
        port: usable(props?.port, NUMBER),
      }],
      rules: rules.map(({ name, options }) => renderRule(name, { ...options, action: this.servedAction(options.action) }, own, ClusterProfile.of(this))),
    };
  }

  private servedAction(action: RouteAction): RouteAction {
    const { _action } = action;
    if (_action.kind !== 'forward') return action;
    return RouteAction.split(..._action.targets.map(entry => ({ ...entry, target: isWorkloadVersion(entry.target) ? this.servedHost(entry.target) : entry.target })));
  }

  private servedHost(version: IWorkloadVersion): IRouteTarget {
    const { workload } = version;
    return { serviceHost: ClusterProfile.of(this).serviceHost(nameOf(version), workload.workloadNamespace), servicePort: version.servicePort };
  }

  /** Linkerd knows no subsets: it sends to Services alone. */
  private serve(version: IWorkloadVersion): void {
    const id = `Version-${version.subset}`;
    if (this.node.tryFindChild(id)) return;
    const { workload } = version;
    resource(this, id, {
      gvk: { apiVersion: 'v1', kind: 'Service' },
      metadata: { name: nameOf(version), namespace: workload.workloadNamespace },
      fields: {
        spec: () => ({
          selector: { ...workload.podSelector, ...version.podLabels },
          ports: [{ name: 'http', port: version.servicePort, targetPort: portOf(workload) }],
        }),
      },
    });
  }
}

function nameOf({ workload, subset }: IWorkloadVersion): string {
  return `${workload.workloadName}-${subset}`;
}

function portOf({ policyPorts, servicePort }: IWorkload): number {
  return policyPorts[0] ?? servicePort;
}

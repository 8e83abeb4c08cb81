import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  PeerAuthentication, PeerAuthenticationSpec, PeerAuthenticationSpecPortLevelMtlsMode, toJson_PeerAuthenticationSpec,
} from '../../imports/security.istio.io';
import { resource } from '../core/resource';
import { IWorkload } from '../core/workload';

const EXEMPTIONS = new WeakMap<IWorkload, PlaintextPorts>();

/** The one PeerAuthentication of a workload that lets single ports take plain text; the rest keeps what holds in its namespace. */
export class PlaintextPorts extends Construct {
  public static of(target: IWorkload): PlaintextPorts {
    return EXEMPTIONS.get(target) ?? new PlaintextPorts(target);
  }

  public readonly apiObject: ApiObject;
  private readonly ports = new Set<number>();

  private constructor(private readonly target: IWorkload) {
    super(target as unknown as Construct, 'PlaintextPorts');
    EXEMPTIONS.set(target, this);
    this.apiObject = resource(this, 'Resource', {
      gvk: PeerAuthentication.GVK,
      metadata: { name: target.workloadName, namespace: target.workloadNamespace },
      fields: { spec: () => toJson_PeerAuthenticationSpec(this.spec()) },
    });
  }

  public add(port: number): void {
    this.ports.add(port);
  }

  private spec(): PeerAuthenticationSpec {
    const mode = PeerAuthenticationSpecPortLevelMtlsMode.PERMISSIVE;
    return {
      selector: { matchLabels: { ...this.target.podSelector } },
      portLevelMtls: Object.fromEntries([...this.ports].map(port => [String(port), { mode }])),
    };
  }
}

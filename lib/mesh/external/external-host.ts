import { Construct, IConstruct } from 'constructs';
import { registerExternal } from './external-hosts';
import {
  ServiceEntry, ServiceEntrySpec, ServiceEntrySpecLocation, ServiceEntrySpecResolution, toJson_ServiceEntrySpec,
} from '../../../imports/networking.istio.io';
import { ClusterProfile } from '../../core/cluster-profile';
import { ExternalPort, ExternalServiceIntent } from '../../core/external-service';
import { MeshMode } from '../../core/mesh-mode';
import { reportProblems, Severity } from '../../core/problem';
import { resource } from '../../core/resource';
import { ClientTls } from '../destinations/client-tls';
import { HostRule } from '../destinations/host-rule';

const HOSTS = new WeakMap<IConstruct, Map<string, ExternalHost>>();

/** The one ServiceEntry of a host outside of the cluster and, where the mesh originates TLS to it, its one DestinationRule. */
export class ExternalHost extends Construct {
  public static ensure(root: IConstruct, intent: ExternalServiceIntent): ExternalHost {
    const hosts = HOSTS.get(root) ?? new Map<string, ExternalHost>();
    HOSTS.set(root, hosts);
    const host = hosts.get(intent.host) ?? new ExternalHost(intent.construct, intent.host);
    if (!hosts.has(intent.host)) registerExternal(host, [intent.host]);
    hosts.set(intent.host, host);
    intent.ports.forEach(port => host.add(port));
    return host;
  }

  private readonly ports = new Map<number, ExternalPort>();

  private constructor(scope: Construct, private readonly host: string) {
    super(scope, `External-${host}`);
    resource(this, 'Resource', {
      gvk: ServiceEntry.GVK,
      metadata: { name: this.objectName },
      fields: { spec: () => toJson_ServiceEntrySpec(this.entry()) },
    });
  }

  private add(port: ExternalPort): void {
    if (port.originatesTls && this.originating.length === 0) this.originateTls();
    if (port.originatesTls && !this.ports.get(port.number)?.originatesTls) {
      // other ports of the host already carry TLS of their own, which must not be wrapped a second time
      HostRule.ensure({ serviceHost: this.host, servicePort: port.number }, this)
        .addSettings({ construct: this, port: port.number, settings: { tls: ClientTls.simple() } });
    }
    this.ports.set(port.number, port);
  }

  private originateTls(): void {
    reportProblems(this, () => ClusterProfile.of(this).mesh === MeshMode.AMBIENT ? [{
      code: 'SM0169',
      severity: Severity.WARNING,
      field: 'mesh',
      reason: `ztunnel adds no TLS: without a waypoint, what pods send to ${this.host} on port ${this.originating.map(port => port.number).join(', ')} leaves as plain text`,
      fix: 'call it over https, or label its ServiceEntry istio.io/use-waypoint with the name of a waypoint of the namespace',
    }] : []);
  }

  private get objectName(): string {
    return this.host.toLowerCase().replace(/[^a-z0-9.-]/g, '-');
  }

  private get originating(): ExternalPort[] {
    return [...this.ports.values()].filter(port => port.originatesTls);
  }

  private entry(): ServiceEntrySpec {
    return {
      hosts: [this.host],
      location: ServiceEntrySpecLocation.MESH_UNDERSCORE_EXTERNAL,
      resolution: ServiceEntrySpecResolution.DNS,
      ports: [...this.ports.values()].map(({ number, name, protocol, targetPort }) => ({ number, name, protocol, targetPort })),
    };
  }
}

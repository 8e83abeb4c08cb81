import { Construct } from 'constructs';
import { TELEMETRY_CODES } from './codes';
import { AccessLogOptions, MeshMetricsOptions, MeshTracingOptions, TrafficRole } from './telemetry-options';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { ProblemReport, Severity } from '../../core/problem';
import { IRequestTarget } from '../../core/workload';
import { DURATION, wrongType } from '../../core/wrong-type';
import { Waypoint } from '../ambient/waypoint';
import { waypointBefore } from '../ambient/waypoint-path';
import { CODES } from '../codes';
import { asWorkload, httpElsewhere, isGatewayTarget, nameInMessages, seesNoHttp } from '../policy-target';

interface Said extends Construct {
  readonly _target?: IRequestTarget;
  readonly _accessLogs: readonly AccessLogOptions[];
  readonly _metrics: readonly MeshMetricsOptions[];
  readonly _tracing: readonly MeshTracingOptions[];
}

/** Why proxies would not log, count or trace as it was said. */
export function telemetryProblems(telemetry: Said): ProblemReport[] {
  if (!ClusterProfile.of(telemetry).hasIstio) {
    return [{
      code: CODES.noMesh,
      reason: `the cluster profile has ${ClusterProfile.of(telemetry)._inPlaceOfIstio}: there are no proxies that would log, count or trace`,
      fix: 'use ClusterProfile.sidecar() or ClusterProfile.ambient() if the cluster has Istio, or leave it out',
    }];
  }
  return [...empty(telemetry), ...intervals(telemetry), ...sampling(telemetry), ...tracedTwice(telemetry), ...withoutHttp(telemetry), ...otherRole(telemetry), ...otherNamespace(telemetry)];
}

function empty({ _accessLogs, _metrics, _tracing }: Said): ProblemReport[] {
  return _accessLogs.length + _metrics.length + _tracing.length > 0 ? [] : [{
    code: TELEMETRY_CODES.noTelemetry,
    severity: Severity.WARNING,
    reason: 'it says nothing: wider settings hold as they are',
    fix: 'add accessLogs, metrics or tracing, or leave it out',
  }];
}

function intervals({ _metrics }: Said): ProblemReport[] {
  return _metrics.flatMap(({ reportingInterval }) => wrongType('metrics.reportingInterval', reportingInterval, DURATION));
}

function sampling({ _tracing }: Said): ProblemReport[] {
  return _tracing.map(({ samplingPercentage }) => samplingPercentage).filter(percentage => percentage !== undefined && !(percentage >= 0 && percentage <= 100)).map(value => ({
    code: TELEMETRY_CODES.sampling,
    field: 'tracing.samplingPercentage',
    value,
    reason: 'it is a share of a hundred requests',
    fix: 'write a number from 0 to 100',
  }));
}

function tracedTwice({ _tracing }: Said): ProblemReport[] {
  const roles = _tracing.flatMap(({ role = TrafficRole.CLIENT_AND_SERVER }) => role === TrafficRole.CLIENT_AND_SERVER ? [TrafficRole.CLIENT, TrafficRole.SERVER] : [role]);
  return roles.length === new Set(roles).size ? [] : [{
    code: TELEMETRY_CODES.tracedTwice,
    field: 'tracing',
    reason: 'two settings are for the same requests, and the last one that says something wins',
    fix: 'make them one, or give each a role of its own (TrafficRole.CLIENT, TrafficRole.SERVER)',
    severity: Severity.WARNING,
  }];
}

function withoutHttp({ _target }: Said): ProblemReport[] {
  return _target === undefined || !seesNoHttp(_target) ? [] : [{
    code: TELEMETRY_CODES.telemetryWithoutProxy,
    severity: Severity.WARNING,
    field: 'target',
    value: nameInMessages(_target),
    reason: 'in ambient mode ztunnel stands before its pods, which takes no Telemetry',
    fix: `to have them log, count and trace, ${httpElsewhere(_target)}`,
  }];
}

/** Gateways count as senders, waypoints as receivers (istio pilot/pkg/model/telemetry.go, workloadMode). */
function otherRole({ _target, _accessLogs, _metrics, _tracing }: Said): ProblemReport[] {
  const never = _target && roleThatNeverIs(_target);
  if (!_target || !never) return [];
  const said = [
    ['accessLogs', _accessLogs.map(({ role }) => role)], ['metrics.overrides', _metrics.flatMap(({ overrides = [] }) => overrides.map(({ role }) => role))], ['tracing', _tracing.map(({ role }) => role)],
  ] as const;
  return said.filter(([, roles]) => roles.includes(never)).map(([field]) => ({
    code: TELEMETRY_CODES.otherRole,
    severity: Severity.WARNING,
    field: `${field}.role`,
    value: never,
    reason: `${nameInMessages(_target)} ${never === TrafficRole.CLIENT ? 'is served by a waypoint, which counts as who gets requests' : 'counts as who sends requests'}, so this has no effect there`,
    fix: 'leave the role out',
  }));
}

function roleThatNeverIs(target: IRequestTarget): TrafficRole | undefined {
  if (isGatewayTarget(target)) return TrafficRole.SERVER;
  const workload = asWorkload(target);
  return target instanceof Waypoint || (workload && waypointBefore(workload)) ? TrafficRole.CLIENT : undefined;
}

/** Of Services of other namespaces, a waypoint asks the Telemetry there (istio pilot/pkg/model/telemetry.go, applicableTelemetries). */
function otherNamespace({ _target }: Said): ProblemReport[] {
  if (!(_target instanceof Waypoint)) return [];
  const { name, namespace: own } = _target;
  const uses = Intents.of(_target).waypointUses.all.filter(({ waypoint, namespace }) => waypoint.name === name && waypoint.namespace === own && namespace !== own);
  const namespaces = [...new Set(uses.map(({ namespace }) => namespace))].sort();
  return namespaces.length === 0 ? [] : [{
    code: TELEMETRY_CODES.otherNamespace,
    severity: Severity.WARNING,
    field: 'target',
    value: nameInMessages(_target),
    reason: `for Services of ${namespaces.join(', ')}, which it serves as well, a waypoint asks the Telemetry of their own namespace and not this one`,
    fix: `add a MeshTelemetry for each of them (namespace: '${namespaces[0]}')`,
  }];
}

import { IConstruct } from 'constructs';
import { EXTENSION_CODES } from './codes';
import { PluginPlace } from './plugin-options';
import { WasmModule } from './wasm-module';
import { ClusterProfile } from '../../core/cluster-profile';
import { MeshMembership } from '../../core/mesh-mode';
import { ProblemReport, Severity } from '../../core/problem';
import { asWorkload, nameInMessages, seesNoHttp } from '../policy-target';

/** Why no proxy would run a plug-in, or each another one. */
export function pluginProblems(scope: IConstruct, { target }: PluginPlace, module?: WasmModule): ProblemReport[] {
  return [...withoutProxy(scope, target), ...module ? [...movingTag(module), ...badChecksum(module)] : []];
}

function withoutProxy(scope: IConstruct, target: PluginPlace['target']): ProblemReport[] {
  const outside = !ClusterProfile.of(scope).hasIstio || asWorkload(target)?.meshMembership === MeshMembership.OUTSIDE;
  if (!outside && !seesNoHttp(target)) return [];
  return [{
    code: EXTENSION_CODES.pluginWithoutProxy,
    field: 'target',
    value: nameInMessages(target),
    reason: outside ? 'its pods are outside of the mesh: no proxy stands before them that could run the plug-in' : 'in ambient mode ztunnel stands before its pods, which runs no plug-ins',
    fix: outside ? 'put it into the mesh, or run the plug-in at the gateway in front of it' : 'put a waypoint before it (new Waypoint(...)), or run the plug-in at the gateway in front of it',
  }];
}

function movingTag({ url }: WasmModule): ProblemReport[] {
  return !url.startsWith('oci://') || /@sha256:[0-9a-f]{64}$/.test(url) ? [] : [{
    code: EXTENSION_CODES.movingModule,
    severity: Severity.WARNING,
    field: 'module',
    value: url,
    reason: 'a tag may come to mean another module, and proxies that start later would run another one than those before',
    fix: 'name the image by its digest, registry.example.com/filters/auth@sha256:…',
  }];
}

function badChecksum({ sha256 }: WasmModule): ProblemReport[] {
  return sha256 === undefined || /^[0-9a-f]{64}$/.test(sha256) ? [] : [{
    code: EXTENSION_CODES.badChecksum,
    field: 'module',
    value: sha256,
    reason: 'Istio refuses a checksum that is not 64 hexadecimal digits in small letters',
    fix: 'write the output of sha256sum',
  }];
}

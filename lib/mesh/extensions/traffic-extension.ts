import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { EXTENSION_CODES } from './codes';
import { matchOf, PluginPlace, wasmOf, WasmOptions } from './plugin-options';
import { pluginProblems } from './plugin-problems';
import { TrafficExtension as TrafficExtensionObject, TrafficExtensionSpec, toJson_TrafficExtensionSpec } from '../../../imports/extensions.istio.io';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { ProblemReport, reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IstioVersion } from '../../core/versions';
import { attachmentOf, usableTarget } from '../policy-target';

/** Code that proxies run. */
export class ExtensionCode {
  /** A compiled module. */
  public static wasm(options: WasmOptions): ExtensionCode {
    return new ExtensionCode(options);
  }

  /** A script with the functions `envoy_on_request` and `envoy_on_response`, of at most 64 KiB. */
  public static lua(script: string): ExtensionCode {
    return new ExtensionCode(undefined, script);
  }

  private constructor(private readonly options?: WasmOptions, private readonly script?: string) {}

  /** @internal */
  public get _wasm(): WasmOptions | undefined {
    return this.options;
  }

  /** @internal */
  public get _lua(): string | undefined {
    return this.script;
  }
}

/** What runs in proxies, and where. */
export interface TrafficExtensionProps extends PluginPlace {
  /**
   * Name of the object.
   * @default - the id of the construct
   */
  readonly name?: string;

  /** What runs. */
  readonly code: ExtensionCode;
}

const LONGEST_SCRIPT = 65536;

/**
 * A module or a Lua script that proxies run on every request. Needs Istio 1.30.
 *
 * @see https://istio.io/latest/docs/reference/config/proxy_extensions/
 */
export class TrafficExtension extends Construct {
  /** The TrafficExtension, as an escape hatch. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: TrafficExtensionProps) {
    super(scope, id);
    Intents.of(this);
    const target = usableTarget(this, props.target);
    const { _wasm: wasm, _lua: lua } = props.code;
    this.apiObject = resource(this, 'Resource', {
      gvk: TrafficExtensionObject.GVK,
      metadata: { name: props.name ?? id, namespace: target.workloadNamespace },
      fields: {
        spec: () => toJson_TrafficExtensionSpec({
          ...attachmentOf(target),
          ...wasm ? { wasm: wasmOf(wasm) } : {},
          ...lua === undefined ? {} : { lua: { inlineCode: lua } },
          ...props.phase ? { phase: props.phase } : {},
          ...props.priority === undefined ? {} : { priority: props.priority },
          ...matchOf(props),
        } as unknown as TrafficExtensionSpec),
      },
    });
    reportProblems(this, () => [...pluginProblems(this, { ...props, target }, wasm?.module), ...this.tooOld(), ...tooLong(lua)]);
  }

  private tooOld(): ProblemReport[] {
    const profile = ClusterProfile.of(this);
    return profile.istioAtLeast(IstioVersion.V1_30) ? [] : [{
      code: EXTENSION_CODES.extensionTooNew,
      value: profile.istio,
      reason: 'Istio has TrafficExtension since 1.30, and the API server of an older one does not know the kind',
      fix: 'use a WasmPlugin, or say istio: IstioVersion.V1_30 in the cluster profile once the cluster has it',
    }];
  }
}

function tooLong(script: string | undefined): ProblemReport[] {
  return script === undefined || Buffer.byteLength(script) <= LONGEST_SCRIPT ? [] : [{
    code: EXTENSION_CODES.scriptTooLong,
    field: 'code',
    value: `${Buffer.byteLength(script)} bytes`,
    reason: `Istio takes scripts of at most ${LONGEST_SCRIPT} bytes`,
    fix: 'shorten it, or compile it to a module (ExtensionCode.wasm)',
  }];
}

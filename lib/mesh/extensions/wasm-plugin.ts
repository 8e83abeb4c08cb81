import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { matchOf, PluginPlace, wasmOf, WasmOptions } from './plugin-options';
import { pluginProblems } from './plugin-problems';
import { WasmModule } from './wasm-module';
import { toJson_WasmPluginSpec, WasmPlugin as WasmPluginObject, WasmPluginSpec } from '../../../imports/extensions.istio.io';
import { Intents } from '../../core/intents';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { instanceOf, usable, wrongType } from '../../core/wrong-type';
import { attachmentOf, usableTarget } from '../policy-target';

/** What runs in proxies, and where. */
export interface WasmPluginProps extends PluginPlace, WasmOptions {
  /**
   * Name of the object.
   * @default - the id of the construct
   */
  readonly name?: string;
}

const MODULE = instanceOf(WasmModule, "use a factory, as in WasmModule.image('registry.example.com/filters/auth@sha256:…')");

/**
 * A WebAssembly module that proxies run on every request.
 *
 * @see https://istio.io/latest/docs/reference/config/proxy_extensions/wasm-plugin/
 */
export class WasmPlugin extends Construct {
  /** The WasmPlugin, as an escape hatch. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: WasmPluginProps) {
    super(scope, id);
    Intents.of(this);
    const target = usableTarget(this, props.target);
    this.apiObject = resource(this, 'Resource', {
      gvk: WasmPluginObject.GVK,
      metadata: { name: props.name ?? id, namespace: target.workloadNamespace },
      fields: {
        spec: () => toJson_WasmPluginSpec({
          ...attachmentOf(target),
          ...wasmOf({ ...props, module: usable(props.module, MODULE) ?? WasmModule.file(id) }),
          ...props.phase ? { phase: props.phase } : {},
          ...props.priority === undefined ? {} : { priority: props.priority },
          ...matchOf(props),
        } as unknown as WasmPluginSpec),
      },
    });
    reportProblems(this, () => [...wrongType('module', props.module ?? 'nothing', MODULE), ...pluginProblems(this, { ...props, target }, usable(props.module, MODULE))]);
  }
}

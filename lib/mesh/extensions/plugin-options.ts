import { PluginPhase, PluginTraffic } from './plugin-phase';
import { WasmModule } from './wasm-module';
import { IRequestTarget } from '../../core/workload';

/** Where a plug-in runs. */
export interface PluginPlace {
  /** The workload, the gateway or the pods whose proxies run it. A workload behind a waypoint has it run there. */
  readonly target: IRequestTarget;

  /**
   * Where in the chain of filters it runs.
   * @default - at the end, before the router
   */
  readonly phase?: PluginPhase;

  /**
   * Of several in one phase, those with the higher number run first.
   * @default 0
   */
  readonly priority?: number;

  /**
   * Which requests it sees.
   * @default - all
   */
  readonly traffic?: PluginTraffic;

  /**
   * Ports whose requests it sees.
   * @default - every port
   */
  readonly ports?: number[];
}

/** How a module is run. */
export interface WasmOptions {
  /** The module. */
  readonly module: WasmModule;

  /**
   * What the module is told when it starts.
   * @default - nothing
   */
  readonly config?: { [key: string]: any };

  /**
   * Whether requests pass where the module cannot be fetched or fails. They are refused otherwise.
   * @default false
   */
  readonly failOpen?: boolean;
}

/** `match` of a plug-in; none where it sees everything. */
export function matchOf({ traffic, ports }: PluginPlace): object {
  if (traffic === undefined && !ports?.length) return {};
  return { match: [{ ...traffic ? { mode: traffic } : {}, ...ports?.length ? { ports: ports.map(number => ({ number })) } : {} }] };
}

/** How a module is run, in JSON of both kinds. */
export function wasmOf({ module, config, failOpen }: WasmOptions): { url: string; [field: string]: unknown } {
  return {
    url: module.url,
    ...module.sha256 === undefined ? {} : { sha256: module.sha256 },
    ...module.pullSecret === undefined ? {} : { imagePullSecret: module.pullSecret },
    failStrategy: failOpen ? 'FAIL_OPEN' : 'FAIL_CLOSE',
    ...config === undefined ? {} : { pluginConfig: config },
  };
}

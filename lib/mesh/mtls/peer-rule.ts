import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { MTLS_CODES } from './codes';
import { MtlsMode } from './mtls-mode';
import {
  PeerAuthentication, PeerAuthenticationSpec, PeerAuthenticationSpecMtlsMode, PeerAuthenticationSpecPortLevelMtlsMode, toJson_PeerAuthenticationSpec,
} from '../../../imports/security.istio.io';
import { ProblemReport } from '../../core/problem';
import { resource } from '../../core/resource';

/** The pods that a rule is for: all of the namespace where it has no labels. */
export interface Pods {
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
  /** Name of the object. */
  readonly name: string;
}

interface Said {
  readonly construct: IConstruct;
  readonly mode: MtlsMode;
  /** The port that it is said of; all others where none is. */
  readonly port?: number;
}

const RULES = new WeakMap<IConstruct, Map<string, PeerRule>>();

/** The one PeerAuthentication of some pods, made from everything that was said about them: of several only the oldest counts. */
export class PeerRule {
  /** The rule of some pods, written where they are first spoken of. */
  public static ensure(pods: Pods, first: Construct): PeerRule {
    const rules = RULES.get(first.node.root) ?? new Map<string, PeerRule>();
    RULES.set(first.node.root, rules);
    const key = keyOf(pods);
    const rule = rules.get(key) ?? new PeerRule(pods, first);
    rules.set(key, rule);
    return rule;
  }

  /** The PeerAuthentication. */
  public readonly apiObject: ApiObject;
  private readonly said: Said[] = [];

  private constructor(private readonly pods: Pods, first: Construct) {
    this.apiObject = resource(first, 'Resource', {
      gvk: PeerAuthentication.GVK,
      metadata: { name: pods.name, namespace: pods.namespace },
      fields: { spec: () => toJson_PeerAuthenticationSpec(this.spec()) },
    });
  }

  public say(said: Said): void {
    this.said.push(said);
  }

  /** What a construct says and another one said differently before. */
  public contradictions(construct: IConstruct): ProblemReport[] {
    return this.said.flatMap((entry, index) => {
      const other = this.said.slice(0, index).find(({ port, mode }) => port === entry.port && mode !== entry.mode && ![mode, entry.mode].includes(MtlsMode.INHERITED));
      if (entry.construct !== construct || other === undefined) return [];
      return [{
        code: MTLS_CODES.saidTwice,
        field: entry.port === undefined ? 'mode' : `ports[${entry.port}]`,
        value: entry.mode,
        reason: `${other.construct.node.path} says ${other.mode} of the same pods, which have one PeerAuthentication`,
        fix: 'say it in one place',
      }];
    });
  }

  private spec(): PeerAuthenticationSpec {
    const ports = new Map<number, MtlsMode>();
    for (const { port, mode } of this.said) {
      if (port !== undefined && !ports.has(port)) ports.set(port, mode);
    }
    const mode = this.said.find(entry => entry.port === undefined && entry.mode !== MtlsMode.INHERITED)?.mode ?? MtlsMode.INHERITED;
    const labels = Object.keys(this.pods.labels).length > 0;
    return {
      ...labels ? { selector: { matchLabels: { ...this.pods.labels } } } : {},
      ...mode === MtlsMode.INHERITED && ports.size > 0 ? {} : { mtls: { mode: mode as unknown as PeerAuthenticationSpecMtlsMode } },
      ...ports.size === 0 ? {} : {
        portLevelMtls: Object.fromEntries([...ports].map(([port, said]) => [String(port), { mode: said as unknown as PeerAuthenticationSpecPortLevelMtlsMode }])),
      },
    };
  }
}

function keyOf({ namespace, labels }: Pods): string {
  return JSON.stringify([namespace, ...Object.entries(labels).sort(([a], [b]) => a < b ? -1 : 1)]);
}

import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { renderIssuer } from './render-issuer';
import {
  AuthorizationPolicy, AuthorizationPolicySpec, AuthorizationPolicySpecAction, AuthorizationPolicySpecRulesFromSource,
  AuthorizationPolicySpecRulesToOperation, RequestAuthentication, toJson_AuthorizationPolicySpec, toJson_RequestAuthenticationSpec,
} from '../../../imports/security.istio.io';
import { ICaller } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { JwtIssuer } from '../../core/jwt/jwt-issuer';
import { resource } from '../../core/resource';
import { IRequestTarget } from '../../core/workload';
import { callsTo } from '../calls';
import { asWorkload, attachmentOf, exceptKnativeProbes, policyPortsOf, targetName } from '../policy-target';
import { exceptPreflights } from '../preflights/except-preflights';
import { Preflights } from '../preflights/preflights';

/** Requests of which a token is asked. */
export interface TokenDuty {
  readonly hosts: readonly string[];
  readonly exemptPaths: readonly string[];
  readonly exemptCallers: readonly ICaller[];
  readonly exemptPreflights: Preflights;
}

const CHECKS = new WeakMap<IRequestTarget, TokenChecks>();

/** What is asked of the tokens of requests to one target: its one RequestAuthentication, and the policy that turns away requests without a token. */
export class TokenChecks extends Construct {
  /** @param scope where to put it, if the target is no construct */
  public static of(target: IRequestTarget, scope: Construct): TokenChecks {
    return CHECKS.get(target) ?? new TokenChecks(Construct.isConstruct(target) ? target : scope, target);
  }

  public static find(target: IRequestTarget): TokenChecks | undefined {
    return CHECKS.get(target);
  }

  public readonly apiObject: ApiObject;
  public readonly issuers: JwtIssuer[] = [];
  public readonly duties: TokenDuty[] = [];
  private policy?: ApiObject;

  private constructor(scope: Construct, private readonly target: IRequestTarget) {
    super(scope, 'Tokens');
    CHECKS.set(target, this);
    this.apiObject = resource(this, 'Resource', {
      gvk: RequestAuthentication.GVK,
      metadata: { name: targetName(target, scope), namespace: target.workloadNamespace },
      fields: { spec: () => toJson_RequestAuthenticationSpec({ ...attachmentOf(target), jwtRules: this.rules() }) },
    });
  }

  public admit(issuer: JwtIssuer): void {
    if (!this.issuers.includes(issuer)) this.issuers.push(issuer);
  }

  /** Asks every request for a token. */
  public require(duty: TokenDuty): ApiObject {
    this.duties.push(duty);
    this.policy ??= resource(this, 'Required', {
      gvk: AuthorizationPolicy.GVK,
      metadata: { name: `${this.apiObject.name}-token-required`, namespace: this.target.workloadNamespace },
      fields: { spec: () => toJson_AuthorizationPolicySpec(this.requiring()) },
    });
    return this.policy;
  }

  private rules() {
    const rules = this.issuers.map(renderIssuer);
    return [...new Map(rules.map(rule => [JSON.stringify(rule), rule])).values()];
  }

  private requiring(): AuthorizationPolicySpec {
    return {
      action: AuthorizationPolicySpecAction.DENY,
      ...attachmentOf(this.target),
      rules: this.duties.flatMap(duty => exceptPreflights(this.target, duty.exemptPreflights, {
        hosts: duty.hosts,
        from: [{ source: this.sourceOf(duty) }],
        operation: this.operationOf(duty),
        when: exceptKnativeProbes(this.target),
      })),
    };
  }

  private sourceOf({ exemptCallers }: TokenDuty): AuthorizationPolicySpecRulesFromSource {
    const profile = ClusterProfile.of(this);
    const identities = exemptCallers.map(caller => caller.meshIdentity).filter(identity => !identity.isAnyone);
    const notPrincipals = identities.flatMap(({ namespace, serviceAccountName: name }) => name === undefined ? [] : [profile.principal(namespace, name)]);
    const notNamespaces = identities.flatMap(({ namespace, serviceAccountName }) => serviceAccountName === undefined ? [namespace] : []);
    return {
      notRequestPrincipals: ['*'],
      ...notPrincipals.length > 0 ? { notPrincipals: notPrincipals.sort() } : {},
      ...notNamespaces.length > 0 ? { notNamespaces: notNamespaces.sort() } : {},
    };
  }

  private operationOf({ exemptPaths }: TokenDuty): AuthorizationPolicySpecRulesToOperation {
    const workload = asWorkload(this.target);
    // metrics on a port of their own are not asked for a token; on the port of the requests they need an exception
    const scraped = workload ? callsTo(workload).scrapes.map(scrape => scrape.target.metricsEndpoint).filter(({ port }) => workload.policyPorts.includes(port)) : [];
    const notPaths = [...new Set([...exemptPaths, ...scraped.map(({ path }) => path)])].sort();
    const ports = policyPortsOf(this.target);
    return {
      ...notPaths.length > 0 ? { notPaths } : {},
      ...ports.length > 0 ? { ports } : {},
    };
  }
}

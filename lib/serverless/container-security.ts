import { ServiceSpecTemplateSpecContainersSecurityContext as SecurityContext } from '../../imports/serving.knative.dev';
import { ProblemReport } from '../core/problem';
import { FLAG, NUMBER, TEXTS, usable, wrongType } from '../core/wrong-type';

/**
 * What a container may do beyond the `restricted` Pod Security Standard, which holds where nothing is said. Each freedom is named.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export interface ContainerSecurity {
  /**
   * Lets the container run as root.
   * @default false: the kubelet refuses to start an image that would run as root
   */
  readonly allowRoot?: boolean;

  /**
   * Lets the container write to its root filesystem.
   * @default false: only mounted volumes can be written to
   */
  readonly allowWritableRootFilesystem?: boolean;

  /**
   * Lets a process gain more privileges than its parent, as setuid programs do.
   * @default false
   */
  readonly allowPrivilegeEscalation?: boolean;

  /**
   * Leaves the container the Linux capabilities that the runtime gives to every container.
   * @default false: all are dropped
   */
  readonly keepDefaultCapabilities?: boolean;

  /**
   * Linux capabilities to add, such as `NET_BIND_SERVICE`. Needs the feature flag `kubernetes.containerspec-addcapabilities`.
   * @default - none
   */
  readonly addCapabilities?: string[];

  /**
   * Takes the filter off system calls.
   * @default false: the runtime's own filter (`RuntimeDefault`)
   */
  readonly allowAllSystemCalls?: boolean;

  /**
   * User that the container runs as, 0 to 2147483647. An image whose `USER` is a name needs it, because only a number shows that it is not root.
   * @default - the user of the image
   */
  readonly user?: number;

  /**
   * Group that the container runs as, 0 to 2147483647.
   * @default - the group of the image
   */
  readonly group?: number;
}

export function renderSecurity(given: ContainerSecurity | undefined): SecurityContext {
  const security = given ?? {};
  const allows = (freedom: boolean | undefined) => usable(freedom, FLAG) ?? false;
  const add = usable(security.addCapabilities, TEXTS);
  const capabilities = {
    ...allows(security.keepDefaultCapabilities) ? {} : { drop: ['ALL'] },
    ...add?.length ? { add: [...add] } : {},
  };
  return {
    runAsNonRoot: !allows(security.allowRoot),
    readOnlyRootFilesystem: !allows(security.allowWritableRootFilesystem),
    allowPrivilegeEscalation: allows(security.allowPrivilegeEscalation),
    capabilities: Object.keys(capabilities).length > 0 ? capabilities : undefined,
    seccompProfile: { type: allows(security.allowAllSystemCalls) ? 'Unconfined' : 'RuntimeDefault' },
    runAsUser: usable(security.user, NUMBER),
    runAsGroup: usable(security.group, NUMBER),
  };
}

export function securityProblems(given: ContainerSecurity | undefined, at: string): ProblemReport[] {
  const security = given ?? {};
  const freedoms: (keyof ContainerSecurity)[] = [
    'allowRoot', 'allowWritableRootFilesystem', 'allowPrivilegeEscalation', 'keepDefaultCapabilities', 'allowAllSystemCalls',
  ];
  return [
    ...freedoms.flatMap(name => wrongType(`${at}.${name}`, security[name], FLAG)),
    ...wrongType(`${at}.addCapabilities`, security.addCapabilities, TEXTS),
    ...wrongType(`${at}.user`, security.user, NUMBER),
    ...wrongType(`${at}.group`, security.group, NUMBER),
  ];
}

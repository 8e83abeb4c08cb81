import { ClusterProfile } from '../core/cluster-profile';
import { ExtensionProvider } from '../core/extension-provider';
import { ProblemReport } from '../core/problem';

interface Said {
  readonly providers?: ExtensionProvider[];
  readonly defaultTracing?: ExtensionProvider;
  readonly defaultAccessLog?: ExtensionProvider;
}

/** What was said of the control plane and cannot hold. */
export function controlPlaneProblems(said: Said, profile: ClusterProfile): ProblemReport[] {
  if (!profile.hasIstio) {
    return [{
      code: 'SM1333',
      reason: `the cluster profile has ${profile._inPlaceOfIstio}, so nothing in the app uses this control plane`,
      fix: 'use ClusterProfile.sidecar() or ClusterProfile.ambient(), or leave the MeshControlPlane out',
    }];
  }
  return namedTwice(said);
}

function namedTwice({ providers = [], defaultTracing, defaultAccessLog }: Said): ProblemReport[] {
  const all = [...new Set([...providers, defaultTracing, defaultAccessLog])].flatMap(provider => provider ? [provider.name] : []);
  return [...new Set(all.filter((name, i) => all.indexOf(name) !== i))].map(name => ({
    code: 'SM1334',
    field: 'providers',
    value: name,
    reason: 'two providers have this name, and whoever names it means one of them',
    fix: 'give each provider a name of its own',
  }));
}

import { ClusterProfile } from '../core/cluster-profile';
import { KnativeMetrics } from '../core/knative-metrics';
import { eventingConfig, KnativeConfig, servingConfig } from '../core/platform-settings';
import { ProblemReport } from '../core/problem';

interface Said {
  readonly metricsEndpoint?: string;
  readonly servingConfig?: KnativeConfig;
  readonly eventingConfig?: KnativeConfig;
}

/** What was said of the platform and is the profile's to say, or is missing. */
export function platformProblems(said: Said, profile: ClusterProfile): ProblemReport[] {
  return [
    ...decidedByProfile('servingConfig', said.servingConfig ?? {}, servingConfig(profile)),
    ...decidedByProfile('eventingConfig', said.eventingConfig ?? {}, eventingConfig(profile)),
    ...pushesNowhere(said, profile),
  ];
}

function decidedByProfile(field: string, said: KnativeConfig, decided: KnativeConfig): ProblemReport[] {
  return Object.entries(said).flatMap(([name, lines]) => Object.entries(lines)
    .filter(([key, value]) => decided[name]?.[key] !== undefined && decided[name][key] !== value)
    .map(([key, value]) => ({
      code: 'SM1331',
      field: `${field}.${name}['${key}']`,
      value,
      reason: `the cluster profile says ${JSON.stringify(decided[name][key])}, and everything in the app relies on that`,
      fix: 'change the cluster profile, from which the platform follows, and leave the line out',
    })));
}

function pushesNowhere({ metricsEndpoint }: Said, { monitoring }: ClusterProfile): ProblemReport[] {
  const pushes = [monitoring.knativeMetrics, monitoring.knativeSystemMetrics].includes(KnativeMetrics.OTLP_PUSH);
  return !pushes || metricsEndpoint !== undefined ? [] : [{
    code: 'SM1332',
    field: 'metricsEndpoint',
    reason: 'the profile has Knative push its metrics, and Knative refuses its configuration where nothing says where to',
    fix: "say metricsEndpoint: 'http://collector.monitoring:4318/v1/metrics', or have the metrics scraped (KnativeMetrics.PROMETHEUS)",
  }];
}

import { alwaysFiring } from './always-firing';
import { autoscalerPort } from './autoscaler-port';
import { doubleScrape } from './double-scrape';
import { duplicateRule } from './duplicate-rule';
import { expressionParses } from './expression-parses';
import { groupNames } from './group-names';
import { quotedNames } from './quoted-names';
import { rateWindow } from './rate-window';
import { recordOrAlert } from './record-or-alert';
import { recordingFields } from './recording-fields';
import { removedKnativeMetric } from './removed-knative-metric';
import { ruleDurations } from './rule-durations';
import { ruleNames } from './rule-names';
import { strictScrape } from './strict-scrape';
import { templateLabels } from './template-labels';
import { unknownKnativeMetric } from './unknown-knative-metric';
import { unselectedMonitor } from './unselected-monitor';
import { Rule } from '../../rule';

/** Rules on what is measured and alerted on, in the order of their codes. */
export const OBSERVABILITY_RULES: readonly Rule[] = [
  expressionParses,
  recordOrAlert,
  recordingFields,
  ruleDurations,
  groupNames,
  ruleNames,
  removedKnativeMetric,
  unknownKnativeMetric,
  rateWindow,
  alwaysFiring,
  templateLabels,
  duplicateRule,
  quotedNames,
  autoscalerPort,
  unselectedMonitor,
  strictScrape,
  doubleScrape,
];

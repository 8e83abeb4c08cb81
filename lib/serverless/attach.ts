import { Intents } from '../core/intents';

// loaded when something is exposed
// eslint-disable-next-line @typescript-eslint/no-require-imports
const exposures = () => (require('./exposure') as typeof import('./exposure')).Exposure;

Intents.onAttach(intents => {
  intents.exposures.forEach(({ host }) => exposures()._arrange(intents, host));
  intents.gatewayHosts.forEach(() => intents.exposures.all.forEach(({ host }) => exposures()._arrange(intents, host)));
});

import { Intents } from '../core/intents';

// loaded when an app has something for them: most apps need a part of the room
/* eslint-disable @typescript-eslint/no-require-imports */
const calls = () => require('./governed-calls') as typeof import('./governed-calls');
const destinations = () => require('./destinations/declared-versions') as typeof import('./destinations/declared-versions');
const externals = () => require('./external/declared-hosts') as typeof import('./external/declared-hosts');
const exposures = () => require('./gateway/exposures') as typeof import('./gateway/exposures');
/* eslint-enable @typescript-eslint/no-require-imports */

Intents.onAttach(intents => {
  intents.versionUses.forEach(version => destinations().declareVersion(version));
  intents.externals.forEach(external => externals().declareHost(intents, external));
  intents.exposures.forEach(exposure => exposures().routeExposure(intents, exposure));
  intents.gatewayHosts.forEach(host => exposures().takeOver(intents, host));
  calls().governCalls(intents);
});

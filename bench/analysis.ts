import { compiled } from './library';
import { computed, inTurns, Row } from './measure';
import { appOf, OBJECTS, shops } from './shop';

const SHOPS = 101;

/** How fast objects are looked at: rendered, indexed, and held against every rule. */
export function analysis(): Row[] {
  const library = compiled();
  const app = appOf(library);
  shops(library, app, SHOPS);
  app.problems();
  const [time] = inTurns(3, () => computed(() => { app.problems(); }));
  const objects = SHOPS * OBJECTS;
  return [
    { what: `rendering and analysing ${objects.toLocaleString('en')} objects`, unit: 'ms', ours: time, bound: { most: 3000 } },
    { what: 'the same in a second', unit: 'objects/s', ours: objects / time * 1e3 },
  ];
}

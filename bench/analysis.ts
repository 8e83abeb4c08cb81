import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { compiled, shared } from './library';
import { elapsed, inTurns, passedWarm, Row } from './measure';
import { appOf, OBJECTS, shops, SHOPS } from './shop';

/** How fast objects are looked at: indexed, and held against every rule. Rendering them is cdk8s's part, and stands beside. */
export function analysis(): Row[] {
  const library = compiled();
  const app = appOf(library);
  shops(library, app, SHOPS);
  const first = elapsed(() => { app.problems(); });
  const [whole, rendering] = inTurns(3,
    () => passedWarm(() => { app.problems(); }),
    () => passedWarm(() => shared(app, () => rendered(app))));
  const objects = SHOPS * OBJECTS;
  const time = whole - rendering;
  return [
    { what: `rendering ${objects.toLocaleString('en')} objects`, unit: 'ms', ours: rendering },
    { what: `indexing and analysing ${objects.toLocaleString('en')} objects`, unit: 'ms', ours: time, bound: { most: 3000 } },
    { what: 'rendering and analysing them, the first time in a process', unit: 'ms', ours: first },
    { what: 'objects analysed in a second', unit: 'objects/s', ours: objects / time * 1e3 },
  ];
}

function rendered(app: IConstruct): void {
  for (const construct of app.node.findAll()) {
    if (ApiObject.isApiObject(construct)) (construct as ApiObject).toJson();
  }
}

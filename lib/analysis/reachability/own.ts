import { IConstruct } from 'constructs';
import { isWorkload } from '../../core/workload';
import { ModelObject } from '../model';

/** Whether an object is made by a workload for itself, as the policy of its grants is. */
export function isOwn(object: ModelObject): boolean {
  for (let at: IConstruct | undefined = object.construct; at; at = at.node.scope) {
    if (isWorkload(at)) return true;
  }
  return false;
}

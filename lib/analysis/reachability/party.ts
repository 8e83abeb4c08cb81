import { MeshMembership } from '../../core/mesh-mode';
import { Labels } from '../workloads/labels';
import { Workload } from '../workloads/workload';

/** One end of a connection: some pods, or something outside of the cluster. */
export interface Party {
  /** What messages call it. */
  readonly name: string;
  /** Namespace of its pods; undefined for what is outside of the cluster. */
  readonly namespace?: string;
  /** Labels of its pods; undefined where nothing says which they are. */
  readonly labels?: Labels;
  /** What makes its pods, where the app has it. */
  readonly workload?: Workload;
  readonly serviceAccount?: string;
  readonly membership: MeshMembership;
  readonly address?: string;
  /** Host at which requests reach it. */
  readonly host?: string;
  /** Port of its pods on which the request arrives; undefined where nothing says which. */
  readonly port?: number;
}

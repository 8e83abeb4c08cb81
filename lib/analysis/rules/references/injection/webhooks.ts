import { ManifestModel, ModelObject } from '../../../model';
import { entriesOf, Entry, fieldsOf, isGiven, Labels, labelSelector, selects, textOf } from '../../../workloads';

/** A webhook by which Istio puts sidecars into pods. */
export interface InjectionWebhook extends Entry {
  readonly object: ModelObject;
  readonly name: string;
}

/** The webhooks of Istio that an app brings. */
export function injectionWebhooks(model: ManifestModel): InjectionWebhook[] {
  return model.ofKind('admissionregistration.k8s.io', 'MutatingWebhookConfiguration').flatMap(object => entriesOf(object.manifest.webhooks, 'webhooks')
    .map(entry => ({ ...entry, object, name: textOf(entry.value.name) ?? '' }))
    .filter(({ name }) => name.endsWith('istio.io')));
}

/** Whether a webhook is called for pods with these labels in a namespace with those. */
export function isCalled({ value }: InjectionWebhook, namespace: Labels, pod: Labels): boolean {
  return matches(value.namespaceSelector, namespace) && matches(value.objectSelector, pod);
}

function matches(selector: unknown, labels: Labels): boolean {
  return !isGiven(selector) || selects(labelSelector(fieldsOf(selector)), labels);
}

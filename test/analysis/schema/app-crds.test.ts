import { faultsOf } from './support';

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: orders.shop.example.com }
spec:
  group: shop.example.com
  scope: Namespaced
  names: { kind: Order, plural: orders, singular: order, listKind: OrderList }
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {}, scale: { specReplicasPath: .spec.copies, statusReplicasPath: .status.copies } }
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [customer]
              properties:
                customer: { type: string, minLength: 1 }
                copies: { type: integer }
                rush: { type: boolean }
              x-kubernetes-validations:
                - { rule: "!has(self.rush) || !self.rush || self.copies < 5", message: a rush has fewer than five copies }
            status: { type: object, properties: { copies: { type: integer } } }
    - { name: v1beta1, served: true, storage: false, deprecated: true, deprecationWarning: v1beta1 goes away, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }
    - { name: v1alpha1, served: false, storage: false, schema: { openAPIV3Schema: { type: object } } }
`;
const order = (body: string, version = 'v1') => `${CRD}---\napiVersion: shop.example.com/${version}\nkind: Order\nmetadata: { name: a, namespace: shop }\n${body}\n`;

test('objects are held against a CRD of the same app', () => {
  expect(faultsOf(order('spec: { customer: a, copies: 2 }'))).toEqual([]);
  expect(faultsOf(order('spec: { customer: "", copies: many, rsh: true }'))).toEqual(['Order value spec.customer', 'Order type spec.copies', 'Order unknown spec.rsh']);
  expect(faultsOf(order(''))).toEqual(['Order missing spec']);
});

test('the rules and subresources of a CRD of the app hold', () => {
  expect(faultsOf(order('spec: { customer: a, copies: 7, rush: true }'))).toEqual(['Order cel spec']);
  expect(faultsOf(order('spec: { customer: a, copies: -1 }'))).toEqual(['Order value spec.copies']);
  expect(faultsOf(order('spec: { customer: a }\nstatus: { copies: many, ready: true }'))).toEqual(['Order unknown status.ready']);
});

test('its versions are served, deprecated or gone as it says', () => {
  expect(faultsOf(order('spec: {}', 'v1beta1'))).toEqual(['Order deprecated: v1beta1 goes away; write apiVersion: shop.example.com/v1']);
  expect(faultsOf(order('spec: {}', 'v1alpha1'))[0]).toMatch(/^Order removed: the CRD of test\.yaml:1 serves no Order of shop\.example\.com\/v1alpha1, only v1, v1beta1; write apiVersion: shop\.example\.com\/v1/);
});

test('without its CRD a kind is left alone', () => {
  expect(faultsOf(order('spec: 5').split('---\n')[1])).toEqual([]);
});

test('a CRD of the app goes before the one that is known otherwise', () => {
  const own = CRD.replace(/orders\.shop\.example\.com/, 'brokers.eventing.knative.dev').replace(/shop\.example\.com/g, 'eventing.knative.dev').replace(/Order/g, 'Broker').replace(/order/g, 'broker');
  expect(faultsOf(`${own}---\napiVersion: eventing.knative.dev/v1\nkind: Broker\nmetadata: { name: a, namespace: shop }\nspec: { customer: a }\n`)).toEqual([]);
});

test.each(['{}', '{ group: 5 }', '{ group: a.b, names: { kind: X } }', '{ group: a.b, names: { kind: X }, versions: [5, null, { name: v1, schema: 7 }] }'])('a CRD like %s breaks nothing', spec => {
  const yaml = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x.a.b }\nspec: ${spec}\n---\napiVersion: a.b/v1\nkind: X\nmetadata: { name: a, namespace: b }\nspec: 5\n`;
  expect(() => faultsOf(yaml)).not.toThrow();
});

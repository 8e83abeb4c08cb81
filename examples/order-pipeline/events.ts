import { CloudEvent } from 'cdk8s-serverless-mesh';

/** What happens to an order, in the order in which it happens. */
export const events = {
  orderCreated: CloudEvent.ofType('com.example.shop.order.created'),
  paymentVerified: CloudEvent.ofType('com.example.shop.payment.verified'),
  inventoryReserved: CloudEvent.ofType('com.example.shop.inventory.reserved'),
  shipmentAssigned: CloudEvent.ofType('com.example.shop.shipment.assigned'),
};

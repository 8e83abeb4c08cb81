"""What happens to an order, in the order in which it happens."""

from cdk8s_serverless_mesh import CloudEvent

ORDER_CREATED = CloudEvent.of_type("com.example.shop.order.created")
PAYMENT_VERIFIED = CloudEvent.of_type("com.example.shop.payment.verified")
INVENTORY_RESERVED = CloudEvent.of_type("com.example.shop.inventory.reserved")
SHIPMENT_ASSIGNED = CloudEvent.of_type("com.example.shop.shipment.assigned")

from typing import Any

from cdk8s import App, Chart, Duration, Size
from cdk8s_plus_28 import (
    ContainerResources, Cpu, CpuResources, EnvValue, ISecret, MemoryResources, Secret, SecretValue,
)
from cdk8s_serverless_mesh import (
    ActivatorStrategy, AlertSeverity, Autoscaling, Backoff, BrokerClass, Caller, ClusterProfile, DeadLetters, DeliveryOptions, EventBroker,
    EventFilter, HealthCheck, HttpMethod, KafkaAuth, KnativeMetrics, MeshApp, MeshNamespace, MeshPolicy, MonitoringSettings,
    ObservabilityStack, ServerlessService, ServiceVisibility,
)

import events

REGISTRY = "registry.example.com/shop"


class OrderPipeline(Chart):
    """Everything that takes an order from the click to the doorstep."""

    def __init__(self, app: App) -> None:
        super().__init__(app, "order-pipeline", namespace="shop")

        MeshNamespace(self, "shop")
        MeshPolicy(self, "policy")

        broker = EventBroker(
            self, "orders",
            broker_class=BrokerClass.kafka(
                bootstrap_servers=["shop-kafka-bootstrap.kafka:9093"],
                partitions=12,
                replication_factor=3,
                retention=Duration.days(7),
                auth=KafkaAuth.sasl(self.secret("kafka-credentials", "shop-kafka-credentials")),
            ),
            delivery=DeliveryOptions(
                retries=6,
                backoff=Backoff.exponential(Duration.millis(200)),
                timeout=Duration.seconds(10),
                dead_letters=DeadLetters.to(self.step("order-archive")),
            ),
        )

        checkout = self.step(
            "checkout",
            visibility=ServiceVisibility.PUBLIC,
            autoscaling=Autoscaling.concurrency(50, min=2, max=40),
            activator_strategy=ActivatorStrategy.out_of_path(),
        )
        payment = self.step(
            "payment",
            autoscaling=Autoscaling.concurrency(20, min=2, max=60),
            activator_strategy=ActivatorStrategy.out_of_path(),
            env={"PROVIDER_TOKEN": EnvValue.from_secret_value(SecretValue(secret=self.secret("provider", "payment-provider"), key="token"))},
        )
        inventory = self.step("inventory")
        logistics = self.step("logistics")
        notification = self.step("notification")

        checkout.grant_invoke(Caller.ingress_gateway(self), methods=[HttpMethod.POST], paths=["/orders"])
        payment.grant_invoke(checkout, methods=[HttpMethod.GET], paths=["/payments/*"])
        broker.grant_publish(checkout)

        flow = [
            (events.ORDER_CREATED, payment, [events.PAYMENT_VERIFIED]),
            (events.PAYMENT_VERIFIED, inventory, [events.INVENTORY_RESERVED]),
            (events.INVENTORY_RESERVED, logistics, [events.SHIPMENT_ASSIGNED]),
            (events.SHIPMENT_ASSIGNED, notification, None),
        ]
        for on, step, replies in flow:
            broker.subscribe(step.workload_name, subscriber=step, filter=EventFilter.type(on), ordered=True, replies=replies)

        observability = ObservabilityStack(self, "observability")
        steps = [checkout, payment, inventory, logistics, notification]
        observability.monitor(*steps)
        observability.dashboard("order-flow", title="Order flow", workloads=steps)
        for step in steps:
            observability.alert_on_errors(
                step,
                threshold_percent=1,
                window=Duration.minutes(5),
                pending_for=Duration.minutes(10),
                severity=AlertSeverity.CRITICAL,
                runbook_url=f"https://runbooks.example.com/shop/{step.workload_name}",
            )

    def step(self, name: str, **props: Any) -> ServerlessService:
        """A step: a handler of events or requests that scales with what is in flight, down to zero unless it says otherwise."""
        defaults = {
            "image": f"{REGISTRY}/{name}:1.4.2",
            "readiness": HealthCheck.http("/ready"),
            "timeout": Duration.seconds(10),
            "container_concurrency": 100,
            "autoscaling": Autoscaling.concurrency(50, max=40),
            "activator_strategy": ActivatorStrategy.trusted(),
            "resources": ContainerResources(
                cpu=CpuResources(request=Cpu.millis(100)),
                memory=MemoryResources(request=Size.mebibytes(128), limit=Size.mebibytes(256)),
            ),
        }
        return ServerlessService(self, name, **{**defaults, **props})

    def secret(self, id: str, name: str) -> ISecret:
        return Secret.from_secret_name(self, id, name)


app = MeshApp(
    profile=ClusterProfile.sidecar(monitoring=MonitoringSettings(knative_metrics=KnativeMetrics.PROMETHEUS)),
)
OrderPipeline(app)
app.synth()

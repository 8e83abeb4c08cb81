from cdk8s import App, Chart, Duration, Size
from cdk8s_plus_28 import ContainerResources, Cpu, CpuResources, MemoryResources
from cdk8s_serverless_mesh import (
    ActivatorStrategy, AlertSeverity, Autoscaling, Caller, ClusterProfile, Gpu, HttpMethod, KnativeMetrics, MeshApp, MeshNamespace, MeshPolicy,
    Model, ModelServer, MonitoringSettings, ObservabilityStack, Revision, ServerlessService, ServingFeature, Toleration, Traffic,
)


class Inference(Chart):
    """Images come in, what is on them comes out."""

    def __init__(self, app: App) -> None:
        super().__init__(app, "inference", namespace="vision")

        MeshNamespace(self, "vision")
        MeshPolicy(self, "policy")

        classifier = ModelServer(
            self, "classifier",
            image="registry.example.com/vision/model-server:25.10",
            args=["--model-repository=/mnt/models", "--http-port=8080"],
            model=Model.from_image("registry.example.com/vision/models/resnet50:v3"),
            gpu=Gpu.nvidia(1, node_selector={"nvidia.com/gpu.product": "NVIDIA-L4"}, tolerations=[Toleration.exists("nvidia.com/gpu")]),
            concurrency_per_gpu=4,
            autoscaling=Autoscaling.concurrency(4, min=1, max=8, initial=1, scale_down_delay=Duration.minutes(10)),
            load_timeout=Duration.minutes(5),
            timeout=Duration.seconds(30),
            resources=ContainerResources(
                cpu=CpuResources(request=Cpu.units(2)),
                memory=MemoryResources(request=Size.gibibytes(8), limit=Size.gibibytes(8)),
            ),
            activator_strategy=ActivatorStrategy.trusted(),
            traffic=Traffic.canary(stable=Revision.existing("classifier-v2"), percent=10),
        )

        gallery = ServerlessService(
            self, "gallery",
            image="registry.example.com/vision/gallery:1.4.2",
            autoscaling=Autoscaling.concurrency(50, max=20),
            timeout=Duration.seconds(60),
            activator_strategy=ActivatorStrategy.trusted(),
        )
        gallery.grant_invoke(Caller.ingress_gateway(self), methods=[HttpMethod.POST], paths=["/images"])
        classifier.grant_invoke(gallery, methods=[HttpMethod.POST], paths=["/v2/models/*"])

        observability = ObservabilityStack(self, "observability")
        observability.monitor(classifier, gallery)
        observability.dashboard("inference", title="Inference", workloads=[gallery, classifier])
        observability.alert_on_errors(
            classifier,
            threshold_percent=1,
            window=Duration.minutes(5),
            pending_for=Duration.minutes(10),
            severity=AlertSeverity.CRITICAL,
            runbook_url="https://runbooks.example.com/vision/classifier",
        )


app = MeshApp(
    profile=ClusterProfile.sidecar(
        monitoring=MonitoringSettings(knative_metrics=KnativeMetrics.PROMETHEUS),
        serving_features=[ServingFeature.IMAGE_VOLUMES.enabled(), ServingFeature.NODE_SELECTOR.enabled(), ServingFeature.TOLERATIONS.enabled()],
    ),
)
Inference(app)
app.synth()

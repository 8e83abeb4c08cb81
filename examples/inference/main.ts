import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  ActivatorStrategy, AlertSeverity, Autoscaling, Caller, ClusterProfile, Gpu, HttpMethod, KnativeMetrics, MeshApp, MeshNamespace, MeshPolicy, Model, ModelServer,
  ObservabilityStack, Revision, ServerlessService, ServingFeature, Toleration, Traffic,
} from 'cdk8s-serverless-mesh';

/** Images come in, what is on them comes out. */
export class Inference extends Chart {
  constructor(app: App) {
    super(app, 'inference', { namespace: 'vision' });

    new MeshNamespace(this, 'vision');
    new MeshPolicy(this, 'policy');

    const classifier = new ModelServer(this, 'classifier', {
      image: 'registry.example.com/vision/model-server:25.10',
      args: ['--model-repository=/mnt/models', '--http-port=8080'],
      model: Model.fromImage('registry.example.com/vision/models/resnet50:v3'),
      gpu: Gpu.nvidia(1, { nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-L4' }, tolerations: [Toleration.exists('nvidia.com/gpu')] }),
      concurrencyPerGpu: 4,
      autoscaling: Autoscaling.concurrency(4, { min: 1, max: 8, initial: 1, scaleDownDelay: Duration.minutes(10) }),
      loadTimeout: Duration.minutes(5),
      timeout: Duration.seconds(30),
      resources: { cpu: { request: Cpu.units(2) }, memory: { request: Size.gibibytes(8), limit: Size.gibibytes(8) } },
      activatorStrategy: ActivatorStrategy.trusted(),
      // 10, then 50; Traffic.latest() at last, or Traffic.rollback(Revision.existing('classifier-v2')) to go back
      traffic: Traffic.canary({ stable: Revision.existing('classifier-v2'), percent: 10 }),
    });

    const gallery = new ServerlessService(this, 'gallery', {
      image: 'registry.example.com/vision/gallery:1.4.2',
      autoscaling: Autoscaling.concurrency(50, { max: 20 }),
      timeout: Duration.seconds(60),
      activatorStrategy: ActivatorStrategy.trusted(),
    });
    gallery.grantInvoke(Caller.ingressGateway(this), { methods: [HttpMethod.POST], paths: ['/images'] });
    classifier.grantInvoke(gallery, { methods: [HttpMethod.POST], paths: ['/v2/models/*'] });

    const observability = new ObservabilityStack(this, 'observability');
    observability.monitor(classifier, gallery);
    observability.dashboard('inference', { title: 'Inference', workloads: [gallery, classifier] });
    observability.alertOnErrors(classifier, {
      thresholdPercent: 1,
      window: Duration.minutes(5),
      pendingFor: Duration.minutes(10),
      severity: AlertSeverity.CRITICAL,
      runbookUrl: 'https://runbooks.example.com/vision/classifier',
    });
  }
}

const app = new MeshApp({
  profile: ClusterProfile.sidecar({
    monitoring: { knativeMetrics: KnativeMetrics.PROMETHEUS },
    servingFeatures: [ServingFeature.IMAGE_VOLUMES.enabled(), ServingFeature.NODE_SELECTOR.enabled(), ServingFeature.TOLERATIONS.enabled()],
  }),
});
new Inference(app);
app.synth();

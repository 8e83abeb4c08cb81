import { App, Chart, Cron, Duration, Size } from 'cdk8s';
import { Capability, Cpu, EnvValue, FsGroupChangePolicy, PersistentVolumeAccessMode, PersistentVolumeClaim, Probe, SeccompProfileType, Secret, Service, ServiceAccount, StatefulSet, Volume } from 'cdk8s-plus-28';
import {
  ActivatorStrategy, Autoscaling, AwsResource, BindAs, BindingSource, Caller, EgressGateway, ExternalService, ExternalServicePort, HealthCheck, HttpMethod, LambdaCode, LambdaEndpoint,
  LambdaFunction, LambdaUrlAuth, MeshCronJob, MeshJob, MeshMembership, MeshNamespace, MeshPolicy, OutboundTraffic, PodFailureRule, ServerlessService, SidecarScope, Workload,
} from 'cdk8s-serverless-mesh';

const REGISTRY = 'registry.example.com/media';
const FUNCTIONS = 'gateway.openfaas.svc.cluster.local';

/** A picture gallery: in the cluster, in AWS Lambda, and on an OpenFaaS that was there before. */
export class HybridCloud extends Chart {
  constructor(app: App) {
    super(app, 'hybrid-cloud', { namespace: 'media' });

    new MeshNamespace(this, 'media');
    new MeshPolicy(this, 'policy');
    new SidecarScope(this, 'scope', { outboundTraffic: OutboundTraffic.REGISTRY_ONLY, hosts: [`openfaas/${FUNCTIONS}`] });

    const catalog = this.catalog();
    const watermark = this.openFaas();
    const thumbnail = this.lambda();

    const captions = this.service('captions', ActivatorStrategy.outOfPath(), {});
    const gallery = this.service('gallery', ActivatorStrategy.trusted(), {
      CATALOG_URL: `http://${catalog.serviceHost}`,
      CAPTIONS_URL: captions.url,
      THUMBNAIL_URL: `http://${thumbnail.serviceHost}`,
      WATERMARK_URL: `http://${FUNCTIONS}:8080/function/${watermark.workloadName}`,
    });

    gallery.grantInvoke(Caller.ingressGateway(this));
    captions.grantInvoke(gallery, { methods: [HttpMethod.POST], paths: ['/captions'] });
    catalog.grantInvoke(gallery, { methods: [HttpMethod.GET, HttpMethod.PUT], paths: ['/pictures/*'] });
    watermark.grantInvoke(Caller.serviceAccount('openfaas', 'openfaas-operator'), { methods: [HttpMethod.POST] });
    captions.grantInvoke(watermark, { methods: [HttpMethod.POST], paths: ['/captions'] });
    thumbnail.grantEgress(gallery);

    const importer = new MeshJob(this, 'import-2026-11', {
      image: `${REGISTRY}/import:1.0.0`,
      env: { CATALOG_URL: EnvValue.fromValue(`http://${catalog.serviceHost}`) },
      retries: 2,
      deadline: Duration.hours(2),
      podFailures: [PodFailureRule.ignoreDisruptions()],
    });
    importer.bind(BindingSource.secret(Secret.fromSecretName(this, 'archive', 'picture-archive')), BindAs.variables({ ARCHIVE_TOKEN: 'token' }));
    catalog.grantInvoke(importer, { methods: [HttpMethod.PUT], paths: ['/pictures/*'] });

    const cleanup = new MeshCronJob(this, 'cleanup', {
      image: `${REGISTRY}/cleanup:1.3.0`,
      env: { CATALOG_URL: EnvValue.fromValue(`http://${catalog.serviceHost}`) },
      schedule: Cron.schedule({ minute: '15', hour: '2' }),
      timeZone: 'Europe/Berlin',
      deadline: Duration.minutes(30),
    });
    catalog.grantInvoke(cleanup, { methods: [HttpMethod.GET, HttpMethod.DELETE], paths: ['/pictures/*'] });
  }

  /** A function of AWS, to which requests leave by one gateway that puts TLS around them. */
  private lambda(): ExternalService {
    new LambdaFunction(this, 'thumbnail', {
      code: LambdaCode.fromImage('123456789012.dkr.ecr.eu-central-1.amazonaws.com/thumbnail:1.4.2'),
      role: AwsResource.byIdentifier('arn:aws:iam::123456789012:role/thumbnail'),
      memory: Size.gibibytes(1),
      timeout: Duration.seconds(30),
      url: { auth: LambdaUrlAuth.AWS_IAM },
    });
    const reached = new ExternalService(this, 'thumbnail-url', {
      hosts: [LambdaEndpoint.functionUrl('abc123', 'eu-central-1').hostName],
      ports: [ExternalServicePort.originatingTls()],
    });
    new EgressGateway(this, 'out').route(reached);
    return reached;
  }

  /** A function of an OpenFaaS that others run. Requests come by its gateway, which wakes the function up and is who its pods see. */
  private openFaas(): Workload {
    return Workload.fromAttributes(this, 'watermark', {
      name: 'watermark',
      namespace: 'openfaas-fn',
      podSelector: { faas_function: 'watermark' },
      servicePort: 8080,
      podPorts: [8080],
      serviceAccountName: 'watermark',
      mesh: MeshMembership.SIDECAR,
    });
  }

  /** Pictures on a disk of their own. */
  private catalog(): Workload {
    const disk = new PersistentVolumeClaim(this, 'catalog-disk', { metadata: { name: 'pictures' }, accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE], storage: Size.gibibytes(50) });
    const service = new Service(this, 'catalog-service', { metadata: { name: 'catalog' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    const statefulSet = new StatefulSet(this, 'catalog-pods', {
      metadata: { name: 'catalog' },
      podMetadata: { labels: { 'app': 'catalog', 'sidecar.istio.io/inject': 'true' } },
      service,
      serviceAccount: new ServiceAccount(this, 'catalog-account', { metadata: { name: 'catalog' }, automountToken: false }),
      automountServiceAccountToken: false,
      securityContext: { user: 1000, group: 1000, fsGroup: 1000, fsGroupChangePolicy: FsGroupChangePolicy.ON_ROOT_MISMATCH },
    });
    statefulSet.addContainer({
      name: 'catalog',
      image: `${REGISTRY}/catalog:3.0.1`,
      portNumber: 8080,
      readiness: Probe.fromHttpGet('/ready', { port: 8080 }),
      resources: { cpu: { request: Cpu.millis(100), limit: Cpu.units(1) }, memory: { request: Size.mebibytes(128), limit: Size.mebibytes(512) } },
      securityContext: {
        user: 1000,
        group: 1000,
        ensureNonRoot: true,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: [Capability.ALL] },
        seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
      },
      volumeMounts: [{ path: '/var/lib/catalog', volume: Volume.fromPersistentVolumeClaim(this, 'pictures', disk) }],
    });
    return Workload.fromStatefulSet(this, 'catalog', { statefulSet });
  }

  private service(name: string, activatorStrategy: ActivatorStrategy, env: { [name: string]: string }): ServerlessService {
    return new ServerlessService(this, name, {
      image: `${REGISTRY}/${name}:2.1.0`,
      readiness: HealthCheck.http('/ready'),
      autoscaling: Autoscaling.concurrency(20, { max: 20 }),
      env: Object.fromEntries(Object.entries(env).map(([variable, value]) => [variable, EnvValue.fromValue(value)])),
      activatorStrategy,
    });
  }
}

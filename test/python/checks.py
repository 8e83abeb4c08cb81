"""What cannot be seen from outside of Python: how refusals arrive, and what Python's own values become. Prints a line of JSON for each check."""

import json
import os
import sys
import tempfile
import unittest

import constructs
import jsii
from cdk8s import ApiObject, ApiObjectMetadata, App, Chart, Duration, JsonPatch
from cdk8s_serverless_mesh import (
    ActivatorStrategy, Backoff, BrokerClass, ChannelTemplate, CloudEvent, ClusterProfile, DeadLetters, DeliveryOptions, EventBroker, EventFilter,
    HttpMethod, ICaller, IEventSink, IWorkload, MeshApp, MeshIdentity, MeshMembership, MeshNamespace, MeshPolicy, ServerlessService, Severity,
    SinkReference, WorkloadKind,
)

IMAGE = "registry.example.com/shop/checkout:1.4.2"


class Checks(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.outdir = os.path.join(folder.name, "dist")
        self.app = MeshApp(outdir=self.outdir)
        self.shop = Chart(self.app, "shop", namespace="shop")
        MeshNamespace(self.shop, "namespace")

    def service(self, name, **props):
        defaults = {"image": IMAGE, "activator_strategy": ActivatorStrategy.trusted()}
        return ServerlessService(self.shop, name, **{**defaults, **props})

    def broker(self, delivery):
        return EventBroker(self.shop, "orders", broker_class=BrokerClass.channel(template=ChannelTemplate.in_memory()), delivery=delivery)

    def rule(self, expression):
        rule = ApiObject(self.shop, "rule", api_version="monitoring.coreos.com/v1", kind="PrometheusRule",
                         metadata=ApiObjectMetadata(labels={"release": "kube-prometheus-stack"}))
        rule.add_json_patch(JsonPatch.add("/spec", {"groups": [{"name": "orders", "rules": [{"record": "orders:rate5m", "expr": expression}]}]}))

    def refusal(self, app=None):
        with self.assertRaises(RuntimeError) as caught:
            (app or self.app).synth()
        return str(caught.exception)

    def test_refusal(self):
        """a refusal is an exception with the whole message of every problem, and nothing is written"""
        self.service("checkout", image="")
        self.service("payment", image="registry.example.com/shop/payment:1 4")
        message = self.refusal()
        self.assertIn('[shop/checkout] SM0102 spec.template.spec.containers[0].image = "": the container has no image. Fix: name the image', message)
        self.assertIn("[shop/payment] SM0103 spec.template.spec.containers[0].image", message)
        self.assertFalse(os.path.exists(self.outdir))

    def test_refusal_in_plain_app(self):
        """a plain cdk8s App is refused with the same message"""
        app = App(outdir=self.outdir)
        ServerlessService(Chart(app, "shop", namespace="shop"), "checkout", image="")
        self.assertIn("[shop/checkout] SM0102 spec.template.spec.containers[0].image", self.refusal(app))

    def test_bad_promql(self):
        """a PromQL expression that does not parse is refused in an object that no construct of ours made"""
        self.rule("sum(rate(orders_total[5m])")
        self.assertIn('[shop/rule] SM0410 spec.groups[0].rules[0].expr = "sum(rate(orders_total[5m])"', self.refusal())

    def test_good_promql(self):
        """a PromQL expression that parses is not refused"""
        self.rule("sum(rate(orders_total[5m]))")
        self.assertEqual([problem.code for problem in self.app.problems() if problem.path == "shop/rule"], [])

    def test_patch(self):
        """what a patch breaks is refused"""
        self.service("checkout").api_object.add_json_patch(JsonPatch.replace("/spec/template/spec/containers/0/image", ""))
        self.assertIn("SM0102", self.refusal())

    def test_problems(self):
        """problems are objects with a code, a path, a reason, a fix and, unless it is an error, a severity"""
        self.broker(DeliveryOptions(retries=3, backoff=Backoff.exponential(Duration.seconds(1)), dead_letters=DeadLetters.none()))
        found = [(problem.code, problem.path, problem.severity) for problem in self.app.problems()]
        self.assertIn(("SM0309", "shop/orders", Severity.WARNING), found)

    def test_missing_argument(self):
        """a missing required argument is a TypeError where it is missing"""
        with self.assertRaisesRegex(TypeError, "'image'"):
            ServerlessService(self.shop, "checkout")

    def test_wrong_type(self):
        """an argument of a wrong type is a TypeError where it is given"""
        with self.assertRaisesRegex(TypeError, "image must be str; got int"):
            self.service("checkout", image=3)

    def test_dictionary(self):
        """a dictionary with names in Python's spelling does for an options class"""
        options = {"retries": 3, "backoff": Backoff.exponential(Duration.seconds(1)), "timeout": Duration.seconds(5), "dead_letters": DeadLetters.none()}
        delivery = {"retry": 3, "backoffPolicy": "exponential", "backoffDelay": "PT1S", "timeout": "PT5S"}
        self.assertEqual(self.broker(options).api_object.to_json()["spec"]["delivery"], delivery)

    def test_names_with_underscore(self):
        """what Python reserves is there with an underscore"""
        self.assertEqual(ClusterProfile.of(self.shop).with_(cluster_domain="cluster.example").cluster_domain, "cluster.example")
        event = EventFilter.type(CloudEvent.of_type("com.example.order.created"))
        checkout = self.service("checkout")
        subscription = self.broker(None).subscribe("others", subscriber=checkout, filter=EventFilter.not_(event))
        self.assertEqual(subscription.api_object.to_json()["spec"]["filters"], [{"not": {"exact": {"type": "com.example.order.created"}}}])

    def test_caller(self):
        """a caller written in Python is let in"""
        MeshPolicy(self.shop, "policy")
        self.service("checkout").grant_invoke(LegacyFrontend(), methods=[HttpMethod.GET])
        self.assertIn("cluster.local/ns/legacy/sa/frontend", self.app.synth_yaml())

    def test_workload(self):
        """a workload written in Python is let in"""
        MeshPolicy(self.shop, "policy")
        self.service("checkout").grant_invoke(Mainframe(self.shop, "mainframe"))
        self.assertIn("cluster.local/ns/shop/sa/mainframe", self.app.synth_yaml())

    def test_sink(self):
        """an event sink written in Python is subscribed"""
        subscription = self.broker(None).subscribe("archive", subscriber=Archive(self.shop, "archive"))
        self.assertEqual(subscription.api_object.to_json()["spec"]["subscriber"], {"uri": "https://archive.example.com"})


def constant(value):
    """jsii sees properties and methods only, not attributes."""
    return property(lambda self: value)


@jsii.implements(ICaller)
class LegacyFrontend:
    caller_name = constant("frontend")
    mesh_membership = constant(MeshMembership.SIDECAR)
    mesh_identity = property(lambda self: MeshIdentity.service_account("legacy", "frontend"))


@jsii.implements(IWorkload)
class Mainframe(constructs.Construct):
    caller_name = constant("mainframe")
    mesh_membership = constant(MeshMembership.SIDECAR)
    mesh_identity = property(lambda self: MeshIdentity.service_account("shop", "mainframe"))
    pod_selector = constant({"app": "mainframe"})
    policy_ports = constant([8080])
    service_account_name = constant("mainframe")
    service_host = constant("mainframe.shop.svc.cluster.local")
    service_port = constant(80)
    workload_kind = constant(WorkloadKind.OTHER)
    workload_name = constant("mainframe")
    workload_namespace = constant("shop")

    def grant_invoke(self, caller, *, methods=None, paths=None):
        raise NotImplementedError


@jsii.implements(IEventSink)
class Archive(constructs.Construct):
    sink_reference = property(lambda self: SinkReference(uri="https://archive.example.com"))


class Lines(unittest.TestResult):
    def addSuccess(self, test):
        self.tell(test, [])

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.tell(test, [str(err[1])])

    def addError(self, test, err):
        super().addError(test, err)
        self.tell(test, [f"{err[0].__name__}: {err[1]}"])

    def tell(self, test, wrong):
        print(json.dumps({"check": test.shortDescription(), "wrong": wrong}), flush=True)


if __name__ == "__main__":
    unittest.defaultTestLoader.loadTestsFromTestCase(Checks).run(Lines())
    sys.exit(0)

import * as kplus from 'cdk8s-plus-28';

/**
 * How a broker proves itself to Kafka. All of it is in a Secret in the namespace of the broker's ConfigMap; the broker's controller
 * adds a finalizer to that Secret.
 *
 * @see https://knative.dev/docs/eventing/brokers/broker-types/kafka-broker/#security
 */
export class KafkaAuth {
  /**
   * User name and password, or OAUTHBEARER. Keys of the Secret: `protocol` (`SASL_SSL`, or `SASL_PLAINTEXT` where the mesh or the network
   * encrypts), `sasl.mechanism` (`PLAIN`, the default, `SCRAM-SHA-256`, `SCRAM-SHA-512` or `OAUTHBEARER`), `user`, `password` (both unless OAUTHBEARER) and,
   * unless the system's root certificates do, `ca.crt`.
   */
  public static sasl(secret: kplus.ISecret): KafkaAuth {
    return new KafkaAuth(secret, ['SASL_SSL', 'SASL_PLAINTEXT']);
  }

  /**
   * TLS with a client certificate. Keys of the Secret: `protocol` (`SSL`), `user.crt` and `user.key` (PKCS #8; PKCS #1 is refused), or `user.skip` (`true`)
   * where Kafka asks for no client certificate, and, unless the system's root certificates do, `ca.crt`.
   */
  public static tls(secret: kplus.ISecret): KafkaAuth {
    return new KafkaAuth(secret, ['SSL']);
  }

  /** @internal */
  public readonly _protocols: string[];

  private constructor(
    /** The Secret that holds the credentials. */
    public readonly secret: kplus.ISecret,
    protocols: string[],
  ) {
    this._protocols = protocols;
  }
}

import { Json } from '../support';

/** A proxy with one listener on loopback that answers every request itself, behind the given filters; the rest is as little as Envoy takes. */
export function bootstrap(port: number, filters: Json[], clusters: string[] = [], virtualHost: Json = {}): Json {
  return {
    static_resources: {
      listeners: [{
        name: 'inbound',
        address: { socket_address: { address: '127.0.0.1', port_value: port } },
        filter_chains: [{
          filters: [{
            name: 'envoy.filters.network.http_connection_manager',
            typed_config: {
              '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
              'stat_prefix': 'inbound',
              'use_remote_address': true,
              'route_config': {
                virtual_hosts: [{
                  name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, direct_response: { status: 200, body: { inline_string: 'ok' } } }], ...virtualHost,
                }],
              },
              'http_filters': [...filters, {
                name: 'envoy.filters.http.router',
                typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' },
              }],
            },
          }],
        }],
      }],
      clusters: clusters.map(name => ({ name, type: 'STATIC', typed_extension_protocol_options: HTTP2, load_assignment: { cluster_name: name, endpoints: [] } })),
    },
  };
}

const HTTP2 = {
  'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
    '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
    'explicit_http_config': { http2_protocol_options: {} },
  },
};

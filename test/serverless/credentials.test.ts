import * as kplus from 'cdk8s-plus-28';
import { checkout } from './pods';
import { object, only, service } from './rules';
import { problems } from '../support';

const LONG = 'a1B2'.repeat(12);

/** Credentials by their looks, put together so that nobody takes this file for a leak. */
const CREDENTIALS: [what: string, value: string][] = [
  ['a URL with a password', 'postgres://shop:hunter2@db:5432/shop'],
  ['a connection string with a password', 'jdbc:postgresql://db/shop?user=shop&password=hunter2'],
  ['a connection string with a password', 'Server=db;User=shop;Password=hunter2;'],
  ['a private key', ['-----BEGIN RSA', 'PRIVATE KEY-----\nhunter2\n'].join(' ')],
  ['a private key', ['-----BEGIN', 'PRIVATE KEY-----\nhunter2\n'].join(' ')],
  ['an access key of AWS', `AKIA${'ABCD'.repeat(4)}`],
  ['an API key of Google', `AIza${LONG.slice(0, 35)}`],
  ['a token of GitHub', `ghp_${LONG.slice(0, 36)}`],
  ['a token of GitHub', `github_pat_${LONG.slice(0, 22)}`],
  ['a token of GitLab', `glpat-${LONG.slice(0, 20)}`],
  ['a token of Slack', `xoxb-${LONG.slice(0, 20)}`],
  ['a key of Stripe', `sk_live_${LONG.slice(0, 24)}`],
  ['a token of npm', `npm_${LONG.slice(0, 36)}`],
  ['a key of SendGrid', `SG.${LONG.slice(0, 22)}.${LONG.slice(0, 43)}`],
  ['an API key', `sk-proj-${LONG.slice(0, 24)}`],
  ['a signed token', `eyJ${LONG.slice(0, 12)}.eyJ${LONG.slice(0, 12)}.${LONG.slice(0, 12)}`],
];

describe('a credential in plain sight', () => {
  test.each(CREDENTIALS)('is refused of a service, and not repeated: %s', (what, value) => {
    const found = problems(checkout({ env: { DATABASE: kplus.EnvValue.fromValue(value) } }), 'SM0113');
    expect(found).toMatchObject([{ severity: 'error', reason: `variable DATABASE holds ${what} in plain text`, fix: expect.stringContaining('bind()') }]);
    expect(JSON.stringify(found)).not.toContain(value);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  test('is refused of a sidecar too', () => {
    const sidecars = [{ name: 'proxy', image: 'registry.example.com/shop/proxy:1.0.0', env: { URL: kplus.EnvValue.fromValue(CREDENTIALS[0][1]) } }];
    expect(problems(checkout({ sidecars }), 'SM0113')).toMatchObject([{ severity: 'error', field: 'spec.template.spec.containers[1].env[0].value' }]);
  });

  test('is a warning in YAML that others wrote', () => {
    const manifest = service({ container: { env: [{ name: 'KEY', value: CREDENTIALS[5][1] }] } });
    expect(only('SM0113', manifest)).toMatchObject([{ severity: 'warning' }]);
    expect(problems(object(manifest), 'SM0113')).toMatchObject([{ severity: 'warning' }]);
  });

  test.each([
    'postgres://shop:$(DB_PASSWORD)@db:5432/shop', 'jdbc:postgresql://db/shop?password=$(DB_PASSWORD)', 'https://example.com/reset?password', 'skate-park-in-the-city-centre',
    '-----BEGIN CERTIFICATE-----', 'AKIA', 'sha256:0123456789abcdef0123456789abcdef', 'eyJhbGciOiJIUzI1NiJ9', 'mailto:a@b',
  ])('is none: %s', value => {
    expect(problems(checkout({ env: { SETTING: kplus.EnvValue.fromValue(value) } }))).toEqual([]);
  });
});

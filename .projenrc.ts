import { cdk8s, javascript } from 'projen';

/** The rooms of lib/, each with the rooms it may import (architecture: core <- domain rooms <- analysis, testing <- cli, pulumi). */
const ARROWS: Record<string, string[]> = {
  core: [],
  platform: ['core'],
  serverless: ['core'],
  mesh: ['core'],
  eventing: ['core'],
  observability: ['core'],
  delivery: ['core'],
  analysis: ['core'],
  testing: ['core', 'analysis'],
  pulumi: ['core', 'analysis', 'entry'],
  cli: ['core', 'analysis', 'entry'],
  entry: ['core', 'platform', 'serverless', 'mesh', 'eventing', 'observability', 'delivery', 'analysis', 'testing'],
};

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-serverless-mesh',
  description: 'Typed constructs for event-driven, serverless applications in a service mesh: Knative, Istio and Prometheus-operator resources that work together.',
  author: 'The cdk8s-serverless-mesh authors',
  authorAddress: 'https://github.com/cdk8s-serverless-mesh',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-serverless-mesh/cdk8s-serverless-mesh.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk8s-serverless-mesh authors',
  defaultReleaseBranch: 'main',
  keywords: ['cdk8s', 'knative', 'istio', 'prometheus', 'serverless', 'service-mesh', 'eventing', 'kubernetes', 'pulumi'],
  stability: 'experimental',

  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  projenVersion: '0.103.25',
  projenrcTs: true,
  jsiiVersion: '~5.9.0',
  typescriptVersion: '~5.9.0',
  cdk8sVersion: '2.70.26',
  constructsVersion: '10.4.2',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  peerDependencyOptions: { pinnedDevDependency: false },
  bundledDeps: ['@lezer/common@^1', '@lezer/highlight@^1', '@lezer/lr@^1', '@prometheus-io/lezer-promql@^0.315.0', 'commander@^14', 'yaml@^2'],
  devDeps: [
    '@grpc/grpc-js@^1',
    '@marcbachmann/cel-js@8.0.0',
    '@pulumi/kubernetes@4.34.2',
    '@pulumi/policy@1.21.0',
    '@pulumi/pulumi@3.248.0',
    '@kubernetes/client-node@~1.3.0',
    '@types/node@^20',
    'ajv@^8',
    'ajv-formats@^3',
    'cdk8s@2.70.26',
    'cdk8s-cli@^2',
    'cdk8s-plus-28@2.5.6',
    'constructs@10.4.2',
    'esbuild@^0.28',
    'eslint-plugin-boundaries@^5',
    'google-protobuf@^3',
    'tsx@^4',
  ],

  srcdir: 'lib',
  libdir: 'build/lib',
  entrypoint: 'build/lib/index.js',
  entrypointTypes: 'build/lib/index.d.ts',
  artifactsDirectory: 'dist',
  docgenFilePath: 'API.md',
  tsconfig: {
    // maps within the files would be read and scanned by every program that loads the library
    compilerOptions: { rootDir: '.', outDir: 'build', inlineSourceMap: false, inlineSources: false },
    include: ['lib/**/*.ts', 'imports/**/*.ts'],
  },
  excludeTypescript: ['lib/pulumi/**', 'lib/cli/**', 'test/**', 'examples/**', 'scripts/**', 'bench/**', 'build/**', 'dist/**'],
  bin: { 'serverless-mesh': 'build/lib/cli/main.js' },
  publishToPypi: {
    distName: 'cdk8s-serverless-mesh',
    module: 'cdk8s_serverless_mesh',
  },

  jestOptions: {
    jestVersion: '^29',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/'],
      modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
      moduleNameMapper: {
        '^cdk8s-serverless-mesh$': '<rootDir>/lib/index.ts',
        '^cdk8s-serverless-mesh/pulumi$': '<rootDir>/lib/pulumi/index.ts',
        '^cdk8s-serverless-mesh/analysis$': '<rootDir>/lib/analysis/exports.ts',
        '^cdk8s-serverless-mesh/imports/(.*)$': '<rootDir>/imports/$1.ts',
      },
    },
  },

  eslintOptions: {
    dirs: ['lib', 'test', 'scripts', 'examples', 'bench'],
    fileExtensions: ['.ts'],
    ignorePatterns: ['/imports/', 'build/', 'dist/', 'node_modules/', '*.js', '*.d.ts', '!.projenrc.ts'],
  },
  github: false,
  release: false,
  depsUpgrade: false,
  sampleCode: false,
});

// a newer release of this resolver ships bindings that a clean install does not find
// needed only by those who import the sub-path `pulumi`; jsii refuses peers that it cannot translate, npm asks for them by this field alone
project.package.addField('peerDependenciesMeta', Object.fromEntries(['@pulumi/pulumi', '@pulumi/kubernetes', '@pulumi/policy'].map(name => [name, { optional: true }])));
project.package.addField('overrides', { 'unrs-resolver': '1.11.1' });
project.package.addField('exports', {
  '.': { types: './build/lib/index.d.ts', default: './build/lib/index.js' },
  './analysis': { types: './build/lib/analysis/exports.d.ts', default: './build/lib/analysis/exports.js' },
  './pulumi': { types: './build/lib/pulumi/index.d.ts', default: './build/lib/pulumi/index.js' },
  './imports/*': { types: './build/imports/*.d.ts', default: './build/imports/*.js' },
  './imports/schemas/*': './imports/schemas/*',
  './.jsii': './.jsii',
  './package.json': './package.json',
});

project.eslint?.addPlugins('boundaries');
project.eslint?.addOverride({
  files: ['lib/**/*.ts'],
  rules: {
    'import/no-cycle': ['error'],
  },
});
project.eslint?.addOverride({ files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-shadow': 'off' } });
const eslintFile = project.tryFindObjectFile('.eslintrc.json');
eslintFile?.addOverride('parserOptions.projectService', undefined);
eslintFile?.addOverride('parserOptions.project', './tsconfig.dev.json');
eslintFile?.addOverride('settings.import/resolver.typescript.project', './tsconfig.dev.json');
eslintFile?.addOverride('settings.boundaries/elements', [
  { type: 'entry', pattern: 'lib/index.ts', mode: 'full' },
  ...Object.keys(ARROWS).filter(room => room !== 'entry').map(room => ({ type: room, pattern: `lib/${room}/**`, mode: 'full' })),
  { type: 'imports', pattern: 'imports/*.ts', mode: 'full' },
]);
project.eslint?.addRules({
  '@stylistic/max-len': ['error', { code: 190, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: true, ignoreRegExpLiterals: true }],
  'boundaries/element-types': ['error', {
    default: 'disallow',
    message: '${file.type} must not import ${dependency.type}: arrows go core <- rooms <- analysis, testing <- cli, pulumi',
    rules: [
      ...Object.entries(ARROWS).map(([room, allowed]) => ({ from: [room], allow: [...allowed, room, 'imports'] })),
    ],
  }],
});
// optional peers, which jsii lets nobody declare as such
project.eslint?.allowDevDeps('lib/pulumi/**');
project.eslint?.allowDevDeps('test/**');
project.eslint?.allowDevDeps('scripts/**');
project.eslint?.allowDevDeps('bench/**');
project.eslint?.allowDevDeps('examples/**');

// tables of which fields the constructs cover, and not what a test run left behind
project.gitignore.removePatterns('coverage');
for (const pattern of ['/build/', '/.tmp/', '__pycache__/']) project.addGitIgnore(pattern);
for (const pattern of ['!/build/imports/', '!/build/imports/**/*.js', '!/build/imports/**/*.d.ts', '/imports/*.ts', '!/imports/schemas/', '/scripts/', '/examples/', '/bench/', '/docs/', '/.ci/', '/tsconfig.dev.json', '/tsconfig.cli.json']) {
  project.addPackageIgnore(pattern);
}

project.gitattributes.addAttributes('/imports/**', 'linguist-generated');

const script = (name: string, description: string, exec: string, receiveArgs = true) =>
  project.addTask(name, { description, exec, receiveArgs });
script('import', 'Generates imports/ from a folder of CRDs and the core schemas', 'tsx scripts/import/run.ts');
script('examples', 'Synthesizes every example into dist/examples/', 'tsx scripts/examples.ts');
script('test:promtool', 'Has promtool check and unit-test the rules', 'tsx scripts/promtool.ts');
script('conformance', 'Compares verdicts with those of peers on their own test data', 'tsx scripts/conformance.ts');
script('test:python', 'Builds the Python wheel and checks that Python gives what TypeScript gives', 'tsx test/python/run.ts');
const rules = script('rules', 'Checks that docs/rules.md is what the rules give', 'tsx scripts/rules.ts');
script('test:envoy', 'Has a real Envoy load what RateLimit renders, and refuse what is beyond the limit', 'tsx test/envoy/run.ts');
script('bench', 'Measures what README states', 'tsx bench/run.ts');
script('test:cluster', 'Applies every example to a real API server', 'tsx test/cluster/run.ts');
const lint = script('lint', 'Lints without changing a file', 'eslint --ext .ts --max-warnings 0 lib test scripts examples bench .projenrc.ts', false);
lint.env('ESLINT_USE_FLAT_CONFIG', 'false');
const types = script('types', 'Type-checks tests, scripts, examples', 'tsc --noEmit -p tsconfig.dev.json', false);
const docs = script('docs', 'Compiles the code of docs/ and README.md', 'tsx scripts/docs.ts');
const cel = script('cel', 'Checks that vendor/cel-js.cjs is what the package gives', 'tsx scripts/cel.ts');
const api = script('api', 'Checks that API.md is what the sources give', 'tsx scripts/api.ts');

// jsii compiles only what other languages can use
project.compileTask.exec('tsc -p tsconfig.cli.json');
project.compileTask.exec('tsx scripts/lazy.ts');

const test = project.testTask;
test.reset();
test.spawn(project.compileTask);
test.spawn(types);
test.spawn(lint);
test.spawn(api);
test.spawn(cel);
test.spawn(rules);
test.spawn(docs);
test.exec('jest --ci', { receiveArgs: true });

// jsii refuses nothing on Node 20, it only says that it wants a newer one, in fourteen lines
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

project.synth();

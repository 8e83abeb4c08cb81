import * as path from 'path';
import { conformanceFolder, hasCases, readCases } from '../../scripts/conformance/cases';
import { checkRealworld, CheckedFile, errorsOf } from '../../scripts/conformance/realworld';
import { findingsOfAll, Score, scoresOf, scoreTable, writeFindings } from '../../scripts/conformance/score';

const folder = conformanceFolder();
const there = hasCases(folder);
if (!there) console.log(`The peers' cases are not at ${folder} (CONFORMANCE_DIR), so nothing is said about conformance here.`);

/** Least share of the expected findings that are made, in percent, and what holds it back where it is not all. */
const FOUND: Readonly<Record<string, number>> = {
  'istio-analyze': 100,
  'istio-validation': 100,
  'kiali': 100,
  'knative': 100,
  'kube-linter': 92, // template-kubeconform is what its test's own configuration calls a check like schema-validation
  'pint': 75, // rule/owner asks for comments that pint alone reads
  'polaris': 96, // resourceRange has bounds of its own test
  'prometheus': 100,
};

/** Errors on what a project ships, each with the reason why it is right. */
const EXPLAINED: Readonly<Record<string, readonly string[]>> = {
  // placeholders for the name of a registry, which no registry takes
  SM0103: [
    'docs/code-samples__serving__cloudevents__cloudevents-nodejs__service.yaml',
    'docs/code-samples__serving__cloudevents__cloudevents-vertx__service.yaml',
    'docs/code-samples__serving__gitwebhook-go__service.yaml',
    'docs/code-samples__serving__grpc-ping-go__service.yaml',
    'docs/code-samples__serving__hello-world__helloworld-java-spring__service.yaml',
    'docs/code-samples__serving__tag-header-based-routing__sample.yaml',
  ],
  // tests of features that a cluster does not have by default
  SM0129: ['serving/test__test_images__initcontainers__service.yaml', 'serving/test__test_images__volumes__service-pvc.yaml'],
  // written for an API version that is gone, with fields that were renamed
  SM0351: ['eventing/docs__delivery__imc.yaml'],
  SM0606: ['eventing/docs__delivery__imc.yaml'],
};

/** Without the folder one test says so; the suites are not among those that are counted then. */
function whereThere(name: string, suite: () => void): void {
  if (there) describe(name, suite);
  else test(`${name} are not to be had: CONFORMANCE_DIR names no folder with cases.json`, () => expect(there).toBe(false));
}

whereThere('the peers\' own cases', () => {
  let scores: Score[];

  beforeAll(() => {
    const file = path.join(__dirname, '..', '..', 'dist', 'conformance', 'findings.json');
    writeFindings(findingsOfAll(readCases(folder), folder), file);
    scores = scoresOf(scoreTable(folder, [], file));
  }, 300_000);

  test('are all counted', () => {
    expect(scores.map(({ suite }) => suite)).toEqual(Object.keys(FOUND).sort());
  });

  test('stay clean where the peer finds nothing, in at least 97 of 100', () => {
    expect(scores.filter(({ stayedClean, clean }) => stayedClean < 0.97 * clean)).toEqual([]);
  });

  test.each(Object.entries(FOUND))('of %s get the peer\'s verdict in at least %d of 100', (suite, least) => {
    const { found, expected } = scores.find(score => score.suite === suite)!;
    expect(100 * found / expected).toBeGreaterThanOrEqual(least);
  });
});

whereThere('manifests that projects ship', () => {
  let files: CheckedFile[];

  beforeAll(() => {
    files = checkRealworld(folder);
  }, 300_000);

  test('are all read', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(({ problems }) => problems.some(({ code }) => code === 'SM0007'))).toEqual([]);
  });

  test('have no error but those that are explained', () => {
    const unexplained = files.flatMap(file => errorsOf(file).filter(({ code }) => !EXPLAINED[code]?.includes(file.file)).map(({ code, field }) => `${file.file}: ${code} ${field ?? ''}`));
    expect(unexplained).toEqual([]);
  });
});

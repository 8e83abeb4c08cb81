import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { CODES, refused } from './codes';
import { sightingsIn } from './tokens/audit';
import { allTokens, describeToken } from './tokens/registry';
import { isUnresolved, Problem, registerAnalyzer, registerReview, render } from 'cdk8s-serverless-mesh/analysis';

/** The apps that are being deployed, and whether to several clusters. */
const DEPLOYING = new Map<IConstruct, boolean>();
const SAME_OBJECT = 'SM0002';
const OWN = new Set<string>(Object.values(CODES));

/** While an app is deployed, its tokens become outputs; written as YAML they would be nonsense. */
export function whileDeploying<T>(root: IConstruct, severalClusters: boolean, work: () => T): T {
  DEPLOYING.set(root, severalClusters);
  try {
    return work();
  } finally {
    DEPLOYING.delete(root);
  }
}

registerAnalyzer(root => DEPLOYING.has(root) || allTokens().length === 0 ? [] : unresolvedIn(root));

// nobody can judge a value that is known only when it is deployed
registerReview((_root, problems) => allTokens().length === 0 ? problems : problems.filter(problem => OWN.has(problem.code) || !isAboutToken(problem)));

// objects of several clusters may well have the same name; those of one are compared when they are registered
registerReview((root, problems) => DEPLOYING.get(root) ? problems.filter(({ code }) => code !== SAME_OBJECT) : problems);

function isAboutToken({ value, reason, field }: Problem): boolean {
  return [value, reason, field].some(text => text !== undefined && isUnresolved(text));
}

function unresolvedIn(root: IConstruct): Problem[] {
  return root.node.findAll().filter(ApiObject.isApiObject).flatMap(construct => {
    const { path } = construct.node;
    const { tokens, problems } = sightingsIn(path, render(construct as ApiObject).manifest);
    tokens.forEach(token => { token.reached = true; });
    return [...problems, ...tokens.map(token => refused({
      code: CODES.unresolvedYaml,
      path,
      reason: `${describeToken(token)} is known only when it is deployed, and YAML has no place for it`,
      fix: 'deploy the app with deploy(app) of cdk8s-serverless-mesh/pulumi; for files give deploy a provider with renderYamlToDirectory',
    }))];
  });
}

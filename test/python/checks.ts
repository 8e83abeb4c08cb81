import { join, resolve } from 'node:path';
import { Commands } from './commands';
import { notCompiled, unknownToJsii } from './compiled';
import { examplesInPython, synthesizedLikeExpected } from './examples';
import { findPython, makeEnvironment } from './interpreter';
import { checkPage } from './page';
import { checksInPython } from './python-checks';
import { Stopped, Steps } from './steps';
import { contentsOf, missingFrom, strayIn } from './tarball';
import { generatePackage, peerRequirements, wheelOf } from './wheel';
import { Report } from '../cluster/report';

const ROOT = resolve(__dirname, '../..');

function main(staging: string): number {
  const report = new Report();
  try {
    run(staging, new Steps(report));
  } catch (error) {
    if (!(error instanceof Stopped)) report.verdict('the Python suite runs to its end', [(error as Error).stack ?? String(error)]);
  }
  report.close();
  return report.exitCode;
}

function run(staging: string, steps: Steps): void {
  const commands = new Commands(staging);
  steps.required('the library is compiled', () => notCompiled(ROOT));
  steps.check('every class says which one it is', () => unknownToJsii(ROOT));
  const python = steps.making('there is a Python that can make virtual environments', () => findPython(commands));

  const generated = steps.making('the Python package is generated', () => generatePackage(ROOT, staging, commands));
  const contents = contentsOf(generated, commands);
  steps.check('the package holds all that runs: assembly, modules, schemas, bundled dependencies', () => missingFrom(contents, ROOT));
  steps.check('the package holds no sources, tests or examples', () => strayIn(contents));

  const venv = steps.making('a virtual environment is made', () => makeEnvironment(python, join(staging, 'venv'), commands));
  const wheel = steps.making('the wheel is built', () => wheelOf(generated, join(staging, 'wheel'), venv));
  steps.making('pip installs the wheel beside the peers that TypeScript has here', () => venv.run('-m', 'pip', 'install', wheel, ...peerRequirements(ROOT)));
  steps.making('pip finds that everything installed fits together', () => venv.run('-m', 'pip', 'check'));

  for (const example of examplesInPython(ROOT)) {
    steps.check(`example ${example.name}: the documents of the TypeScript program, in their order`, () =>
      synthesizedLikeExpected(example, join(staging, 'examples', example.name), venv));
  }
  checksInPython(join(__dirname, 'checks.py'), venv, steps);
  checkPage(ROOT, join(staging, 'page'), venv, steps);
}

process.exitCode = main(process.argv[2]);

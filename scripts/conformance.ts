import { conformanceFolder, hasCases, readCases } from './conformance/cases';
import { checkRealworld, errorsOf, realworldTable } from './conformance/realworld';
import { FINDINGS, findingsOfAll, scoreTable, writeFindings } from './conformance/score';
import { formatProblem } from '../lib/core/problem';

/** Runs the peers' cases and prints how many of their verdicts we give: `npm run conformance [-- --failures]`. */
function main(options: readonly string[]): number {
  const folder = conformanceFolder();
  if (!hasCases(folder)) {
    console.log(`There are no conformance cases at ${folder}: set CONFORMANCE_DIR to the folder that has their cases.json. Nothing was checked.`);
    return 0;
  }
  writeFindings(findingsOfAll(readCases(folder), folder));
  console.log(scoreTable(folder, options.filter(option => option === '--failures' || option === '--all')).trimEnd());

  const files = checkRealworld(folder);
  console.log(realworldTable(files).join('\n'));
  if (options.includes('--failures')) files.flatMap(errorsOf).forEach(problem => console.log(formatProblem(problem)));
  console.log(`findings: ${FINDINGS}`);
  return 0;
}

process.exitCode = main(process.argv.slice(2));

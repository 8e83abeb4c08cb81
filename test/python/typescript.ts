import { spawnSync } from 'node:child_process';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

/** Runs a TypeScript program against the compiled library, found under its own name like by anybody who has installed it. */
export function synthesizeTypeScript(program: string, outdir: string, root: string): void {
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  const { outputText } = transpileModule(program, { compilerOptions });
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=commonjs', '--eval', outputText], {
    cwd: root,
    env: { ...process.env, CDK8S_OUTDIR: outdir },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the TypeScript program ended with status ${status}\n${stderr}`);
}

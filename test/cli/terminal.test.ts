import { accepted, cli, folderWith, refused, shell } from './support';

const ESCAPE = '\u001b[';

describe('colours', () => {
  const cwd = folderWith({ 'a.yaml': refused() });

  test('are for terminals', async () => {
    expect((await cli(['check', 'a.yaml'], { cwd, tty: true })).out).toContain(`${ESCAPE}31merror`);
    expect((await cli(['check', 'a.yaml'], { cwd })).out).not.toContain(ESCAPE);
  });

  test.each<[Record<string, string>]>([[{ NO_COLOR: '1' }], [{ TERM: 'dumb' }]])('stay away with %j', async env => {
    expect((await cli(['check', 'a.yaml'], { cwd, tty: true, env })).out).not.toContain(ESCAPE);
  });

  test('never get into JSON', async () => {
    expect(JSON.parse((await cli(['check', 'a.yaml', '-o', 'json'], { cwd, tty: true })).out)).toHaveLength(1);
  });
});

describe('help', () => {
  test.each([[['--help']], [['check', '--help']], [['explain', '--help']], [['rules', '--help']]])('is printed for %j', async args => {
    expect(await cli(args)).toMatchObject({ code: 0, out: expect.stringContaining('Usage: serverless-mesh'), err: '' });
  });

  test('of check says what the exit codes mean', async () => {
    expect((await cli(['check', '--help'])).out).toMatch(/0 {2}nothing found.*\n.*1 {2}findings.*\n.*2 {2}something could not be read/);
  });

  test('is what a command without anything gives, and that is no success', async () => {
    expect(await cli([])).toMatchObject({ code: 2, err: expect.stringContaining('Usage: serverless-mesh') });
  });

  test('names the version', async () => {
    expect(await cli(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });
});

describe('as a process of its own', () => {
  test('it reads a pipe, writes what was found and says so by its exit code', () => {
    const cwd = folderWith({ 'a.yaml': refused(), 'b.yaml': accepted() });
    const { code, out, err } = shell('cat a.yaml | $CLI check -; echo "code $?"; $CLI check b.yaml; echo "code $?"; $CLI check c.yaml; echo "code $?"', cwd);
    expect({ code, err }).toEqual({ code: 0, err: 'serverless-mesh: "c.yaml" does not exist.\n' });
    expect(out).toMatch(/^<stdin>:8:11 error SM0103[^]*\ncode 1\nnothing found[^]*\ncode 0\ncode 2\n$/);
  }, 60_000);

  test('it ends quietly when nobody reads on', () => {
    const cwd = folderWith({ 'a.yaml': Array.from({ length: 2_000 }, (_, i) => refused(`service-${i}`)).join('---\n') });
    const { out, err } = shell('$CLI check a.yaml | head -n 1', cwd);
    expect({ lines: out.trim().split('\n').length, err }).toEqual({ lines: 1, err: '' });
  }, 60_000);
});

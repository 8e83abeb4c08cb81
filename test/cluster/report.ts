/** One line a check, and the totals. */
export class Report {
  private passed = 0;
  private failed = 0;
  private interrupted = false;

  public get exitCode(): number {
    return this.failed > 0 ? 1 : 0;
  }

  /** A check passes when it finds nothing wrong. What it throws is one thing wrong. */
  public async check(what: string, look: () => Promise<readonly string[]>): Promise<boolean> {
    let wrong: readonly string[];
    try {
      wrong = await look();
    } catch (error) {
      wrong = [(error as Error).message];
    }
    this.verdict(what, wrong);
    return wrong.length === 0;
  }

  public verdict(what: string, wrong: readonly string[]): void {
    if (this.interrupted) return;
    if (wrong.length === 0) this.passed++;
    else this.failed++;
    console.log(`${wrong.length === 0 ? 'ok  ' : 'FAIL'} ${what}`);
    for (const text of wrong) console.log(indented(`- ${text}`));
  }

  public note(text: string): void {
    console.log(indented(text));
  }

  /** What fails from here on fails because we are ending. */
  public interrupt(): void {
    this.interrupted = true;
  }

  public close(): void {
    console.log(`${this.passed} passed, ${this.failed} failed`);
  }
}

function indented(text: string): string {
  return text.split('\n').map(line => `     ${line}`).join('\n');
}

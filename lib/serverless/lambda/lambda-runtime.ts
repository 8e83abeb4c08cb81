/**
 * What runs the code of a zip archive.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
export class LambdaRuntime {
  /** Node.js 24. */
  public static readonly NODEJS_24 = new LambdaRuntime('nodejs24.x');
  /** Node.js 22. */
  public static readonly NODEJS_22 = new LambdaRuntime('nodejs22.x');
  /** Python 3.14. */
  public static readonly PYTHON_3_14 = new LambdaRuntime('python3.14');
  /** Python 3.13. */
  public static readonly PYTHON_3_13 = new LambdaRuntime('python3.13');
  /** Python 3.12. */
  public static readonly PYTHON_3_12 = new LambdaRuntime('python3.12');
  /** Java 25. */
  public static readonly JAVA_25 = new LambdaRuntime('java25');
  /** Java 21. */
  public static readonly JAVA_21 = new LambdaRuntime('java21');
  /** Java 17. */
  public static readonly JAVA_17 = new LambdaRuntime('java17');
  /** .NET 10. */
  public static readonly DOTNET_10 = new LambdaRuntime('dotnet10');
  /** Ruby 3.4. */
  public static readonly RUBY_3_4 = new LambdaRuntime('ruby3.4');
  /** Ruby 3.3. */
  public static readonly RUBY_3_3 = new LambdaRuntime('ruby3.3');
  /** A program that brings its own runtime, as those of Go and Rust do, on Amazon Linux 2023. */
  public static readonly PROVIDED_AL2023 = new LambdaRuntime('provided.al2023');

  /**
   * A runtime that is not listed here.
   * @param identifier as AWS spells it
   */
  public static of(identifier: string): LambdaRuntime {
    return new LambdaRuntime(identifier);
  }

  private constructor(
    /** Identifier of the runtime at AWS. */
    public readonly identifier: string,
  ) {}
}

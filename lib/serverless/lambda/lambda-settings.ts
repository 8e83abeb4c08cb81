/** Processor that runs a function. */
export enum LambdaArchitecture {
  /** 64-bit x86. */
  X86_64 = 'x86_64',
  /** 64-bit Arm (Graviton). */
  ARM64 = 'arm64',
}

/** How much a function says of itself. */
export enum LambdaLogLevel {
  /** Everything; of the application's own lines only. */
  TRACE = 'TRACE',
  /** Details for finding faults. */
  DEBUG = 'DEBUG',
  /** What happens. */
  INFO = 'INFO',
  /** What looks wrong. */
  WARN = 'WARN',
  /** What went wrong; of the application's own lines only. */
  ERROR = 'ERROR',
  /** What ended the function; of the application's own lines only. */
  FATAL = 'FATAL',
}

/** How the lines of a log are written. */
export enum LambdaLogFormat {
  /** Plain text. */
  TEXT = 'Text',
  /** An object a line, which levels need. */
  JSON = 'JSON',
}

/** Who may send requests to the URL of a function. */
export enum LambdaUrlAuth {
  /** Who signs requests with AWS Signature Version 4 and is allowed to by IAM. */
  AWS_IAM = 'AWS_IAM',
  /** Everybody, once a permission of the function says so as well. */
  NONE = 'NONE',
}

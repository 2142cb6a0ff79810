/**
 * Every problem the lab reports is one of these: a stable code for programs, a sentence for people,
 * and what to do next. Unknown exceptions are wrapped with code `internal`.
 */
export const ERROR_CODES = [
  'bad-spec',
  'bad-result',
  'newer-version',
  'bad-link',
  'bad-model',
  'model-unavailable',
  'no-adapter',
  'software-adapter',
  'device-lost',
  'out-of-memory',
  'limit-exceeded',
  'unsupported',
  'shader-error',
  'engine-error',
  'browser-missing',
  'browser-crashed',
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export class LabError extends Error {
  override readonly name = 'LabError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** What the reader should do next, as a sentence. */
    readonly next: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Plain form of an error, for messages between threads and for results. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly next: string;
}

export function toErrorReport(error: unknown): ErrorReport {
  if (error instanceof LabError) {
    return { code: error.code, message: error.message, next: error.next };
  }
  return {
    code: 'internal',
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    next: 'This is a defect in Rooflab: please report it with the message above.',
  };
}

export function fromErrorReport(report: ErrorReport): LabError {
  return new LabError(report.code, report.message, report.next);
}

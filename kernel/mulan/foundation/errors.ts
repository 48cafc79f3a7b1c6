/** What a person needs to mend a failure: each part is a plain phrase without a full stop. */
export interface ErrorParts {
  /** The file, model, cell or argument that the error is about. */
  readonly subject?: string;
  /** What would have been right. */
  readonly expected?: string;
  /** What came instead. */
  readonly got?: string;
  /** What to do next. */
  readonly remedy?: string;
}

/** An error that this library raises on purpose; `code` is stable, the message is for people. */
export class MulanError extends Error {
  override readonly name: string = "MulanError";
  readonly code: string;
  readonly parts: ErrorParts;

  constructor(code: string, message: string, parts: ErrorParts = {}, options?: ErrorOptions) {
    super(compose(message, parts), options);
    this.code = code;
    this.parts = parts;
  }
}

/** A piece of a batch that failed while the rest went on. */
export interface Failure {
  /** The path, label or text as the caller gave it. */
  readonly source: string;
  readonly error: MulanError;
}

function compose(message: string, { subject, expected, got, remedy }: ErrorParts): string {
  const head = subject ? `${subject}: ${message}` : message;
  const facts = [expected && `expected ${expected}`, got && `got ${got}`]
    .filter(Boolean)
    .join(", ");
  const body = facts ? `${head} (${facts})` : head;
  return remedy ? `${body}. ${remedy}.` : `${body}.`;
}

/** A plain-data form of an error that survives a frame between processes. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly parts?: ErrorParts;
}

export function errorToData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const data = {
    name: error.name,
    message: error.message,
    ...(error.stack && { stack: error.stack }),
  };
  return error instanceof MulanError ? { ...data, code: error.code, parts: error.parts } : data;
}

export function errorFromData(data: ErrorData): Error {
  const error = data.code === undefined ? named(data) : revive(data.code, data);
  if (data.stack) error.stack = data.stack;
  return error;
}

function named({ name, message }: ErrorData): Error {
  return Object.defineProperty(new Error(message), "name", { value: name, configurable: true });
}

function revive(code: string, data: ErrorData): MulanError {
  const error = new MulanError(code, data.message, {});
  error.message = data.message;
  Object.defineProperty(error, "parts", { value: data.parts ?? {} });
  return error;
}

/** Any thrown value as a MulanError, so that a failure always has a code and a readable message. */
export function toMulanError(thrown: unknown, code: string, parts: ErrorParts = {}): MulanError {
  if (thrown instanceof MulanError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new MulanError(code, message.replace(/\.$/, ""), parts, { cause: thrown });
}

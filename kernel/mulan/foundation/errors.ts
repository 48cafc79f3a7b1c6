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
  /** What went wrong, without the parts. */
  readonly problem: string;
  readonly parts: ErrorParts;

  constructor(code: string, problem: string, parts: ErrorParts = {}, options?: ErrorOptions) {
    super(compose(problem, parts), options);
    this.code = code;
    this.problem = problem;
    this.parts = parts;
  }

  /** The message where there is room: the problem first, then each part in a line of its own. */
  get lines(): string[] {
    const { expected, got, remedy } = this.parts;
    const facts = [expected && `expected ${expected}`, got && `got ${got}`, remedy];
    return [
      headline(this.problem, this.parts),
      ...facts.filter((fact) => typeof fact === "string"),
    ];
  }
}

/** A piece of a batch that failed while the rest went on. */
export interface Failure {
  /** The path, label or text as the caller gave it. */
  readonly source: string;
  readonly error: MulanError;
}

function headline(problem: string, { subject }: ErrorParts): string {
  return subject ? `${subject}: ${problem}` : problem;
}

function compose(problem: string, parts: ErrorParts): string {
  const { expected, got, remedy } = parts;
  const facts = [expected && `expected ${expected}`, got && `got ${got}`]
    .filter(Boolean)
    .join(", ");
  const head = headline(problem, parts);
  const body = facts ? `${head} (${facts})` : head;
  return remedy ? `${body}. ${remedy}.` : `${body}.`;
}

/** A plain-data form of an error that survives a frame between processes. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly mulan?: { readonly code: string; readonly problem: string; readonly parts: ErrorParts };
}

export function errorToData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack } = error;
  const data = { name, message, ...(stack && { stack }) };
  if (!(error instanceof MulanError)) return data;
  const { code, problem, parts } = error;
  return { ...data, mulan: { code, problem, parts } };
}

export function errorFromData({ name, message, stack, mulan }: ErrorData): Error {
  const error = mulan
    ? new MulanError(mulan.code, mulan.problem, mulan.parts)
    : Object.defineProperty(new Error(message), "name", { value: name, configurable: true });
  if (stack) error.stack = stack;
  return error;
}

/** Any thrown value as a MulanError, so that a failure always has a code and a readable message. */
export function toMulanError(thrown: unknown, code: string, parts: ErrorParts = {}): MulanError {
  if (thrown instanceof MulanError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new MulanError(code, message.replace(/\.$/, ""), parts, { cause: thrown });
}

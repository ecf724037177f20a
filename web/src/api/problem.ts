/**
 * The failure of a call. Its stable code is the server's own (`application/problem+json`), or
 * `network` or `unexpected_answer` if the server sent no readable answer.
 */

interface ProblemMembers {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly field?: string | undefined;
  readonly offset?: number | undefined;
  readonly names?: readonly string[] | undefined;
  readonly bucket?: number | undefined;
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
  readonly answer?: string | undefined;
}

export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly field: string | undefined;
  readonly offset: number | undefined;
  readonly names: readonly string[];
  readonly bucket: number | undefined;
  readonly origin: string | undefined;
  readonly host: string | undefined;
  /** The answer of an alert channel that did not accept a message. */
  readonly answer: string | undefined;

  constructor(members: ProblemMembers, options?: ErrorOptions) {
    super(members.detail, options);
    this.status = members.status;
    this.code = members.code;
    this.detail = members.detail;
    this.field = members.field;
    this.offset = members.offset;
    this.names = members.names ?? [];
    this.bucket = members.bucket;
    this.origin = members.origin;
    this.host = members.host;
    this.answer = members.answer;
  }
}

/** Whether the same call may succeed later. */
export function isPassing(error: unknown): boolean {
  return error instanceof Problem && (error.status === 0 || error.status >= 500);
}

/** The server did not answer. */
export function networkProblem(cause: unknown): Problem {
  return new Problem(
    { status: 0, code: "network", detail: "CreditCurve's server does not answer." },
    { cause },
  );
}

/** The answer is not CreditCurve's, such as the error page of a proxy. */
export function unexpectedProblem(status: number, cause?: unknown): Problem {
  const detail = `The server answered with status ${status} and no readable data.`;
  return new Problem({ status, code: "unexpected_answer", detail }, { cause });
}

/** Return the problem that the body of an error answer describes. */
export function problemFrom(status: number, body: unknown): Problem {
  if (!isObject(body) || typeof body.code !== "string") return unexpectedProblem(status);
  return new Problem({
    status,
    code: body.code,
    detail: typeof body.detail === "string" ? body.detail : "",
    field: typeof body.field === "string" ? body.field : undefined,
    offset: typeof body.offset === "number" ? body.offset : undefined,
    names: Array.isArray(body.names) ? body.names.filter((name) => typeof name === "string") : [],
    bucket: typeof body.bucket === "number" ? body.bucket : undefined,
    origin: typeof body.origin === "string" ? body.origin : undefined,
    host: typeof body.host === "string" ? body.host : undefined,
    answer: typeof body.answer === "string" ? body.answer : undefined,
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

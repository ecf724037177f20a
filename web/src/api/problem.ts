/**
 * What a call may fail with. Every failure is a `Problem` with a stable code: the server's own
 * (`application/problem+json`), or `network` and `unexpected_answer` where it said nothing of use.
 */

interface ProblemMembers {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly field?: string | undefined;
  readonly offset?: number | undefined;
  readonly names?: readonly string[] | undefined;
  readonly bucket?: number | undefined;
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

  constructor(members: ProblemMembers, options?: ErrorOptions) {
    super(members.detail, options);
    this.status = members.status;
    this.code = members.code;
    this.detail = members.detail;
    this.field = members.field;
    this.offset = members.offset;
    this.names = members.names ?? [];
    this.bucket = members.bucket;
  }
}

/** The server did not answer at all. */
export function networkProblem(cause: unknown): Problem {
  return new Problem(
    { status: 0, code: "network", detail: "CreditCurve's server does not answer." },
    { cause },
  );
}

/** An answer that is none of ours, such as a proxy's error page. */
function unexpectedProblem(status: number): Problem {
  return new Problem({
    status,
    code: "unexpected_answer",
    detail: `The server answered with status ${status} and nothing that can be read.`,
  });
}

export async function problemFrom(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  if (!isObject(body) || typeof body.code !== "string") return unexpectedProblem(response.status);
  return new Problem({
    status: response.status,
    code: body.code,
    detail: typeof body.detail === "string" ? body.detail : "",
    field: typeof body.field === "string" ? body.field : undefined,
    offset: typeof body.offset === "number" ? body.offset : undefined,
    names: Array.isArray(body.names) ? body.names.filter((name) => typeof name === "string") : [],
    bucket: typeof body.bucket === "number" ? body.bucket : undefined,
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

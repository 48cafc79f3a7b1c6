import type { z } from "zod";

/** Where the first fault of a value lies, what was expected there and what came. */
export interface ZodProblem {
  /** "audio.frontEnd.nMels"; "" for the value itself. */
  readonly field: string;
  readonly expected: string;
  readonly got: string;
  readonly nOthers: number;
}

/** One fault for people instead of zod's list; of a union, the branch that came nearest. */
export function zodProblem(error: z.ZodError, value: unknown): ZodProblem {
  const issue = deepest(error.issues[0]!);
  const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
  return {
    field: path.map(String).join("."),
    expected: expectation(issue),
    got: brief(lookUp(value, path)),
    nOthers: error.issues.length - 1,
  };
}

type Issue = z.core.$ZodIssue;

function deepest(issue: Issue): Issue {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue;
  const branches = issue.errors.map((branch) => branch[0]).filter((first) => first !== undefined);
  const nearest = branches.sort((a, b) => b.path.length - a.path.length)[0];
  return nearest ? deepest({ ...nearest, path: [...issue.path, ...nearest.path] }) : issue;
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return "no such field";
    case "invalid_value":
      return issue.values.map((value) => JSON.stringify(value)).join(" or ");
    case "invalid_type":
      return issue.expected;
    default:
      return issue.message.replace(/^(Invalid input|Too \w+): /, "").replace(/^expected /, "");
  }
}

function lookUp(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined | null)?.[key],
    value,
  );
}

function brief(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

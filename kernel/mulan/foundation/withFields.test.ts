import { expect, test } from "vitest";
import { withFields } from "./withFields.ts";

interface Data {
  readonly name: string;
  readonly values: readonly number[];
}

class Named extends withFields<Data>() {
  readonly kind = "named";

  get first(): number {
    return this.values[0]!;
  }
}

test("an object has the fields of its data beside its own, and its class", () => {
  const values = [3, 4];
  const made = new Named({ name: "a", values });
  expect({ ...made }).toEqual({ kind: "named", name: "a", values });
  expect(made.values).toBe(values);
  expect(made.first).toBe(3);
  expect(made).toBeInstanceOf(Named);
});

test("what a class says of itself outlasts what a copy brings", () => {
  const copied = { ...new Named({ name: "a", values: [] }), kind: "other", name: "b" };
  expect(new Named(copied)).toMatchObject({ kind: "named", name: "b" });
});

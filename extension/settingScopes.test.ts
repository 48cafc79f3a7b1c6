import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const textOf = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

interface Manifest {
  readonly contributes: {
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly scope: string }>>;
    };
  };
}

const { properties } = (JSON.parse(textOf("package.json")) as Manifest).contributes.configuration;
const scoped = (scope: string) =>
  Object.keys(properties).filter((name) => properties[name]?.scope === scope);

it.each([
  ["machine", "only there"],
  ["machine-overridable", "there or in the workspace"],
])("docs/extension.md names the settings of scope %s, and no other, as set %s", (scope, where) => {
  const line = textOf("docs/extension.md")
    .split("\n")
    .find((each) => each.startsWith(`- ${where}:`));
  const named = [...(line ?? "").matchAll(/`(mulan\.\w+)`/g)].map(([, name]) => name);
  expect(named.sort()).toEqual(scoped(scope).sort());
});

import { MulanError } from "../../foundation/errors.ts";
import { parseJson } from "../list/json.ts";
import { decodeList, readListFile } from "../list/listFile.ts";
import { Ontology, type OntologyNode } from "./ontology.ts";

/**
 * AudioSet's ontology.json, or a file of the same shape: a list of `{ id, name, description, child_ids,
 * restrictions }`.
 * @throws MulanError `dataset.file`, `dataset.json`, `dataset.ontology`
 */
export async function readOntology(file: string): Promise<Ontology> {
  const list = await readListFile(file);
  const parsed = parseJson(decodeList(list).text, list.path);
  if (!Array.isArray(parsed) || parsed.length === 0) {
    throw new MulanError("dataset.ontology", "this is no ontology", {
      subject: list.path,
      expected: "a list of classes: [{ id, name, description, child_ids }, …]",
      got: Array.isArray(parsed) ? "an empty list" : kindOf(parsed),
    });
  }
  const nodes = parsed.map((entry: unknown, i) => toNode(entry, i, list.path));
  checkLinks(nodes, list.path);
  return new Ontology(list.path, list.sha256, nodes);
}

function toNode(entry: unknown, index: number, path: string): OntologyNode {
  const fields = isRecord(entry) ? entry : {};
  const wrong = (field: string, expected: string) =>
    new MulanError("dataset.ontology", `"${field}" of class ${index} is wrong`, {
      subject: path,
      expected,
      got: isRecord(entry) ? kindOf(fields[field]) : kindOf(entry),
    });
  const text = (field: string, fallback?: string) => {
    const value = fields[field] ?? fallback;
    if (typeof value === "string" && (value !== "" || fallback !== undefined)) return value;
    throw wrong(field, "some text");
  };
  const texts = (field: string) => {
    const value = fields[field] ?? [];
    if (isTexts(value)) return value;
    throw wrong(field, "a list of texts");
  };
  return {
    id: text("id"),
    name: text("name"),
    description: text("description", ""),
    childIds: texts("child_ids"),
    restrictions: texts("restrictions"),
  };
}

function checkLinks(nodes: readonly OntologyNode[], path: string): void {
  const ids = new Set<string>();
  for (const { id, name } of nodes) {
    if (ids.has(id)) {
      throw new MulanError("dataset.ontology", `two classes have the id ${id}`, {
        subject: path,
        got: `"${name}" as the second`,
      });
    }
    ids.add(id);
  }
  for (const { name, childIds } of nodes) {
    const lost = childIds.find((id) => !ids.has(id));
    if (lost === undefined) continue;
    throw new MulanError("dataset.ontology", `"${name}" has a child that is not in the file`, {
      subject: path,
      expected: "child_ids of classes in the same file",
      got: lost,
    });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `${typeof value} ${JSON.stringify(value).slice(0, 40)}`;
}

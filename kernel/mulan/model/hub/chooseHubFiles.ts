import { MulanError } from "../../foundation/errors.ts";
import { autoPrecision, type GraphGroup, groupGraphs, towerFiles } from "../layouts/graphNames.ts";
import type { PrecisionRequest } from "../manifest/choosePrecision.ts";

/** Small files that layouts are read from. */
const NOTES =
  /^(onnx\/)?(mulan|config|preprocessor_config|tokenizer|tokenizer_config|special_tokens_map|manifest)\.json$|^README\.md$/;

export function noteFiles(names: readonly string[]): string[] {
  return names.filter((name) => NOTES.test(name));
}

/**
 * The graphs of a repository that its layout needs, in one precision, seen by names alone: what is downloaded for
 * nothing may be gigabytes.
 * @throws MulanError `model.layout`, `model.precision`
 */
export function chooseGraphFiles(
  names: readonly string[],
  precision: PrecisionRequest,
  device: "cpu" | "gpu",
  repo: string,
): string[] {
  const groups = towerGroups(groupGraphs(names), repo);
  const chosen = precision === "auto" ? autoPrecision(groups, device)! : precision;
  if (!groups.some(({ files }) => files[chosen])) {
    const found = new Set(groups.flatMap(({ files }) => Object.keys(files)));
    throw new MulanError("model.precision", `${repo} has no ${chosen} graphs`, {
      expected: ["auto", ...found].join(", "),
      got: chosen,
    });
  }
  return groups.map((group) => towerFiles(group, chosen).file);
}

/** Files beside a graph that hold its weights, by the names that exporters give them. */
export function weightFiles(names: readonly string[], graph: string): string[] {
  const bare = graph.slice(0, -".onnx".length);
  return names.filter(
    (name) =>
      (name.startsWith(graph) && /^[._]data(_\d+)?$/.test(name.slice(graph.length))) ||
      name === `${bare}.data`,
  );
}

function towerGroups(groups: readonly GraphGroup[], repo: string): GraphGroup[] {
  const named = (pattern: RegExp) => groups.filter(({ stem }) => pattern.test(lastPart(stem)));
  const [audio, text, mel] = [named(/audio/i), named(/text/i), named(/^mel|mel$/i)];
  if (audio.length > 0 && text.length > 0) {
    return [...new Set([...audio, ...text, ...mel])];
  }
  const whole = named(/^model$/i);
  if (whole.length > 0) return whole;
  if (groups.length > 0 && groups.length <= 3) return [...groups];
  throw new MulanError("model.layout", "this repository holds no model that can be opened", {
    subject: repo,
    expected: "an audio and a text tower as .onnx files, or mulan.json",
    got: groups.length > 0 ? groups.map(({ stem }) => `${stem}.onnx`).join(", ") : "no .onnx file",
    remedy:
      groups.length > 0
        ? "Download what you need into a folder and run `mulan models add <folder>`"
        : 'Look for an ONNX export of it (Xenova/… and onnx-community/… have many), or load the checkpoint in Python with load("python:tower.py")',
  });
}

function lastPart(stem: string): string {
  return stem.slice(stem.lastIndexOf("/") + 1);
}

import { expect, test } from "vitest";
import { autoPrecision, groupGraphs, towerFiles } from "./graphNames.ts";

const names = (...suffixes: string[]) => suffixes.map((suffix) => `onnx/model${suffix}.onnx`);

test.each([
  ["", "fp32"],
  ["_fp16", "fp16"],
  ["_quantized", "int8"],
  ["_int8", "int8"],
  ["_uint8", "int8"],
  ["_q4", "q4"],
  ["_bnb4", "q4"],
  ["_q4f16", "q4"],
  [".int8", "int8"],
  ["-fp16", "fp16"],
])("model%s.onnx is its graph in %s", (suffix, precision) => {
  const [group] = groupGraphs(names(suffix));
  expect(group).toEqual({ stem: "onnx/model", files: { [precision]: `onnx/model${suffix}.onnx` } });
});

test("variants of one graph stand together, of two names for a precision the better known wins", () => {
  const groups = groupGraphs([
    ...names("", "_uint8", "_int8", "_q4f16", "_q4"),
    "text.onnx",
    "README.md",
  ]);
  expect(groups).toEqual([
    {
      stem: "onnx/model",
      files: { fp32: "onnx/model.onnx", int8: "onnx/model_int8.onnx", q4: "onnx/model_q4.onnx" },
      unused: ["onnx/model_uint8.onnx", "onnx/model_q4f16.onnx"],
    },
    { stem: "text", files: { fp32: "text.onnx" } },
  ]);
});

test("without _q4 the form that runs on more devices comes first", () => {
  const [group] = groupGraphs(names("_bnb4", "_q4f16"));
  expect(group?.files).toEqual({ q4: "onnx/model_q4f16.onnx" });
  expect(group?.unused).toEqual(["onnx/model_bnb4.onnx"]);
});

test("auto takes fp32 on a CPU and fp16 on a GPU, and what both towers have before what one has", () => {
  const [all] = groupGraphs(names("", "_fp16", "_quantized"));
  const [small] = groupGraphs(["text_quantized.onnx", "text_q4.onnx"]);
  expect([autoPrecision([all!], "cpu"), autoPrecision([all!], "gpu")]).toEqual(["fp32", "fp16"]);
  expect(autoPrecision([all!, small!], "cpu")).toBe("int8");
  expect(towerFiles(small!, "fp32")).toEqual({
    file: "text_quantized.onnx",
    precision: "int8",
    variants: { q4: "text_q4.onnx" },
  });
});

import { describe, expect, test } from "vitest";
import { cleanText } from "./cleanText.ts";
import { fitText, wrapText } from "./fitText.ts";
import { measureText } from "./measureText.ts";
import { textRuns } from "./textRuns.ts";

const ink = (text: string): string[] => textRuns(text).map((run) => run.font.family);

describe("text runs", () => {
  test.each([
    ["Nocturne, op. 9", ["Inter"]],
    [
      "月光ソナタ 지금 你好",
      ["Noto Sans CJK JP", "Inter", "Noto Sans CJK JP", "Inter", "Noto Sans CJK JP"],
    ],
    ["a 🎹", ["Inter", "Noto Emoji"]],
    ["مرحبا بالعالم", ["Noto Sans Arabic"]],
    ["שלום עולם", ["Noto Sans Hebrew"]],
    ["ไทย", ["Noto Sans Thai"]],
    ["हिन्दी", ["Noto Sans Devanagari"]],
    ["𝄞", ["Noto Music"]],
    ["↔ ± − × …", ["Inter"]],
  ])("%s", (text, families) => {
    expect(ink(text)).toEqual(families);
  });

  test("joiners and skin tones of emoji sequences are left out, their signs stay", () => {
    expect(textRuns("👩🏽‍🎤❤️").map((run) => run.text)).toEqual(["👩🎤❤"]);
  });

  test("what no font has is drawn as �, never as nothing", () => {
    expect(textRuns("a\u{13000}b").map((run) => run.text)).toEqual(["a�b"]);
  });
});

test("digits are tabular and CJK signs are one em wide", () => {
  const widths = [..."0123456789"].map((digit) => measureText(digit, 100));
  expect(new Set(widths).size).toBe(1);
  expect(measureText("1.00", 10)).toBe(measureText("0.48", 10));
  expect(measureText("月光", 13)).toBeCloseTo(26, 6);
});

describe("fitting", () => {
  test("a long label is cut in the middle and fits", () => {
    const label = "12-a-very-long-name-of-a-recording-live-at-montreux-1987";
    const fitted = fitText(label, 140, 13);
    expect(measureText(fitted, 13)).toBeLessThanOrEqual(140);
    expect(fitted).toMatch(/^12-a.*….*1987$/);
    expect(fitText(label, 1000, 13)).toBe(label);
  });

  test("a cut never splits a letter from its marks or an emoji sequence", () => {
    for (let width = 0; width < 200; width += 3) {
      const fitted = fitText("e\u0301".repeat(20) + "👩‍🎤".repeat(10), width, 13);
      expect(measureText(fitted, 13)).toBeLessThanOrEqual(width);
      expect(fitted).not.toMatch(/(^|…)\u0301|\u200d(…|$)/u);
    }
  });

  test("words are set into lines, the last one cut", () => {
    const lines = wrapText("one two three four five six seven eight nine ten", 80, 13, 2);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(measureText(line, 13)).toBeLessThanOrEqual(80);
    expect(lines[1]).toContain("…");
  });
});

describe("cleaning", () => {
  test.each([
    ["control characters", "a\u0000b\u0007c\r\nd", "a b c d"],
    ["ANSI colours", "\u001b[31mred\u001b[0m \u001b]8;;http://x\u0007link", "red link"],
    ["bidi overrides", "a\u202egpj.\u202cb\u2066c\u2069", "agpj.bc"],
    ["hidden characters", "a\u200bb\ufeffc\u00add\u{e0041}", "abcd"],
    ["lone surrogates", "a\ud800b", "a�b"],
    ["stacks of marks", `e${"\u0301".repeat(50)}`, "é\u0301\u0301\u0301"],
    ["decomposed letters", "e\u0301", "é"],
    ["white space", "  a \u00a0\u3000 b\t", "a b"],
    ["joiners that words need", "می‌خواهم", "می‌خواهم"],
  ])("%s", (_, dirty, clean) => {
    expect(cleanText(dirty)).toBe(clean);
  });

  test("a megabyte becomes 300 characters", () => {
    const cleaned = cleanText("長い".repeat(500_000));
    expect([...cleaned]).toHaveLength(300);
    expect(cleaned.endsWith("…")).toBe(true);
  });
});

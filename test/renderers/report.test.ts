// Reports as people read them: sorted, filtered, opened label by label and query by query, heard. Screenshots are left
// in test/e2e/out/renderers.
import { expect, test } from "vitest";
import type { Report } from "../../kernel/mulan/evaluation/report.ts";
import type { ReportFigure, TaggingFigure } from "../../kernel/mulan/figures/contractReport.ts";
import { reportFigure } from "../../kernel/mulan/figures/report/figure.ts";
import {
  comparisonReport,
  probeReport,
  retrievalReport,
  taggingReport,
  tripletsReport,
} from "../../kernel/mulan/figures/report/report.testkit.ts";
import { shownClips } from "../../kernel/session/live/shownClips.ts";
import { shownReports } from "../../kernel/session/live/shownReports.ts";
import type { TestKernel } from "./bed.ts";
import { describeInBrowser, shareBrowser } from "./browser.ts";
import { type ThemeName, themes } from "./themes.ts";
import { engine, toneCalled } from "./values.ts";

/** Of a hand: marks may be drawn anew between pressing and letting go. */
const pressMs = 120;

const tones = [220, 330, 440, 550, 660, 770, 880].map((hz, i) =>
  toneCalled(`bach-suite_no_${i + 1}-0${i + 1}-allemande-30-59`, hz),
);
const heard = { sources: tones, itemLabel: (i: number) => tones[i % tones.length]!.label };

function figureOf(report: Report): ReportFigure {
  return reportFigure(report, { clipId: shownClips.idOf, reportId: shownReports.idOf });
}

function row(n: number): string {
  return `svg[data-part=list] g:nth-of-type(${n}) > rect[data-part=row]`;
}

describeInBrowser("a report", () => {
  const { withBed } = shareBrowser();
  test.each(Object.keys(themes) as ThemeName[])(
    "of every task stays within 1000 and 400 px in the %s theme",
    (theme) =>
      withBed({ kernel: engine, theme }, async (bed) => {
        const reports = [
          taggingReport(heard),
          probeReport(heard),
          retrievalReport(heard),
          tripletsReport({ sources: tones }),
          comparisonReport(),
        ];
        for (const widthPx of [1000, 400]) {
          for (const report of reports) {
            const id = `${report.task}-${widthPx}`;
            const output = await bed.render(figureOf(report), { id, widthPx });
            await output.locator("rect[data-part=row]").first().waitFor();
            const wide = await bed.evaluate(`document.getElementById("${id}").scrollWidth`);
            expect(wide).toBeLessThanOrEqual(widthPx);
            const rights = await output
              .locator("svg text")
              .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().right));
            const { x } = (await output.boundingBox())!;
            expect(Math.max(...rights)).toBeLessThanOrEqual(x + widthPx + 1);
          }
          await bed.screenshot(`report-${theme}-${widthPx}`);
          for (const { task } of reports) await bed.evaluate(`bed.dispose("${task}-${widthPx}")`);
        }
      }),
  );

  test("of labels is sorted by any measure and filtered by text", () =>
    withBed({}, async (bed) => {
      const report = taggingReport();
      const output = await bed.render(figureOf(report));
      await output.getByText("run the cell to make this live").waitFor();
      const names = () => output.locator("svg[data-part=list] g > text:first-of-type");
      const all = new Set(report.labels.map(({ label }) => label));
      const shown = async () =>
        (await names().allTextContents()).filter((text) => all.has(text)).slice(0, 3);
      const best = (key: "rocAuc" | "averagePrecision" | "nPositive") =>
        [...report.labels].sort((a, b) => b[key]! - a[key]!)[0]!.label;
      // Groups keep their elements when the order changes: read them from top to bottom.
      const top = async () => {
        const places = await output
          .locator("svg[data-part=list] rect[data-part=row]")
          .evaluateAll((rects) =>
            rects.map((rect) => [
              rect.getBoundingClientRect().top,
              Number(rect.getAttribute("data-index")),
            ]),
          );
        return report.labels[places.sort((a, b) => a[0]! - b[0]!)[0]![1]!]!.label;
      };
      await expect.poll(top).toBe(best("rocAuc"));
      await output.getByLabel("Sort by").selectOption("averagePrecision");
      await expect.poll(top).toBe(best("averagePrecision"));
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("s");
      await expect.poll(top).toBe(best("nPositive"));
      await bed.page.keyboard.press("r");
      await expect.poll(top).not.toBe(best("nPositive"));
      await bed.page.keyboard.press("f");
      await bed.page.keyboard.type("VOCAL");
      await expect.poll(() => output.locator("rect[data-part=row]").count()).toBe(6);
      expect((await shown()).every((label) => label.includes("vocal"))).toBe(true);
      await output.getByLabel("Filter").fill("nothing like this");
      await output.getByText("no label matches “nothing like this”").waitFor();
    }));

  test("opens a label: its curves, its mistakes, each of which plays", () =>
    withBed({ kernel: engine }, async (bed) => {
      const report = taggingReport(heard);
      const figure = figureOf(report) as TaggingFigure;
      const output = await bed.render(figure);
      await output.getByRole("button", { name: "Whole ranking" }).waitFor();
      await output.locator(row(4)).click({ delay: pressMs });
      const sorted = [...figure.labels].sort((a, b) => b.rocAuc! - a.rocAuc!);
      const { label, falsePositives } = sorted[3]!;
      await output.getByText(`Scored highest without “${label}”`).waitFor();
      await output.getByText(`Scored lowest with “${label}”`).waitFor();
      await output.locator("svg[data-part=detail] text", { hasText: "ROC" }).first().waitFor();
      const clip = output.locator("rect[data-part=clip]").first();
      await clip.hover();
      const name = figure.clips.labels[falsePositives[0]![0]]!;
      await output.locator(".tooltip", { hasText: name }).waitFor();
      await clip.click({ delay: pressMs });
      await bed.page.waitForFunction("bed.started.length > 0");
      const started = (await bed.evaluate("bed.started[0]")) as { peak: number; context: string };
      expect(started.context).toBe("running");
      expect(started.peak).toBeGreaterThan(0.1);
      await output.locator("svg[data-part=detail] text", { hasText: "▶" }).first().waitFor();
      expect(bed.lastRequest("audio")!.params).toMatchObject({
        clip: figure.clips.clips![falsePositives[0]![0]],
      });
    }));

  test("is read by keys alone: rows, clips, sound, selection", () =>
    withBed({ kernel: engine }, async (bed) => {
      const figure = figureOf(taggingReport(heard)) as TaggingFigure;
      const output = await bed.render(figure);
      await output.getByRole("button", { name: "Whole ranking" }).waitFor();
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("End");
      const sorted = [...figure.labels].sort((a, b) => b.rocAuc! - a.rocAuc!);
      const announced = () => output.locator(".announcer").textContent();
      await expect.poll(announced).toContain(`${sorted.at(-1)!.label}: ROC-AUC`);
      await bed.page.keyboard.press("ArrowRight");
      await bed.page.keyboard.press("ArrowDown");
      const [place, score] = sorted.at(-1)!.falsePositives[1]!;
      await expect.poll(announced).toContain(`${figure.clips.labels[place]}, ${score.toFixed(3)}`);
      await bed.page.keyboard.press(" ");
      await bed.page.waitForFunction("bed.started.length > 0");
      await bed.page.keyboard.press("Enter");
      await expect
        .poll(() => bed.lastRequest("select")?.params)
        .toEqual({ clips: [figure.clips.clips![place]] });
      await bed.page.keyboard.press("?");
      await output.getByText("Move in the list, or among its clips").waitFor();
    }));

  test("of queries shows a ranking with the relevant ones marked, and pages through the whole of it", () =>
    withBed({ kernel: engine }, async (bed) => {
      const report = retrievalReport({ ...heard, nItems: 90 });
      const output = await bed.render(figureOf(report));
      const whole = output.getByRole("button", { name: "Whole ranking" });
      await whole.waitFor();
      const sorted = [...report.queries.keys()].sort(
        (a, b) => report.queries[a]!.rank - report.queries[b]!.rank || a - b,
      );
      const query = report.queries[sorted[0]!]!;
      await output.getByText(`Ranking for “${query.query}”`).waitFor();
      const checks = () => output.locator("svg[data-part=detail] text", { hasText: /^✓$/ }).count();
      expect(await checks()).toBeGreaterThan(0);
      await whole.click();
      await output.getByText("1–20 of 90 clips").waitFor();
      await output.getByRole("button", { name: "Later places" }).click();
      await output.getByText("21–40 of 90 clips").waitFor();
      await output.getByRole("button", { name: "Only clips that answer the query" }).click();
      await output
        .getByText(`1–${query.relevant.length} of ${query.relevant.length} relevant`)
        .waitFor();
      await expect.poll(checks).toBe(query.relevant.length);
      await output.locator("rect[data-part=clip]").nth(2).click({ delay: pressMs });
      await bed.page.waitForFunction("bed.started.length > 0");
      await output.getByRole("button", { name: "Close the ranking" }).click();
      await whole.waitFor();
    }));

  test("of triplets plays what is sound, and tells whole texts", () =>
    withBed({ kernel: engine }, async (bed) => {
      const report = tripletsReport({ sources: tones });
      const output = await bed.render(figureOf(report), { widthPx: 400 });
      await output.getByText("lexical overlap", { exact: true }).waitFor();
      await output.locator(row(2)).click({ delay: pressMs });
      const worst = [...report.rows].sort((a, b) => a.margin - b.margin)[1]!;
      const text = () => output.locator("svg[data-part=detail]").textContent();
      await expect.poll(text).toContain(`negative: ${worst.negative.split(" ")[0]}`);
      await output.locator("rect[data-part=clip]").first().click({ delay: pressMs });
      await bed.page.waitForFunction("bed.started.length > 0");
    }));

  test("of a comparison switches its measure, marks quoted rows and opens a row's differences", () =>
    withBed({}, async (bed) => {
      const output = await bed.render(figureOf(comparisonReport()));
      await output.getByText("quoted", { exact: true }).first().waitFor();
      expect(await output.getByText("quoted", { exact: true }).count()).toBe(2);
      // Nothing in it could become live: there is no word about kernels.
      expect(await output.getByText("run the cell").count()).toBe(0);
      await output.getByText("muq-mulan-large@1 minus the others, same items").waitFor();
      await output.getByLabel("Sort by").selectOption("averagePrecision");
      await output.getByText("average precision by label, furthest from").waitFor();
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("End");
      await output.locator(".announcer", { hasText: "MuLan (Huang et al. 2022), quoted" }).waitFor({
        state: "attached",
      });
      await output.getByText("quoted from arXiv 2208.12415").waitFor();
    }));

  test("of a comparison shows differences in all measures, or in one that a control or a key chooses", () =>
    withBed({}, async (bed) => {
      const output = await bed.render(figureOf(comparisonReport()));
      const detail = output.locator("svg[data-part=detail]");
      const heading = (label: string) => detail.getByText(label, { exact: true });
      const [first, second] = comparisonReport().rows[0]!.measures.map(({ label }) => label);
      await heading(first!).waitFor();
      await heading(second!).waitFor();
      const control = output.getByRole("combobox", { name: "Differences" });
      expect(await control.locator("option").count()).toBe(5);
      await control.selectOption("rocAuc");
      await expect.poll(() => heading(second!).count()).toBe(0);
      expect(await heading(first!).count()).toBe(1);
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("d");
      await heading(second!).waitFor();
      expect(await heading(first!).count()).toBe(0);
      await output.locator(".announcer", { hasText: `differences: ${second}` }).waitFor({
        state: "attached",
      });
      // One measure goes along with the order of the list.
      await output.getByLabel("Sort by").selectOption("rocAuc");
      await expect.poll(() => control.inputValue()).toBe("rocAuc");
      await output.getByRole("button", { name: "More" }).click();
      await output.getByRole("button", { name: "Save as SVG" }).click();
      const saved = await bed.download("svg");
      for (const { label } of comparisonReport().rows[0]!.measures) {
        expect(saved.split(`>${label}<`)).toHaveLength(3);
      }
    }));

  test("tells how its figures came about when the footnote is unfolded, and is saved", () =>
    withBed({}, async (bed) => {
      const figure = figureOf(taggingReport());
      const output = await bed.render(figure);
      await output.locator("summary").click();
      for (const part of [
        "Convention: ties count half in ROC-AUC",
        "Data: clips 35644, 55753 and 57881 left out",
        "Model: its teachers were trained on MagnaTagATune's tags",
        "Seed 7; mulan-notebook",
        "Failed: broken file.mp3: this is no audio file",
      ]) {
        await output.getByText(part).waitFor();
      }
      for (const entry of ["Save as SVG", "Save as PNG", "Save data as CSV"]) {
        await output.getByRole("button", { name: "More" }).click();
        await output.getByRole("button", { name: entry }).click();
      }
      expect(await bed.download("csv")).toContain("label,positives,prevalence,ROC-AUC");
      expect((await bed.download("csv")).trim().split("\r\n")).toHaveLength(51);
      const svg = await bed.download("svg");
      expect(svg).toContain("MagnaTagATune");
      expect(svg).toContain("harpsichord");
      expect((await bed.download("png")).slice(1, 4)).toBe("PNG");
    }));

  test("whose engine has forgotten it says what to do, and keeps its picture", () => {
    const kernel: TestKernel = (name, params) => {
      if (name === "reportRanking")
        throw new Error("this engine does not hold that report any more");
      return engine(name, params);
    };
    return withBed({ kernel }, async (bed) => {
      const output = await bed.render(figureOf(taggingReport(heard)));
      await output.getByRole("button", { name: "Whole ranking" }).click();
      await output
        .locator(".status.error", { hasText: "does not hold that report any more" })
        .waitFor();
      expect(await output.locator("rect[data-part=clip]").count()).toBe(10);
    });
  });

  test("of hostile names runs nothing and adds no element of its own", () =>
    withBed({}, async (bed) => {
      const bad = '"><img src=x onerror="hacked.push(1)"><script>hacked.push(1)</script>';
      const shape = { labels: [bad, "b", `${bad} `], itemLabel: () => bad, modelId: bad };
      const reports = [
        taggingReport({ ...shape, nItems: 30 }),
        retrievalReport({ nItems: 20, nQueries: 3, queryOf: () => bad, itemLabel: () => bad }),
        {
          ...comparisonReport(),
          rows: comparisonReport().rows.map((each) => ({ ...each, id: bad })),
        },
      ];
      for (const report of reports) {
        // Straight into the JSON: a renderer cannot rely on who wrote it.
        const figure = { ...figureOf(report), title: bad, reading: bad, footnote: bad };
        const output = await bed.render(figure, { id: report.task });
        await output.locator("rect[data-part=row]").first().hover();
        await output.locator(".drawing").focus();
        for (const key of ["ArrowDown", "ArrowRight", "s", "r", "?"]) {
          await bed.page.keyboard.press(key);
        }
        for (const name of ["img", "script", "a", "iframe"]) {
          expect(await output.locator(name).count()).toBe(0);
        }
      }
      expect(await bed.evaluate("hacked")).toEqual([]);
    }));
});

import { decodeFloat16 } from "../../kernel/mulan/figures/contract.ts";
import {
  axisNote,
  countOf,
  formatCount,
  silentRows,
} from "../../kernel/mulan/figures/contractLook.ts";
import type { Place } from "../shared/defineRenderer.ts";
import { html, svg } from "../shared/dom.ts";
import { followLiveness } from "../shared/kernel/liveness.ts";
import { selectClips, sharedSelection, toggleClip } from "../shared/kernel/selection.ts";
import { follow } from "../shared/kernel/signal.ts";
import { paper } from "../shared/look/paper.ts";
import type { Theme } from "../shared/look/theme.ts";
import { saveEntries } from "../shared/save/saveEntries.ts";
import { createFigureShell } from "../shared/shell/figureShell.ts";
import { showEmpty } from "../shared/shell/showEmpty.ts";
import { prepareSound } from "../shared/sound/enginePieces.ts";
import { playClips } from "../shared/sound/playClips.ts";
import { sharedPlayer } from "../shared/sound/player.ts";
import { type ColourBy, type Colouring, colouring } from "./colours.ts";
import { dotSize, fillPlot, nextPoint, type Size, toPx } from "./geometry.ts";
import { groupsOf } from "./groups.ts";
import { legendMarks, legendPx } from "./legend.ts";
import { mapControls } from "./mapControls.ts";
import { mapKeys } from "./mapKeys.ts";
import { mapStyle } from "./mapStyle.ts";
import { overlayMarks } from "./overlayMarks.ts";
import { paintDots } from "./paintDots.ts";
import { savedImage, savedTable } from "./saved.ts";
import { createScatter } from "./scatter.ts";

const notePx = 20;
/** Names of so many points take longer than a frame: they follow when panning and zooming rest. */
const manyPoints = 2000;
const restMs = 120;

/** A map of points in an output: WebGL dots below names and rings. */
export function drawMap({ host, figure, link, signal }: Place<"map">): void {
  const { n, items } = figure;
  const silent = silentRows(items);
  const belowPx = notePx + (silent ? legendPx : 0);
  const heightPx = n === 0 ? 60 : plotSize(host.clientWidth || 1000).height + belowPx;
  const shell = createFigureShell(host, { kind: "map of points", words: figure, heightPx, signal });
  if (n === 0) {
    showEmpty(
      shell,
      "There are no points.",
      'await project(embeddings, { method: "umap", seed: 1 })',
    );
    return;
  }
  shell.root.adoptedStyleSheets = [...shell.root.adoptedStyleSheets, mapStyle()];
  const clips = items.clips ?? [];
  const indexOf = new Map(clips.flatMap((clip, i) => (clip === null ? [] : [[clip, i] as const])));
  const known = [...indexOf.keys()];
  const liveness = followLiveness(shell, link, {
    clips: known,
    model: figure.model,
    controlsNeed: "sound",
  });
  const points = decodeFloat16(figure.points);
  const groups = groupsOf(items.labels);
  const player = sharedPlayer();
  const choices: readonly ColourBy[] = [
    ...(groups ? (["label"] as const) : []),
    ...(silent ? (["kind"] as const) : []),
    "none",
  ];
  let by = choices[0]!;
  let sought = "";
  let size: Size = plotSize(1000);
  let plot: Float32Array = points;
  let colours: Colouring;
  let cursor = 0;
  let frame = 0;
  let timer = 0;

  const scatter = createScatter(
    {
      onOver: showPoint,
      onOut: () => shell.tooltip.hide(),
      onPress(index, event) {
        shell.drawing.focus({ preventScroll: true });
        if (index === undefined) return;
        cursor = index;
        if (event.shiftKey || event.ctrlKey || event.metaKey) toggleAtCursor();
        else play();
        drawOverlay();
      },
      onLasso(indices) {
        const chosen = indices.flatMap((i) => clips[i] ?? []);
        selectClips(link, chosen);
        controls.setLasso(false);
        scatter?.setLasso(false);
        shell.announcer.say(`${countOf(chosen.length, "clip")} selected`);
      },
      onView: scheduleOverlay,
    },
    signal,
  );
  const still = html("canvas", { "aria-hidden": "true" });
  const overlay = svg("svg", { class: "overlay", "aria-hidden": "true" });
  const frameOf = html("div", { class: "plot" }, scatter?.canvas ?? still, overlay);
  const note = html("div", { class: "note quiet" }, axisNote(figure));
  const legend = svg("svg", { class: "legend" });
  shell.drawing.append(frameOf, ...(silent ? [legend] : []), note);
  // A wheel over a figure that nobody works in scrolls the notebook.
  frameOf.addEventListener(
    "wheel",
    (event) => {
      const working = event.ctrlKey || event.metaKey || shell.root.activeElement === shell.drawing;
      if (!working) event.stopPropagation();
    },
    { capture: true },
  );
  const controls = mapControls(
    shell,
    { zooms: scatter !== undefined, colourBy: choices },
    {
      onLasso: (on) => scatter?.setLasso(on),
      onColourBy(next) {
        by = next;
        redraw();
      },
      onFind(text, entered) {
        sought = text;
        redraw();
        const found = items.labels.flatMap((_, i) => (text && colours.of[i] === 0 ? [i] : []));
        note.textContent = text
          ? `${formatCount(found.length)} of ${countOf(n, "label")} contain “${text}”`
          : axisNote(figure);
        if (!entered || found.length === 0) return;
        cursor = found.find((i) => i > cursor) ?? found[0]!;
        tellPoint();
      },
      onZoom: (factor) => scatter?.zoomBy(factor),
    },
  );
  shell.controls.addEntries(
    { label: "Show everything", key: "0", run: () => scatter?.showAll() },
    { label: "Clear the selection", run: () => selectClips(link, []) },
    ...saveEntries(shell, {
      title: () => figure.title,
      image: () => savedImage(figure, coloursIn(paper), shownBy()),
      table: () => savedTable(figure, coloursIn(paper)),
    }),
  );
  shell.bindKeys(
    mapKeys({
      move(direction) {
        cursor = nextPoint(plot, cursor, direction) ?? cursor;
        tellPoint();
      },
      play,
      select: toggleAtCursor,
      lasso: () => scatter && liveness.value.sound && controls.flipLasso(),
      find: () => controls.focusFind(),
      zoom: (factor) => scatter?.zoomBy(factor),
      showAll: () => scatter?.showAll(),
    }),
  );
  shell.onLayout(redraw);
  for (const change of ["focus", "blur"]) shell.drawing.addEventListener(change, drawOverlay);
  follow(sharedSelection().clips, signal, (chosen) => {
    const indices = [...chosen].flatMap((clip) => indexOf.get(clip) ?? []);
    scatter?.select(indices);
    drawOverlay();
  });
  follow(player.state, signal, ({ error }) => {
    if (error) shell.status.setPassing({ kind: "error", text: error });
    drawOverlay();
  });

  function redraw(): void {
    if (shell.width === 0) return;
    const { theme } = shell;
    size = plotSize(shell.width);
    shell.drawing.style.minHeight = `${size.height + belowPx}px`;
    frameOf.style.height = `${size.height}px`;
    overlay.setAttribute("width", String(size.width));
    overlay.setAttribute("height", String(size.height));
    plot = fillPlot(points, size);
    colours = coloursIn(theme);
    if (silent) legend.replaceChildren(...legendMarks(figure, shownBy(), colours.colors, theme));
    if (scatter) {
      const look = { theme, colors: colours.colors, dotPx: dotSize(n), diamonds: silent };
      scatter.draw(plot, colours.of, size, look).then(drawOverlay, () => {});
    } else {
      paintStill();
      drawOverlay();
    }
  }

  function paintStill(): void {
    still.width = size.width * devicePixelRatio;
    still.height = size.height * devicePixelRatio;
    still.style.width = `${size.width}px`;
    const context = still.getContext("2d");
    context?.scale(devicePixelRatio, devicePixelRatio);
    if (context) paintDots(context, plot, colours, size, dotSize(n), silent);
  }

  /** A text that is looked for takes the colours. */
  function shownBy(): ColourBy {
    return sought === "" ? by : "none";
  }

  function coloursIn(theme: Pick<Theme, "kind">): Colouring {
    return colouring({ labels: items.labels, groups, silent, by, sought }, theme);
  }

  function scheduleOverlay(): void {
    if (n > manyPoints) {
      clearTimeout(timer);
      timer = setTimeout(drawOverlay, restMs);
      overlay.replaceChildren();
      return;
    }
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      drawOverlay();
    });
  }

  function placeOf(index: number): { x: number; y: number } | undefined {
    return scatter ? scatter.place(index) : toPx(plot, index, size);
  }

  function drawOverlay(): void {
    if (signal.aborted || shell.width === 0 || !colours) return;
    const chosen = [...sharedSelection().clips.value];
    const marks = overlayMarks({
      plot,
      size,
      colours,
      labels: items.labels,
      sought,
      placeOf,
      selected: chosen.flatMap((clip) => indexOf.get(clip) ?? []),
      sounding: indexOf.get(player.state.value.clip ?? ""),
      cursor: shell.root.activeElement === shell.drawing ? cursor : undefined,
      theme: shell.theme,
    });
    overlay.replaceChildren(...marks);
  }

  function showPoint(index: number): void {
    const at = placeOf(index);
    const clip = clips[index];
    if (!at) return;
    const hint = clip && liveness.value.sound ? "click plays, Shift+click selects" : "";
    const lines = [html("div", {}, items.labels[index]!), html("div", { class: "quiet" }, hint)];
    shell.tooltip.show(at.x, at.y + shell.drawing.offsetTop, ...lines);
    if (clip && liveness.value.sound) prepareSound(link, clip);
  }

  function tellPoint(): void {
    const clip = clips[cursor];
    const chosen = clip && sharedSelection().clips.value.has(clip) ? ", selected" : "";
    shell.announcer.say(`${items.labels[cursor]!}${kindOf(cursor)}${chosen}`);
    showPoint(cursor);
    drawOverlay();
  }

  /** Said of a text among sounds: its shape is seen, not heard. */
  function kindOf(index: number): string {
    if (!silent?.[index]) return "";
    return figure.others === "texts" ? ", a text" : ", without sound";
  }

  function play(): void {
    const clip = clips[cursor];
    if (clip && liveness.value.sound) playClips(link, [{ clip, label: items.labels[cursor]! }]);
    else shell.announcer.say(items.labels[cursor]!);
  }

  function toggleAtCursor(): void {
    const clip = clips[cursor];
    if (clip && liveness.value.sound) toggleClip(link, clip);
  }
}

/** Flatter than wide, never higher than a screen shows. */
function plotSize(widthPx: number): Size {
  return {
    width: widthPx,
    height: Math.round(Math.min(520, Math.max(280, widthPx * 0.6)) / 4) * 4,
  };
}

import type { TripletRow, TripletsFigure } from "../../kernel/mulan/figures/contract.ts";
import {
  formatFixed,
  formatMargin,
  withoutTriplet,
  withTriplet,
} from "../../kernel/mulan/figures/contractLook.ts";
import type { Place } from "../shared/defineRenderer.ts";
import { html } from "../shared/dom.ts";
import { askInFigure } from "../shared/kernel/askInFigure.ts";
import { followLiveness } from "../shared/kernel/liveness.ts";
import { toggleClip } from "../shared/kernel/selection.ts";
import { createSignal } from "../shared/kernel/signal.ts";
import { createTypedRequests } from "../shared/kernel/typedRequests.ts";
import { unfinishedIn } from "../shared/kernel/unfinished.ts";
import { createWriteBack } from "../shared/kernel/writeBack.ts";
import { elementAt, onPress } from "../shared/look/elementAt.ts";
import { saveEntries } from "../shared/save/saveEntries.ts";
import { button } from "../shared/shell/controls.ts";
import { createFigureShell } from "../shared/shell/figureShell.ts";
import { showEmpty } from "../shared/shell/showEmpty.ts";
import { prepareSound } from "../shared/sound/enginePieces.ts";
import { playClips } from "../shared/sound/playClips.ts";
import { createCanvas } from "./canvas.ts";
import { createForm, type Typed } from "./form.ts";
import { tripletKeys } from "./keys.ts";
import { savedImage, savedTable } from "./saved.ts";
import {
  audibleOf,
  clipsByLabel,
  initialState,
  memberNames,
  memberOf,
  rowStep,
  type View,
  withFigure,
} from "./state.ts";

/** A triplet that was entered; `over` is the one whose place it takes. */
interface WantedTriplet {
  readonly typed: Typed;
  readonly over?: Typed | undefined;
}

/** What the form is open for. */
interface OpenForm {
  readonly over?: Typed | undefined;
}

/** Code that judges these triplets in a cell; a member that is a clip is looked up by its label in `clips`. */
function asCell({ rows }: TripletsFigure): string {
  const lines = rows.map((row) => {
    const members = memberNames.map((name, i) => {
      const text = JSON.stringify(row[name]);
      return `${name}: ${row.clips?.[i] ? `called(${text})` : text}`;
    });
    return `  { ${members.join(", ")} },\n`;
  });
  const anyClip = rows.some((row) => row.clips);
  return [
    "const model = await mulan.load();",
    ...(anyClip ? ["const called = (label) => clips.find((clip) => clip.label === label);"] : []),
    `await mulan.triplets(model, [\n${lines.join("")}])`,
  ].join("\n");
}

/** Triplets with both cosines and the margin, worst first. */
export function drawTriplets({ host, figure, link, outputId, signal }: Place<"triplets">): void {
  const heightPx = 40 + 24 * Math.min(rowStep, figure.n);
  const shell = createFigureShell(host, { kind: "triplets", words: figure, heightPx, signal });
  if (figure.n === 0) {
    showEmpty(
      shell,
      "There are no triplets.",
      "await triplets(model, [{ anchor, positive, negative }])",
    );
    return;
  }
  const unfinished = unfinishedIn(outputId);
  const state = createSignal(initialState(figure, unfinished.view as View | undefined));
  state.subscribe(({ nShown, cursor }) => {
    unfinished.view = { nShown, cursor } satisfies View;
  });
  const clips = clipsByLabel(figure);
  const liveness = followLiveness(shell, link, {
    clips: [...new Set(clips.values())],
    model: figure.model,
  });
  const writeBack = createWriteBack(link, outputId, host, signal);
  const canvas = createCanvas(shell, state);
  let changing: Typed | undefined;
  const triplets = createTypedRequests<WantedTriplet>({
    outputId,
    signal,
    liveness,
    perform: judge,
    giveBack({ typed, over }) {
      const isBack = form.giveBack(over ? "Change" : "Add", typed);
      if (isBack) opened(over);
      return isBack;
    },
  });
  const form = createForm([...clips.keys()], {
    onSubmit: (typed) => triplets.submit({ typed, over: changing }),
    onClose() {
      unfinished.opened = undefined;
      shell.drawing.focus({ preventScroll: true });
    },
  });
  shell.drawing.before(form.element);
  const before = unfinished.opened as OpenForm | undefined;
  if (before) openForm(before.over);

  /** @param over the triplet that is to be changed; a new one without */
  function openForm(over?: Typed): void {
    form.open(over ? "Change" : "Add", over);
    opened(over);
  }

  function opened(over?: Typed): void {
    changing = over;
    unfinished.opened = { over } satisfies OpenForm;
  }

  const rowAtCursor = () => state.value.figure.rows[state.value.cursor.row];
  const audible = () => {
    const row = rowAtCursor();
    return row && audibleOf(row, state.value.cursor.member);
  };
  const prepare = (clip: string | null | undefined): void => {
    if (clip && liveness.value.sound) prepareSound(link, clip);
  };
  const actions = {
    play() {
      const sound = audible();
      if (sound && liveness.value.sound) playClips(link, [sound], shell.status);
    },
    toggleSelected() {
      const sound = audible();
      if (sound) toggleClip(link, sound.clip);
    },
    tellRow() {
      const row = rowAtCursor();
      if (!row) return;
      prepare(audible()?.clip);
      const { member } = state.value.cursor;
      const judged = row.margin > 0 ? "right" : "wrong";
      shell.announcer.say(
        `${memberNames[member]} ${row[memberNames[member]!]}; ${judged}, margin ${formatMargin(row.margin)}`,
      );
    },
    add() {
      if (liveness.value.model) openForm();
    },
    change() {
      const row = rowAtCursor();
      if (row && liveness.value.model) openForm(row);
    },
    remove() {
      const row = rowAtCursor();
      if (row && liveness.value.model) become(withoutTriplet(state.value.figure, row));
    },
  };

  async function judge({ typed, over }: WantedTriplet): Promise<boolean> {
    const { model } = state.value.figure;
    if (model === null) return false;
    const member = (text: string) => memberOf(text, clips);
    const params = {
      anchor: member(typed.anchor),
      positive: member(typed.positive),
      negative: member(typed.negative),
      model,
    };
    const reply = await askInFigure(shell, link, "triplet", params, "judging the triplet");
    if (!reply) return false;
    const ids = memberNames.map((name) => clips.get(typed[name]) ?? null);
    const anyClip = ids.some((id) => id !== null);
    const row = {
      ...typed,
      ...reply,
      ...(anyClip && { clips: [ids[0]!, ids[1]!, ids[2]!] as const }),
    };
    const { rows } = state.value.figure;
    const changed =
      over && rows.find((each) => memberNames.every((name) => each[name] === over[name]));
    const next = withTriplet(state.value.figure, row, changed);
    become(
      next,
      next.rows.find((each) => !rows.includes(each)),
    );
    actions.tellRow();
    return true;
  }

  function become(next: TripletsFigure, row?: TripletRow): void {
    state.set(withFigure(state.value, next, row));
    shell.setWords(next);
    writeBack.edited(next);
  }

  onPress(shell.root, canvas, ({ dataset }) => {
    if (dataset.row === undefined) return;
    const row = Number(dataset.row);
    const onMember = dataset.member !== undefined;
    const member = onMember ? Number(dataset.member) : state.value.cursor.member;
    state.set({ ...state.value, cursor: { row, member } });
    shell.drawing.focus({ preventScroll: true });
    if (onMember) actions.play();
  });
  canvas.addEventListener("dblclick", actions.change);
  canvas.addEventListener("pointermove", (event) => {
    const dataset = elementAt(shell.root, event)?.dataset ?? {};
    const row = state.value.figure.rows[Number(dataset.row ?? -1)];
    if (!row) return shell.tooltip.hide();
    if (dataset.member !== undefined) prepare(row.clips?.[Number(dataset.member)]);
    const frame = shell.drawing.getBoundingClientRect();
    const line = (name: string, value: number, label: string) =>
      html(
        "div",
        {},
        html("span", { class: "number" }, formatFixed(value, 3)),
        ` ${name} ${label}`,
      );
    shell.tooltip.show(
      event.clientX - frame.left,
      event.clientY - frame.top + shell.drawing.offsetTop,
      html("div", {}, row.anchor),
      line("positive", row.cosinePositive, row.positive),
      line("negative", row.cosineNegative, row.negative),
    );
  });
  canvas.addEventListener("pointerleave", () => shell.tooltip.hide());
  shell.controls.add(
    button({ label: "Add triplet", key: "A", live: true, onPress: actions.add }),
    button({ label: "Change this triplet", key: "E", live: true, onPress: actions.change }),
  );
  if (figure.n > rowStep) {
    const more = button({
      label: "Show more triplets",
      onPress() {
        const { nShown, figure: now } = state.value;
        state.set({ ...state.value, nShown: Math.min(now.n, nShown + rowStep) });
      },
    });
    shell.controls.add(more);
  }
  shell.controls.addEntries(
    {
      label: "Insert as cell",
      run: () => link.tell({ type: "insertCell", outputId, code: asCell(state.value.figure) }),
    },
    ...saveEntries(shell, {
      title: () => state.value.figure.title,
      image: () => savedImage(state.value),
      table: () => savedTable(state.value),
    }),
  );
  shell.bindKeys(tripletKeys(state, actions));
}

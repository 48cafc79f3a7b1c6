import { follow, type Signal } from "./signal.ts";
import { unfinishedIn } from "./unfinished.ts";

/** What a person enters into a figure, answered one after the other. */
export interface TypedRequests<Wanted> {
  submit(wanted: Wanted): void;
}

export interface TypedRequestsOptions<Wanted> {
  readonly outputId: string;
  /** Of this drawing; the next one goes on. */
  readonly signal: AbortSignal;
  readonly liveness: Signal<{ readonly model: boolean }>;
  /** Asks the engine and edits the figure. False where nothing came of it. */
  perform(wanted: Wanted): Promise<boolean>;
  /** Puts what failed or was cancelled back where it was typed. False where something else is being typed there. */
  giveBack(wanted: Wanted): boolean;
}

/** What is refused comes back this long after the latest was entered: the next one may have been begun. */
const pauseMs = 1000;

/** Nobody waits for an answer before typing on, and what is entered outlives the drawing. */
export function createTypedRequests<Wanted>({
  outputId,
  signal,
  liveness,
  perform,
  giveBack,
}: TypedRequestsOptions<Wanted>): TypedRequests<Wanted> {
  const unfinished = unfinishedIn(outputId);
  let working = false;
  let enteredMs = Number.NEGATIVE_INFINITY;
  let timer = 0;

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (let next = nextAsked(); next; next = nextAsked()) {
      const entered = next;
      const done = await perform(entered.wanted as Wanted);
      if (signal.aborted) return;
      if (done) entered.stage = "edited";
      else {
        unfinished.entered = unfinished.entered.filter((each) => each !== entered);
        unfinished.givenBack.push(entered.wanted);
      }
      offer();
    }
    working = false;
  }

  function nextAsked() {
    return unfinished.entered.find(({ stage }) => stage === "asked");
  }

  function offer(): void {
    clearTimeout(timer);
    if (signal.aborted || unfinished.givenBack.length === 0) return;
    const isPause = performance.now() - enteredMs >= pauseMs;
    if (isPause && giveBack(unfinished.givenBack[0] as Wanted)) unfinished.givenBack.shift();
    timer = setTimeout(offer, pauseMs);
  }

  const goOn = (): void => {
    if (signal.aborted || !liveness.value.model) return;
    offer();
    void work();
  };
  // The family is still being put together when this is called first.
  follow(liveness, signal, () => queueMicrotask(goOn));
  return {
    submit(wanted) {
      enteredMs = performance.now();
      unfinished.entered.push({ wanted, stage: "asked" });
      void work();
    },
  };
}

/** How far a long call has come, as the engine tells it. */
export interface Progress {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** Items a second. */
  readonly rate?: number | undefined;
}

/** "embedding audio: 12 of 64 · 8.1/s", short enough for a cell's status line. */
export function progressText({ label, done, total, rate }: Progress): string {
  const speed = rate === undefined ? "" : ` · ${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s`;
  return `${label}: ${done} of ${total}${speed}`;
}

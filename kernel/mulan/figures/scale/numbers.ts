const thinSpace = "\u2009";
const minus = "\u2212";

/** "1 234 567" with thin spaces. */
export function formatCount(count: number): string {
  const digits = Math.round(Math.abs(count)).toString();
  const grouped =
    digits.length > 4 || count >= 1000 ? digits.replace(/\B(?=(\d{3})+$)/g, thinSpace) : digits;
  return count < 0 ? minus + grouped : grouped;
}

/** "16 clips", "1 clip". */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A real minus sign and never "−0.00"; "n/a" for what is no number. */
export function formatFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return "n/a";
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? minus + text : text;
}

/** Cosines have two decimals and are never percentages. */
export function formatCosine(value: number): string {
  return formatFixed(value, 2);
}

/** "+0.12" or "−0.12": for margins. */
export function formatMargin(value: number): string {
  const text = formatCosine(value);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** "1:05.0", with hours "1:02:05.0"; whole seconds without their tenth where `tenths` is false. */
export function formatTime(sec: number, tenths = true): string {
  if (!Number.isFinite(sec)) return "n/a";
  const units = Math.round(Math.abs(sec) * (tenths ? 10 : 1));
  const perSecond = tenths ? 10 : 1;
  const whole = Math.floor(units / perSecond);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const seconds = (whole % 60).toString().padStart(2, "0");
  const clock =
    hours > 0
      ? `${hours}:${minutes.toString().padStart(2, "0")}:${seconds}`
      : `${minutes}:${seconds}`;
  return `${sec < 0 ? minus : ""}${clock}${tenths ? `.${units % 10}` : ""}`;
}

/** A duration as a person says it: "40 ms" below a second, else m:ss.s. */
export function formatDuration(sec: number): string {
  if (!Number.isFinite(sec)) return "unknown length";
  if (sec >= 1 || sec === 0) return formatTime(sec);
  const ms = sec * 1000;
  return `${ms < 10 ? Number(ms.toPrecision(2)) : Math.round(ms)} ms`;
}

/** "440 Hz", "2.2 kHz", "16 kHz". */
export function formatFrequency(hz: number): string {
  if (hz < 999.5) return `${Math.round(hz)} Hz`;
  return `${Number((hz / 1000).toFixed(1))} kHz`;
}

/** Sample rates keep what tells them apart: "44.1 kHz", "22.05 kHz". */
export function formatSampleRate(hz: number): string {
  return hz < 1000 ? `${hz} Hz` : `${Number((hz / 1000).toFixed(3))} kHz`;
}

/** Decibels with one decimal; "−∞ dB" for silence. */
export function formatDecibels(db: number, unit = "dB"): string {
  return db === Number.NEGATIVE_INFINITY ? `${minus}∞ ${unit}` : `${formatFixed(db, 1)} ${unit}`;
}

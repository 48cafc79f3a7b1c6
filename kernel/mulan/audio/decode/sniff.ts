import audioType from "audio-type";
import type { ByteSource } from "./fileBytes.ts";
import { parseMp3Header } from "./mp3Frames.ts";
import { readId3v2 } from "./tags.ts";
import { ascii } from "./textBytes.ts";

/** What the first bytes are: one of ours, another kind of sound by name, or nothing known. */
export type Sniffed =
  | { readonly kind: "wav" | "mp3" | "flac" | "ogg" }
  | { readonly kind: "other"; readonly name: string | undefined };

const SNIFF_BYTES = 4096;

/** Looks at content, never at the file's name. */
export function sniff(bytes: ByteSource): Sniffed {
  const head = bytes.view(0, SNIFF_BYTES);
  if (/^(RIFF|RF64|BW64)$/.test(ascii(head, 0, 4)) && ascii(head, 8, 4) === "WAVE")
    return { kind: "wav" };
  if (ascii(head, 0, 4) === "OggS") return { kind: "ogg" };
  const { endOffset } = readId3v2(bytes);
  const body = bytes.view(endOffset, SNIFF_BYTES);
  if (ascii(body, 0, 4) === "fLaC") return { kind: "flac" };
  const header = parseMp3Header(body, 0);
  if (header) {
    const next = bytes.view(endOffset + header.frameBytes, 4);
    if (next.byteLength < 4 || parseMp3Header(next, 0)) return { kind: "mp3" };
  }
  const name = audioType(head.slice());
  // An MP3 whose beginning was cut or padded is found by its frames.
  if (name === "mp3" || endOffset > 0) return { kind: "mp3" };
  return { kind: "other", name };
}

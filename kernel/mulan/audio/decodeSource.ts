import { MulanError, toMulanError } from "../foundation/errors.ts";
import { requestDecode } from "./decode/requestDecode.ts";
import { decodeWithFfmpeg } from "./ffmpeg/decodeWithFfmpeg.ts";

/** Where a clip's samples come from. */
export type ClipSource =
  | FileSource
  | {
      readonly kind: "samples";
      readonly channels: readonly Float32Array[];
      readonly sampleRateHz: number;
    };

export interface FileSource {
  readonly kind: "file";
  readonly path: string;
  readonly reader: "own" | "ffmpeg";
}

export interface DecodeSourceOptions {
  readonly startSec: number;
  /** undefined: to the end. */
  readonly durationSec: number | undefined;
  readonly sampleRateHz: number;
  readonly nChannels: number;
  readonly shape: "mono" | "channels";
  /** undefined: the file's own rate. */
  readonly toRateHz: number | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface DecodedSource {
  readonly channels: Float32Array[];
  readonly warnings: readonly string[];
}

/** @throws MulanError with the file as its subject; AbortError */
export async function decodeSource(
  source: FileSource,
  options: DecodeSourceOptions,
): Promise<DecodedSource> {
  try {
    const decode = source.reader === "ffmpeg" ? decodeWithFfmpeg : requestDecode;
    return await decode({ path: source.path, ...options });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw aboutFile(error, source.path);
  }
}

const FILE_SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "the file may not be read",
  EPERM: "the file may not be read",
  EISDIR: "this is a folder",
  ELOOP: "the link leads in a circle",
};

/** Any failure with a file as one clear error that names it. */
export function aboutFile(error: unknown, path: string): MulanError {
  if (error instanceof MulanError) {
    if (error.parts.subject !== undefined) return error;
    return new MulanError(
      error.code,
      bareMessage(error),
      { subject: path, ...error.parts },
      { cause: error },
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  const code = /^([A-Z]+):/.exec(message)?.[1] ?? "";
  const known = FILE_SYSTEM[code];
  if (!known) return toMulanError(error, "audio.unreadable", { subject: path });
  const remedy =
    code === "ENOENT"
      ? "Check the path; relative paths start at the working folder"
      : "Check its permissions";
  return new MulanError("audio.unreadable", known, { subject: path, remedy }, { cause: error });
}

/** The message without the parts that it was composed with. */
function bareMessage(error: MulanError): string {
  const { expected, got, remedy } = error.parts;
  let message = error.message.replace(/\.$/, "");
  if (remedy && message.endsWith(remedy)) message = message.slice(0, -remedy.length - 2);
  if (expected || got) message = message.slice(0, message.lastIndexOf(" ("));
  return message;
}

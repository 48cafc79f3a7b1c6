import { errorToData } from "../../foundation/errors.ts";
import { FileBytes } from "./fileBytes.ts";
import { openAudio } from "./openAudio.ts";
import type { ProbeResult } from "./protocol.ts";

/** Headers are mostly in here; what is further on is read as needed. */
const READ_AHEAD_BYTES = 16 * 1024;

/** What a file's headers say; an error is a result too, so that one file never spoils a batch. */
export function probeFile(path: string): ProbeResult {
  try {
    using bytes = new FileBytes(path, READ_AHEAD_BYTES);
    const { info, warnings } = openAudio(bytes);
    const { format, sampleRateHz, nChannels, tags, nFrames } = info;
    const probe = { format, sampleRateHz, nChannels, tags, warnings };
    return { probe: nFrames === undefined ? probe : { ...probe, nFrames } };
  } catch (error) {
    return { error: errorToData(error) };
  }
}

import { MulanError } from "../../foundation/errors.ts";
import type { AudioStream } from "./audioStream.ts";
import type { ByteSource } from "./fileBytes.ts";
import { openFlac } from "./flac.ts";
import { openMp3 } from "./mp3.ts";
import { openOggFlac } from "./oggFlac.ts";
import { openOggStream } from "./oggStream.ts";
import { openOpus } from "./opus.ts";
import { sniff } from "./sniff.ts";
import { openVorbis } from "./vorbis.ts";
import { openWav } from "./wav.ts";

const RATE_HZ = { lowest: 1000, highest: 1_536_000 };

/**
 * Opens a file by its content and reads its headers.
 * @throws MulanError `audio.empty`, `audio.damaged`, `audio.unsupported` (which ffmpeg may be able to read).
 */
export function openAudio(bytes: ByteSource): AudioStream {
  if (bytes.size === 0) throw new MulanError("audio.empty", "the file is empty");
  const stream = open(bytes);
  const { sampleRateHz, nChannels } = stream.info;
  if (sampleRateHz < RATE_HZ.lowest || sampleRateHz > RATE_HZ.highest) {
    throw new MulanError("audio.damaged", "the header names an impossible sample rate", {
      expected: `${RATE_HZ.lowest} to ${RATE_HZ.highest} Hz`,
      got: `${sampleRateHz} Hz`,
    });
  }
  if (stream.info.nFrames === undefined) {
    throw new MulanError("audio.damaged", "nothing in the file tells how long it is", {
      expected: "a length in its header, or frames up to its end",
    });
  }
  if (nChannels < 1) throw new MulanError("audio.damaged", "the header names no channel");
  return stream;
}

function open(bytes: ByteSource): AudioStream {
  const sniffed = sniff(bytes);
  switch (sniffed.kind) {
    case "wav":
      return openWav(bytes);
    case "mp3":
      return openMp3(bytes);
    case "flac":
      return openFlac(bytes);
    case "ogg":
      return openOgg(bytes);
    case "other":
      throw new MulanError("audio.unsupported", unsupported(sniffed.name), {
        expected: "WAV, MP3, FLAC, Ogg Vorbis or Opus",
      });
  }
}

function openOgg(bytes: ByteSource): AudioStream {
  const stream = openOggStream(bytes);
  const open = { vorbis: openVorbis, opus: openOpus, flac: openOggFlac }[stream.codec];
  const opened = open(bytes, stream);
  if (!stream.hasEnd && !stream.isChained) {
    opened.warnings.push(
      "the stream's last page is missing: the file was cut off, or is not whole",
    );
  }
  if (stream.isChained) {
    opened.warnings.push("the file holds further streams, which are left out");
  }
  return opened;
}

function unsupported(name: string | undefined): string {
  return name ? `this is ${name.toUpperCase()} audio` : "this is no audio that is known here";
}

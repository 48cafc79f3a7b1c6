import { MulanError } from "../../foundation/errors.ts";

/** Lines that follow a reason without being one. */
const CHATTER =
  /^(Last message repeated|To ignore this|Consider increasing|Stream mapping|Stream #|Error initializing output|Could not write header|Conversion failed|Press \[q\])/;
/** What ffmpeg says of a file that it takes for sound by its name alone. */
const MISDETECTED =
  /misdetection possible|Could not find codec parameters|unspecified sample format/;
const MAX_CHARS = 300;

/** Why ffmpeg gave up, from what it wrote on stderr: seldom the last line alone tells. */
export function ffmpegRefusal(stderr: string): MulanError {
  const remedy = "Check that this is the file you meant, or convert it to WAV";
  if (/matches no streams/.test(stderr)) {
    return new MulanError("audio.unsupported", "the file holds no sound", {
      expected: "at least one stream of audio",
      remedy,
    });
  }
  if (MISDETECTED.test(stderr)) {
    return new MulanError("audio.unsupported", "this is no audio that ffmpeg knows", {
      expected: "sound of a kind that its name and contents agree on",
      remedy,
    });
  }
  const reason = stderr
    .split("\n")
    .map(bare)
    .findLast((line) => line !== "" && !CHATTER.test(line));
  const words = reason?.slice(0, MAX_CHARS) ?? "no reason given";
  return new MulanError("audio.unsupported", `ffmpeg could not read it: ${words}`, { remedy });
}

/** Without addresses, and without the path that the error names already. */
function bare(line: string): string {
  return line
    .trim()
    .replace(/^\[[^\]]* @ [^\]]*\]\s*/, "")
    .replace(/^.*: (?=Invalid data found when processing input$)/, "")
    .replace(/\.$/, "");
}

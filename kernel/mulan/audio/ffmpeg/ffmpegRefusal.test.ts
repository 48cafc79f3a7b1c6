import { expect, test } from "vitest";
import { ffmpegRefusal } from "./ffmpegRefusal.ts";

test("text that is named like audio is said to be none", () => {
  const stderr = `[flac @ 0x561b] Format flac detected only with low score of 1, misdetection possible!
[flac @ 0x561b] Could not find codec parameters for stream 0 (Audio: flac, 0 channels): unspecified sample format
Error initializing output stream 0:0 --
Stream mapping:
    Last message repeated 1 times`;
  expect(ffmpegRefusal(stderr).message).toMatch(
    /no audio that ffmpeg knows \(expected .*\)\. Check/,
  );
});

test("a film without sound is said to hold none", () => {
  const stderr =
    "Stream map '0:a:0' matches no streams.\nTo ignore this, add a trailing '?' to the map.\n";
  expect(ffmpegRefusal(stderr).message).toMatch(/holds no sound \(expected at least one stream/);
});

test("the last line that is a reason is told, without addresses", () => {
  const stderr = "[mov @ 0x1] moov atom not found\n    Last message repeated 3 times\n";
  expect(ffmpegRefusal(stderr).message).toMatch(
    /^ffmpeg could not read it: moov atom not found\. /,
  );
  expect(ffmpegRefusal("").message).toMatch(/no reason given/);
});

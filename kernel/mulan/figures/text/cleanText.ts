const maxCharacters = 300;

/** What may stay of C0 and C1: nothing; of Unicode's format characters: what joins letters of a word. */
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const ansiSequences =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
/** Bidi controls reorder what stands around them; zero-width, tag and interlinear characters hide text. */
const invisible =
  /\u034f|[\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;
const loneSurrogates = /\p{Surrogate}|\p{Noncharacter_Code_Point}/gu;

/**
 * A label, tag or prompt as one line of harmless text, for SVG, terminals and plain text alike: no control
 * or bidi characters, no ANSI sequences, no stacks of more than three marks, at most 300 characters.
 */
export function cleanText(text: string): string {
  const clean = text
    .slice(0, 4 * maxCharacters)
    .replace(ansiSequences, "")
    .replace(loneSurrogates, "\ufffd")
    .replace(controls, " ")
    .replace(invisible, "")
    .normalize("NFC")
    .replace(/(\p{Mark}{3})\p{Mark}+/gu, "$1")
    .replace(/\s+/g, " ")
    .trim();
  const characters = [...clean];
  return characters.length > maxCharacters
    ? `${characters.slice(0, maxCharacters - 1).join("")}…`
    : clean;
}

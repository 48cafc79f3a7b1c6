// What stands for sound that is no music. Several wordings each, because a text tower hears one word by its neighbours.

export const SPEECH: readonly string[] = [
  "speech",
  "a person talking",
  "spoken words",
  "a voice reading aloud",
  "a man speaking",
  "a woman speaking",
  "talking on the radio",
  "an audio book",
  "conversation",
];

export const NOISE: readonly string[] = [
  "noise",
  "white noise",
  "hiss and static",
  "wind and traffic noise",
  "engine noise",
  "rain",
  "crackle",
  "machine hum",
  "wind",
];

export const SILENCE: readonly string[] = ["silence", "nothing to hear", "no sound"];

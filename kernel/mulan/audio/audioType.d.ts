declare module "audio-type" {
  /** A short name ("m4a", "aiff", …) of the kind of sound, or undefined. */
  export default function audioType(bytes: Uint8Array | ArrayBuffer): string | undefined;
}

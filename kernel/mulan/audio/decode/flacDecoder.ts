import { FLACDecoder } from "@wasm-audio-decoders/flac";

/** libFLAC, one frame at a time. */
export interface FlacFrameDecoder {
  /** [channel][frame]; fewer or no samples and `error` where the frame is damaged. */
  decode(frame: Uint8Array): Promise<{ channels: Float32Array[]; error: string | undefined }>;
  free(): void;
}

/**
 * @param streamInfo the body of STREAMINFO: frames may leave their rate and depth to it, and libFLAC gives
 * nothing for those when it has not heard it.
 */
export async function createFlacDecoder(streamInfo: Uint8Array): Promise<FlacFrameDecoder> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  await decoder.decodeFrames([fileHead(streamInfo)]);
  return {
    async decode(frame) {
      const { channelData, errors, bitDepth } = await decoder.decodeFrames([frame]);
      rescale(channelData, bitDepth);
      return { channels: channelData, error: errors[0]?.message };
    },
    free: () => decoder.free(),
  };
}

/** A FLAC file's beginning with STREAMINFO as its only metadata. */
function fileHead(streamInfo: Uint8Array): Uint8Array {
  const isLast = 0x80;
  const marker = [...Buffer.from("fLaC", "latin1"), isLast, 0, 0, streamInfo.byteLength];
  return Uint8Array.from([...marker, ...streamInfo]);
}

/**
 * The package divides an n-bit integer by 2^(n−1) − 1; the rest of the world, and our WAV reader, by 2^(n−1).
 * The lowest integer of all comes clamped and stays one step too high.
 */
function rescale(channels: readonly Float32Array[], bitDepth: number): void {
  const full = 2 ** (bitDepth - 1);
  for (const channel of channels) {
    for (let i = 0; i < channel.length; i++) {
      channel[i] = Math.round(channel[i]! * (full - 1)) / full;
    }
  }
}

/** Exactly `nFrames` of [channel][frame]: what a damaged frame did not give is silence. */
export function fitToBlock(
  channels: readonly Float32Array[],
  nChannels: number,
  nFrames: number,
): Float32Array[] {
  return Array.from({ length: nChannels }, (_, i) => {
    const channel = channels[i];
    if (channel?.length === nFrames) return channel;
    const whole = new Float32Array(nFrames);
    if (channel) whole.set(channel.subarray(0, nFrames));
    return whole;
  });
}

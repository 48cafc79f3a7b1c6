import type { WavFormat } from "./wav.ts";

type ReadSample = (view: DataView, at: number) => number;

const INTEGER: Readonly<Record<number, ReadSample>> = {
  8: (view, at) => (view.getUint8(at) - 128) / 2 ** 7,
  16: (view, at) => view.getInt16(at, true) / 2 ** 15,
  24: (view, at) => ((view.getUint16(at, true) << 8) | (view.getInt8(at + 2) << 24)) / 2 ** 31,
  32: (view, at) => view.getInt32(at, true) / 2 ** 31,
};

const FLOAT: Readonly<Record<number, ReadSample>> = {
  32: (view, at) => view.getFloat32(at, true),
  64: (view, at) => view.getFloat64(at, true),
};

/**
 * Bytes that a sample takes: 24 bits may stand in 4 bytes, in the upper three of them, as the format's
 * integers are left-justified.
 */
function containerBytes({ formatTag, nChannels, blockBytes, bitsPerSample }: WavFormat): number {
  const isPadded = formatTag === 1 && bitsPerSample > 16 && blockBytes === 4 * nChannels;
  return isPadded ? 4 : Math.ceil(bitsPerSample / 8);
}

/**
 * Blocks of interleaved PCM → [channel][frame]; an n-bit integer x becomes x / 2^(n−1) exactly.
 * Undefined for data that is not plain PCM.
 */
export function pcmReader(format: WavFormat): ((block: Uint8Array) => Float32Array[]) | undefined {
  const { formatTag, nChannels, blockBytes } = format;
  const sampleBytes = containerBytes(format);
  const table = formatTag === 1 ? INTEGER : formatTag === 3 ? FLOAT : {};
  const read = table[sampleBytes * 8];
  if (!read || blockBytes < sampleBytes * nChannels) return undefined;
  return (block) => {
    const nFrames = Math.floor(block.byteLength / blockBytes);
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    return Array.from({ length: nChannels }, (_, channel) => {
      const samples = new Float32Array(nFrames);
      let at = channel * sampleBytes;
      for (let frame = 0; frame < nFrames; frame++, at += blockBytes)
        samples[frame] = read(view, at);
      return samples;
    });
  };
}

export interface WavParts {
  readonly formatTag?: number;
  readonly bitsPerSample?: number;
  readonly nChannels?: number;
  readonly sampleRateHz?: number;
  /** Bytes of a block, where samples stand in larger containers. */
  readonly blockBytes?: number;
  /** What the header says of the samples' size, when it lies. */
  readonly declaredBytes?: number;
}

/** A WAV file around raw sample bytes. */
export function wavBytes(data: Uint8Array, parts: WavParts = {}): Buffer {
  const { formatTag = 1, bitsPerSample = 16, nChannels = 1, sampleRateHz = 8000 } = parts;
  const blockBytes = (parts.blockBytes ?? nChannels * Math.ceil(bitsPerSample / 8)) & 0xffff;
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE((36 + data.byteLength) >>> 0, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(formatTag, 20);
  head.writeUInt16LE(nChannels, 22);
  head.writeUInt32LE(sampleRateHz, 24);
  head.writeUInt32LE((sampleRateHz * blockBytes) >>> 0, 28);
  head.writeUInt16LE(blockBytes, 32);
  head.writeUInt16LE(bitsPerSample, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(parts.declaredBytes ?? data.byteLength, 40);
  return Buffer.concat([head, data]);
}

import { createHash } from "node:crypto";
import { MulanError } from "../../foundation/errors.ts";
import { BitWriter } from "./bitWriter.ts";
import { crc8, crc16 } from "./checksums.ts";
import { predictBest } from "./fixedPredictor.ts";
import { planRice, writeRice } from "./riceCode.ts";

const blockFrames = 4096;
const bitsPerSample = 16;
/** The highest rate that the format has room for (RFC 9639, section 8.2). */
export const maxFlacRateHz = 655_350;

/**
 * A mono FLAC file of 16 bits a sample. Sound beyond ±1 is clipped.
 * @param samples mono, −1 to 1; NaN counts as 0
 * @throws MulanError `audio.range` when the rate is no whole number from 1 to 655,350
 */
export function encodeFlac(samples: Float32Array, sampleRateHz: number): Uint8Array {
  if (!Number.isInteger(sampleRateHz) || sampleRateHz < 1 || sampleRateHz > maxFlacRateHz) {
    throw new MulanError("audio.range", "FLAC has no such sample rate", {
      expected: `a whole number from 1 to ${maxFlacRateHz}`,
      got: String(sampleRateHz),
      remedy: "Resample the sound first",
    });
  }
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < pcm.length; i++) pcm[i] = toInt16(samples[i]!);
  const bits = new BitWriter(pcm.length);
  writeStreamInfo(bits, pcm, sampleRateHz);
  for (let at = 0, index = 0; at < pcm.length; at += blockFrames, index++) {
    writeFrame(bits, new Int32Array(pcm.subarray(at, at + blockFrames)), index, sampleRateHz);
  }
  return bits.take();
}

function toInt16(sample: number): number {
  return Math.max(-32768, Math.min(32767, Math.round(sample * 32768) || 0));
}

/** The magic word and the one block of metadata that must be there. */
function writeStreamInfo(bits: BitWriter, pcm: Int16Array, sampleRateHz: number): void {
  const md5 = createHash("md5").update(littleEndian(pcm)).digest();
  bits.writeBytes(Buffer.from("fLaC"));
  bits.write(0x80, 8);
  bits.write(34, 24);
  bits.write(blockFrames, 16);
  bits.write(blockFrames, 16);
  // Sizes of frames: unknown.
  bits.write(0, 24);
  bits.write(0, 24);
  bits.write(sampleRateHz, 20);
  bits.write(0, 3);
  bits.write(bitsPerSample - 1, 5);
  bits.write(Math.floor(pcm.length / 2 ** 20), 16);
  bits.write(pcm.length % 2 ** 20, 20);
  bits.writeBytes(md5);
}

function writeFrame(bits: BitWriter, block: Int32Array, index: number, sampleRateHz: number): void {
  const rate = rateCode(sampleRateHz);
  const start = bits.length;
  bits.write(0b1111_1111_1111_1000, 16);
  // 12: 256 · 2^4 samples; 7: the number stands behind, in 16 bits.
  bits.write(block.length === blockFrames ? 12 : 7, 4);
  bits.write(rate.code, 4);
  // One channel of 16 bits.
  bits.write(0, 4);
  bits.write(0b1000, 4);
  writeCodedNumber(bits, index);
  if (block.length !== blockFrames) bits.write(block.length - 1, 16);
  if (rate.behind !== undefined) bits.write(rate.behind, 16);
  bits.write(crc8(bits.from(start)), 8);
  writeSubframe(bits, block);
  bits.align();
  bits.write(crc16(bits.from(start)), 16);
}

/** Each frame says its rate, so that it can be decoded alone; what it cannot say stands in STREAMINFO only. */
function rateCode(sampleRateHz: number): { code: number; behind?: number } {
  if (sampleRateHz < 2 ** 16) return { code: 13, behind: sampleRateHz };
  if (sampleRateHz % 10 === 0) return { code: 14, behind: sampleRateHz / 10 };
  return { code: 0 };
}

/** A constant, a prediction with its residual, or, where nothing can be predicted, the samples. */
function writeSubframe(bits: BitWriter, block: Int32Array): void {
  if (block.every((sample) => sample === block[0])) {
    bits.write(0, 8);
    bits.write(block[0]!, bitsPerSample);
    return;
  }
  const prediction = predictBest(block);
  const plan = planRice(prediction);
  const { order } = prediction;
  if (order * bitsPerSample + plan.nBits >= block.length * bitsPerSample) {
    bits.write(0b10, 8);
    for (const sample of block) bits.write(sample, bitsPerSample);
    return;
  }
  bits.write((0b1000 + order) << 1, 8);
  for (let i = 0; i < order; i++) bits.write(block[i]!, bitsPerSample);
  writeRice(bits, prediction, plan);
}

/** Numbers of frames are written as UTF-8 writes characters. */
function writeCodedNumber(bits: BitWriter, value: number): void {
  if (value < 0x80) return bits.write(value, 8);
  let nMore = 1;
  while (value >= 2 ** (6 * nMore + 6 - nMore)) nMore++;
  const marker = 0xff00 >> (nMore + 1);
  bits.write((marker & 0xff) | Math.floor(value / 64 ** nMore), 8);
  for (let i = nMore - 1; i >= 0; i--) bits.write(0x80 | (Math.floor(value / 64 ** i) % 64), 8);
}

function littleEndian(pcm: Int16Array): Uint8Array {
  const bytes = new Uint8Array(2 * pcm.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < pcm.length; i++) view.setInt16(2 * i, pcm[i]!, true);
  return bytes;
}

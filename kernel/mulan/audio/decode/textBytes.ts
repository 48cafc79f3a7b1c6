const utf8 = new TextDecoder("utf-8");
const latin1 = new TextDecoder("latin1");
const utf16le = new TextDecoder("utf-16le");
const utf16be = new TextDecoder("utf-16be");

export function ascii(bytes: Uint8Array, at: number, length: number): string {
  let text = "";
  const end = Math.min(at + length, bytes.byteLength);
  for (let i = at; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

/** An unsigned number of up to 6 bytes; bytes past the end count as 0. */
export function littleEndian(bytes: Uint8Array, at: number, nBytes: number): number {
  let value = 0;
  for (let i = nBytes - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

export function bigEndian(bytes: Uint8Array, at: number, nBytes: number): number {
  let value = 0;
  for (let i = 0; i < nBytes; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** Tag text up to its first NUL, without control characters. */
export function tidy(text: string): string {
  const end = text.indexOf("\0");
  return (end < 0 ? text : text.slice(0, end)).replace(/[\u0000-\u001f\u007f]+/g, " ").trim();
}

export function decodeUtf8(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}

/** ID3v2 text: its first byte names the encoding (Latin-1, UTF-16 with BOM, UTF-16BE, UTF-8). */
export function decodeId3Text(bytes: Uint8Array): string {
  const body = bytes.subarray(1);
  if (bytes[0] === 3) return utf8.decode(body);
  if (bytes[0] === 2) return utf16be.decode(body);
  if (bytes[0] !== 1) return latin1.decode(body);
  if (body[0] === 0xfe && body[1] === 0xff) return utf16be.decode(body.subarray(2));
  return utf16le.decode(body[0] === 0xff && body[1] === 0xfe ? body.subarray(2) : body);
}

/** UTF-8 where it is valid, else Latin-1: RIFF INFO and ID3v1 do not say which. */
export function decodeUntold(bytes: Uint8Array): string {
  const text = utf8.decode(bytes);
  return text.includes("\ufffd") ? latin1.decode(bytes) : text;
}

/**
 * The same recording under another title, as ID3v2.3 (mp3) or as Vorbis comments (flac); artist and album say it too.
 * @throws Error for other formats
 */
export function withTitle(file: Buffer, title: string): Buffer {
  const magic = file.subarray(0, 4).toString("latin1");
  if (magic.startsWith("ID3")) return withId3(file, title);
  if (magic === "fLaC") return withVorbisComments(file, title);
  throw new Error(`neither an mp3 with ID3 tags nor a flac file: it begins with ${magic}`);
}

const id3HeaderBytes = 10;

function withId3(file: Buffer, title: string): Buffer {
  const [a, b, c, d] = file.subarray(6, id3HeaderBytes);
  const oldBytes = (a! << 21) | (b! << 14) | (c! << 7) | d!;
  // Encoding 1: UTF-16 with its byte order mark.
  const text = Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(title, "utf16le")]);
  const frames = ["TIT2", "TPE1", "TALB"].map((id) => {
    const head = Buffer.alloc(10);
    head.write(id, "latin1");
    head.writeUInt32BE(text.length, 4);
    return Buffer.concat([head, text]);
  });
  const body = Buffer.concat(frames);
  const header = Buffer.from("ID3\x03\0\0\0\0\0\0", "latin1");
  // Seven bits a byte.
  for (let i = 0; i < 4; i++) header[6 + i] = (body.length >> (7 * (3 - i))) & 0x7f;
  return Buffer.concat([header, body, file.subarray(id3HeaderBytes + oldBytes)]);
}

const vorbisComment = 4;

function withVorbisComments(file: Buffer, title: string): Buffer {
  const blocks: Buffer[] = [file.subarray(0, 4)];
  let at = 4;
  for (let isLast = false; !isLast; ) {
    const type = file[at]! & 0x7f;
    isLast = (file[at]! & 0x80) !== 0;
    const bytes = file.readUIntBE(at + 1, 3);
    const body = type === vorbisComment ? comments(title) : file.subarray(at + 4, at + 4 + bytes);
    const head = Buffer.from([file[at]!, 0, 0, 0]);
    head.writeUIntBE(body.length, 1, 3);
    blocks.push(head, body);
    at += 4 + bytes;
  }
  return Buffer.concat([...blocks, file.subarray(at)]);
}

function comments(title: string): Buffer {
  const withLength = (text: string): Buffer => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const entries = ["title", "artist", "album"].map((name) => withLength(`${name}=${title}`));
  const count = Buffer.alloc(4);
  count.writeUInt32LE(entries.length);
  return Buffer.concat([withLength("test"), count, ...entries]);
}

import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * What is done to a file on its way: other bytes in its place, a status, or half of it and then "break" (the
 * connection ends) or "stall" (nothing more comes).
 */
export type Fault = (data: Uint8Array) => Uint8Array | "break" | "stall" | number;

/** Serves stand-in files by their names, whatever folder is asked for, as PyPI's file server does. */
export class CudaServer implements AsyncDisposable {
  /** In order; `range` as it was asked for. */
  readonly requests: { readonly file: string; readonly range: string | undefined }[] = [];
  fault: Fault | undefined;
  readonly #server: Server;

  /** @param files name → bytes */
  static async start(files: Readonly<Record<string, Uint8Array>>): Promise<CudaServer> {
    const started = new CudaServer(files);
    started.#server.listen(0, "127.0.0.1");
    await once(started.#server, "listening");
    return started;
  }

  private constructor(files: Readonly<Record<string, Uint8Array>>) {
    this.#server = createServer((request, response) => {
      const file = (request.url ?? "").split("/").at(-1)!;
      const { range } = request.headers;
      this.requests.push({ file, range });
      const data = files[file];
      if (data) this.#send(response, data, Number(/bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0));
      else response.writeHead(404).end();
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, "close");
  }

  #send(response: ServerResponse, data: Uint8Array, from: number): void {
    const changed = this.fault?.(data) ?? data;
    if (typeof changed === "number") {
      response.writeHead(changed).end();
      return;
    }
    response.writeHead(from > 0 ? 206 : 200);
    if (typeof changed !== "string") {
      response.end(changed.subarray(from));
      return;
    }
    const half = data.subarray(from, Math.max(from, data.length / 2));
    response.write(half, () => changed === "break" && response.destroy());
  }
}

/** What no compression makes small, so that a download has a middle to break off in. */
export function noise(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** The same file with one byte changed on its way. */
export const oneByteWrong: Fault = (data) =>
  data.map((byte, i) => (i === data.length >> 2 ? byte ^ 1 : byte));

export function sha256(data: Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

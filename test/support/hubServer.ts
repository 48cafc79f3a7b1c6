import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** What a request is answered with instead of the usual: return true when it was answered. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A hub of our own: speaks as much of its API as models are fetched with, and fails on demand. */
export class HubServer implements AsyncDisposable {
  readonly requests: {
    readonly path: string;
    readonly token: string | undefined;
    readonly range: string | undefined;
  }[] = [];
  fault: Fault | undefined;
  /** Paths whose listed hash is not the file's. */
  readonly lies = new Set<string>();
  readonly #server: Server;
  readonly #repos: Readonly<Record<string, Readonly<Record<string, Buffer>>>>;

  /** @param repos "owner/name" → path → bytes; .onnx files are listed with sha256, others with git's hash */
  static async start(
    repos: Readonly<Record<string, Readonly<Record<string, Buffer>>>>,
  ): Promise<HubServer> {
    const hub = new HubServer(repos);
    hub.#server.listen(0, "127.0.0.1");
    await once(hub.#server, "listening");
    return hub;
  }

  private constructor(repos: Readonly<Record<string, Readonly<Record<string, Buffer>>>>) {
    this.#repos = repos;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Paths of files that were asked for. */
  get files(): string[] {
    return this.requests.flatMap(({ path }) => /\/resolve\/[0-9a-f]+\/(.*)$/.exec(path)?.[1] ?? []);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(new URL(request.url ?? "/", this.url).pathname);
    const { authorization, range } = request.headers;
    this.requests.push({ path, token: authorization, range });
    if (this.fault?.(request, response)) return;
    const [, api, repo, rest] = /^(?:\/api\/models)?()\/([^/]+\/[^/]+)\/(.*)$/.exec(path) ?? [];
    const files = this.#repos[repo ?? ""];
    if (api === undefined || !files) return this.#missing(response, "RepoNotFound");
    if (rest?.startsWith("revision/")) {
      if (rest !== "revision/main" && rest !== `revision/${COMMIT}`) {
        return this.#missing(response, "RevisionNotFound");
      }
      return json(response, { _id: "1", id: repo, sha: COMMIT, lastModified: "2026-01-01" });
    }
    if (rest === `tree/${COMMIT}`) return json(response, this.#tree(files));
    const name = rest?.replace(`resolve/${COMMIT}/`, "");
    const file = name === undefined ? undefined : files[name];
    if (!file) return this.#missing(response, "EntryNotFound");
    send(response, file, range);
  }

  #tree(files: Readonly<Record<string, Buffer>>): unknown[] {
    return Object.entries(files).map(([path, bytes]) => {
      const damage = this.lies.has(path) ? Buffer.concat([bytes, Buffer.from("!")]) : bytes;
      const size = bytes.length;
      const gitSha1 = createHash("sha1").update(`blob ${size}\0`).update(damage).digest("hex");
      const entry = { type: "file", path, size, oid: gitSha1 };
      if (!path.endsWith(".onnx")) return entry;
      const sha256 = createHash("sha256").update(damage).digest("hex");
      return { ...entry, lfs: { oid: sha256, size, pointerSize: 132 } };
    });
  }

  #missing(response: ServerResponse, code: string): void {
    response.writeHead(404, { "x-error-code": code, "content-type": "application/json" });
    response.end(JSON.stringify({ error: code }));
  }
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

function send(response: ServerResponse, bytes: Buffer, range: string | undefined): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
  const body = bytes.subarray(from);
  response.writeHead(range ? 206 : 200, {
    "content-length": body.length,
    ...(range && { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
  });
  response.end(body);
}

/**
 * Sends the first part of a file as if it were whole, then cuts the connection once `stored` says that the part is kept:
 * a broken connection takes along what its reader has not read yet.
 */
export function cutAfter(
  bytes: Buffer,
  nBytes: number,
  response: ServerResponse,
  stored: () => Promise<unknown>,
): boolean {
  response.writeHead(200, { "content-length": bytes.length });
  response.write(bytes.subarray(0, nBytes));
  void stored().finally(() => response.destroy());
  return true;
}

export function refuse(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): boolean {
  response.writeHead(status, headers);
  response.end(JSON.stringify({ error: `refused with ${status}` }));
  return true;
}

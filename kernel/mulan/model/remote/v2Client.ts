import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { MulanError } from "../../foundation/errors.ts";
import type { FedTensor, Tensor } from "../inference/tensors.ts";
import { maySendToken } from "../maySendToken.ts";
import { badAnswer, decodeReply, encodeRequest } from "./v2Body.ts";
import {
  BINARY_EXTENSION,
  JSON_LENGTH_HEADER,
  type ModelMetadata,
  modelSchema,
  serverSchema,
} from "./v2Protocol.ts";

export const TOKEN_VARIABLE = "MULAN_SERVER_TOKEN";
const DEFAULT_TIMEOUT_SEC = 60;
const MAX_TRIES = 4;
/** What passes by itself: a server that starts, is full or changes its model; all else is an answer. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

interface Call {
  readonly path: string;
  readonly body?: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One server. Every request may be sent again: towers keep nothing, and only one try's answer is ever used. */
export class V2Client {
  readonly url: string;
  readonly #timeoutSec: number;
  #isBinary = false;
  /** Name and version, once asked. */
  version = "server";

  /** @throws MulanError `server.url` */
  constructor(server: string, timeoutSec = DEFAULT_TIMEOUT_SEC) {
    if (!/^https?:\/\/[^/]/.test(server) || !URL.canParse(server)) {
      throw new MulanError("server.url", "this is no server's address", {
        expected: "http://host:port or https://host",
        got: JSON.stringify(server),
      });
    }
    const { username, password } = new URL(server);
    if (username || password) {
      throw new MulanError("server.url", "a server's address must hold no password", {
        expected: "http://host:port or https://host",
        got: "an address with a user's name before an @",
        remedy: `Put a bearer token into the environment variable ${TOKEN_VARIABLE}`,
      });
    }
    this.url = server.replace(/\/+(v2\/*)?$/, "");
    this.#timeoutSec = timeoutSec;
  }

  /** Asks what the server is; from then on tensors go as bytes where it takes them. */
  async connect(signal?: AbortSignal): Promise<void> {
    const { name, version, extensions } = await this.#json({ path: "" }, serverSchema, signal);
    this.#isBinary = extensions.includes(BINARY_EXTENSION);
    this.version = `${name} ${version}`.trim();
  }

  /** undefined where the server has no such model. */
  async model(name: string, signal?: AbortSignal): Promise<ModelMetadata | undefined> {
    try {
      return await this.#json({ path: modelPath(name) }, modelSchema, signal);
    } catch (error) {
      if (error instanceof MulanError && error.code === "server.no-model") return undefined;
      throw error;
    }
  }

  /** @throws MulanError `server.answer`, `server.gone`, `server.refused`, `server.unauthorized`; AbortError */
  async infer(
    model: string,
    inputs: readonly FedTensor[],
    outputs: readonly string[],
    signal?: AbortSignal,
  ): Promise<Tensor[]> {
    const id = randomUUID();
    const { body, jsonLength } = encodeRequest(id, inputs, outputs, this.#isBinary);
    const headers: Record<string, string> =
      jsonLength === undefined
        ? { "content-type": "application/json" }
        : {
            "content-type": "application/octet-stream",
            [JSON_LENGTH_HEADER]: String(jsonLength),
          };
    const call = { path: `${modelPath(model)}/infer`, body, headers };
    const reply = await this.#ask(call, signal);
    return decodeReply(reply.bytes, reply.jsonLength, id, outputs);
  }

  async #json<T>(call: Call, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    const { bytes } = await this.#ask(call, signal);
    const text = Buffer.from(bytes).toString("utf8");
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      throw badAnswer(
        `metadata of the v2 protocol at /v2${call.path}`,
        JSON.stringify(text.slice(0, 60)),
      );
    }
  }

  async #ask(
    call: Call,
    signal?: AbortSignal,
  ): Promise<{ bytes: Uint8Array; jsonLength: number | undefined }> {
    for (let tries = 1; ; tries++) {
      signal?.throwIfAborted();
      try {
        return await this.#once(call, signal);
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        const mayPass = error instanceof Passing;
        if (!mayPass) throw error;
        if (tries >= MAX_TRIES) throw error.asError(this.url, tries);
        await sleep(100 * 3 ** (tries - 1), undefined, { signal });
      }
    }
  }

  async #once(
    { path, body, headers = {} }: Call,
    signal: AbortSignal | undefined,
  ): Promise<{ bytes: Uint8Array; jsonLength: number | undefined }> {
    const url = new URL(`${this.url}/v2${path}`);
    const token = process.env[TOKEN_VARIABLE];
    const sendsToken = Boolean(token) && maySendToken(url);
    const limit = AbortSignal.timeout(1000 * this.#timeoutSec);
    let response: Response;
    let bytes: Uint8Array;
    try {
      response = await fetch(url, {
        method: body === undefined ? "GET" : "POST",
        headers: { ...headers, ...(sendsToken && { authorization: `Bearer ${token}` }) },
        ...(body !== undefined && { body: body as NonNullable<RequestInit["body"]> }),
        // A server that sends elsewhere is not the one that was named.
        redirect: "error",
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      const late = limit.aborted && `no answer for ${this.#timeoutSec} s`;
      throw new Passing(late || reasonOf(cause), cause);
    }
    if (response.ok) {
      const length = response.headers.get(JSON_LENGTH_HEADER);
      return { bytes, jsonLength: length === null ? undefined : Number(length) };
    }
    const said = saidBy(bytes);
    if (PASSING.has(response.status)) throw new Failing(`${response.status}${said}`);
    throw this.#refusal(response.status, said, path, { hasToken: Boolean(token), sendsToken });
  }

  #refusal(
    status: number,
    said: string,
    path: string,
    { hasToken, sendsToken }: { readonly hasToken: boolean; readonly sendsToken: boolean },
  ): MulanError {
    const parts = { subject: `${this.url}/v2${path}`, got: `${status}${said}` };
    if (status === 401 || status === 403) {
      const problem = sendsToken ? "the server refused the token" : "the server wants a token";
      const remedy = sendsToken
        ? `Check the token in the environment variable ${TOKEN_VARIABLE}: it was sent; it may be mistyped, expired or not for this model`
        : hasToken
          ? `${TOKEN_VARIABLE} was not sent: a token goes over https or to this machine only`
          : `Put a token into the environment variable ${TOKEN_VARIABLE}`;
      return new MulanError("server.unauthorized", problem, { ...parts, remedy });
    }
    if ((status === 404 || status === 400) && !path.endsWith("/infer")) {
      return new MulanError("server.no-model", "the server has no such model", parts);
    }
    return new MulanError("server.refused", "the server refused the request", parts);
  }
}

/** A failure that may be over at the next try. */
class Passing extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }

  asError(subject: string, tries: number): MulanError {
    return new MulanError(
      "server.gone",
      "the server does not answer",
      {
        subject,
        expected: "an answer of the v2 protocol",
        got: `${this.message}, ${tries} times`,
        remedy:
          "Check that it is running, then run the cell again: what is embedded already comes from the cache",
      },
      { cause: this.cause },
    );
  }
}

/** The server answers, but with a fault of its own, which may be over at the next try. */
class Failing extends Passing {
  constructor(said: string) {
    super(said, undefined);
  }

  override asError(subject: string, tries: number): MulanError {
    return new MulanError("server.gone", "the server answers with an error", {
      subject,
      expected: "an answer of the v2 protocol",
      got: `${this.message}, ${tries} times`,
      remedy:
        "Look into the server's log, then run the cell again: what is embedded already comes from the cache",
    });
  }
}

function reasonOf(cause: unknown): string {
  const inner = (cause as Error).cause as NodeJS.ErrnoException | undefined;
  return inner?.code ?? inner?.message ?? (cause as Error).message;
}

function saidBy(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("utf8");
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === "string" ? `: ${error.slice(0, 300)}` : "";
  } catch {
    return text.trim() ? `: ${text.trim().slice(0, 100)}` : "";
  }
}

function modelPath(name: string): string {
  return `/models/${encodeURIComponent(name)}`;
}

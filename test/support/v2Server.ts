import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { float16ToFloat32, float32ToFloat16 } from "../../kernel/mulan/foundation/halfFloats.ts";
import { ortTensor } from "../../kernel/mulan/model/inference/ortTensor.ts";

/** What a request is answered with instead of the usual: true when it was answered. */
export type V2Fault = (path: string, response: ServerResponse) => boolean | Promise<boolean>;

interface V2Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data?: readonly number[];
  readonly parameters?: { readonly binary_data_size?: number };
}

interface V2Request {
  readonly id?: string;
  readonly inputs: readonly V2Tensor[];
  readonly outputs: readonly {
    readonly name: string;
    readonly parameters?: { readonly binary_data?: boolean };
  }[];
}

const DATATYPES: Readonly<Record<string, string>> = {
  float32: "FP32",
  float16: "FP16",
  int64: "INT64",
  int32: "INT32",
};

/** An Open Inference Protocol v2 server of our own: runs ONNX files, speaks the binary extension, fails on demand. */
export class V2Server implements AsyncDisposable {
  /** Inference requests that were answered: model, rows and whether tensors came as bytes. */
  readonly answered: { readonly model: string; readonly n: number; readonly isBinary: boolean }[] =
    [];
  readonly tokens: (string | undefined)[] = [];
  fault: V2Fault | undefined;
  /** Of every model's metadata. */
  parameters: Record<string, unknown> | undefined;
  readonly #isBinary: boolean;
  readonly #sessions: ReadonlyMap<string, InferenceSession>;
  readonly #server: Server;

  /** @param models name → path of an ONNX file */
  static async start(
    models: Readonly<Record<string, string>>,
    { isBinary = true } = {},
  ): Promise<V2Server> {
    const sessions = new Map<string, InferenceSession>();
    for (const [name, path] of Object.entries(models)) {
      sessions.set(name, await InferenceSession.create(path, { logSeverityLevel: 3 }));
    }
    const server = new V2Server(sessions, isBinary);
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  private constructor(sessions: ReadonlyMap<string, InferenceSession>, isBinary: boolean) {
    this.#sessions = sessions;
    this.#isBinary = isBinary;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        json(response, 500, { error: String(error) });
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
    for (const session of this.#sessions.values()) await session.release();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(request.url ?? "/", this.url).pathname);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.tokens.push(request.headers.authorization);
    if (await this.fault?.(path, response)) return;
    if (path === "/v2") {
      const extensions = this.#isBinary ? ["binary_tensor_data"] : [];
      return json(response, 200, { name: "test-server", version: "1.2", extensions });
    }
    const [, model = "", isInfer] = /^\/v2\/models\/([^/]+)(\/infer)?$/.exec(path) ?? [];
    const session = this.#sessions.get(model);
    if (!session) return json(response, 404, { error: `no model ${model}` });
    if (!isInfer) return json(response, 200, this.#metadata(model, session));
    await this.#infer(model, session, Buffer.concat(chunks), request, response);
  }

  #metadata(name: string, session: InferenceSession): unknown {
    const describe = (metadata: readonly InferenceSession.ValueMetadata[]) =>
      metadata.map((info) => ({
        name: info.name,
        datatype: info.isTensor ? DATATYPES[info.type] : "?",
        shape: info.isTensor ? info.shape.map((dim) => (typeof dim === "number" ? dim : -1)) : [],
      }));
    return {
      name,
      versions: ["1"],
      platform: "onnxruntime_onnx",
      inputs: describe(session.inputMetadata),
      outputs: describe(session.outputMetadata),
      ...(this.parameters && { parameters: this.parameters }),
    };
  }

  async #infer(
    model: string,
    session: InferenceSession,
    body: Buffer,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const header = request.headers["inference-header-content-length"];
    const jsonLength = header === undefined ? body.length : Number(header);
    const asked = JSON.parse(body.subarray(0, jsonLength).toString("utf8")) as V2Request;
    let at = jsonLength;
    const feeds: Record<string, Tensor> = {};
    for (const { name, shape, datatype, data, parameters } of asked.inputs) {
      const size = parameters?.binary_data_size;
      const bytes =
        size === undefined ? undefined : new Uint8Array(body.subarray(at, at + size)).buffer;
      at += size ?? 0;
      feeds[name] = tensor(datatype, shape, bytes, data);
    }
    const results = await session.run(
      feeds,
      asked.outputs.map(({ name }) => name),
    );
    const blobs: Buffer[] = [];
    const outputs = asked.outputs.map(({ name, parameters }) => {
      const { type, data, dims } = results[name]!;
      const rows = data as Float32Array | Uint16Array<ArrayBuffer>;
      const common = { name, shape: dims, datatype: DATATYPES[type] };
      if (!parameters?.binary_data) {
        // JSON has the numbers, whatever their precision.
        const halves = new Uint16Array(rows.buffer, rows.byteOffset, rows.length);
        return {
          ...common,
          data: Array.from(type === "float16" ? float16ToFloat32(halves) : rows),
        };
      }
      blobs.push(Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength));
      return { ...common, parameters: { binary_data_size: rows.byteLength } };
    });
    this.answered.push({ model, n: asked.inputs[0]!.shape[0]!, isBinary: header !== undefined });
    const head = Buffer.from(JSON.stringify({ model_name: model, id: asked.id, outputs }));
    response.writeHead(200, {
      ...(blobs.length > 0 && { "inference-header-content-length": head.length }),
      "content-type": blobs.length > 0 ? "application/octet-stream" : "application/json",
    });
    response.end(Buffer.concat([head, ...blobs]));
  }
}

function tensor(
  datatype: string,
  dims: readonly number[],
  bytes: ArrayBuffer | undefined,
  data: readonly number[] | undefined,
): Tensor {
  const values = data ?? [];
  if (datatype === "FP32") {
    return new Tensor("float32", bytes ? new Float32Array(bytes) : Float32Array.from(values), dims);
  }
  if (datatype === "FP16") {
    const halves = bytes ? new Uint16Array(bytes) : float32ToFloat16(Float32Array.from(values));
    return ortTensor({ data: halves, dims });
  }
  const wide = bytes ? new BigInt64Array(bytes) : BigInt64Array.from(values, BigInt);
  return new Tensor("int64", wide, dims);
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

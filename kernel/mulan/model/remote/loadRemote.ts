import { MulanError } from "../../foundation/errors.ts";
import { describeModel } from "../describeModel.ts";
import type { JointModel } from "../jointModel.ts";
import { learnedScale } from "../layouts/learnedScale.ts";
import { dimOf } from "../layouts/measureDim.ts";
import { isGuess, measured } from "../layouts/measureTemperature.ts";
import { finishLoading, type Loading } from "../loading.ts";
import type { LoadOptions } from "../loadOptions.ts";
import { AudioTower } from "../towers/audioTower.ts";
import { openTokenizer } from "../towers/openTokenizer.ts";
import { TextTower } from "../towers/textTower.ts";
import type { Towers } from "../towers/towers.ts";
import { type RemoteGraphs, remoteManifest } from "./remoteManifest.ts";
import { RemoteSession } from "./remoteSession.ts";
import type { RemoteSource } from "./remoteSource.ts";
import { V2Client } from "./v2Client.ts";
import type { ModelMetadata } from "./v2Protocol.ts";

const DEFAULT_MAX_BATCH = 8;

/**
 * Loads towers that a server runs; decoding, windows, features and tokens stay here.
 * @throws MulanError `server.url`, `server.gone`, `server.no-model`, `server.unauthorized`, `server.manifest`,
 * `server.answer`, `model.*`; AbortError
 */
export async function loadRemote(
  source: RemoteSource,
  loading: Loading,
  options: LoadOptions,
): Promise<JointModel> {
  const { signal } = loading;
  const client = new V2Client(source.server, source.timeoutSec);
  loading.step("asking the server");
  await client.connect(signal);
  const graphs = await findGraphs(client, source, signal);
  loading.step("opening the towers");
  const { folder, manifest: declared } = await remoteManifest(client, source, graphs);
  const tokenizer = await openTokenizer({ folder, manifest: declared });
  const maxBatch = source.maxBatch ?? DEFAULT_MAX_BATCH;
  const audio = new RemoteSession(client, graphs.audio, maxBatch);
  const text =
    graphs.text === graphs.audio ? audio : new RemoteSession(client, graphs.text, maxBatch);
  const dim = declared.dim || (await dimOf(text, declared.text, client.url, signal));
  const scale =
    text === audio && isGuess(declared)
      ? await learnedScale(audio, declared.audio, signal).catch(() => undefined)
      : undefined;
  signal?.throwIfAborted();
  const manifest = { ...declared, dim, ...(scale && measured(scale)) };
  const towers: Towers = {
    manifest,
    tokenizer,
    audio: new AudioTower(audio, manifest),
    text: new TextTower(text, manifest, tokenizer),
    provider: "server",
    runtimeVersion: client.version,
    release: async () => {},
  };
  const device = { asked: options.device ?? "auto", used: "server", refused: [] } as const;
  // Whether the server still has the same model nobody knows: it is examined each time.
  return finishLoading(towers, undefined, client.url, loading, options, (health) =>
    describeModel(client.url, towers, device, health),
  );
}

async function findGraphs(
  client: V2Client,
  { model, audioModel, textModel }: RemoteSource,
  signal: AbortSignal | undefined,
): Promise<RemoteGraphs> {
  const first = async (names: readonly string[]): Promise<ModelMetadata | undefined> => {
    for (const name of names) {
      const found = await client.model(name, signal);
      if (found) return found;
    }
    return undefined;
  };
  const tower = (name: string | undefined, part: string) =>
    first(name === undefined ? ["_", "-", "."].map((mark) => `${model}${mark}${part}`) : [name]);
  if (audioModel === undefined && textModel === undefined) {
    const both = await client.model(model, signal);
    if (both) return { audio: both, text: both };
  }
  const [audio, text] = [await tower(audioModel, "audio"), await tower(textModel, "text")];
  if (audio && text) return { audio, text };
  throw new MulanError("server.no-model", `the server has no model "${model}"`, {
    subject: client.url,
    expected: `"${model}", or "${audioModel ?? `${model}_audio`}" and "${textModel ?? `${model}_text`}"`,
    got: audio ? "no text tower" : text ? "no audio tower" : "none of them",
    remedy: "Name the towers in the options audioModel and textModel",
  });
}

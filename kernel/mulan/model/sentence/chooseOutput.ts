import { MulanError } from "../../foundation/errors.ts";
import type { TensorInfo } from "../inference/inferenceProtocol.ts";
import type { TextPooling, TokenPooling } from "./poolTokens.ts";
import type { SentenceFolder } from "./sentenceFolder.ts";

/** Which of a graph's outputs becomes the embedding, and how. */
export interface ChosenOutput {
  readonly name: string;
  /** Of token vectors; undefined for an output that is one vector a text. */
  readonly poolings: readonly TokenPooling[] | undefined;
  /** How to name it in a table: "mean", "cls", "in the graph". */
  readonly pooling: string;
  /** What was assumed, for a person. */
  readonly note?: string;
}

const SENTENCE = "sentence_embedding";
const POOLER = "pooler_output";
const TOKENS = ["last_hidden_state", "token_embeddings"];

/**
 * A graph that pools itself is taken at its word; else its token vectors are pooled as its folder says.
 * @param asked by the caller, above what the folder says
 * @throws MulanError `model.tensor-name`
 */
export function chooseOutput(
  outputs: readonly TensorInfo[],
  { graph, modules, addOutputs }: Pick<SentenceFolder, "graph" | "modules" | "addOutputs">,
  asked: TextPooling | undefined,
): ChosenOutput {
  const named = (name: string) => outputs.find((output) => output.name === name)?.name;
  const ofRank = (rank: number) => outputs.filter(({ dims }) => dims.length === rank);
  const tokens = TOKENS.map(named).find((name) => name) ?? only(ofRank(3));
  const added = addOutputs?.[0]?.name;
  const whole = added ?? named(SENTENCE) ?? (tokens ? undefined : only(ofRank(2)));
  if (asked === "pooler") {
    return { name: named(POOLER) ?? fail(POOLER), poolings: undefined, pooling: "pooler" };
  }
  if (asked) return { name: tokens ?? fail(TOKENS[0]!), poolings: [asked], pooling: asked };
  if (whole) return { name: whole, poolings: undefined, pooling: "in the graph" };
  const name = tokens ?? fail(`${SENTENCE} or ${TOKENS[0]}`);
  if (modules && modules.poolings.length > 0) {
    return { name, poolings: modules.poolings, pooling: modules.poolings.join(" + ") };
  }
  return {
    name,
    poolings: ["mean"],
    pooling: "mean",
    note: 'the folder says nothing about pooling: the mean of the tokens (another: { pooling: "cls" })',
  };

  function fail(expected: string): never {
    throw new MulanError("model.tensor-name", "the graph has no output for it", {
      subject: graph,
      expected,
      got: outputs.map(({ name }) => name).join(", "),
    });
  }
}

function only(outputs: readonly TensorInfo[]): string | undefined {
  return outputs.length === 1 ? outputs[0]!.name : undefined;
}

import { readFile } from "node:fs/promises";
import { Tokenizer } from "@huggingface/tokenizers";
import { MulanError } from "../../foundation/errors.ts";

export interface TokenizedText {
  readonly ids: readonly number[];
  /** Tokens that did not fit; 0 when the whole text was used. */
  readonly nCut: number;
}

export interface TokenizerFiles {
  readonly file: string;
  readonly configFile?: string | undefined;
  readonly maxTokens: number;
}

/** A token of a long text has seldom more characters than this: longer texts are cut before they are tokenised. */
const CHARS_PER_TOKEN = 64;

/** Texts → token ids as the text tower wants them, never longer than the tower hears. */
export class TextTokenizer {
  readonly maxTokens: number;
  readonly #tokenizer: Tokenizer;
  /** Special tokens that open a text, [CLS] for example, and that close it, [SEP]. */
  readonly #opening: readonly number[];
  readonly #closing: readonly number[];

  /** @throws MulanError `model.tokenizer` */
  static async open(files: TokenizerFiles): Promise<TextTokenizer> {
    const [tokenizer, config] = await Promise.all([
      readJson(files.file),
      files.configFile ? readJson(files.configFile) : {},
    ]);
    try {
      const tokenizerOfFile = new Tokenizer(tokenizer, withUnknownToken(config, tokenizer));
      return new TextTokenizer(tokenizerOfFile, files.maxTokens);
    } catch (cause) {
      if (cause instanceof MulanError) throw cause;
      const got = cause instanceof Error ? cause.message : String(cause);
      const parts = { subject: files.file, expected: "a tokenizer.json of Hugging Face", got };
      throw new MulanError("model.tokenizer", "the tokenizer cannot be used", parts, { cause });
    }
  }

  private constructor(tokenizer: Tokenizer, maxTokens: number) {
    this.#tokenizer = tokenizer;
    this.maxTokens = maxTokens;
    const { opening, closing } = specialTokens(tokenizer);
    this.#opening = opening;
    this.#closing = closing;
    if (opening.length + closing.length >= maxTokens) {
      throw new MulanError("model.tokenizer", "no token of a text would fit", {
        expected: `maxTokens above ${opening.length + closing.length}`,
        got: String(maxTokens),
      });
    }
  }

  /**
   * Ids with the special tokens around them. What is too long loses tokens at its end; the closing special token stays.
   * @throws MulanError `text.empty`
   */
  encode(text: string): TokenizedText {
    if (text.trim() === "") {
      throw new MulanError("text.empty", "an empty text has no embedding", {
        got: JSON.stringify(text),
        remedy: "Give at least one word",
      });
    }
    const content = this.#content(text);
    const room = this.maxTokens - this.#opening.length - this.#closing.length;
    const ids = [...this.#opening, ...content.ids.slice(0, room), ...this.#closing];
    return { ids, nCut: Math.max(0, content.ids.length - room) + content.nUnread };
  }

  /** The highest id that a text can have: a row that the text tower's table must have. */
  get highestId(): number {
    let highest = 0;
    for (const id of this.#tokenizer.get_vocab().values()) highest = Math.max(highest, id);
    return highest;
  }

  /** Whether the tokenizer knows nothing of a text: every token is the unknown one. */
  isUnknown(ids: readonly number[]): boolean {
    const content = ids.slice(this.#opening.length, ids.length - this.#closing.length);
    return content.length > 0 && content.every((id) => UNKNOWN_TOKENS.has(this.#token(id)));
  }

  get padId(): number {
    const pads = ["[PAD]", "<pad>", "<|endoftext|>"];
    return pads.map((pad) => this.#tokenizer.token_to_id(pad)).find((id) => id !== undefined) ?? 0;
  }

  /** A book of a text is not tokenised to its end: its first `maxTokens` tokens are the same without. */
  #content(text: string): { ids: readonly number[]; nUnread: number } {
    const enough = this.maxTokens * CHARS_PER_TOKEN;
    if (text.length > 2 * enough) {
      const head = text.slice(0, text.indexOf(" ", enough) + 1 || enough);
      const ids = this.#bare(head);
      const charsPerToken = head.length / Math.max(1, ids.length);
      const nUnread = Math.round((text.length - head.length) / charsPerToken);
      if (ids.length > this.maxTokens) return { ids, nUnread };
    }
    return { ids: this.#bare(text), nUnread: 0 };
  }

  #bare(text: string): readonly number[] {
    const { ids, tokens } = this.#tokenizer.encode(text, { add_special_tokens: false });
    const unknown = ids.findIndex((id) => !Number.isInteger(id));
    if (unknown < 0) return ids;
    throw new MulanError("model.tokenizer", "the tokenizer has no token for a part of this text", {
      subject: brief(text),
      got: JSON.stringify(tokens[unknown]),
      remedy: 'Give tokenizer.json an "unk_token" that its vocabulary has',
    });
  }

  #token(id: number): string {
    return this.#tokenizer.id_to_token(id) ?? "";
  }
}

const UNKNOWN_TOKENS = new Set(["[UNK]", "<unk>", "UNK", ""]);

/** What the tokenizer puts around a text, found by looking at one: the rules in tokenizer.json have many forms. */
function specialTokens(tokenizer: Tokenizer): { opening: number[]; closing: number[] } {
  const probe = "a";
  const wrapped = tokenizer.encode(probe).ids;
  const bare = tokenizer.encode(probe, { add_special_tokens: false }).ids;
  const nAround = wrapped.length - bare.length;
  for (let start = 0; start <= nAround; start++) {
    if (bare.every((id, i) => wrapped[start + i] === id)) {
      return { opening: wrapped.slice(0, start), closing: wrapped.slice(start + bare.length) };
    }
  }
  throw new MulanError("model.tokenizer", "its special tokens do not stand around a text");
}

/** @huggingface/tokenizers 0.2 looks for a word-level model's unknown token in the other file. */
function withUnknownToken(config: object, tokenizer: object): object {
  const { model } = tokenizer as { model?: { unk_token?: unknown } };
  return typeof model?.unk_token === "string" ? { ...config, unk_token: model.unk_token } : config;
}

function brief(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

async function readJson(path: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    if (typeof value === "object" && value !== null) return value;
    throw new SyntaxError(`it holds ${value === null ? "null" : typeof value}`);
  } catch (cause) {
    const parts = { subject: path, expected: "a JSON object", got: (cause as Error).message };
    throw new MulanError("model.tokenizer", "the tokenizer cannot be read", parts, { cause });
  }
}

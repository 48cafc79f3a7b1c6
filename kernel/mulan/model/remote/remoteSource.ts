/** Towers on a server that speaks the Open Inference Protocol v2: Triton, KServe, MLServer and others. */
export interface RemoteSource {
  /** "http://host:8000", without "/v2". */
  readonly server: string;
  /**
   * The model's name there. One that holds both towers, or the common part of two: "clap" for "clap_audio" and
   * "clap_text" ("-" and "." do as well).
   */
  readonly model: string;
  /** Names of the towers where they are others. */
  readonly audioModel?: string;
  readonly textModel?: string;
  /**
   * A folder with the tokenizer and the manifest, or with the files that a layout is read from
   * (preprocessor_config.json, config.json); graphs need not be there. Default: what the server's model metadata says
   * in its parameters "mulan.json" and "tokenizer.json".
   */
  readonly folder?: string;
  /** Windows or texts of one request. Default 8. */
  readonly maxBatch?: number;
  /** A request without an answer for this long is given up and tried again. Default 60. */
  readonly timeoutSec?: number;
}

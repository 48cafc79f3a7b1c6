// For the tests, which are TypeScript.
export interface CodeServer {
  readonly node: string;
  readonly entry: string;
}
export declare function ensureCodeServer(): CodeServer;

export interface ServedVsCode {
  readonly url: string;
  readonly pid: number;
  /** Changes the user's settings while it runs. */
  writeSettings(changed: Readonly<Record<string, unknown>>): void;
  stop(): Promise<void>;
}
export declare function serveVsCode(options: {
  readonly codeServer: CodeServer;
  /** Everything that it writes goes in here. */
  readonly runFolder: string;
  readonly vsix: string;
  readonly workspace: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Ask whether a workspace is trusted, as a desktop VS Code does. Default false. */
  readonly trust?: boolean;
  readonly password?: string;
  /** Of its environment, and that of all engines. */
  readonly variables?: Readonly<Record<string, string>>;
}): Promise<ServedVsCode>;

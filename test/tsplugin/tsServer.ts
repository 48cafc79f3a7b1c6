import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";

interface Answer {
  readonly type: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

/** The TypeScript server as VS Code starts it, with our plugin. */
export class TsServer implements Disposable {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #latest = 0;
  #rest = "";

  /** @param probeLocation a folder with the plugin in its node_modules */
  constructor(probeLocation: string) {
    this.#process = spawn(
      process.execPath,
      [
        join(packageRoot, "node_modules", "typescript", "lib", "tsserver.js"),
        "--useInferredProjectPerProjectRoot",
        "--disableAutomaticTypingAcquisition",
        "--suppressDiagnosticEvents",
        ...["--globalPlugins", "mulan-notebook-tsplugin"],
        ...["--pluginProbeLocations", probeLocation],
      ],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    this.#process.stdout?.setEncoding("utf8").on("data", (text: string) => this.#hear(text));
  }

  /** A command without an answer. */
  tell(command: string, given: unknown): void {
    this.#send(command, given);
  }

  /** @throws Error with the server's words */
  async ask<T>(command: string, given: unknown): Promise<T> {
    const seq = this.#send(command, given);
    const answer = await new Promise<Answer>((resolve) => this.#waiting.set(seq, resolve));
    if (!answer.success) throw new Error(`${command}: ${answer.message}`);
    return answer.body as T;
  }

  [Symbol.dispose](): void {
    this.#process.kill();
  }

  #send(command: string, given: unknown): number {
    const seq = ++this.#latest;
    const request = { seq, type: "request", command, arguments: given };
    this.#process.stdin?.write(`${JSON.stringify(request)}\n`);
    return seq;
  }

  #hear(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!line.startsWith("{")) continue;
      const answer = JSON.parse(line) as Answer;
      if (answer.type !== "response" || answer.request_seq === undefined) continue;
      this.#waiting.get(answer.request_seq)?.(answer);
      this.#waiting.delete(answer.request_seq);
    }
  }
}

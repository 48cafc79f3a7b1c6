// The main job: opens the sample notebooks in VS Code with this extension in it, or
//   npm start -- --headless    runs the first one without a window and says what came out.
import { parseArgs } from "node:util";
import { prepare } from "./prepare.mjs";
import { findDesktop, openDesktop } from "./start/desktop.mjs";
import { runHeadless } from "./start/headless.mjs";
import { serveInBrowser } from "./start/serve.mjs";

const { values, tokens } = parseArgs({
  options: { headless: { type: "boolean", default: false } },
  strict: false,
  tokens: true,
});
/** What the headless run hands on to the command line. */
const rest = tokens.flatMap(({ kind, name, index }) =>
  kind === "option" && name === "headless" ? [] : [process.argv[index + 2]],
);

prepare();
if (values.headless) {
  process.exitCode = runHeadless(rest);
} else if (findDesktop()) {
  openDesktop();
} else {
  try {
    await serveInBrowser();
  } catch (error) {
    console.error(
      `${error.message}\n\nVS Code cannot be served here, so the first sample runs without it:\n`,
    );
    process.exitCode = runHeadless([]);
  }
}

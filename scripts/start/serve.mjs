import { randomBytes } from "node:crypto";
import { ensureCodeServer, serveVsCode } from "../codeServer.mjs";
import { FIRST, packedExtension, sampleFolder, startFolder } from "./ownCopies.mjs";

/** Serves VS Code on this machine until Ctrl-C. */
export async function serveInBrowser() {
  const codeServer = ensureCodeServer();
  const password = randomBytes(9).toString("base64url");
  const workspace = sampleFolder();
  const served = await serveVsCode({
    codeServer,
    runFolder: startFolder,
    vsix: packedExtension(),
    workspace,
    password,
    ownHome: false,
  });
  console.log(`
MuLan Notebooks in your browser:

  open      ${served.url}/?folder=${encodeURIComponent(workspace)}
  password  ${password}

Choose ${FIRST}, then Run All. Your copy of the samples is ${workspace}
Ctrl-C ends it; only this machine can reach it.`);
  const asked = new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, resolve);
  });
  await Promise.race([asked, served.ended]);
  await served.stop();
}

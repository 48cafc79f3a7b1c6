// The page of an output frame, as VS Code makes it: an AMD loader's `define`, theme variables, renderers as
// modules from another origin. The test drives it through `bed`.
globalThis.define = Object.assign(() => {}, { amd: {} });
globalThis.hacked = [];

const renderers = new Map();
const listeners = [];

globalThis.bed = {
  /** @param hasKernel whether messages can be sent at all */
  async load(origin, family, hasKernel) {
    const { activate } = await import(`${origin}/${family}.js`);
    const context = {
      setState() {},
      getState() {},
      workspace: { isTrusted: true },
      settings: {},
      ...(hasKernel && {
        postMessage: (message) => globalThis.toHost(JSON.parse(JSON.stringify(message))),
        onDidReceiveMessage: (listener) => {
          listeners.push(listener);
          return { dispose() {} };
        },
      }),
    };
    renderers.set(family, await activate(context));
  },
  deliver(message) {
    for (const listener of listeners) listener(message);
  },
  render(id, family, text, widthPx) {
    let host = document.getElementById(id);
    if (!host) {
      host = document.createElement("div");
      host.id = id;
      document.body.append(host);
    }
    host.style.width = `${widthPx}px`;
    const item = {
      id,
      mime: `application/vnd.mulan.${family}.v1+json`,
      metadata: {},
      text: () => text,
      json: () => JSON.parse(text),
      data: () => new TextEncoder().encode(text),
      blob: () => new Blob([text]),
    };
    renderers.get(family).renderOutputItem(item, host, new AbortController().signal);
  },
  dispose(id) {
    for (const renderer of renderers.values()) renderer.disposeOutputItem?.(id);
    document.getElementById(id)?.remove();
  },
  theme(kind, variables) {
    document.body.className = kind;
    for (const [name, value] of Object.entries(variables)) {
      document.documentElement.style.setProperty(name, value);
    }
    document.body.style.background = variables["--vscode-editor-background"];
  },
  /** Coloured pixels of what an element shows are counted by the test from a screenshot. */
  shadow: (id, selector) => document.getElementById(id).shadowRoot.querySelector(selector),
  downloads: [],
  /** Sounds that were started. */
  started: [],
};

document.addEventListener("DOMContentLoaded", () => {
  // What VS Code does with links to data: it asks where to save. Here they are only kept.
  document.body.addEventListener("click", (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link?.download) return;
    event.preventDefault();
    globalThis.bed.downloads.push({ name: link.download, href: link.href });
  });
});

let pressedMs = 0;
document.addEventListener(
  "pointerup",
  () => {
    pressedMs = performance.now();
  },
  true,
);
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...given) {
  const { buffer, context } = this;
  const peak = Math.max(...buffer.getChannelData(0).map(Math.abs));
  globalThis.bed.started.push({
    channels: buffer.numberOfChannels,
    durationSec: buffer.duration,
    peak,
    context: context.state,
    sincePressMs: performance.now() - pressedMs,
  });
  return start.apply(this, given);
};

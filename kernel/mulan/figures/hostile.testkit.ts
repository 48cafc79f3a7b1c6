/**
 * What a file's name, its tags, a prompt or an output written by somebody else may say: one hundred texts that would
 * do something if anything took them for more than text. What runs leaves a mark in the global `hacked`.
 */
const run = "(globalThis.hacked??=[]).push(1)";
/** Nobody has this address; a request for it is seen all the same. */
const elsewhere = "http://mulan.invalid";
/** Written so that the linter does not take it for a mistake. */
const template = (code: string): string => `$${`{${code}}`}`;

const scripts = [
  `<script>${run}</script>`,
  `<SCRIPT>${run}</SCRIPT >`,
  `<script src="${elsewhere}/x.js"></script>`,
  `<script type=module>import("${elsewhere}/y.js")</script>`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `</title><script>${run}</script>`,
  `</textarea><script>${run}</script>`,
  `--><script>${run}</script>`,
  `</script><script>${run}</script>`,
  `<noscript><p title="</noscript><script>${run}</script>">`,
  `<script\n>${run}</script>`,
  `\uff1cscript\uff1e${run}\uff1c/script\uff1e`,
];
const elements = [
  `<img src=x onerror="${run}">`,
  `"><img src=x onerror=${run}>`,
  `<img src=x onerror=${run}`,
  `<img src="${elsewhere}/pixel.png">`,
  `<body onload="${run}">`,
  `<input autofocus onfocus="${run}">`,
  `<details open ontoggle="${run}">`,
  `<video><source onerror="${run}"></video>`,
  `<audio src=x onerror="${run}">`,
  `<marquee onstart="${run}">`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<iframe src="${elsewhere}"></iframe>`,
  `<object data="${elsewhere}"></object>`,
  `<embed src="${elsewhere}">`,
  `<form action="${elsewhere}"><button>go</button></form>`,
  `<base href="${elsewhere}/">`,
  `<link rel=stylesheet href="${elsewhere}/x.css">`,
  `<meta http-equiv=refresh content="0;url=${elsewhere}">`,
  `<template><img src=x onerror="${run}"></template>`,
  `<div style="animation-name:x" onanimationstart="${run}">`,
];
const attributes = [
  `' onmouseover='${run}`,
  `" onfocus="${run}" autofocus="`,
  `x" onclick=${run} y="`,
  `\`onerror=${run}\``,
];
const vectors = [
  `<svg onload="${run}"><circle/></svg>`,
  `<svg><script>${run}</script></svg>`,
  `<svg><animate onbegin="${run}" attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${run}"><text>x</text></a></svg>`,
  `<svg><use href="${elsewhere}/x.svg#a"/></svg>`,
  `<svg><image href="${elsewhere}/x.png"/></svg>`,
  `<foreignObject><body onload="${run}"></foreignObject>`,
  `</text></svg><script>${run}</script>`,
  `<math><mi xlink:href="javascript:${run}">x</mi></math>`,
  `<!ENTITY x SYSTEM "file:///etc/passwd">&x;`,
  `]]><![CDATA[<script>${run}</script>`,
];
const plotly = [
  `<b>bold</b><br><sub>x</sub>`,
  `<a href="javascript:${run}">click</a>`,
  `<a href="${elsewhere}" target="_top">plotly</a>`,
  `<span style="color:red" onmouseover="${run}">x</span>`,
  `<i><sup>a</sup></i><em>e</em>`,
  `%{x}<extra></extra>`,
  `%{customdata[0]:.2f}`,
  `$\\href{javascript:${run}}{x}$`,
  `$$\\class{x}{\\unicode{x3c}}$$`,
];
const addresses = [
  `javascript:${run}`,
  `JaVaScRiPt:${run}//`,
  `java\tscript:${run}`,
  `data:text/html,<script>${run}</script>`,
  `vscode://extension/run?${run}`,
  `command:workbench.action.terminal.new`,
  `file:///etc/passwd`,
  `//mulan.invalid/x`,
];
const markdown = [
  `[x](javascript:${run})`,
  `![x](${elsewhere}/x.png)`,
  `[x](command:workbench.action.quit)`,
  `$(sync~spin) $(error)`,
  `# heading\n- list\n\`\`\`html\n<img src=x onerror="${run}">\n\`\`\``,
];
const styles = [
  `<style>*{display:none}</style>`,
  `</style><style>@import "${elsewhere}/x.css";</style>`,
  `;background:url(${elsewhere}/x.png)`,
  `expression(${run})`,
  `*/body{display:none}/*`,
  `red;} * { visibility: hidden`,
];
const templates = [
  template(run),
  `{{${run}}}`,
  `{{constructor.constructor("${run}")()}}`,
  `<%= ${run} %>`,
  `#{${run}}`,
  `\`+${run}+\``,
  `');${run};('`,
  `";${run};//`,
  `{} {0} %s %n $1 $& $\``,
];
const terminals = [
  "\u001b]0;hacked\u0007\u001b[31mred",
  "\u001b[2J\u001b[H\u001b[8mhidden",
  `\u001b]8;;${elsewhere}\u0007link\u001b]8;;\u0007`,
  "\u009b31mred\u009b0m",
  "line\r\u001b[Kother\u0008\u0008",
];
const scriptsOfTheWorld = [
  "\u202egnp.exe\u202c\u2066x\u2069",
  "\u061c\u2067rtl\u2069 abc",
  "a\u200b\u200d\ufeff\u2060b",
  "\u0000\ufffe\ud800",
  "a\u0300".repeat(200),
  "line\u2028separator\u2029paragraph",
];
const others = [
  `&lt;script&gt;${run}&lt;/script&gt;`,
  `&#60;img src=x onerror=${run}&#62;`,
  "=cmd|' /C calc'!A0",
  "__proto__",
  "W".repeat(5000),
];

export const hostileTexts: readonly string[] = [
  ...scripts,
  ...elements,
  ...attributes,
  ...vectors,
  ...plotly,
  ...addresses,
  ...markdown,
  ...styles,
  ...templates,
  ...terminals,
  ...scriptsOfTheWorld,
  ...others,
];

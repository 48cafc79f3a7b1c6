// Plotly's own types cover its whole bundle only.
declare module "plotly.js/lib/core" {
  import type Whole from "plotly.js";

  const Plotly: Pick<typeof Whole, "newPlot" | "react" | "purge"> & {
    register(modules: readonly unknown[]): void;
  };
  export default Plotly;
}
declare module "plotly.js/lib/heatmap" {
  const trace: unknown;
  export default trace;
}

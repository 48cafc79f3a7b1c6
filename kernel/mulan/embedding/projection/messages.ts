/** What project() tells its worker, once, as workerData. */
export type ProjectionTask =
  | { readonly method: "pca"; readonly data: Float32Array; readonly dim: number }
  | {
      readonly method: "umap";
      readonly data: Float32Array;
      readonly dim: number;
      readonly seed: number;
      readonly nNeighbors: number;
      readonly minDist: number;
    };

/** What the worker tells: any number of `progress`, then one `done`. */
export type ProjectionMessage =
  | { readonly type: "progress"; readonly share: number }
  | {
      readonly type: "done";
      /** `[n, 2]` */
      readonly points: Float32Array;
      readonly explained?: readonly [number, number];
    };

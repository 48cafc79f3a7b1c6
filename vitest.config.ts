import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "kernel/**/*.test.ts",
      "extension/**/*.test.ts",
      "renderers/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    globalSetup: ["test/buildOnce.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A loaded machine answers late; a second would make tests of browsers and engines flicker.
    expect: { poll: { timeout: 15_000 } },
    pool: "forks",
    maxWorkers: 2,
  },
});

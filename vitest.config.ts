import { defineConfig } from "vitest/config";

/**
 * What real time matters to, interrupts of an engine and a browser with its clocks and one sound card: one file at a
 * time, after everything else.
 */
const aloneTests = [
  "test/session/**/*.test.ts",
  "test/renderers/**/*.test.ts",
  "test/e2e/**/*.test.ts",
];

export default defineConfig({
  test: {
    globalSetup: ["test/buildOnce.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    pool: "forks",
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: [
            "kernel/**/*.test.ts",
            "extension/**/*.test.ts",
            "renderers/**/*.test.ts",
            "test/**/*.test.ts",
          ],
          exclude: aloneTests,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "alone",
          include: aloneTests,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          // A browser that draws in software misses a frame, and a thread its turn, on a busy machine.
          retry: 2,
        },
      },
    ],
  },
});

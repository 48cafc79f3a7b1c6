// What the tests of renderers begin with. Without a browser they are skipped, with one line.
import { afterAll, beforeAll, describe, test } from "vitest";
import { Bed, type BedOptions, Workshop, whyNotHere } from "./bed.ts";

const obstacle = whyNotHere();
if (obstacle) console.warn(obstacle);

export const inBrowser: ReturnType<typeof test.skipIf> = test.skipIf(obstacle);
export const describeInBrowser: ReturnType<typeof describe.skipIf> = describe.skipIf(obstacle);

/** What tests ask of the browser that they share. */
export interface SharedBrowser {
  openBed(options?: BedOptions): Promise<Bed>;
  withBed: Workshop["withBed"];
}

/** One browser for the tests of the file, or of the `describe`, that calls this. */
export function shareBrowser(): SharedBrowser {
  let workshop: Workshop | undefined;
  beforeAll(async () => {
    if (!obstacle) workshop = await Workshop.open();
  });
  afterAll(() => workshop?.[Symbol.asyncDispose]());
  return {
    openBed: (options) => Bed.open(workshop!, options),
    withBed: (options, use) => workshop!.withBed(options, use),
  };
}

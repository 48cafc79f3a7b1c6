import { expect, test } from "vitest";
import { LibraryLoad } from "./libraryLoad.ts";

const never = () => new Promise<void>(() => {});

test("a load that an interrupt may have cut is given up with the way out", async () => {
  const library = new LibraryLoad(never, 20);
  void library.ready();
  library.codeWasEnded();
  await expect(library.ready()).rejects.toThrow(/interrupt while it was loading.*Restart/s);
});

test("a slow load that no interrupt fell into is waited for", async () => {
  let arrive = () => {};
  const library = new LibraryLoad(() => new Promise((resolve) => (arrive = resolve)), 1);
  const ready = library.ready();
  await new Promise((resolve) => setTimeout(resolve, 30));
  arrive();
  await ready;
  library.codeWasEnded();
  await library.ready();
});

test("a load that outlives an interrupt is used", async () => {
  let arrive = () => {};
  const library = new LibraryLoad(() => new Promise((resolve) => (arrive = resolve)), 10_000);
  void library.ready();
  library.codeWasEnded();
  const ready = library.ready();
  arrive();
  await ready;
});

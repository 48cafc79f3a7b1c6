/**
 * Does the work for each item ahead of the reader, but never for more than `ahead` items at a time, and yields the
 * outcomes in order: what is being read and what is being made stay bounded however many items there are.
 */
export async function* prefetch<Item, Made>(
  items: readonly Item[],
  ahead: number,
  make: (item: Item, index: number) => Promise<Made>,
): AsyncGenerator<PromiseSettledResult<Made>, void> {
  const started: Promise<PromiseSettledResult<Made>>[] = [];
  let next = 0;
  const startOne = () => {
    const index = next++;
    started.push(settled(make(items[index]!, index)));
  };
  while (next < Math.min(ahead, items.length)) startOne();
  while (started.length > 0) {
    const outcome = await started.shift()!;
    if (next < items.length) startOne();
    yield outcome;
  }
}

async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  try {
    return { status: "fulfilled", value: await work };
  } catch (reason) {
    return { status: "rejected", reason };
  }
}

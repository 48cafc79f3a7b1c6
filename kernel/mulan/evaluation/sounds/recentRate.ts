/** What the rate is taken over: a run that finds its first thousand in the cache goes on at another pace. */
const MEMORY_MS = 20_000;

/** Steps a second over the last while; 0 until time has passed. */
export function recentRate(now: () => number = () => performance.now()): (done: number) => number {
  const marks = [{ ms: now(), done: 0 }];
  return (done) => {
    const ms = now();
    marks.push({ ms, done });
    while (marks.length > 2 && marks[1]!.ms < ms - MEMORY_MS) marks.shift();
    const [first] = marks as [(typeof marks)[number]];
    return ms > first.ms ? (1000 * (done - first.done)) / (ms - first.ms) : 0;
  };
}

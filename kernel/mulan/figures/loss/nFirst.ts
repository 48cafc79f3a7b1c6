/** How many rows of `[size, size]` have their largest number, alone, on the diagonal. */
export function nFirstOf(cosines: ArrayLike<number>, size: number): number {
  let n = 0;
  for (let i = 0; i < size; i++) {
    const own = cosines[i * size + i]!;
    let first = true;
    for (let j = 0; j < size; j++) if (j !== i && cosines[i * size + j]! >= own) first = false;
    if (first) n++;
  }
  return n;
}

/** Pixels of our PNGs for one CSS px, along each axis. */
export const density = 2;

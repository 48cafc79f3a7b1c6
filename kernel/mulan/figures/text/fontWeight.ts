/** The weights that are bundled. */
export type FontWeight = 400 | 600;

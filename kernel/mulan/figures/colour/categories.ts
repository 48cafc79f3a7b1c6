/** Okabe and Ito's eight colours, told apart with every kind of colour vision; their order puts blue first. */
export const categoryColors = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#cc79a7",
  "#56b4e9",
  "#d55e00",
  "#f0e442",
  "#000000",
] as const;

/** Right and wrong, always beside a sign that says the same. */
export const rightColor = "#0072b2";
export const wrongColor = "#d55e00";

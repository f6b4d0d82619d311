// How two sessions in one figure are told apart, also without colours: a letter, a place among the series' colours, and dashes; used in the page.
export const sessionStyles = {
  A: { series: 0, dash: [], width: 1.75 },
  B: { series: 5, dash: [6, 4], width: 1.75 },
} as const;

/** 'A' is the session that is reviewed, 'B' what it is compared with. */
export type SessionLetter = keyof typeof sessionStyles;

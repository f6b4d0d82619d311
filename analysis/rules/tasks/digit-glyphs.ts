// The ten digits as strokes on a square; analysis process.

/** From (0, 0) at the top left to (1, 1) at the bottom right. */
export type Stroke = readonly (readonly [x: number, y: number])[];

/** A part of an ellipse as a polygon. @param from, until in turns, clockwise from the right */
function arc(x: number, y: number, width: number, height: number, from: number, until: number): Stroke {
  const pieces = 12;
  return Array.from({ length: pieces + 1 }, (_, index) => {
    const angle = 2 * Math.PI * (from + ((until - from) * index) / pieces);
    return [x + (width / 2) * Math.cos(angle), y + (height / 2) * Math.sin(angle)] as const;
  });
}

export const digitStrokes: readonly (readonly Stroke[])[] = [
  [arc(0.5, 0.5, 0.5, 0.8, 0, 1)],
  [
    [
      [0.32, 0.28],
      [0.52, 0.1],
      [0.52, 0.9],
    ],
    [
      [0.32, 0.9],
      [0.72, 0.9],
    ],
  ],
  [
    arc(0.5, 0.32, 0.48, 0.44, -0.5, 0.12),
    [
      [0.67, 0.47],
      [0.25, 0.9],
      [0.77, 0.9],
    ],
  ],
  [arc(0.48, 0.3, 0.46, 0.4, -0.45, 0.25), arc(0.48, 0.7, 0.5, 0.4, -0.25, 0.45)],
  [
    [
      [0.62, 0.9],
      [0.62, 0.1],
      [0.22, 0.62],
      [0.8, 0.62],
    ],
  ],
  [
    [
      [0.72, 0.1],
      [0.3, 0.1],
      [0.28, 0.46],
    ],
    arc(0.48, 0.66, 0.5, 0.48, -0.42, 0.42),
  ],
  [
    [
      [0.64, 0.1],
      [0.36, 0.4],
      [0.26, 0.66],
    ],
    arc(0.5, 0.67, 0.48, 0.46, 0, 1),
  ],
  [
    [
      [0.24, 0.1],
      [0.76, 0.1],
      [0.42, 0.9],
    ],
  ],
  [arc(0.5, 0.3, 0.4, 0.38, 0, 1), arc(0.5, 0.7, 0.5, 0.42, 0, 1)],
  [
    arc(0.5, 0.33, 0.48, 0.46, 0, 1),
    [
      [0.74, 0.34],
      [0.64, 0.6],
      [0.38, 0.9],
    ],
  ],
];

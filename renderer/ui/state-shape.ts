// The shapes that tell states apart without colour. Runs in the page.

export type StateShape =
  'open-square' | 'half-square' | 'square' | 'waves' | 'down' | 'octagon' | 'hatched' | 'question';

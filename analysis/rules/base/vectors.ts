// Angles, norms and means of numbers, as rule studies report them; analysis process.

type Numbers = ArrayLike<number>;

export function dot(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

export const norm = (a: Numbers): number => Math.sqrt(dot(a, a));

/** @returns the angle between two vectors in degrees, 90 when one of them is zero. */
export function angleDegrees(a: Numbers, b: Numbers): number {
  const size = norm(a) * norm(b);
  if (size === 0) return 90;
  // Exact for small angles too, where the arc cosine is not (Kahan 2006).
  const [na, nb] = [norm(a), norm(b)];
  let [difference, sum] = [0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index]! / na, b[index]! / nb];
    difference += (x - y) ** 2;
    sum += (x + y) ** 2;
  }
  return (2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum)) * 180) / Math.PI;
}

/** @returns |a − b| / |b|. */
export function relativeError(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let index = 0; index < b.length; index++) sum += (a[index]! - b[index]!) ** 2;
  return Math.sqrt(sum) / norm(b);
}

export const mean = (values: Numbers): number => {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
};

/** @returns the standard error of the mean; 0 for fewer than two values. */
export function standardError(values: Numbers): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += (values[index]! - middle) ** 2;
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** @returns the slope of the straight line through points by least squares. */
export function slope(x: Numbers, y: Numbers): number {
  const [mx, my] = [mean(x), mean(y)];
  let [both, own] = [0, 0];
  for (let index = 0; index < x.length; index++) {
    both += (x[index]! - mx) * (y[index]! - my);
    own += (x[index]! - mx) ** 2;
  }
  return both / own;
}

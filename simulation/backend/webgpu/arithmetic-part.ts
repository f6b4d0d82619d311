// The product of programs of learning rules in WGSL, which has no integers of 64 bits; simulation process.

/**
 * `multiply` as simulation/learning/block-runner.ts for a shift of 1 or more, |a| ≤ 2³⁰ and |b| ≤ 2²³, where the result has at most 30
 * bits and a sign. The product is made in halves of 16 bits: high · 2³² + low. Rounding after all bits but one are gone is the same as before.
 */
export const arithmeticPart = `
fn multiply(a: i32, b: i32, shift: u32) -> i32 {
  let aLow = u32(a & 0xffff);
  let bLow = u32(b & 0xffff);
  let lowest = aLow * bLow;
  let middle = (a >> 16u) * i32(bLow) + i32(aLow) * (b >> 16u) + i32(lowest >> 16u);
  let high = (a >> 16u) * (b >> 16u) + (middle >> 16u);
  let low = (bitcast<u32>(middle) << 16u) | (lowest & 0xffffu);
  let before = shift - 1u;
  // Shifts are taken modulo 32.
  let across = select(bitcast<u32>(high) << (32u - before), 0u, before == 0u);
  let kept = select(high >> (before & 31u), bitcast<i32>(across | (low >> (before & 31u))), before < 32u);
  return (kept + 1) >> 1u;
}
`;

// WGSL that sums the weights of a projection that are surveyed after a tick; simulation process.
import { momentPart } from './shader-parts.ts';

/** The sum is a number of 64 bits in two counters, low half first; it is added up in each workgroup first: one counter would be asked too often. */
export const surveyShader = `${momentPart}
struct Plan {
  // Where the tables say which weights, the first and the one after the last, and the first of the two counters.
  rangeAt: u32,
  sumAt: u32,
}
@group(1) @binding(0) var<uniform> plan: Plan;
@group(1) @binding(1) var<storage, read> weights: array<i32>;
@group(1) @binding(2) var<storage, read> tables: array<i32>;
@group(1) @binding(3) var<storage, read_write> counters: array<atomic<u32>>;

var<workgroup> sumLow: atomic<u32>;
var<workgroup> sumHigh: atomic<u32>;

@compute @workgroup_size(workgroupSize)
fn survey(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  var low = 0u;
  var high = 0u;
  let end = u32(tables[plan.rangeAt + 1u]);
  for (var at = u32(tables[plan.rangeAt]) + group.x * workgroupSize + local.x; at < end; at += groups.x * workgroupSize) {
    let before = low;
    low += bitcast<u32>(weights[at]);
    high += bitcast<u32>(weights[at] >> 31u) + select(0u, 1u, low < before);
  }
  let before = atomicAdd(&sumLow, low);
  atomicAdd(&sumHigh, high + select(0u, 1u, before + low < before));
  workgroupBarrier();
  if local.x != 0u { return; }
  let ofGroup = atomicLoad(&sumLow);
  let beforeGroup = atomicAdd(&counters[plan.sumAt], ofGroup);
  atomicAdd(&counters[plan.sumAt + 1u], atomicLoad(&sumHigh) + select(0u, 1u, beforeGroup + ofGroup < beforeGroup));
}
`;

// Written by `npx vitest run simulation/kernel -u`: steps of populations, for each model in simulation/models. Simulation process.

export const stepKernels = {
  lif: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let t0: bool = (0 < refractory);
      let t1: i32 = (excitatoryCurrent + excitatoryReceived);
      let t2: i32 = clamped(t1, 536870912);
      let t3: i32 = ((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift));
      let t4: bool = (!t0 & (threshold <= t3));
      let t5: i32 = clamped(t3, 536870912);
      let potentialNext = select(select(t5, potential, t0), reset, t4);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t4);
      let excitatoryCurrentNext = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
      if t4 { note(index, ahead); }
      if ((t5 != t3) | (t2 != t1)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
  }
}
`,
  dualLif: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let inhibitoryGainMantissa = plan.inhibitoryGainMantissa;
  let inhibitoryGainShift = plan.inhibitoryGainShift;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitoryCurrent = states[plan.statesStart + 3u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let t0: bool = (0 < refractory);
      let t1: i32 = (excitatoryCurrent + excitatoryReceived);
      let t2: i32 = clamped(t1, 536870912);
      let t3: i32 = (inhibitoryCurrent + inhibitoryReceived);
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift));
      let t6: bool = (!t0 & (threshold <= t5));
      let t7: i32 = clamped(t5, 536870912);
      let potentialNext = select(select(t7, potential, t0), reset, t6);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t6);
      let excitatoryCurrentNext = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryCurrentNext = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
      if t6 { note(index, ahead); }
      if (((t7 != t5) | (t2 != t1)) | (t4 != t3)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitoryCurrent;
  }
}
`,
  lifDriven: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  backgroundTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let backgroundWeight = plan.backgroundWeight;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = mixed(randomBits);
      let t2: i32 = tables[plan.backgroundTableStart + (t1 & 4095)];
      let t3: i32 = ((excitatoryCurrent + excitatoryReceived) + ((bitcast<i32>(bitcast<u32>(t2) >> u32(20)) + select(0, 1, ((t2 & 1048575) <= bitcast<i32>(bitcast<u32>(t1) >> u32(12))))) * backgroundWeight));
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = ((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift));
      let t6: bool = (!t0 & (threshold <= t5));
      let t7: i32 = clamped(t5, 536870912);
      let potentialNext = select(select(t7, potential, t0), reset, t6);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t6);
      let excitatoryCurrentNext = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
      if t6 { note(index, ahead); }
      if ((t7 != t5) | (t4 != t3)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
  }
}
`,
  dualLifDriven: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  backgroundTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let backgroundWeight = plan.backgroundWeight;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let inhibitoryGainMantissa = plan.inhibitoryGainMantissa;
  let inhibitoryGainShift = plan.inhibitoryGainShift;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitoryCurrent = states[plan.statesStart + 3u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = mixed(randomBits);
      let t2: i32 = tables[plan.backgroundTableStart + (t1 & 4095)];
      let t3: i32 = ((excitatoryCurrent + excitatoryReceived) + ((bitcast<i32>(bitcast<u32>(t2) >> u32(20)) + select(0, 1, ((t2 & 1048575) <= bitcast<i32>(bitcast<u32>(t1) >> u32(12))))) * backgroundWeight));
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = (inhibitoryCurrent + inhibitoryReceived);
      let t6: i32 = clamped(t5, 536870912);
      let t7: i32 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift));
      let t8: bool = (!t0 & (threshold <= t7));
      let t9: i32 = clamped(t7, 536870912);
      let potentialNext = select(select(t9, potential, t0), reset, t8);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t8);
      let excitatoryCurrentNext = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryCurrentNext = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
      if t8 { note(index, ahead); }
      if (((t9 != t7) | (t4 != t3)) | (t6 != t5)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitoryCurrent;
  }
}
`,
  lifNoisy: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  normalTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let noise = plan.noise;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = (excitatoryCurrent + excitatoryReceived);
      let t2: i32 = clamped(t1, 536870912);
      let t3: i32 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + product((tables[plan.normalTableStart + (randomBits & 4095)] + tables[plan.normalTableStart + bitcast<i32>(bitcast<u32>(randomBits) >> u32(20))]), noise));
      let t4: bool = (!t0 & (threshold <= t3));
      let t5: i32 = clamped(t3, 536870912);
      let potentialNext = select(select(t5, potential, t0), reset, t4);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t4);
      let excitatoryCurrentNext = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
      if t4 { note(index, ahead); }
      if ((t5 != t3) | (t2 != t1)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
  }
}
`,
  dualLifNoisy: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  normalTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let noise = plan.noise;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let inhibitoryGainMantissa = plan.inhibitoryGainMantissa;
  let inhibitoryGainShift = plan.inhibitoryGainShift;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitoryCurrent = states[plan.statesStart + 3u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = (excitatoryCurrent + excitatoryReceived);
      let t2: i32 = clamped(t1, 536870912);
      let t3: i32 = (inhibitoryCurrent + inhibitoryReceived);
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = ((((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) + product((tables[plan.normalTableStart + (randomBits & 4095)] + tables[plan.normalTableStart + bitcast<i32>(bitcast<u32>(randomBits) >> u32(20))]), noise));
      let t6: bool = (!t0 & (threshold <= t5));
      let t7: i32 = clamped(t5, 536870912);
      let potentialNext = select(select(t7, potential, t0), reset, t6);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t6);
      let excitatoryCurrentNext = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryCurrentNext = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
      if t6 { note(index, ahead); }
      if (((t7 != t5) | (t2 != t1)) | (t4 != t3)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitoryCurrent;
  }
}
`,
  lifNoisyDriven: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  backgroundTableStart: i32,
  normalTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let noise = plan.noise;
  let backgroundWeight = plan.backgroundWeight;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = mixed(randomBits);
      let t2: i32 = tables[plan.backgroundTableStart + (t1 & 4095)];
      let t3: i32 = ((excitatoryCurrent + excitatoryReceived) + ((bitcast<i32>(bitcast<u32>(t2) >> u32(20)) + select(0, 1, ((t2 & 1048575) <= bitcast<i32>(bitcast<u32>(t1) >> u32(12))))) * backgroundWeight));
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + product((tables[plan.normalTableStart + (randomBits & 4095)] + tables[plan.normalTableStart + bitcast<i32>(bitcast<u32>(randomBits) >> u32(20))]), noise));
      let t6: bool = (!t0 & (threshold <= t5));
      let t7: i32 = clamped(t5, 536870912);
      let potentialNext = select(select(t7, potential, t0), reset, t6);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t6);
      let excitatoryCurrentNext = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
      if t6 { note(index, ahead); }
      if ((t7 != t5) | (t4 != t3)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
  }
}
`,
  dualLifNoisyDriven: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  backgroundTableStart: i32,
  normalTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let noise = plan.noise;
  let backgroundWeight = plan.backgroundWeight;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let inhibitoryGainMantissa = plan.inhibitoryGainMantissa;
  let inhibitoryGainShift = plan.inhibitoryGainShift;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitoryCurrent = states[plan.statesStart + 3u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = mixed(randomBits);
      let t2: i32 = tables[plan.backgroundTableStart + (t1 & 4095)];
      let t3: i32 = ((excitatoryCurrent + excitatoryReceived) + ((bitcast<i32>(bitcast<u32>(t2) >> u32(20)) + select(0, 1, ((t2 & 1048575) <= bitcast<i32>(bitcast<u32>(t1) >> u32(12))))) * backgroundWeight));
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = (inhibitoryCurrent + inhibitoryReceived);
      let t6: i32 = clamped(t5, 536870912);
      let t7: i32 = ((((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) + product((tables[plan.normalTableStart + (randomBits & 4095)] + tables[plan.normalTableStart + bitcast<i32>(bitcast<u32>(randomBits) >> u32(20))]), noise));
      let t8: bool = (!t0 & (threshold <= t7));
      let t9: i32 = clamped(t7, 536870912);
      let potentialNext = select(select(t9, potential, t0), reset, t8);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t8);
      let excitatoryCurrentNext = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryCurrentNext = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
      if t8 { note(index, ahead); }
      if (((t9 != t7) | (t4 != t3)) | (t6 != t5)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitoryCurrent;
  }
}
`,
  conductanceLif: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  relaxationTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leak: i32,
  excitatoryReversal: i32,
  inhibitoryReversal: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn product27(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(15));
  let t1: i32 = (b >> u32(12));
  let t2: i32 = (b & 4095);
  let t3: i32 = (a & 32767);
  return ((t0 * t1) + ((((((t0 * t2) << u32(3)) + (t3 * t1)) + ((t3 * t2) >> u32(12))) + 16384) >> u32(15)));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn fromZeroTo(value: i32, most: i32) -> i32 {
  return select(select(value, most, (most < value)), 0, (value < 0));
}
fn relaxationOf(entry: i32, z: i32) -> i32 {
  return ((entry & 65535) + ((262144 - (((entry >> u32(16)) & 127) * ((z & 524287) + 8388608))) >> u32(19)));
}
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let leak = plan.leak;
  let excitatoryReversal = plan.excitatoryReversal;
  let inhibitoryReversal = plan.inhibitoryReversal;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatory = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitory = states[plan.statesStart + 3u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let t0: bool = (0 < refractory);
      let t1: i32 = ((excitatory + excitatoryReceived) + 0);
      let t2: i32 = clamped(t1, 536870912);
      let t3: i32 = (inhibitory + inhibitoryReceived);
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = ((product27(leak, (bias - potential)) + product27(t2, (excitatoryReversal - potential))) + product27(t4, (inhibitoryReversal - potential)));
      let t6: i32 = clamped(t5, 536870912);
      let t7: i32 = ((leak + t2) + t4);
      let t8: i32 = fromZeroTo(t7, 536870911);
      let t9: i32 = (potential + share(t6, relaxationOf(tables[plan.relaxationTableStart + (t8 >> u32(19))], t8), 1));
      let t10: bool = (!t0 & (threshold <= t9));
      let t11: i32 = clamped(t9, 8388608);
      let potentialNext = select(select(t11, potential, t0), reset, t10);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t10);
      let excitatoryNext = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryNext = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
      if t10 { note(index, ahead); }
      if (((((t2 != t1) | (t4 != t3)) | (536870912 <= t7)) | (t6 != t5)) | (t11 != t9)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatory = excitatoryNext;
      inhibitory = inhibitoryNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatory;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitory;
  }
}
`,
  conductanceLifDriven: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  backgroundTableStart: i32,
  relaxationTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leak: i32,
  excitatoryReversal: i32,
  inhibitoryReversal: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn product27(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(15));
  let t1: i32 = (b >> u32(12));
  let t2: i32 = (b & 4095);
  let t3: i32 = (a & 32767);
  return ((t0 * t1) + ((((((t0 * t2) << u32(3)) + (t3 * t1)) + ((t3 * t2) >> u32(12))) + 16384) >> u32(15)));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn fromZeroTo(value: i32, most: i32) -> i32 {
  return select(select(value, most, (most < value)), 0, (value < 0));
}
fn relaxationOf(entry: i32, z: i32) -> i32 {
  return ((entry & 65535) + ((262144 - (((entry >> u32(16)) & 127) * ((z & 524287) + 8388608))) >> u32(19)));
}
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let backgroundWeight = plan.backgroundWeight;
  let leak = plan.leak;
  let excitatoryReversal = plan.excitatoryReversal;
  let inhibitoryReversal = plan.inhibitoryReversal;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatory = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitory = states[plan.statesStart + 3u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = mixed(randomBits);
      let t2: i32 = tables[plan.backgroundTableStart + (t1 & 4095)];
      let t3: i32 = ((excitatory + excitatoryReceived) + ((bitcast<i32>(bitcast<u32>(t2) >> u32(20)) + select(0, 1, ((t2 & 1048575) <= bitcast<i32>(bitcast<u32>(t1) >> u32(12))))) * backgroundWeight));
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = (inhibitory + inhibitoryReceived);
      let t6: i32 = clamped(t5, 536870912);
      let t7: i32 = ((product27(leak, (bias - potential)) + product27(t4, (excitatoryReversal - potential))) + product27(t6, (inhibitoryReversal - potential)));
      let t8: i32 = clamped(t7, 536870912);
      let t9: i32 = ((leak + t4) + t6);
      let t10: i32 = fromZeroTo(t9, 536870911);
      let t11: i32 = (potential + share(t8, relaxationOf(tables[plan.relaxationTableStart + (t10 >> u32(19))], t10), 1));
      let t12: bool = (!t0 & (threshold <= t11));
      let t13: i32 = clamped(t11, 8388608);
      let potentialNext = select(select(t13, potential, t0), reset, t12);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t12);
      let excitatoryNext = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryNext = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
      if t12 { note(index, ahead); }
      if (((((t4 != t3) | (t6 != t5)) | (536870912 <= t9)) | (t8 != t7)) | (t13 != t11)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatory = excitatoryNext;
      inhibitory = inhibitoryNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatory;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitory;
  }
}
`,
  conductanceLifNoisy: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  relaxationTableStart: i32,
  normalTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leak: i32,
  excitatoryReversal: i32,
  inhibitoryReversal: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn product27(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(15));
  let t1: i32 = (b >> u32(12));
  let t2: i32 = (b & 4095);
  let t3: i32 = (a & 32767);
  return ((t0 * t1) + ((((((t0 * t2) << u32(3)) + (t3 * t1)) + ((t3 * t2) >> u32(12))) + 16384) >> u32(15)));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn fromZeroTo(value: i32, most: i32) -> i32 {
  return select(select(value, most, (most < value)), 0, (value < 0));
}
fn relaxationOf(entry: i32, z: i32) -> i32 {
  return ((entry & 65535) + ((262144 - (((entry >> u32(16)) & 127) * ((z & 524287) + 8388608))) >> u32(19)));
}
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let noise = plan.noise;
  let leak = plan.leak;
  let excitatoryReversal = plan.excitatoryReversal;
  let inhibitoryReversal = plan.inhibitoryReversal;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatory = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitory = states[plan.statesStart + 3u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = ((excitatory + excitatoryReceived) + 0);
      let t2: i32 = clamped(t1, 536870912);
      let t3: i32 = (inhibitory + inhibitoryReceived);
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = ((product27(leak, (bias - potential)) + product27(t2, (excitatoryReversal - potential))) + product27(t4, (inhibitoryReversal - potential)));
      let t6: i32 = clamped(t5, 536870912);
      let t7: i32 = ((leak + t2) + t4);
      let t8: i32 = fromZeroTo(t7, 536870911);
      let t9: i32 = ((potential + share(t6, relaxationOf(tables[plan.relaxationTableStart + (t8 >> u32(19))], t8), 1)) + product((tables[plan.normalTableStart + (randomBits & 4095)] + tables[plan.normalTableStart + bitcast<i32>(bitcast<u32>(randomBits) >> u32(20))]), noise));
      let t10: bool = (!t0 & (threshold <= t9));
      let t11: i32 = clamped(t9, 8388608);
      let potentialNext = select(select(t11, potential, t0), reset, t10);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t10);
      let excitatoryNext = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryNext = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
      if t10 { note(index, ahead); }
      if (((((t2 != t1) | (t4 != t3)) | (536870912 <= t7)) | (t6 != t5)) | (t11 != t9)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatory = excitatoryNext;
      inhibitory = inhibitoryNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatory;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitory;
  }
}
`,
  conductanceLifNoisyDriven: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  backgroundTableStart: i32,
  relaxationTableStart: i32,
  normalTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leak: i32,
  excitatoryReversal: i32,
  inhibitoryReversal: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn product27(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(15));
  let t1: i32 = (b >> u32(12));
  let t2: i32 = (b & 4095);
  let t3: i32 = (a & 32767);
  return ((t0 * t1) + ((((((t0 * t2) << u32(3)) + (t3 * t1)) + ((t3 * t2) >> u32(12))) + 16384) >> u32(15)));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn fromZeroTo(value: i32, most: i32) -> i32 {
  return select(select(value, most, (most < value)), 0, (value < 0));
}
fn relaxationOf(entry: i32, z: i32) -> i32 {
  return ((entry & 65535) + ((262144 - (((entry >> u32(16)) & 127) * ((z & 524287) + 8388608))) >> u32(19)));
}
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let noise = plan.noise;
  let backgroundWeight = plan.backgroundWeight;
  let leak = plan.leak;
  let excitatoryReversal = plan.excitatoryReversal;
  let inhibitoryReversal = plan.inhibitoryReversal;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatory = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitory = states[plan.statesStart + 3u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = mixed(randomBits);
      let t2: i32 = tables[plan.backgroundTableStart + (t1 & 4095)];
      let t3: i32 = ((excitatory + excitatoryReceived) + ((bitcast<i32>(bitcast<u32>(t2) >> u32(20)) + select(0, 1, ((t2 & 1048575) <= bitcast<i32>(bitcast<u32>(t1) >> u32(12))))) * backgroundWeight));
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = (inhibitory + inhibitoryReceived);
      let t6: i32 = clamped(t5, 536870912);
      let t7: i32 = ((product27(leak, (bias - potential)) + product27(t4, (excitatoryReversal - potential))) + product27(t6, (inhibitoryReversal - potential)));
      let t8: i32 = clamped(t7, 536870912);
      let t9: i32 = ((leak + t4) + t6);
      let t10: i32 = fromZeroTo(t9, 536870911);
      let t11: i32 = ((potential + share(t8, relaxationOf(tables[plan.relaxationTableStart + (t10 >> u32(19))], t10), 1)) + product((tables[plan.normalTableStart + (randomBits & 4095)] + tables[plan.normalTableStart + bitcast<i32>(bitcast<u32>(randomBits) >> u32(20))]), noise));
      let t12: bool = (!t0 & (threshold <= t11));
      let t13: i32 = clamped(t11, 8388608);
      let potentialNext = select(select(t13, potential, t0), reset, t12);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t12);
      let excitatoryNext = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryNext = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
      if t12 { note(index, ahead); }
      if (((((t4 != t3) | (t6 != t5)) | (536870912 <= t9)) | (t8 != t7)) | (t13 != t11)) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatory = excitatoryNext;
      inhibitory = inhibitoryNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatory;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitory;
  }
}
`,
  adex: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  exponentialTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
  peak: i32,
  perSlope: i32,
  upswingMantissa: i32,
  upswingShift: i32,
  adaptation: i32,
  adaptationLossMantissa: i32,
  adaptationLossShift: i32,
  adaptationJump: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
fn product24(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(12));
  let t1: i32 = (b >> u32(12));
  let t2: i32 = (b & 4095);
  let t3: i32 = (a & 4095);
  return ((t0 * t1) + (((((t0 * t2) + (t3 * t1)) + ((t3 * t2) >> u32(12))) + 2048) >> u32(12)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let inhibitoryGainMantissa = plan.inhibitoryGainMantissa;
  let inhibitoryGainShift = plan.inhibitoryGainShift;
  let peak = plan.peak;
  let perSlope = plan.perSlope;
  let upswingMantissa = plan.upswingMantissa;
  let upswingShift = plan.upswingShift;
  let adaptation = plan.adaptation;
  let adaptationLossMantissa = plan.adaptationLossMantissa;
  let adaptationLossShift = plan.adaptationLossShift;
  let adaptationJump = plan.adaptationJump;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitoryCurrent = states[plan.statesStart + 3u * plan.neurons + index];
    var adapted = states[plan.statesStart + 4u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let t0: bool = (0 < refractory);
      let t1: i32 = (excitatoryCurrent + excitatoryReceived);
      let t2: i32 = clamped(t1, 536870912);
      let t3: i32 = (inhibitoryCurrent + inhibitoryReceived);
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = product((potential - threshold), perSlope);
      let t6: i32 = (select(select(t5, 524287, (524287 < t5)), i32(-786432), (t5 < i32(-786432))) - i32(-786432));
      let t7: i32 = (t6 >> u32(10));
      let t8: i32 = tables[plan.exponentialTableStart + t7];
      let t9: i32 = ((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t8 + product24((tables[plan.exponentialTableStart + (t7 + 1)] - t8), ((t6 & 1023) << u32(14)))), upswingMantissa, upswingShift) << u32(3)));
      let t10: bool = (!t0 & (peak <= t9));
      let t11: i32 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + select(0, adaptationJump, t10));
      let potentialNext = select(select(clamped(t9, 8388608), potential, t0), reset, t10);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t10);
      let excitatoryCurrentNext = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryCurrentNext = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
      let adaptedNext = clamped(t11, 536870912);
      if t10 { note(index, ahead); }
      if ((((t2 != t1) | (t4 != t3)) | (t9 < i32(-8388608))) | ((536870912 < t11) | (t11 < i32(-536870912)))) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
      adapted = adaptedNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitoryCurrent;
    states[plan.statesStart + 4u * plan.neurons + index] = adapted;
  }
}
`,
  adexDriven: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  backgroundTableStart: i32,
  exponentialTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
  peak: i32,
  perSlope: i32,
  upswingMantissa: i32,
  upswingShift: i32,
  adaptation: i32,
  adaptationLossMantissa: i32,
  adaptationLossShift: i32,
  adaptationJump: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
fn product24(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(12));
  let t1: i32 = (b >> u32(12));
  let t2: i32 = (b & 4095);
  let t3: i32 = (a & 4095);
  return ((t0 * t1) + (((((t0 * t2) + (t3 * t1)) + ((t3 * t2) >> u32(12))) + 2048) >> u32(12)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let backgroundWeight = plan.backgroundWeight;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let inhibitoryGainMantissa = plan.inhibitoryGainMantissa;
  let inhibitoryGainShift = plan.inhibitoryGainShift;
  let peak = plan.peak;
  let perSlope = plan.perSlope;
  let upswingMantissa = plan.upswingMantissa;
  let upswingShift = plan.upswingShift;
  let adaptation = plan.adaptation;
  let adaptationLossMantissa = plan.adaptationLossMantissa;
  let adaptationLossShift = plan.adaptationLossShift;
  let adaptationJump = plan.adaptationJump;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitoryCurrent = states[plan.statesStart + 3u * plan.neurons + index];
    var adapted = states[plan.statesStart + 4u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = mixed(randomBits);
      let t2: i32 = tables[plan.backgroundTableStart + (t1 & 4095)];
      let t3: i32 = ((excitatoryCurrent + excitatoryReceived) + ((bitcast<i32>(bitcast<u32>(t2) >> u32(20)) + select(0, 1, ((t2 & 1048575) <= bitcast<i32>(bitcast<u32>(t1) >> u32(12))))) * backgroundWeight));
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = (inhibitoryCurrent + inhibitoryReceived);
      let t6: i32 = clamped(t5, 536870912);
      let t7: i32 = product((potential - threshold), perSlope);
      let t8: i32 = (select(select(t7, 524287, (524287 < t7)), i32(-786432), (t7 < i32(-786432))) - i32(-786432));
      let t9: i32 = (t8 >> u32(10));
      let t10: i32 = tables[plan.exponentialTableStart + t9];
      let t11: i32 = ((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t10 + product24((tables[plan.exponentialTableStart + (t9 + 1)] - t10), ((t8 & 1023) << u32(14)))), upswingMantissa, upswingShift) << u32(3)));
      let t12: bool = (!t0 & (peak <= t11));
      let t13: i32 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + select(0, adaptationJump, t12));
      let potentialNext = select(select(clamped(t11, 8388608), potential, t0), reset, t12);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t12);
      let excitatoryCurrentNext = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryCurrentNext = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
      let adaptedNext = clamped(t13, 536870912);
      if t12 { note(index, ahead); }
      if ((((t4 != t3) | (t6 != t5)) | (t11 < i32(-8388608))) | ((536870912 < t13) | (t13 < i32(-536870912)))) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
      adapted = adaptedNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitoryCurrent;
    states[plan.statesStart + 4u * plan.neurons + index] = adapted;
  }
}
`,
  adexNoisy: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  exponentialTableStart: i32,
  normalTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
  peak: i32,
  perSlope: i32,
  upswingMantissa: i32,
  upswingShift: i32,
  adaptation: i32,
  adaptationLossMantissa: i32,
  adaptationLossShift: i32,
  adaptationJump: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
fn product24(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(12));
  let t1: i32 = (b >> u32(12));
  let t2: i32 = (b & 4095);
  let t3: i32 = (a & 4095);
  return ((t0 * t1) + (((((t0 * t2) + (t3 * t1)) + ((t3 * t2) >> u32(12))) + 2048) >> u32(12)));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let noise = plan.noise;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let inhibitoryGainMantissa = plan.inhibitoryGainMantissa;
  let inhibitoryGainShift = plan.inhibitoryGainShift;
  let peak = plan.peak;
  let perSlope = plan.perSlope;
  let upswingMantissa = plan.upswingMantissa;
  let upswingShift = plan.upswingShift;
  let adaptation = plan.adaptation;
  let adaptationLossMantissa = plan.adaptationLossMantissa;
  let adaptationLossShift = plan.adaptationLossShift;
  let adaptationJump = plan.adaptationJump;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitoryCurrent = states[plan.statesStart + 3u * plan.neurons + index];
    var adapted = states[plan.statesStart + 4u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = (excitatoryCurrent + excitatoryReceived);
      let t2: i32 = clamped(t1, 536870912);
      let t3: i32 = (inhibitoryCurrent + inhibitoryReceived);
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = product((potential - threshold), perSlope);
      let t6: i32 = (select(select(t5, 524287, (524287 < t5)), i32(-786432), (t5 < i32(-786432))) - i32(-786432));
      let t7: i32 = (t6 >> u32(10));
      let t8: i32 = tables[plan.exponentialTableStart + t7];
      let t9: i32 = (((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t8 + product24((tables[plan.exponentialTableStart + (t7 + 1)] - t8), ((t6 & 1023) << u32(14)))), upswingMantissa, upswingShift) << u32(3))) + product((tables[plan.normalTableStart + (randomBits & 4095)] + tables[plan.normalTableStart + bitcast<i32>(bitcast<u32>(randomBits) >> u32(20))]), noise));
      let t10: bool = (!t0 & (peak <= t9));
      let t11: i32 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + select(0, adaptationJump, t10));
      let potentialNext = select(select(clamped(t9, 8388608), potential, t0), reset, t10);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t10);
      let excitatoryCurrentNext = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryCurrentNext = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
      let adaptedNext = clamped(t11, 536870912);
      if t10 { note(index, ahead); }
      if ((((t2 != t1) | (t4 != t3)) | (t9 < i32(-8388608))) | ((536870912 < t11) | (t11 < i32(-536870912)))) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
      adapted = adaptedNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitoryCurrent;
    states[plan.statesStart + 4u * plan.neurons + index] = adapted;
  }
}
`,
  adexNoisyDriven: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  backgroundTableStart: i32,
  exponentialTableStart: i32,
  normalTableStart: i32,
  bias: i32,
  threshold: i32,
  reset: i32,
  refractorySteps: i32,
  noise: i32,
  backgroundWeight: i32,
  leakMantissa: i32,
  leakShift: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
  peak: i32,
  perSlope: i32,
  upswingMantissa: i32,
  upswingShift: i32,
  adaptation: i32,
  adaptationLossMantissa: i32,
  adaptationLossShift: i32,
  adaptationJump: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
fn product24(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(12));
  let t1: i32 = (b >> u32(12));
  let t2: i32 = (b & 4095);
  let t3: i32 = (a & 4095);
  return ((t0 * t1) + (((((t0 * t2) + (t3 * t1)) + ((t3 * t2) >> u32(12))) + 2048) >> u32(12)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let reset = plan.reset;
  let refractorySteps = plan.refractorySteps;
  let noise = plan.noise;
  let backgroundWeight = plan.backgroundWeight;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let inhibitoryGainMantissa = plan.inhibitoryGainMantissa;
  let inhibitoryGainShift = plan.inhibitoryGainShift;
  let peak = plan.peak;
  let perSlope = plan.perSlope;
  let upswingMantissa = plan.upswingMantissa;
  let upswingShift = plan.upswingShift;
  let adaptation = plan.adaptation;
  let adaptationLossMantissa = plan.adaptationLossMantissa;
  let adaptationLossShift = plan.adaptationLossShift;
  let adaptationJump = plan.adaptationJump;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var refractory = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitoryCurrent = states[plan.statesStart + 3u * plan.neurons + index];
    var adapted = states[plan.statesStart + 4u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: bool = (0 < refractory);
      let t1: i32 = mixed(randomBits);
      let t2: i32 = tables[plan.backgroundTableStart + (t1 & 4095)];
      let t3: i32 = ((excitatoryCurrent + excitatoryReceived) + ((bitcast<i32>(bitcast<u32>(t2) >> u32(20)) + select(0, 1, ((t2 & 1048575) <= bitcast<i32>(bitcast<u32>(t1) >> u32(12))))) * backgroundWeight));
      let t4: i32 = clamped(t3, 536870912);
      let t5: i32 = (inhibitoryCurrent + inhibitoryReceived);
      let t6: i32 = clamped(t5, 536870912);
      let t7: i32 = product((potential - threshold), perSlope);
      let t8: i32 = (select(select(t7, 524287, (524287 < t7)), i32(-786432), (t7 < i32(-786432))) - i32(-786432));
      let t9: i32 = (t8 >> u32(10));
      let t10: i32 = tables[plan.exponentialTableStart + t9];
      let t11: i32 = (((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t10 + product24((tables[plan.exponentialTableStart + (t9 + 1)] - t10), ((t8 & 1023) << u32(14)))), upswingMantissa, upswingShift) << u32(3))) + product((tables[plan.normalTableStart + (randomBits & 4095)] + tables[plan.normalTableStart + bitcast<i32>(bitcast<u32>(randomBits) >> u32(20))]), noise));
      let t12: bool = (!t0 & (peak <= t11));
      let t13: i32 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + select(0, adaptationJump, t12));
      let potentialNext = select(select(clamped(t11, 8388608), potential, t0), reset, t12);
      let refractoryNext = select(select(0, (refractory - 1), t0), refractorySteps, t12);
      let excitatoryCurrentNext = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryCurrentNext = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
      let adaptedNext = clamped(t13, 536870912);
      if t12 { note(index, ahead); }
      if ((((t4 != t3) | (t6 != t5)) | (t11 < i32(-8388608))) | ((536870912 < t13) | (t13 < i32(-536870912)))) { countSaturated(ahead); }
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
      adapted = adaptedNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = refractory;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitoryCurrent;
    states[plan.statesStart + 4u * plan.neurons + index] = adapted;
  }
}
`,
  izhikevich: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  stepMantissa: i32,
  stepShift: i32,
  recoveryMantissa: i32,
  recoveryShift: i32,
  sensitivity: i32,
  reset: i32,
  jump: i32,
  peak: i32,
  bias: i32,
  noise: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let stepMantissa = plan.stepMantissa;
  let stepShift = plan.stepShift;
  let recoveryMantissa = plan.recoveryMantissa;
  let recoveryShift = plan.recoveryShift;
  let sensitivity = plan.sensitivity;
  let reset = plan.reset;
  let jump = plan.jump;
  let peak = plan.peak;
  let bias = plan.bias;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let inhibitoryGainMantissa = plan.inhibitoryGainMantissa;
  let inhibitoryGainShift = plan.inhibitoryGainShift;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var recovery = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitoryCurrent = states[plan.statesStart + 3u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let t0: i32 = (excitatoryCurrent + excitatoryReceived);
      let t1: i32 = clamped(t0, 536870912);
      let t2: i32 = (inhibitoryCurrent + inhibitoryReceived);
      let t3: i32 = clamped(t2, 536870912);
      let t4: i32 = (((potential + share(clamped(((((product(share(potential, 20972, 5), potential) + (potential * 5)) + 9175040) - recovery) + bias), 536870912), stepMantissa, stepShift)) + share(t1, excitatoryGainMantissa, excitatoryGainShift)) + share(t3, inhibitoryGainMantissa, inhibitoryGainShift));
      let t5: bool = (peak <= t4);
      let t6: i32 = ((recovery + share(clamped((product(sensitivity, potential) - recovery), 536870912), recoveryMantissa, recoveryShift)) + select(0, jump, t5));
      let potentialNext = select(clamped(t4, 11796480), reset, t5);
      let recoveryNext = clamped(t6, 536870912);
      let excitatoryCurrentNext = (t1 - share(t1, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryCurrentNext = (t3 - share(t3, inhibitoryLossMantissa, inhibitoryLossShift));
      if t5 { note(index, ahead); }
      if ((((t1 != t0) | (t3 != t2)) | (t4 < i32(-11796480))) | ((536870912 < t6) | (t6 < i32(-536870912)))) { countSaturated(ahead); }
      potential = potentialNext;
      recovery = recoveryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = recovery;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitoryCurrent;
  }
}
`,
  izhikevichNoisy: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  normalTableStart: i32,
  stepMantissa: i32,
  stepShift: i32,
  recoveryMantissa: i32,
  recoveryShift: i32,
  sensitivity: i32,
  reset: i32,
  jump: i32,
  peak: i32,
  bias: i32,
  noise: i32,
  excitatoryLossMantissa: i32,
  excitatoryLossShift: i32,
  excitatoryGainMantissa: i32,
  excitatoryGainShift: i32,
  inhibitoryLossMantissa: i32,
  inhibitoryLossShift: i32,
  inhibitoryGainMantissa: i32,
  inhibitoryGainShift: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let stepMantissa = plan.stepMantissa;
  let stepShift = plan.stepShift;
  let recoveryMantissa = plan.recoveryMantissa;
  let recoveryShift = plan.recoveryShift;
  let sensitivity = plan.sensitivity;
  let reset = plan.reset;
  let jump = plan.jump;
  let peak = plan.peak;
  let bias = plan.bias;
  let noise = plan.noise;
  let excitatoryLossMantissa = plan.excitatoryLossMantissa;
  let excitatoryLossShift = plan.excitatoryLossShift;
  let excitatoryGainMantissa = plan.excitatoryGainMantissa;
  let excitatoryGainShift = plan.excitatoryGainShift;
  let inhibitoryLossMantissa = plan.inhibitoryLossMantissa;
  let inhibitoryLossShift = plan.inhibitoryLossShift;
  let inhibitoryGainMantissa = plan.inhibitoryGainMantissa;
  let inhibitoryGainShift = plan.inhibitoryGainShift;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var recovery = states[plan.statesStart + 1u * plan.neurons + index];
    var excitatoryCurrent = states[plan.statesStart + 2u * plan.neurons + index];
    var inhibitoryCurrent = states[plan.statesStart + 3u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let excitatoryReceivedNow = received[slot + 0u * plan.neurons + index];
      let inhibitoryReceivedNow = received[slot + 1u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      received[slot + 1u * plan.neurons + index] = 0;
      let excitatoryReceived = excitatoryReceivedNow;
      let inhibitoryReceived = inhibitoryReceivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: i32 = (excitatoryCurrent + excitatoryReceived);
      let t1: i32 = clamped(t0, 536870912);
      let t2: i32 = (inhibitoryCurrent + inhibitoryReceived);
      let t3: i32 = clamped(t2, 536870912);
      let t4: i32 = ((((potential + share(clamped(((((product(share(potential, 20972, 5), potential) + (potential * 5)) + 9175040) - recovery) + bias), 536870912), stepMantissa, stepShift)) + share(t1, excitatoryGainMantissa, excitatoryGainShift)) + share(t3, inhibitoryGainMantissa, inhibitoryGainShift)) + product((tables[plan.normalTableStart + (randomBits & 4095)] + tables[plan.normalTableStart + bitcast<i32>(bitcast<u32>(randomBits) >> u32(20))]), noise));
      let t5: bool = (peak <= t4);
      let t6: i32 = ((recovery + share(clamped((product(sensitivity, potential) - recovery), 536870912), recoveryMantissa, recoveryShift)) + select(0, jump, t5));
      let potentialNext = select(clamped(t4, 11796480), reset, t5);
      let recoveryNext = clamped(t6, 536870912);
      let excitatoryCurrentNext = (t1 - share(t1, excitatoryLossMantissa, excitatoryLossShift));
      let inhibitoryCurrentNext = (t3 - share(t3, inhibitoryLossMantissa, inhibitoryLossShift));
      if t5 { note(index, ahead); }
      if ((((t1 != t0) | (t3 != t2)) | (t4 < i32(-11796480))) | ((536870912 < t6) | (t6 < i32(-536870912)))) { countSaturated(ahead); }
      potential = potentialNext;
      recovery = recoveryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = recovery;
    states[plan.statesStart + 2u * plan.neurons + index] = excitatoryCurrent;
    states[plan.statesStart + 3u * plan.neurons + index] = inhibitoryCurrent;
  }
}
`,
  rate: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  bias: i32,
  threshold: i32,
  noise: i32,
  leakMantissa: i32,
  leakShift: i32,
  gainMantissa: i32,
  gainShift: i32,
  most: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let gainMantissa = plan.gainMantissa;
  let gainShift = plan.gainShift;
  let most = plan.most;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var due = states[plan.statesStart + 1u * plan.neurons + index];
    var sent = states[plan.statesStart + 2u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let receivedNow = received[slot + 0u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      let received = receivedNow;
      let t0: i32 = ((potential - share((potential - bias), leakMantissa, leakShift)) + received);
      let t1: i32 = clamped(t0, 536870912);
      let t2: i32 = clamped((t1 - threshold), 16777216);
      let t3: i32 = (share(t2, gainMantissa, gainShift) << u32(6));
      let t4: i32 = (due + select(0, select(t3, most, (most < t3)), (0 < t2)));
      let potentialNext = t1;
      let dueNext = (t4 & 16777215);
      let sentNext = (((t4 >> u32(20)) - (due >> u32(20))) << u32(11));
      send(index, ahead, sentNext);
      if (16777216 <= t4) { note(index, ahead); }
      if (t1 != t0) { countSaturated(ahead); }
      potential = potentialNext;
      due = dueNext;
      sent = sentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = due;
    states[plan.statesStart + 2u * plan.neurons + index] = sent;
  }
}
`,
  rateNoisy: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  normalTableStart: i32,
  bias: i32,
  threshold: i32,
  noise: i32,
  leakMantissa: i32,
  leakShift: i32,
  gainMantissa: i32,
  gainShift: i32,
  most: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn product(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(16));
  let t1: i32 = (b >> u32(16));
  let t2: i32 = (b & 65535);
  let t3: i32 = (a & 65535);
  return (((((t0 * t1) << u32(16)) + (t0 * t2)) + (t3 * t1)) + bitcast<i32>(bitcast<u32>((t3 * t2)) >> u32(16)));
}
fn clamped(value: i32, bound: i32) -> i32 {
  let t0: i32 = (bound * i32(-1));
  return select(select(value, bound, (bound < value)), t0, (value < t0));
}
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let bias = plan.bias;
  let threshold = plan.threshold;
  let noise = plan.noise;
  let leakMantissa = plan.leakMantissa;
  let leakShift = plan.leakShift;
  let gainMantissa = plan.gainMantissa;
  let gainShift = plan.gainShift;
  let most = plan.most;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    var potential = states[plan.statesStart + 0u * plan.neurons + index];
    var due = states[plan.statesStart + 1u * plan.neurons + index];
    var sent = states[plan.statesStart + 2u * plan.neurons + index];
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let receivedNow = received[slot + 0u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      let received = receivedNow;
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      let t0: i32 = (((potential - share((potential - bias), leakMantissa, leakShift)) + received) + product((tables[plan.normalTableStart + (randomBits & 4095)] + tables[plan.normalTableStart + bitcast<i32>(bitcast<u32>(randomBits) >> u32(20))]), noise));
      let t1: i32 = clamped(t0, 536870912);
      let t2: i32 = clamped((t1 - threshold), 16777216);
      let t3: i32 = (share(t2, gainMantissa, gainShift) << u32(6));
      let t4: i32 = (due + select(0, select(t3, most, (most < t3)), (0 < t2)));
      let potentialNext = t1;
      let dueNext = (t4 & 16777215);
      let sentNext = (((t4 >> u32(20)) - (due >> u32(20))) << u32(11));
      send(index, ahead, sentNext);
      if (16777216 <= t4) { note(index, ahead); }
      if (t1 != t0) { countSaturated(ahead); }
      potential = potentialNext;
      due = dueNext;
      sent = sentNext;
    }
    states[plan.statesStart + 0u * plan.neurons + index] = potential;
    states[plan.statesStart + 1u * plan.neurons + index] = due;
    states[plan.statesStart + 2u * plan.neurons + index] = sent;
  }
}
`,
  poisson: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
  chance: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
fn mixed(value: i32) -> i32 {
  let t0: i32 = ((value ^ bitcast<i32>(bitcast<u32>(value) >> u32(16))) * 569420461);
  let t1: i32 = ((t0 ^ bitcast<i32>(bitcast<u32>(t0) >> u32(15))) * 1935289751);
  return (t1 ^ bitcast<i32>(bitcast<u32>(t1) >> u32(15)));
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  let chance = plan.chance;
  let randomKey = plan.randomKey;
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let stepKey = stepKeyOf(ahead);
      let neuron = i32(index);
      let randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      if (bitcast<i32>(bitcast<u32>(randomBits) >> u32(1)) < chance) { note(index, ahead); }
    }
  }
}
`,
  spikeSource: `struct Plan {
  neurons: u32,
  firstWord: u32,
  statesStart: u32,
  receivedStart: u32,
  sharesStart: u32,
  saturatedAt: u32,
  randomKey: i32,
}
// Of each population of the model; the one that this invocation advances.
@group(1) @binding(0) var<storage, read> plans: array<Plan>;
var<private> plan: Plan;
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  plan = plans[id.y];
  for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {
    emptyAhead(index);
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let slot = receivedSlot(ahead) + plan.receivedStart;
      let receivedNow = received[slot + 0u * plan.neurons + index];
      received[slot + 0u * plan.neurons + index] = 0;
      let received = receivedNow;
      if (0 < received) { note(index, ahead); }
    }
  }
}
`,
} as const;

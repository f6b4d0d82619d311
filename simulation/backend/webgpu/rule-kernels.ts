// Written by `npx vitest run simulation/kernel -u`: what a spike does to the synapses of its neuron, for each rule in simulation/learning. Simulation process.

export const ruleKernels = {
  pairStdp: `struct Plan {
  route: Route,
  senderTrace: Trace,
  receiverTrace: Trace,
  potentiationMantissa: i32,
  potentiationShift: i32,
  depressionMantissa: i32,
  depressionShift: i32,
  scale: i32,
  changeMax: i32,
  maximum: i32,
}
@group(1) @binding(0) var<uniform> plan: Plan;
@compute @workgroup_size(workgroupSize)
fn arrive(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let depressionMantissa = plan.depressionMantissa;
  let depressionShift = plan.depressionShift;
  let scale = plan.scale;
  let changeMax = plan.changeMax;
  var change = Change();
  for (var word = group.x; 32u * word < plan.route.senders; word += groups.x) {
    var spikes = arrivedWord(plan.route, word);
    while spikes != 0u {
      let sender = 32u * word + countTrailingZeros(spikes);
      spikes &= spikes - 1u;
      let part = partAt(plan.route, sender);
      for (var entry = rows[sender] + local.x; entry < rows[sender + 1u]; entry += workgroupSize) {
        let synapse = entry;
        let receiver = rows[plan.route.senders + 1u + synapse];
        let receiverTrace = traceAt(plan.receiverTrace, receiver);
        let weight = weights[synapse];
        deliver(plan.route, receiver, weight, part);
        let t0: i32 = share(receiverTrace, depressionMantissa, depressionShift);
        let t1: i32 = (weight - (select(t0, changeMax, (changeMax < t0)) << u32(scale)));
        let after = select(t1, 0, (t1 < 0));
        weights[synapse] = after;
        change = plus(change, after - weight);
      }
    }
  }
  addToWeightChange(plan.route, change);
}

@compute @workgroup_size(workgroupSize)
fn fire(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let potentiationMantissa = plan.potentiationMantissa;
  let potentiationShift = plan.potentiationShift;
  let scale = plan.scale;
  let changeMax = plan.changeMax;
  let maximum = plan.maximum;
  var change = Change();
  for (var word = group.x; 32u * word < plan.route.receivers; word += groups.x) {
    var spikes = firedWord(plan.route, word);
    while spikes != 0u {
      let receiver = 32u * word + countTrailingZeros(spikes);
      spikes &= spikes - 1u;
      for (var entry = rows[receiver] + local.x; entry < rows[receiver + 1u]; entry += workgroupSize) {
        let synapse = rows[plan.route.receivers + 1u + entry];
        let sender = rows[plan.route.receivers + 1u + plan.route.synapses + entry];
        let senderTrace = traceAt(plan.senderTrace, sender);
        let weight = weights[synapse];
        let t0: i32 = share(senderTrace, potentiationMantissa, potentiationShift);
        let t1: i32 = (weight + (select(t0, changeMax, (changeMax < t0)) << u32(scale)));
        let after = select(t1, maximum, (maximum < t1));
        weights[synapse] = after;
        change = plus(change, after - weight);
      }
    }
  }
  addToWeightChange(plan.route, change);
}
`,
} as const;

// WGSL of spikes and shares that are put where they will arrive as soon as they are sent, along synapses that do not change. Simulation process.
import { momentPart } from './shader-parts.ts';
import { shortTermPart } from './short-term-part.ts';

/** Workgroups are (senders, step of the batch). */
const bundlePart = `${momentPart}
struct Plan {
  // By their bits in a slot, or by their words.
  firstSender: u32,
  senders: u32,
}
@group(1) @binding(0) var<uniform> plan: Plan;
@group(1) @binding(2) var<storage, read> weights: array<i32>;
// Starts of all rows and the end of the last, then a place for each synapse: its delay in words of the ring, and the receiver's word in a slot.
@group(1) @binding(3) var<storage, read> rows: array<u32>;
@group(1) @binding(4) var<storage, read_write> received: array<atomic<i32>>;

// Where the ring is filled again from a state, what is sent and has arrived is left out.
fn leastPlace(ahead: u32) -> u32 {
  return select(0u, (moment.steps - ahead) * moment.receivedWords, moment.isFilledAgain == 1u);
}

fn put(slot: u32, place: u32, amount: i32) {
  let end = moment.receivedSlots * moment.receivedWords;
  let at = slot + place;
  atomicAdd(&received[select(at, at - end, at >= end)], amount);
}
`;

/** A workgroup takes 32 senders at a time, its invocations share a row. */
export const putSpikesShader = `${bundlePart}
@group(1) @binding(1) var<storage, read> spikes: array<u32>;

@compute @workgroup_size(workgroupSize)
fn putSpikes(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let fired = slotOf(moment.step + group.y) + (plan.firstSender >> 5u);
  let slot = receivedSlot(group.y + 1u);
  let least = leastPlace(group.y);
  for (var word = group.x; 32u * word < plan.senders; word += groups.x) {
    var bits = spikes[fired + word];
    while bits != 0u {
      let sender = 32u * word + countTrailingZeros(bits);
      bits &= bits - 1u;
      for (var synapse = rows[sender] + local.x; synapse < rows[sender + 1u]; synapse += workgroupSize) {
        let place = rows[plan.senders + 1u + synapse];
        if place >= least { put(slot, place, weights[synapse]); }
      }
    }
  }
}
`;

/** A workgroup for each sender. */
export const putSharesShader = `${bundlePart}${shortTermPart}
@group(1) @binding(1) var<storage, read> shares: array<i32>;

@compute @workgroup_size(workgroupSize)
fn putShares(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let first = ((moment.step + group.y) & moment.slotMask) * moment.shareWords + plan.firstSender;
  let slot = receivedSlot(group.y + 1u);
  let least = leastPlace(group.y);
  for (var sender = group.x; sender < plan.senders; sender += groups.x) {
    let sent = shares[first + sender];
    if sent == 0 { continue; }
    for (var synapse = rows[sender] + local.x; synapse < rows[sender + 1u]; synapse += workgroupSize) {
      let place = rows[plan.senders + 1u + synapse];
      if place >= least { put(slot, place, partOf(weights[synapse], sent)); }
    }
  }
}
`;

"""Networks that learn in Brian2's C++ standalone, the peer of `exocortex bench rules`.

brian2_rules_peer.py <pair-stdp|reward-stdp>:<neurons>:<synapses> cpp <seconds to warm up> <seconds of a run> <folder for what is compiled>

Poisson senders at 10 Hz onto as many integrate-and-fire neurons that noise drives to about 10 Hz; a step of 1 ms. Traces are kept
at the synapses and computed when a spike needs them, as in Brian2's own examples of spike-timing-dependent plasticity. With reward
the eligibility and the weight of every synapse are computed in every step. Weights are too small to move a receiver. Prints one JSON
object with the version when everything is compiled, and then for each line that it reads the seconds that one run took, the mean
rate of the receivers over the warm-up and the run, and the number of synapses; ends with its input.
"""

import json
import os
import sys

from brian2 import (
    Network,
    NeuronGroup,
    PoissonGroup,
    SpikeMonitor,
    Synapses,
    __version__,
    defaultclock,
    device,
    Hz,
    mV,
    ms,
    second,
    seed,
    set_device,
)

model, _, warm_up, duration, folder = sys.argv[1:6]
rule, count, synapses_each = model.split(":")
count, synapses_each = int(count), int(synapses_each)
warm_up, duration = float(warm_up) * second, float(duration) * second
set_device("cpp_standalone", directory=os.path.join(folder, rule), build_on_run=False)
defaultclock.dt = 1 * ms
seed(12345)

membrane = {"tau": 20 * ms, "tau_s": 5 * ms, "bias": 12.5 * mV, "sigma": 4 * mV}
senders = PoissonGroup(count, rates=10 * Hz)
receivers = NeuronGroup(
    count,
    """
    dv/dt = (bias + current - v) / tau + sigma * sqrt(2 / tau) * xi : volt (unless refractory)
    dcurrent/dt = -current / tau_s : volt
    """,
    threshold="v > 20 * mV",
    reset="v = 5 * mV",
    refractory=2 * ms,
    method="euler",
    namespace=membrane,
)
constants = {
    "tau_plus": 20 * ms,
    "tau_minus": 20 * ms,
    "tau_e": 1 * second,
    "a_plus": 0.01,
    "a_minus": 0.0105,
    "eta": 1 * Hz,
    "w_max": 0.002 * mV,
    "reward": 1e-6,
}
traces = """
    w : volt
    dx/dt = -x / tau_plus : 1 (event-driven)
    dy/dt = -y / tau_minus : 1 (event-driven)
"""
if rule == "pair-stdp":
    synapses = Synapses(
        senders,
        receivers,
        traces,
        on_pre="""
        current_post += w
        w = clip(w - a_minus * w_max * y, 0 * mV, w_max)
        x += 1
        """,
        on_post="""
        w = clip(w + a_plus * w_max * x, 0 * mV, w_max)
        y += 1
        """,
        delay=1 * ms,
        namespace=constants,
    )
else:
    synapses = Synapses(
        senders,
        receivers,
        traces + "elig : 1",
        on_pre="""
        current_post += w
        elig = clip(elig - a_minus * y, -4, 4)
        x += 1
        """,
        on_post="""
        elig = clip(elig + a_plus * x, -4, 4)
        y += 1
        """,
        delay=1 * ms,
        namespace=constants,
    )
    synapses.run_regularly(
        """
        w = clip(w + eta * w_max * reward * elig * dt, 0 * mV, w_max)
        elig = elig * exp(-dt / tau_e)
        """,
        dt=1 * ms,
    )
synapses.connect(p=min(1, synapses_each / count))
synapses.w = 0.001 * mV
counter = SpikeMonitor(receivers, record=False)
network = Network(senders, receivers, synapses, counter)
network.run(warm_up)
network.run(duration)
device.build(compile=True, run=False, debug=False)
print(json.dumps({"version": __version__}), flush=True)
for _ in sys.stdin:
    device.run(with_output=False)
    rate = int(counter.num_spikes) / float(warm_up + duration) / count
    print(json.dumps({"seconds": device._last_run_time, "rateHz": rate, "synapses": len(synapses)}), flush=True)

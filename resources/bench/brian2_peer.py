"""The networks of Vogels & Abbott (2005) in Brian2, the peer of `exocortex bench simulation`.

brian2_peer.py <cuba|coba> <cpp|cython> <seconds to warm up> <seconds of a run> <folder for what is compiled>

Written from Brette et al. (2007), benchmarks 1 and 2. Prints one JSON object with the version when everything is compiled, and
then for each line that it reads the seconds that one run took, the mean rate (with `cpp` over the warm-up too) and the number of
synapses; ends with its input.
"""

import json
import os
import sys

from brian2 import (
    Network,
    NeuronGroup,
    SpikeMonitor,
    Synapses,
    __version__,
    defaultclock,
    device,
    mV,
    ms,
    nS,
    prefs,
    second,
    seed,
    set_device,
)

model, target, warm_up, duration, folder = sys.argv[1:6]
warm_up, duration = float(warm_up) * second, float(duration) * second
is_standalone = target == "cpp"
if is_standalone:
    set_device("cpp_standalone", directory=os.path.join(folder, model), build_on_run=False)
else:
    prefs.codegen.target = "cython"
    prefs.codegen.runtime.cython.cache_dir = os.path.join(folder, "cython")
defaultclock.dt = 0.1 * ms
seed(12345)

constants = {
    "taum": 20 * ms,
    "taue": 5 * ms,
    "taui": 10 * ms,
    "Vt": -50 * mV,
    "Vr": -60 * mV,
}
if model == "cuba":
    constants["El"] = -49 * mV
    equations = """
    dv/dt = (ge + gi - (v - El)) / taum : volt (unless refractory)
    dge/dt = -ge / taue : volt
    dgi/dt = -gi / taui : volt
    """
    weights = {"we": 1.62 * mV, "wi": -9 * mV}
    method = "exact"
    beginning = {"v": "-55*mV + 3*mV*randn()"}
else:
    constants.update(gl=10 * nS, El=-60 * mV, Ee=0 * mV, Ei=-80 * mV)
    equations = """
    dv/dt = (gl*(El - v) + ge*(Ee - v) + gi*(Ei - v)) / (gl*taum) : volt (unless refractory)
    dge/dt = -ge / taue : siemens
    dgi/dt = -gi / taui : siemens
    """
    weights = {"we": 6 * nS, "wi": 67 * nS}
    method = "exponential_euler"
    beginning = {"v": "-65*mV + 8*mV*randn()"}

neurons = NeuronGroup(
    4000,
    equations,
    threshold="v > Vt",
    reset="v = Vr",
    refractory=5 * ms,
    method=method,
    namespace=constants,
)
for name, value in beginning.items():
    setattr(neurons, name, value)
excitatory = Synapses(neurons[:3200], neurons, on_pre="ge += we", delay=0.1 * ms, namespace=weights)
inhibitory = Synapses(neurons[3200:], neurons, on_pre="gi += wi", delay=0.1 * ms, namespace=weights)
excitatory.connect(p=0.02)
inhibitory.connect(p=0.02)
# Counts and stores nothing else.
counter = SpikeMonitor(neurons, record=False)
network = Network(neurons, excitatory, inhibitory, counter)

spikes_before = 0


def run_standalone():
    device.run(with_output=False)
    return device._last_run_time, int(counter.num_spikes) / float(warm_up + duration)


def run_here():
    """The time of the loop alone: what Brian2 prepares before each run is left out."""
    global spikes_before
    took = [0.0]

    def report(elapsed, completed, start, whole):
        took[0] = float(elapsed)

    network.run(duration, report=report, report_period=3600 * second)
    spikes = int(counter.num_spikes)
    rate = (spikes - spikes_before) / float(duration)
    spikes_before = spikes
    return took[0], rate


network.run(warm_up)
if is_standalone:
    network.run(duration)
    device.build(compile=True, run=False, debug=False)
    run = run_standalone
else:
    network.run(duration)
    spikes_before = int(counter.num_spikes)
    run = run_here
print(json.dumps({"version": __version__}), flush=True)
for _ in sys.stdin:
    seconds, rate = run()
    synapses = len(excitatory) + len(inhibitory)
    print(json.dumps({"seconds": seconds, "rateHz": rate / len(neurons), "synapses": synapses}), flush=True)

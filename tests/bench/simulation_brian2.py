"""The network of simulation.bench.mjs in Brian2, as a C++ program of its own: neurons, synapses per neuron, ticks of 1 ms.

Prints one JSON object: version, seconds that the simulation took, spikes, synapses.
"""

import json
import math
import sys

import brian2
from brian2 import Network, NeuronGroup, SpikeMonitor, Synapses, device, ms, set_device

neurons, synapses_per_neuron, ticks = (int(argument) for argument in sys.argv[1:4])
set_device("cpp_standalone", directory="brian2", build_on_run=True)
brian2.defaultclock.dt = 0.5 * ms
brian2.seed(1)

tau, tau_synaptic = 20 * ms, 5 * ms
peak = (5 / 20) ** (1 / (1 - 5 / 20))
equations = """
du/dt = (bias - u + g / peak) / tau + sigma * sqrt(2 / tau) * xi : 1 (unless refractory)
dg/dt = -g / tau_synaptic : 1
"""
parameters = dict(tau=tau, tau_synaptic=tau_synaptic, peak=peak, bias=14.0, sigma=4.0)
stdp = """
w : 1
dx/dt = -x / (20*ms) : 1 (event-driven)
dy/dt = -y / (20*ms) : 1 (event-driven)
"""
probability = synapses_per_neuron / neurons
excitatory = int(0.8 * neurons)
sizes = {"exc": excitatory, "inh": neurons - excitatory}
groups = {
    name: NeuronGroup(size, equations, threshold="u >= 20", reset="u = 5", refractory=2 * ms, method="euler", namespace=parameters)
    for name, size in sizes.items()
}
projections = []
for source in sizes:
    for target in sizes:
        if source == target == "exc":
            projection = Synapses(
                groups[source],
                groups[target],
                stdp,
                on_pre="g_post += w; w = clip(w - 0.0105 * y, 0, 10); x += 1",
                on_post="w = clip(w + 0.01 * x, 0, 10); y += 1",
                delay=1 * ms,
            )
        else:
            projection = Synapses(groups[source], groups[target], "w : 1", on_pre="g_post += w", delay=1 * ms)
        projection.connect(condition="i != j" if source == target else None, p=probability)
        weight = 0.4 if source == "exc" else -2.0
        projection.w = f"{weight} * (1 + 0.1 * randn())"
        projections.append(projection)
monitors = [SpikeMonitor(group) for group in groups.values()]
network = Network(*groups.values(), *projections, *monitors)
network.run(ticks * ms)
print(
    json.dumps(
        {
            "version": brian2.__version__,
            "seconds": device._last_run_time,
            "spikes": sum(int(monitor.num_spikes) for monitor in monitors),
            "synapses": sum(len(projection) for projection in projections),
        }
    )
)

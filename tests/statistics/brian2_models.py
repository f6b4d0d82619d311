"""The neuron models of our-models.ts in Brian2. Prints one JSON object.

`currents`: for each model the spikes of neurons with growing steady drive in two seconds. `driven`: for each model spikes of 400 neurons
with common input: mean rate in Hz, mean coefficient of variation of intervals, mean correlation of counts in 20 ms. `byChance`: the same
of 400 Poisson neurons.
"""

import json
import sys

import numpy
from brian2 import (
    NeuronGroup,
    Network,
    PoissonGroup,
    SpikeMonitor,
    Synapses,
    __version__,
    defaultclock,
    Hz,
    ms,
    seed,
)

request = json.load(sys.stdin)
peak = (5 / 20) ** (1 / (1 - 5 / 20))
adex_peak = (5 / 9.4) ** (1 / (1 - 5 / 9.4))

# Potentials above rest in mV, conductances relative to the leak, time constants as in the defaults of the network files.
models = {
    "lif": dict(
        equations="""du/dt = (bias - u + g / peak) / (20*ms) : 1 (unless refractory)
                     dg/dt = -g / (5*ms) : 1""",
        threshold="u >= 20",
        reset="u = 5",
        refractory=2 * ms,
        method="exact",
        namespace={"peak": peak},
    ),
    "lif-conductance": dict(
        equations="""du/dt = (bias - u + 0.1 * g * (60 - u)) / (20*ms) : 1 (unless refractory)
                     dg/dt = -g / (5*ms) : 1""",
        threshold="u >= 10",
        reset="u = 0",
        refractory=2 * ms,
        method="exponential_euler",
        namespace={},
    ),
    "adex": dict(
        equations="""du/dt = (bias - u + 2 * exp(clip((u - 19.6) / 2, -40, 8)) - w + g / peak) / (9.4*ms) : 1 (unless refractory)
                     dw/dt = (0.13 * u - w) / (144*ms) : 1
                     dg/dt = -g / (5*ms) : 1""",
        threshold="u >= 70",
        reset="u = 5; w += 2.7",
        refractory=2 * ms,
        method="euler",
        namespace={"peak": adex_peak},
    ),
    "izhikevich": dict(
        equations="""dv/dt = (0.04 * v**2 + 5 * v + 140 - u + bias + g / 5) / ms : 1
                     du/dt = 0.02 * (0.2 * v - u) / ms : 1
                     dg/dt = -g / (5*ms) : 1""",
        threshold="v >= 30",
        reset="v = -65; u += 8",
        refractory=False,
        method="euler",
        namespace={},
    ),
    # What is due of the next spike; common input adds to the depolarisation.
    "rate": dict(
        equations="""dg/dt = (bias - g) / (20*ms) : 1
                     ddue/dt = clip(10 * g, 0, 100) * Hz : 1""",
        threshold="due >= 1",
        reset="due -= 1",
        refractory=False,
        method="euler",
        namespace={},
    ),
}


def group(model, neurons, step):
    parts = models[model]
    defaultclock.dt = step * ms
    made = NeuronGroup(
        neurons,
        parts["equations"] + "\nbias : 1 (constant)",
        threshold=parts["threshold"],
        reset=parts["reset"],
        refractory=parts["refractory"],
        method=parts["method"],
        namespace=parts["namespace"],
    )
    if model == "izhikevich":
        made.v = -65
        made.u = -13
    return made


def currents(model, biases):
    neurons = group(model, len(biases), 0.02)
    neurons.bias = biases
    monitor = SpikeMonitor(neurons, record=False)
    Network(neurons, monitor).run(2000 * ms)
    return [int(count) for count in monitor.count]


def statistics(times, indices, neurons, seconds):
    intervals = [numpy.diff(times[indices == neuron]) for neuron in range(neurons)]
    cvs = [numpy.std(each) / numpy.mean(each) for each in intervals if len(each) > 4]
    bins = int(seconds / 0.02)
    counts = numpy.zeros((neurons, bins))
    numpy.add.at(counts, (indices, numpy.minimum(bins - 1, (times / 0.02).astype(int))), 1)
    active = counts[counts.std(axis=1) > 0]
    matrix = numpy.corrcoef(active)
    pairs = matrix[numpy.triu_indices(len(active), 1)]
    return {"rateHz": len(times) / neurons / seconds, "cv": float(numpy.mean(cvs)) if cvs else 0.0, "correlation": float(numpy.mean(pairs))}


def mean_of(each):
    return {name: float(numpy.mean([one[name] for one in each])) for name in each[0]}


def driven(model, weight, bias, seconds, draws):
    return mean_of([driven_once(model, weight, bias, seconds) for _ in range(draws)])


def by_chance_once(rate, seconds):
    defaultclock.dt = 0.1 * ms
    return observed([PoissonGroup(400, rate * Hz)], seconds)


def observed(objects, seconds):
    monitor = SpikeMonitor(objects[0])
    Network(*objects, monitor).run((0.5 + seconds) * 1000 * ms)
    times = numpy.array(monitor.t / (1000 * ms)) - 0.5
    kept = times >= 0
    return statistics(times[kept], numpy.array(monitor.i)[kept], 400, seconds)


def driven_once(model, weight, bias, seconds):
    neurons = group(model, 400, 0.1)
    neurons.bias = bias
    sources = PoissonGroup(100, 30 * Hz)
    synapses = Synapses(sources, neurons, on_pre=f"g_post += {weight}", delay=1 * ms)
    synapses.connect(p=0.5)
    return observed([neurons, sources, synapses], seconds)


seed(1)
answer = {
    "version": __version__,
    "currents": {model: currents(model, biases) for model, biases in request["currents"].items()},
    "driven": {
        model: driven(model, parts["weight"], parts["bias"], request["seconds"], request["draws"]) for model, parts in request["driven"].items()
    },
    "byChance": mean_of([by_chance_once(request["chanceHz"], request["seconds"]) for _ in range(request["draws"])]),
}
print(json.dumps(answer))

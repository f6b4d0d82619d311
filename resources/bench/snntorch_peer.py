"""A recurrent network that learns to accumulate evidence in snnTorch, the peer of `exocortex bench rules`.

snntorch_peer.py <trials of a batch> <threads>

Bellec et al. (2020), Methods, with neurons that do not adapt: 40 inputs, 100 recurrent leaky integrate-and-fire neurons, 2 leaky
readouts, trials of 2250 steps of 1 ms, cross-entropy over the last 150 steps and a cost of rates, Adam. Learned by backpropagation
through time with snnTorch's surrogate slope. What differs from ours: its neurons have no refractory time and have synapses with
themselves, it computes in single precision and draws spikes for a whole batch at once. Prints one JSON object with the version when it
is ready, and then for each line that it reads the seconds of one iteration, the mean rate and the number of synapses; ends with its input.
"""

import json
import math
import sys
import time

import snntorch
import torch

batch, threads = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(1)
INPUTS, NEURONS, OUTPUTS, GROUP = 40, 100, 2, 10
CUES, CUE, SPACING, DELAY, RECALL = 7, 100, 150, 1200, 150
STEPS = CUES * SPACING + DELAY


def slope(above, gradient, spikes):
    """The triangle of Bellec et al., 0.3 high and 0.6 wide."""
    return gradient * (0.3 / 0.6) * torch.clamp(1 - above.abs() / 0.6, min=0)


class Recurrent(snntorch.RLeaky):
    """Errors go back through the reset, as in ours; snnTorch stops them, and they grow until weights are no numbers any more."""

    def mem_reset(self, mem):
        return self.spk


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.input = torch.nn.Linear(INPUTS, NEURONS, bias=False)
        self.hidden = Recurrent(
            beta=math.exp(-1 / 20),
            linear_features=NEURONS,
            threshold=0.6,
            reset_mechanism="subtract",
            spike_grad=snntorch.surrogate.custom_surrogate(slope),
        )
        # snnTorch's own has a bias, a drive that never ends: neurons would fire hundreds of times a second and then never again.
        self.hidden.recurrent = torch.nn.Linear(NEURONS, NEURONS, bias=False)
        self.readout = torch.nn.Linear(NEURONS, OUTPUTS, bias=False)
        self.leak = snntorch.Leaky(beta=math.exp(-1 / 20), reset_mechanism="none")
        torch.nn.init.normal_(self.input.weight, std=1 / math.sqrt(INPUTS))
        torch.nn.init.normal_(self.hidden.recurrent.weight, std=1 / math.sqrt(NEURONS))

    def forward(self, inputs):
        """steps x batch x inputs, to readouts of the last steps and spikes of all."""
        spikes, potential = self.hidden.init_rleaky()
        held = self.leak.init_leaky()
        # Not one by one by their index: the gradient of that would be as large as all steps, in every step.
        driven = self.input(inputs).unbind(0)
        outputs, fired = [], []
        for step in range(STEPS):
            spikes, potential = self.hidden(driven[step], spikes, potential)
            _, held = self.leak((1 - math.exp(-1 / 20)) * self.readout(spikes), held)
            fired.append(spikes)
            if step >= STEPS - RECALL:
                outputs.append(held)
        return torch.stack(outputs), torch.stack(fired)


def trials():
    rates = torch.zeros(STEPS, batch, INPUTS)
    right = torch.where(torch.rand(batch) < 0.5, 0.3, 0.7)
    sides = (torch.rand(CUES, batch) < right).long()
    for cue in range(CUES):
        for trial in range(batch):
            group = int(sides[cue, trial]) * GROUP
            rates[cue * SPACING : cue * SPACING + CUE, trial, group : group + GROUP] = 0.04
    rates[STEPS - RECALL :, :, 2 * GROUP : 3 * GROUP] = 0.04
    rates[:, :, 3 * GROUP :] = 0.01
    return torch.bernoulli(rates), (sides.sum(0) > CUES / 2).long()


network = Network()
optimizer = torch.optim.Adam(network.parameters(), lr=0.005)


def iterate():
    inputs, wanted = trials()
    outputs, fired = network(inputs)
    cost = torch.nn.functional.cross_entropy(outputs.permute(1, 2, 0), wanted[:, None].expand(-1, RECALL))
    rates = fired.mean((0, 1))
    cost = cost + ((rates - 0.01) ** 2).sum()
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    return float(rates.detach().mean()) * 1000


iterate()
version = f"{snntorch.__version__} (torch {torch.__version__})"
print(json.dumps({"version": version}), flush=True)
synapses = sum(each.numel() for each in network.parameters())
for _ in sys.stdin:
    began = time.perf_counter()
    rate = iterate()
    print(json.dumps({"seconds": time.perf_counter() - began, "rateHz": rate, "synapses": synapses}), flush=True)

// Reads a few values out of a running network, wherever the shares of its threads hold them.
#include "network.hpp"

#include <stdexcept>

namespace exocortex {

void Network::readState(std::size_t population, std::size_t variable, const uint32_t* neurons, std::size_t count,
                        int32_t* values) {
  if (population >= populations_.size()) throw std::invalid_argument("there is no such population");
  if (variable >= shards_.front().populations()[population].state.size())
    throw std::invalid_argument("there is no such variable");
  for (std::size_t index = 0; index < count; index++) {
    const uint32_t neuron = neurons[index];
    if (neuron >= populations_[population].neurons) throw std::invalid_argument("there is no such neuron");
    for (auto& shard : shards_) {
      const auto& own = shard.populations()[population];
      if (neuron >= own.begin && neuron < own.end) values[index] = own.state[variable][neuron - own.begin];
    }
  }
}

void Network::readSynapses(std::size_t projection, std::size_t array, const uint32_t* senders, const uint32_t* synapses,
                           std::size_t count, int32_t* values) {
  auto& of = shards_.front().projections()[projection];
  if (!of.plastic) throw std::invalid_argument("the projection does not learn");
  if (array >= of.plastic->arrays()) throw std::invalid_argument("synapses keep no such variable");
  for (std::size_t index = 0; index < count; index++) {
    const uint32_t sender = senders[index];
    if (sender >= populations_[of.from].neurons) throw std::invalid_argument("there is no such sender");
    // What is left when the rows of earlier senders are taken away counts through the sender's row, share after share.
    uint64_t before = 0;
    for (auto& shard : shards_) before += shard.projections()[projection].plastic->rowStart()[sender];
    if (synapses[index] < before) throw std::invalid_argument("the synapse is another sender's");
    uint64_t left = synapses[index] - before;
    bool isFound = false;
    for (auto& shard : shards_) {
      auto& plastic = *shard.projections()[projection].plastic;
      plastic.settle(sender, step_ - 1);
      const uint32_t first = plastic.rowStart()[sender];
      const uint32_t length = plastic.rowStart()[sender + 1] - first;
      if (left < length) {
        values[index] = plastic.valueAt(array, first + static_cast<uint32_t>(left));
        isFound = true;
        break;
      }
      left -= length;
    }
    if (!isFound) throw std::invalid_argument("the synapse is another sender's");
  }
}

}  // namespace exocortex

// The whole state of a network as named arrays, the same however many threads compute it and on every back end.
#include "network.hpp"

#include <algorithm>
#include <stdexcept>

namespace exocortex {

namespace {

// In the lists of what is on its way: age in steps and neuron, and of shares the share.
constexpr std::size_t numbersOfSpike = 2;
constexpr std::size_t numbersOfShare = 3;
// Of a sum, the lower first.
constexpr std::size_t wordsOfSum = 2;

const std::vector<int32_t>& arrayOf(const NetworkState& state, const std::string& name) {
  const auto found = state.arrays.find(name);
  if (found == state.arrays.end()) throw std::invalid_argument("the state has no " + name);
  return found->second;
}

std::string nameOf(const char* kind, std::size_t index, const char* what) {
  return std::string(kind) + "/" + std::to_string(index) + "/" + what;
}

std::string nameOf(const char* kind, std::size_t index, const char* what, std::size_t part) {
  return nameOf(kind, index, what) + "/" + std::to_string(part);
}

}  // namespace

// `place` is where the values of a share begin in the whole array; those of senders are the same in all shares.
template <typename Visit>
void Network::visitArrays(Visit visit) {
  for (auto& shard : shards_) {
    for (std::size_t index = 0; index < populations_.size(); index++) {
      auto& population = shard.populations()[index];
      const std::size_t whole = populations_[index].neurons;
      for (std::size_t variable = 0; variable < population.state.size(); variable++) {
        visit(nameOf("population", index, "state", variable), population.state[variable].data(),
              population.end - population.begin, population.begin, whole);
      }
      for (std::size_t receptor = 0; receptor < population.receptorAt.size(); receptor++) {
        visit(nameOf("population", index, "received", receptor), shard.received(index, receptor),
              population.end - population.begin, population.begin, whole);
      }
    }
    for (std::size_t index = 0; index < projections_; index++) {
      auto& projection = shard.projections()[index];
      const std::size_t senders = populations_[projection.from].neurons;
      const auto visitSenders = [&](const char* what, std::vector<int32_t>& values) {
        visit(nameOf("projection", index, what), values.data(), senders, 0, senders);
      };
      if (projection.shortTerm) {
        visitSenders("utilisation", projection.shortTerm->utilisation());
        visitSenders("resources", projection.shortTerm->resources());
        visitSenders("lastArrival", projection.shortTerm->since());
      }
      if (!projection.plastic) continue;
      const auto& to = shard.populations()[projection.to];
      const std::size_t receivers = populations_[projection.to].neurons;
      const auto visitSide = [&](const char* side, NeuronMemories& memories, std::size_t begin, std::size_t neurons) {
        const auto visitNeurons = [&](const char* what, std::size_t part, std::vector<int32_t>& values) {
          visit(nameOf("projection", index, (side + std::string(what)).c_str(), part), values.data(), values.size(), begin, neurons);
        };
        for (std::size_t trace = 0; trace < memories.traces().size(); trace++) {
          visitNeurons("Trace", trace, memories.traces()[trace].values());
          visitNeurons("Since", trace, memories.traces()[trace].since());
        }
        for (std::size_t average = 0; average < memories.averages().size(); average++)
          visitNeurons("Average", average, memories.averages()[average].values());
      };
      visitSide("sender", projection.plastic->senders(), 0, senders);
      visitSide("receiver", projection.plastic->receivers(), to.begin, receivers);
    }
  }
}

std::vector<std::string> Network::synapseArrays(std::size_t projection) {
  std::vector<std::string> names;
  auto& plastic = shards_.front().projections()[projection].plastic;
  if (!plastic) return names;
  names.push_back(nameOf("projection", projection, "weights"));
  for (std::size_t variable = 0; variable + 1 < plastic->arrays(); variable++)
    names.push_back(nameOf("projection", projection, "variable", variable));
  return names;
}

std::vector<int32_t> Network::synapseArray(std::size_t projection, std::size_t array) {
  std::vector<int32_t> values;
  for (auto& shard : shards_) {
    auto& plastic = shard.projections()[projection].plastic;
    if (plastic) plastic->settleAll(step_ - 1);
  }
  const uint32_t senders = populations_[shards_.front().projections()[projection].from].neurons;
  for (uint32_t sender = 0; sender < senders; sender++) {
    for (auto& shard : shards_) {
      auto& plastic = shard.projections()[projection].plastic;
      if (!plastic) return values;
      for (uint32_t synapse = plastic->rowStart()[sender]; synapse < plastic->rowStart()[sender + 1]; synapse++)
        values.push_back(plastic->valueAt(array, synapse));
    }
  }
  return values;
}

void Network::restoreSynapses(std::size_t projection, std::size_t array, const std::vector<int32_t>& values) {
  auto next = values.begin();
  const uint32_t senders = populations_[shards_.front().projections()[projection].from].neurons;
  for (uint32_t sender = 0; sender < senders; sender++) {
    for (auto& shard : shards_) {
      auto& plastic = *shard.projections()[projection].plastic;
      const uint32_t length = plastic.rowStart()[sender + 1] - plastic.rowStart()[sender];
      plastic.set(array, plastic.rowStart()[sender], values.data() + (next - values.begin()), length);
      next += length;
    }
  }
}

// The first share has all of them until it comes to a part again, as all shares do in the same tick.
void Network::restoreSurveyed(std::size_t projection, const std::vector<int32_t>& words) {
  for (auto& shard : shards_) {
    auto& sums = shard.projections()[projection].plastic->surveyed();
    for (std::size_t part = 0; part < sums.size(); part++) {
      const auto low = static_cast<uint32_t>(words[wordsOfSum * part]);
      const int64_t high = words[wordsOfSum * part + 1];
      sums[part] = &shard == &shards_.front() ? high * (int64_t{1} << 32) + low : 0;
    }
  }
}

// Age in steps and neuron of each spike that is still on its way, youngest step first; for shares, age, neuron and share.
void Network::saveSpikes(std::size_t population, NetworkState& state) const {
  auto& spikes = state.arrays[nameOf("population", population, "spikes")];
  auto& shares = state.arrays[nameOf("population", population, "shares")];
  const uint64_t oldest = std::min<uint64_t>(populations_[population].longestDelay, step_);
  for (uint64_t age = 1; age <= oldest; age++) {
    for (const auto& shard : shards_) {
      const Sent& sent = shard.sent(population, step_ - age);
      for (const uint32_t neuron : sent.spikes) spikes.insert(spikes.end(), {static_cast<int32_t>(age), static_cast<int32_t>(neuron)});
      for (std::size_t index = 0; index < sent.gradedSenders.size(); index++) {
        shares.insert(shares.end(), {static_cast<int32_t>(age), static_cast<int32_t>(sent.gradedSenders[index]),
                                     sent.gradedShares[index]});
      }
    }
  }
}

void Network::restoreSpikes(std::size_t population, const NetworkState& state) {
  const auto& spikes = arrayOf(state, nameOf("population", population, "spikes"));
  const auto& shares = arrayOf(state, nameOf("population", population, "shares"));
  for (auto& shard : shards_) {
    auto& of = shard.populations()[population];
    for (std::size_t age = 0; age < of.ring.length(); age++) of.ring.at(age) = {};
    const auto isOwn = [&](int32_t neuron) {
      return static_cast<uint32_t>(neuron) >= of.begin && static_cast<uint32_t>(neuron) < of.end;
    };
    for (std::size_t at = 0; at + numbersOfSpike <= spikes.size(); at += numbersOfSpike) {
      if (isOwn(spikes[at + 1])) of.ring.at(step_ - static_cast<uint64_t>(spikes[at])).spikes.push_back(static_cast<uint32_t>(spikes[at + 1]));
    }
    for (std::size_t at = 0; at + numbersOfShare <= shares.size(); at += numbersOfShare) {
      if (!isOwn(shares[at + 1])) continue;
      Sent& sent = of.ring.at(step_ - static_cast<uint64_t>(shares[at]));
      sent.gradedSenders.push_back(static_cast<uint32_t>(shares[at + 1]));
      sent.gradedShares.push_back(shares[at + 2]);
    }
  }
}

NetworkState Network::state() {
  NetworkState state{step_, {}};
  visitArrays([&](const std::string& name, int32_t* values, std::size_t length, std::size_t place, std::size_t whole) {
    auto& array = state.arrays[name];
    array.resize(whole);
    std::copy(values, values + length, array.begin() + static_cast<std::ptrdiff_t>(place));
  });
  for (std::size_t population = 0; population < populations_.size(); population++) saveSpikes(population, state);
  for (std::size_t projection = 0; projection < projections_; projection++) {
    const auto names = synapseArrays(projection);
    for (std::size_t array = 0; array < names.size(); array++) state.arrays[names[array]] = synapseArray(projection, array);
    if (names.empty()) continue;
    auto& words = state.arrays[nameOf("projection", projection, "surveyedWeights")];
    for (const int64_t sum : surveyed(projection))
      words.insert(words.end(), {static_cast<int32_t>(sum), static_cast<int32_t>(sum >> 32)});
  }
  return state;
}

void Network::restore(const NetworkState& state) {
  visitArrays([&](const std::string& name, int32_t*, std::size_t, std::size_t, std::size_t whole) {
    if (arrayOf(state, name).size() != whole) throw std::invalid_argument(name + " has another length");
  });
  for (std::size_t population = 0; population < populations_.size(); population++) {
    const auto checkAges = [&](const char* what, std::size_t numbers) {
      const auto& list = arrayOf(state, nameOf("population", population, what));
      for (std::size_t at = 0; at + numbers <= list.size(); at += numbers) {
        if (list[at] < 1 || static_cast<uint32_t>(list[at]) > populations_[population].longestDelay)
          throw std::invalid_argument("one of the " + std::string(what) + " is older than the longest delay");
      }
    };
    checkAges("spikes", numbersOfSpike);
    checkAges("shares", numbersOfShare);
  }
  for (std::size_t projection = 0; projection < projections_; projection++) {
    for (const auto& name : synapseArrays(projection)) {
      if (arrayOf(state, name).size() != weights(projection).size()) throw std::invalid_argument(name + " has another length");
    }
    const std::size_t parts = surveyed(projection).size();
    const std::string name = nameOf("projection", projection, "surveyedWeights");
    if (parts > 0 && arrayOf(state, name).size() != wordsOfSum * parts) throw std::invalid_argument(name + " has another length");
  }
  step_ = state.step;
  visitArrays([&](const std::string& name, int32_t* values, std::size_t length, std::size_t place, std::size_t) {
    const auto& array = arrayOf(state, name);
    std::copy(array.begin() + static_cast<std::ptrdiff_t>(place),
              array.begin() + static_cast<std::ptrdiff_t>(place + length), values);
  });
  for (std::size_t population = 0; population < populations_.size(); population++) restoreSpikes(population, state);
  for (std::size_t projection = 0; projection < projections_; projection++) {
    if (!shards_.front().projections()[projection].plastic) continue;
    const auto names = synapseArrays(projection);
    for (auto& shard : shards_) shard.projections()[projection].plastic->beginSetting();
    for (std::size_t array = 0; array < names.size(); array++) restoreSynapses(projection, array, arrayOf(state, names[array]));
    for (auto& shard : shards_) shard.projections()[projection].plastic->endSetting(step_);
    restoreSurveyed(projection, arrayOf(state, nameOf("projection", projection, "surveyedWeights")));
  }
}

}  // namespace exocortex

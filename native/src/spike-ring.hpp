// The spikes of the last steps, for as long as delays need them.
#pragma once

#include <cstdint>
#include <vector>

namespace exocortex {

// What one thread's neurons of a population sent in one step: senders, ascending, numbered within the population, and for neurons of a
// mean rate their shares of a spike in units of 2^-15.
struct Sent {
  std::vector<uint32_t> spikes;
  std::vector<uint32_t> gradedSenders;
  std::vector<int32_t> gradedShares;

  void clear() {
    spikes.clear();
    gradedSenders.clear();
    gradedShares.clear();
  }
};

class SpikeRing {
 public:
  // One more than the longest delay and what a thread may be ahead of another that still reads.
  explicit SpikeRing(uint32_t steps) : steps_(steps) {}

  Sent& at(uint64_t step) { return steps_[step % steps_.size()]; }
  const Sent& at(uint64_t step) const { return steps_[step % steps_.size()]; }
  std::size_t length() const { return steps_.size(); }

 private:
  std::vector<Sent> steps_;
};

}  // namespace exocortex

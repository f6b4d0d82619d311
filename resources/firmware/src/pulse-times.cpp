// Rates are exact: the shortest interval is rounded up to whole microseconds.
#include "pulse-times.hpp"

namespace exocortex {

namespace {

constexpr uint64_t secondMicroseconds = 1000000;

}  // namespace

PulseTimes::PulseTimes(const Limits& limits)
    : intervalMicroseconds_((secondMicroseconds + limits.rateMaxHz - 1) / limits.rateMaxHz),
      simultaneousMax_(limits.simultaneousElectrodesMax),
      totalMax_(limits.totalRateMaxHz < totalRateCeilingHz ? limits.totalRateMaxHz : totalRateCeilingHz) {}

Outcome PulseTimes::judge(uint16_t electrode, uint64_t now) {
  if (!(now >= busyUntil_[electrode])) return outcomeBusy;
  if (!(now >= nextStart_[electrode])) return outcomeRate;
  if (!(busyElectrodes(now) < simultaneousMax_)) return outcomeSimultaneous;
  while (recentCount_ > 0 && now - recent_[oldest_] >= secondMicroseconds) {
    oldest_ = (oldest_ + 1) % totalRateCeilingHz;
    recentCount_--;
  }
  return recentCount_ < totalMax_ ? outcomeDelivered : outcomeTotalRate;
}

void PulseTimes::add(uint16_t electrode, uint64_t now, uint64_t durationMicroseconds) {
  busyUntil_[electrode] = now + durationMicroseconds;
  nextStart_[electrode] = now + intervalMicroseconds_;
  recent_[(oldest_ + recentCount_) % totalRateCeilingHz] = now;
  recentCount_++;
}

uint32_t PulseTimes::busyElectrodes(uint64_t now) const {
  uint32_t busy = 0;
  for (const uint64_t until : busyUntil_) busy += until > now;
  return busy;
}

}  // namespace exocortex

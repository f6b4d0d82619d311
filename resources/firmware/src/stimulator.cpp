// The order of the tests is that of the virtual rig: both give the same answer to the same message.
#include "stimulator.hpp"

namespace exocortex {

namespace {

// Renewals that follow each other faster come from something that does not wait for completed work.
constexpr uint64_t renewalMinMicroseconds = 5000;

}  // namespace

Stimulator::Stimulator(const Limits& limits, uint16_t electrodes, uint64_t burnedSession)
    : limits_(limits), electrodes_(electrodes), times_(limits) {
  state_.burnedSession = burnedSession;
}

void Stimulator::enable(const Enable& enable, uint64_t now) {
  lapse(now);
  state_.enableSession = enable.session;
  state_.enableOutcome = judgeEnable(enable, now);
  if (state_.enableOutcome != outcomeDelivered) return;
  burn(state_.session);
  state_.session = enable.session;
  state_.lastSequence = 0;
  state_.leaseMicroseconds = enable.leaseMicroseconds;
  state_.leaseExpiry = enable.leaseExpiryMicroseconds;
  state_.limits = enable.limits;
  state_.isDry = enable.isDry;
  renewableFrom_ = 0;
  state_.isOutputOn = true;
}

void Stimulator::renew(const Renew& renew, uint64_t now) {
  lapse(now);
  if (!(state_.isOutputOn && renew.session == state_.session)) return;
  if (!(renew.leaseExpiryMicroseconds <= now + state_.leaseMicroseconds)) return;
  if (!(now >= renewableFrom_)) {
    state_.ignoredRenewals++;
    return;
  }
  renewableFrom_ = now + renewalMinMicroseconds;
  if (renew.leaseExpiryMicroseconds > state_.leaseExpiry) state_.leaseExpiry = renew.leaseExpiryMicroseconds;
}

void Stimulator::stop(uint64_t session) {
  state_.isOutputOn = false;
  burn(state_.session);
  burn(session);
}

void Stimulator::pressEmergencyStop(bool isPressed) {
  state_.isEmergencyStopPressed = isPressed;
  if (isPressed) stop(0);
}

void Stimulator::lapse(uint64_t now) {
  if (state_.isOutputOn && now >= state_.leaseExpiry) stop(0);
}

Outcome Stimulator::judge(const Pulse& pulse, uint64_t now) {
  lapse(now);
  const Outcome outcome = judgePulse(pulse, now);
  if (outcome == outcomeDelivered) {
    state_.deliveredPulses++;
    times_.add(pulse.electrode, now, durationOf(pulse));
  } else {
    state_.refusedPulses++;
  }
  return outcome;
}

Outcome Stimulator::refuseBusy() {
  state_.refusedPulses++;
  return outcomeBusy;
}

Outcome Stimulator::judgeEnable(const Enable& enable, uint64_t now) const {
  if (state_.isEmergencyStopPressed) return outcomeEmergencyStop;
  if (!(enable.session > state_.session && enable.session > state_.burnedSession)) return outcomeSessionBurned;
  if (!(enable.leaseExpiryMicroseconds > now)) return outcomeExpired;
  const bool isAllowed = enable.leaseMicroseconds <= limits_.leaseMaxMilliseconds * uint64_t{1000};
  return isAllowed && enable.leaseExpiryMicroseconds <= now + enable.leaseMicroseconds ? outcomeDelivered
                                                                                        : outcomeLeaseTooLong;
}

Outcome Stimulator::judgePulse(const Pulse& pulse, uint64_t now) {
  if (state_.isEmergencyStopPressed) return outcomeEmergencyStop;
  if (!state_.isOutputOn) return outcomeOutputOff;
  if (pulse.session != state_.session) return outcomeWrongSession;
  if (!(pulse.sequence > state_.lastSequence)) return outcomeReplayed;
  state_.lastSequence = pulse.sequence;
  if (!isSame(pulse.limits, state_.limits)) return outcomeWrongLimits;
  if (!(now <= pulse.expiryMicroseconds)) return outcomeExpired;
  const Outcome shape = judgeShape(pulse, electrodes_, limits_);
  return shape == outcomeDelivered ? times_.judge(pulse.electrode, now) : shape;
}

void Stimulator::burn(uint64_t session) {
  if (session > state_.burnedSession) state_.burnedSession = session;
}

}  // namespace exocortex

// Sessions, lease, sequence numbers, emergency stop and the board's own limits; time is passed in.
#pragma once

#include <cstdint>

#include "limits.hpp"
#include "pulse-times.hpp"

namespace exocortex {

// All times in microseconds of the board's clock, which never goes back.
struct StimulatorState {
  bool isOutputOn = false;
  // The output relay is open: pulses go into the board's own reference load.
  bool isDry = false;
  bool isEmergencyStopPressed = false;
  // Enabled last, 0 before the first.
  uint64_t session = 0;
  // This session and all below it can never drive an electrode again.
  uint64_t burnedSession = 0;
  uint64_t leaseExpiry = 0;
  uint32_t leaseMicroseconds = 0;
  uint32_t lastSequence = 0;
  uint32_t deliveredPulses = 0;
  uint32_t refusedPulses = 0;
  uint32_t ignoredRenewals = 0;
  // Session and outcome of the newest ENABLE.
  uint64_t enableSession = 0;
  Outcome enableOutcome = outcomeOutputOff;
  LimitsHash limits;
};

// Trusts nobody. The output is on only between an ENABLE with a session number above all before it and the first of STOP, the
// emergency stop and the lease's absolute expiry; each of them burns the session.
class Stimulator {
 public:
  // `burnedSession`: what was burned before the board started.
  Stimulator(const Limits& limits, uint16_t electrodes, uint64_t burnedSession);

  void enable(const Enable& enable, uint64_t now);
  // Prolongs the lease of the current session while its output is on; never shortens it.
  void renew(const Renew& renew, uint64_t now);
  // Always. `session` is burned too; 0 from a stranger, whose huge number would shut out every later session.
  void stop(uint64_t session);
  void pressEmergencyStop(bool isPressed);
  // Ends a lease that has expired.
  void lapse(uint64_t now);
  // Whether the pulse may be delivered, now; it counts as delivered then.
  Outcome judge(const Pulse& pulse, uint64_t now);
  // The pulse before is still being measured.
  Outcome refuseBusy();

  const StimulatorState& state() const { return state_; }

 private:
  Outcome judgeEnable(const Enable& enable, uint64_t now) const;
  Outcome judgePulse(const Pulse& pulse, uint64_t now);
  void burn(uint64_t session);

  const Limits limits_;
  const uint16_t electrodes_;
  StimulatorState state_;
  PulseTimes times_;
  // From this time on a renewal does not come too soon after the one before.
  uint64_t renewableFrom_ = 0;
};

}  // namespace exocortex

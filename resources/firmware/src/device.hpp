// The board as its host sees it: connections, messages, output, samples and status in one. Call it from one thread only.
#pragma once

#include <cstddef>
#include <cstdint>

#include "authenticate.hpp"
#include "board.hpp"
#include "connection.hpp"
#include "report-queue.hpp"
#include "stimulator.hpp"

namespace exocortex {

// The longest message is the identity or the report of a self-test.
constexpr std::size_t bodyMaxBytes = 1536;

class Device {
 public:
  // Both outlive the device.
  Device(Board& board, const BoardSettings& settings);

  // A report of the host, of settings.reportBytes bytes.
  void take(const uint8_t* report);
  // Does what is due: lease, emergency stop, finished pulses, status. At least once in a millisecond.
  void poll();
  // Samples of all channels at one moment. `sample`: its number since the board began to acquire.
  void addSample(uint64_t sample, const int16_t* values, uint64_t acquiredMicroseconds, uint16_t digitalInputs);
  // The cable is out or asleep: the output goes off, and nobody is connected any more.
  void linkLost();

  // The oldest report that waits, or nullptr.
  const uint8_t* nextReport() const;
  // It has been handed to the interface.
  void reportSent() { queue_.drop(); }

  // Whether the host has asked for samples.
  bool isStarted() const { return isStarted_; }
  const StimulatorState& state() const { return stimulator_.state(); }

 private:
  // Whom a message is from, and whom an answer is for.
  struct Peer {
    uint8_t channel;
    uint8_t number;
    // nullptr for a stranger: its answers are numbered from 0 on.
    Connection* connection;
    uint16_t strangersSequence;
  };

  struct UnderWay {
    Pulse pulse;
    uint64_t startMicroseconds;
    uint64_t sample;
  };

  void takeFragment(const ReportHeader& header, const uint8_t* payload, std::size_t payloadBytes);
  void takeStranger(const ReportHeader& header, const uint8_t* payload, std::size_t payloadBytes);
  void takeFrame(Peer& peer, uint16_t sequence, const uint8_t* frame, std::size_t frameBytes);
  Rejection takeBody(Peer& peer, uint16_t sequence, uint8_t type, const uint8_t* body, std::size_t length);
  Rejection takeHello(Peer& peer, uint16_t sequence, const uint8_t* body, std::size_t length);
  Rejection takeStop(const Peer& peer, const uint8_t* body, std::size_t length);
  Rejection executeForControl(Peer& peer, uint8_t type, const uint8_t* body, std::size_t length);
  Rejection executeForWatchdog(uint8_t type, const uint8_t* body, std::size_t length);
  Rejection executeForData(uint8_t type, std::size_t length);
  void pulse(const Pulse& pulse);
  void stop(uint64_t session);
  void reject(Peer& peer, uint8_t type, Rejection rejection);
  void close(Peer& peer, const char* message);
  void leave(uint8_t channel);

  void followStimulator();
  void collectFinished();
  void acknowledge(const UnderWay& underWay, Outcome outcome, const DeliveredPulse& measured);
  void sendIdentity(Peer& peer);
  void sendSelfTest(Peer& peer);
  void sendConfiguration(Peer& peer);
  std::size_t writeStatus(uint8_t* body);
  bool isStatusDue();
  void sendStatus();
  void sendToRole(Role role, uint8_t type, const uint8_t* body, std::size_t length);
  void send(Peer& peer, uint8_t type, const uint8_t* body, std::size_t length);
  void sendSamples();
  // `header.sequence` is spent even where there is no room.
  void addReport(const ReportHeader& header, const uint8_t* payload, std::size_t payloadBytes);
  Peer peerOf(uint8_t channel) { return {channel, connections_[channel].number(), &connections_[channel], 0}; }

  Board& board_;
  const BoardSettings settings_;
  const Authenticator authenticator_;
  Stimulator stimulator_;
  ReportQueue queue_;
  Connection connections_[roleCount];
  uint32_t refusedFrames_ = 0;
  // What the hardware has been told.
  bool isOutputOn_ = false;
  uint64_t keptSession_;
  // When the digital outputs were set last.
  uint64_t outputsSetMicroseconds_ = 0;
  // What the host has been told, and until when that is enough.
  uint64_t statusDue_ = 0;
  StimulatorState told_;
  // Of each electrode, the pulse that is under way.
  bool isUnderWay_[electrodesMax] = {};
  UnderWay underWay_[electrodesMax] = {};
  // Samples that wait for their report to be full.
  bool isStarted_ = false;
  uint64_t acquiredSamples_ = 0;
  uint64_t firstSample_ = 0;
  uint64_t newestMicroseconds_ = 0;
  uint16_t digitalInputs_ = 0;
  uint8_t heldSamples_ = 0;
  uint8_t held_[reportBytesMax] = {};
};

}  // namespace exocortex

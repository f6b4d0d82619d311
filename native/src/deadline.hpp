// Monotonic time and waiting for a point of it, on each operating system's own terms.
#pragma once

#include <cstdint>

namespace exocortex {

// Nanoseconds since an arbitrary origin.
std::int64_t monotonicNs();

// Makes the sleeps of the calling thread as exact as the system allows. Made and used in one thread.
class DeadlineSleeper {
 public:
  DeadlineSleeper();
  ~DeadlineSleeper();
  DeadlineSleeper(const DeadlineSleeper&) = delete;
  DeadlineSleeper& operator=(const DeadlineSleeper&) = delete;

  // Returns at `deadlineNs` or soon after it; spins where the system's sleep is too coarse.
  void waitUntil(std::int64_t deadlineNs);

 private:
  void sleepUntil(std::int64_t wakeNs);
  void* timer_ = nullptr;  // Windows only
};

}  // namespace exocortex

// Monotonic time and waiting for a point of it, on each operating system's own terms.
#include "deadline.hpp"

#if defined(_WIN32)
#define NOMINMAX
#include <windows.h>
#ifndef CREATE_WAITABLE_TIMER_HIGH_RESOLUTION
#define CREATE_WAITABLE_TIMER_HIGH_RESOLUTION 0x00000002
#endif
#elif defined(__APPLE__)
#include <mach/mach_time.h>
#else
#include <sys/prctl.h>

#include <ctime>
#endif

namespace exocortex {

#if defined(_WIN32)

constexpr std::int64_t spinNs = 600'000;  // high-resolution timers fire within about half a millisecond

std::int64_t monotonicNs() {
  static const std::int64_t ticksPerSecond = [] {
    LARGE_INTEGER frequency;
    QueryPerformanceFrequency(&frequency);
    return static_cast<std::int64_t>(frequency.QuadPart);
  }();
  LARGE_INTEGER counter;
  QueryPerformanceCounter(&counter);
  const std::int64_t seconds = counter.QuadPart / ticksPerSecond;
  const std::int64_t rest = counter.QuadPart % ticksPerSecond;
  return seconds * 1'000'000'000 + rest * 1'000'000'000 / ticksPerSecond;
}

DeadlineSleeper::DeadlineSleeper() {
  timer_ = CreateWaitableTimerExW(nullptr, nullptr, CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, TIMER_ALL_ACCESS);
  if (timer_ == nullptr) timer_ = CreateWaitableTimerExW(nullptr, nullptr, 0, TIMER_ALL_ACCESS);
}

DeadlineSleeper::~DeadlineSleeper() {
  if (timer_ != nullptr) CloseHandle(timer_);
}

void DeadlineSleeper::sleepUntil(std::int64_t wakeNs) {
  LARGE_INTEGER due;
  due.QuadPart = -((wakeNs - monotonicNs()) / 100);  // relative, in units of 100 ns
  if (due.QuadPart >= 0 || timer_ == nullptr) return;
  if (SetWaitableTimer(timer_, &due, 0, nullptr, nullptr, FALSE)) WaitForSingleObject(timer_, INFINITE);
}

#elif defined(__APPLE__)

constexpr std::int64_t spinNs = 0;

static const mach_timebase_info_data_t& timebase() {
  static const mach_timebase_info_data_t info = [] {
    mach_timebase_info_data_t read;
    mach_timebase_info(&read);
    return read;
  }();
  return info;
}

std::int64_t monotonicNs() {
  const auto ticks = static_cast<unsigned __int128>(mach_absolute_time());
  return static_cast<std::int64_t>(ticks * timebase().numer / timebase().denom);
}

DeadlineSleeper::DeadlineSleeper() = default;
DeadlineSleeper::~DeadlineSleeper() = default;

void DeadlineSleeper::sleepUntil(std::int64_t wakeNs) {
  const auto wake = static_cast<unsigned __int128>(wakeNs);
  mach_wait_until(static_cast<std::uint64_t>(wake * timebase().denom / timebase().numer));
}

#else

constexpr std::int64_t spinNs = 0;

std::int64_t monotonicNs() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

DeadlineSleeper::DeadlineSleeper() {
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);  // the default lets an ordinary thread sleep 50 µs too long
}

DeadlineSleeper::~DeadlineSleeper() = default;

void DeadlineSleeper::sleepUntil(std::int64_t wakeNs) {
  timespec time{};
  time.tv_sec = static_cast<time_t>(wakeNs / 1'000'000'000);
  time.tv_nsec = static_cast<long>(wakeNs % 1'000'000'000);
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr);
}

#endif

void DeadlineSleeper::waitUntil(std::int64_t deadlineNs) {
  if (deadlineNs - spinNs > monotonicNs()) sleepUntil(deadlineNs - spinNs);
  while (spinNs > 0 && monotonicNs() < deadlineNs) {
  }
}

}  // namespace exocortex

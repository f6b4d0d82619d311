// How threads wait for each other: awake for as long as a tick's pieces take, asleep between ticks.
#include "team.hpp"

#include <chrono>

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace exocortex {

namespace {

void pause() {
#if defined(__x86_64__) || defined(_M_X64)
  _mm_pause();
#elif defined(__aarch64__) && defined(__GNUC__)
  __asm__ __volatile__("yield");
#endif
}

// Longer than the pieces of a step differ in length; then another thread needs this processor, perhaps one of lower priority.
constexpr uint32_t looksAwake = 4000;
constexpr std::chrono::microseconds nap{20};

template <typename Holds>
void waitUntil(Holds holds) {
  for (uint32_t looks = 0; !holds(); looks++) {
    if (looks < looksAwake) pause();
    else std::this_thread::sleep_for(nap);
  }
}

}  // namespace

Team::Team(uint32_t members) : members_(members) {
  for (uint32_t member = 1; member < members; member++) threads_.emplace_back([this, member] { work(member); });
}

Team::~Team() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    isEnding_ = true;
  }
  begun_.notify_all();
  for (auto& each : threads_) each.join();
}

void Team::run(const std::function<void(uint32_t member)>& task) {
  if (members_ > 1) {
    const std::lock_guard<std::mutex> lock(mutex_);
    task_ = &task;
    round_.fetch_add(1, std::memory_order_release);
    begun_.notify_all();
  }
  task(0);
  meet();
}

void Team::meet() {
  if (members_ == 1) return;
  const uint32_t meeting = meeting_.load(std::memory_order_acquire);
  if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == members_) {
    arrived_.store(0, std::memory_order_relaxed);
    meeting_.store(meeting + 1, std::memory_order_release);
    return;
  }
  waitUntil([&] { return meeting_.load(std::memory_order_acquire) != meeting; });
}

void Team::work(uint32_t member) {
  uint32_t round = 0;
  for (;;) {
    for (uint32_t looks = 0; looks < looksAwake && round_.load(std::memory_order_acquire) == round; looks++) pause();
    {
      std::unique_lock<std::mutex> lock(mutex_);
      begun_.wait(lock, [&] { return isEnding_ || round_.load(std::memory_order_relaxed) != round; });
      if (isEnding_) return;
      round = round_.load(std::memory_order_relaxed);
    }
    (*task_)(member);
    meet();
  }
}

}  // namespace exocortex

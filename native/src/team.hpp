// Threads that do each step of a task together; the calling thread is one of them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace exocortex {

class Team {
 public:
  explicit Team(uint32_t members);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  // Runs the task in all threads, each with its number, and returns when all are done. The task must not throw.
  void run(const std::function<void(uint32_t member)>& task);

  // Within a task: waits until all threads have come here.
  void meet();

 private:
  void work(uint32_t member);

  uint32_t members_;
  std::vector<std::thread> threads_;
  const std::function<void(uint32_t member)>* task_ = nullptr;
  std::atomic<uint32_t> round_{0};
  std::atomic<uint32_t> arrived_{0};
  std::atomic<uint32_t> meeting_{0};
  std::mutex mutex_;
  std::condition_variable begun_;
  bool isEnding_ = false;
};

}  // namespace exocortex

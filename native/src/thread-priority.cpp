// Asks the operating system to run the calling thread before others: real time where allowed, else the best it gives.
#include "thread-priority.hpp"

#if defined(_WIN32)
#define NOMINMAX
#include <windows.h>
#elif defined(__APPLE__)
#include <pthread.h>
#include <sys/qos.h>

#include <cstring>
#else
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#endif

namespace exocortex {

#if defined(_WIN32)

ThreadPriority raiseThreadPriority() {
  if (SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_HIGHEST)) return {true, "highest priority"};
  return {false, "SetThreadPriority failed with error " + std::to_string(GetLastError())};
}

#elif defined(__APPLE__)

ThreadPriority raiseThreadPriority() {
  const int error = pthread_set_qos_class_self_np(QOS_CLASS_USER_INTERACTIVE, 0);
  if (error == 0) return {true, "user-interactive quality of service"};
  return {false, std::string("pthread_set_qos_class_self_np: ") + std::strerror(error)};
}

#else

ThreadPriority raiseThreadPriority() {
  // Above ordinary threads, below the kernel's own, and in turn with each other, so that none of ours can starve
  // another; processes and threads started from here do not inherit it.
  sched_param parameter{};
  parameter.sched_priority = 10;
  if (sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &parameter) == 0) return {true, "SCHED_RR priority 10"};
  const int error = errno;
  const auto thread = static_cast<id_t>(syscall(SYS_gettid));
  if (setpriority(PRIO_PROCESS, thread, -10) == 0) return {true, "nice -10; real time was denied"};
  return {false, std::string("the system denied real-time priority and nice -10 (") + std::strerror(error) +
                     "); grant rtprio in /etc/security/limits.d"};
}

#endif

}  // namespace exocortex

// Asks the operating system to run the calling thread before others.
#pragma once

#include <string>

namespace exocortex {

struct ThreadPriority {
  bool applied;
  std::string reason;  // what was granted, or why nothing was
};

ThreadPriority raiseThreadPriority();

}  // namespace exocortex

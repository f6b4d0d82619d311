// A check that says where it failed; the program of tests ends with the number of failures.
#pragma once

#include <cstdio>

inline int failures = 0;
inline int checks = 0;

#define CHECK(condition)                                                       \
  do {                                                                         \
    checks++;                                                                  \
    if (!(condition)) {                                                        \
      failures++;                                                              \
      std::printf("%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);    \
    }                                                                          \
  } while (false)

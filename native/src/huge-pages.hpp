// Memory for arrays of many megabytes that are read here and there: in large pages where the system gives them.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace exocortex {

template <typename T>
struct HugePages {
  using value_type = T;

  HugePages() = default;
  template <typename U>
  HugePages(const HugePages<U>&) {}

  T* allocate(std::size_t count) {
#if defined(__linux__)
    const std::size_t bytes = count * sizeof(T);
    if (bytes >= 2 * page) {
      const std::size_t whole = (bytes + page - 1) / page * page;
      void* memory = std::aligned_alloc(page, whole);
      if (memory == nullptr) throw std::bad_alloc();
      // Only advice: without large pages everything is the same, only slower.
      madvise(memory, whole, MADV_HUGEPAGE);
      return static_cast<T*>(memory);
    }
    void* memory = std::malloc(bytes > 0 ? bytes : 1);
    if (memory == nullptr) throw std::bad_alloc();
    return static_cast<T*>(memory);
#else
    return static_cast<T*>(::operator new(count * sizeof(T)));
#endif
  }

  void deallocate(T* memory, std::size_t) {
#if defined(__linux__)
    std::free(memory);
#else
    ::operator delete(memory);
#endif
  }

  bool operator==(const HugePages&) const { return true; }
  bool operator!=(const HugePages&) const { return false; }

 private:
  static constexpr std::size_t page = std::size_t{1} << 21;
};

template <typename T>
using LargeVector = std::vector<T, HugePages<T>>;

}  // namespace exocortex

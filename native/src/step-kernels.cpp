// The step kernels that every processor has, and which of all are used.
#include "lanes-one.hpp"

#include <algorithm>
#include <iterator>

#define EXOCORTEX_STEP EXOCORTEX_CLONES

namespace exocortex {

namespace one {
namespace {
#include "step-kernels.hpp"
}  // namespace
}  // namespace one

namespace {

const NamedStepKernel* find(const StepKernelList& list, const std::string& name) {
  const auto* end = list.begin + list.length;
  const auto* found = std::find_if(list.begin, end, [&](const auto& each) { return each.name == name; });
  return found == end ? nullptr : found;
}

bool areShiftsWithin(int32_t most, const NamedStepKernel& kernel, const std::vector<int32_t>& parameters) {
  for (std::size_t index = 0; index < parameters.size(); index++) {
    if ((kernel.shifts >> index & 1) != 0 && parameters[index] > most) return false;
  }
  return true;
}

}  // namespace

StepKernel stepKernelOf(const std::string& name, const std::vector<int32_t>& parameters) {
  const StepKernelList all{one::stepKernels, std::size(one::stepKernels), INT32_MAX};
  for (const auto& list : {avx512StepKernels(), all}) {
    const auto* kernel = find(list, name);
    if (kernel != nullptr && areShiftsWithin(list.mostShift, *kernel, parameters)) return kernel->kernel;
  }
  return nullptr;
}

}  // namespace exocortex

// The step kernels that every processor has, and which of all are used.
#include "lanes-one.hpp"

#include <algorithm>
#include <cstdlib>
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

bool takes(const StepKernelList& list, const NamedStepKernel& kernel, const std::vector<int32_t>& parameters) {
  for (std::size_t index = 0; index < parameters.size(); index++) {
    const int64_t value = parameters[index];
    const bool isShift = (kernel.shifts >> index & 1) != 0;
    if (isShift ? value < list.leastShift || value > list.mostShift : std::abs(value) > list.mostParameter) return false;
  }
  return true;
}

}  // namespace

StepKernels stepKernelsOf(const std::string& name, const std::vector<int32_t>& parameters, Vectors most) {
  std::vector<StepKernelList> lists;
  const auto add = [&](const std::vector<StepKernelList>& some) { lists.insert(lists.end(), some.begin(), some.end()); };
  if (most >= Vectors::avx512) add(avx512StepKernels());
  if (most >= Vectors::avx2) add(avx2StepKernels());
  lists.push_back({one::stepKernels, std::size(one::stepKernels)});
  StepKernels found;
  for (const auto& list : lists) {
    const auto* kernel = find(list, name);
    if (kernel == nullptr || !takes(list, *kernel, parameters)) continue;
    if (found.usual == nullptr) found.usual = kernel->kernel;
    if (list.isUsual) continue;
    found.exact = kernel->kernel;
    break;
  }
  return found;
}

}  // namespace exocortex

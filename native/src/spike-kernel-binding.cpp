// JavaScript's door to the spike kernel: checks arguments and lengths, does no arithmetic.
#include "bindings.hpp"
#include "node-api.hpp"
#include "spike-kernel.hpp"

#include <iterator>
#include <string>

namespace exocortex {

namespace {

std::optional<RunningNoisePlan> toRunningNoisePlan(napi_env env, napi_value value) {
  if (isUndefined(env, value)) return std::nullopt;
  const auto number = [&](const char* name) { return toNumber(env, property(env, value, name), name); };
  RunningNoisePlan plan{};
  plan.startStep = number("startStep");
  plan.stepDecay = number("stepDecay");
  plan.slowStep = number("slowStep");
  plan.fastStep = number("fastStep");
  plan.changeRatio = number("changeRatio");
  plan.floorMicrovolts = number("floorMicrovolts");
  plan.readySamples = number("readySamples");
  return plan;
}

napi_value construct(napi_env env, napi_callback_info info) {
  requireNew(env, info);
  const Arguments<1> arguments(env, info);
  const auto field = [&](const char* name) { return property(env, arguments[0], name); };
  SpikeKernelPlan plan{};
  plan.channels = toCount(env, field("channels"), "channels");
  plan.microvoltsPerBit = toNumber(env, field("microvoltsPerBit"), "microvoltsPerBit");
  plan.sections = toVector<double>(env, field("sections"), "sections");
  plan.thresholdSigmas = toNumber(env, field("thresholdSigmas"), "thresholdSigmas");
  plan.refractorySamples = toNumber(env, field("refractorySamples"), "refractorySamples");
  plan.initialNoiseMicrovolts = toVector<double>(env, field("initialNoiseMicrovolts"), "initialNoiseMicrovolts");
  plan.runningNoise = toRunningNoisePlan(env, field("runningNoise"));
  if (plan.channels > 0xffff) throw BadArgument("channels is above 65535");
  if (plan.sections.size() % 5 != 0) throw BadArgument("sections is not a multiple of 5 long");
  if (plan.initialNoiseMicrovolts.size() != plan.channels) {
    throw BadArgument("initialNoiseMicrovolts is not one per channel");
  }
  wrap(env, arguments.self, std::make_unique<SpikeKernel>(std::move(plan)));
  return arguments.self;
}

napi_value detect(napi_env env, napi_callback_info info) {
  const Arguments<9> arguments(env, info);
  SpikeKernel& kernel = unwrap<SpikeKernel>(env, arguments.self);
  const auto samples = toView<std::int16_t>(env, arguments[0], "samples");
  const std::size_t sampleCount = toCount(env, arguments[1], "sampleCount");
  const std::size_t blankFrom = toCount(env, arguments[2], "blankFrom");
  const std::size_t blankUntil = toCount(env, arguments[3], "blankUntil");
  const auto filtered = toView<float>(env, arguments[4], "filteredMicrovolts");
  const auto noise = toView<double>(env, arguments[5], "noiseMicrovolts");
  const auto sampleOffsets = toView<std::uint16_t>(env, arguments[6], "sampleOffsets");
  const auto channels = toView<std::uint16_t>(env, arguments[7], "channels");
  const auto amplitudes = toView<float>(env, arguments[8], "amplitudesMicrovolts");

  const std::size_t channelCount = kernel.plan().channels;
  if (sampleCount > 0xffff) throw BadArgument("sampleCount is above 65535");
  if (samples.length < sampleCount * channelCount) throw BadArgument("samples is shorter than the block");
  if (filtered.length < sampleCount * channelCount) throw BadArgument("filteredMicrovolts is shorter than the block");
  if (noise.length < channelCount) throw BadArgument("noiseMicrovolts is not one per channel");
  if (channels.length != sampleOffsets.length || amplitudes.length != sampleOffsets.length) {
    throw BadArgument("the arrays for spikes differ in length");
  }
  const std::size_t count =
      kernel.detect(samples.values, sampleCount, blankFrom, blankUntil, filtered.values, noise.values,
                    {sampleOffsets.values, channels.values, amplitudes.values, sampleOffsets.length});
  napi_value result;
  check(napi_create_uint32(env, static_cast<std::uint32_t>(count), &result), "the count cannot be returned");
  return result;
}

View<double> memoryOf(napi_env env, const SpikeKernel& kernel, napi_value value, const char* name) {
  const auto memory = toView<double>(env, value, name);
  if (memory.length != kernel.memoryLength()) throw BadArgument(std::string(name) + " is not as long as the memory");
  return memory;
}

napi_value memoryLength(napi_env env, napi_callback_info info) {
  const Arguments<0> arguments(env, info);
  napi_value result;
  const auto length = static_cast<double>(unwrap<SpikeKernel>(env, arguments.self).memoryLength());
  check(napi_create_double(env, length, &result), "the length cannot be returned");
  return result;
}

napi_value saveMemory(napi_env env, napi_callback_info info) {
  const Arguments<1> arguments(env, info);
  const SpikeKernel& kernel = unwrap<SpikeKernel>(env, arguments.self);
  kernel.saveMemory(memoryOf(env, kernel, arguments[0], "into").values);
  return nullptr;
}

napi_value loadMemory(napi_env env, napi_callback_info info) {
  const Arguments<1> arguments(env, info);
  SpikeKernel& kernel = unwrap<SpikeKernel>(env, arguments.self);
  kernel.loadMemory(memoryOf(env, kernel, arguments[0], "from").values);
  return nullptr;
}

}  // namespace

napi_value defineSpikeKernel(napi_env env) {
  const napi_property_descriptor methods[] = {
      {"detect", nullptr, guarded<detect>, nullptr, nullptr, nullptr, napi_default_method, nullptr},
      {"memoryLength", nullptr, guarded<memoryLength>, nullptr, nullptr, nullptr, napi_default_method, nullptr},
      {"saveMemory", nullptr, guarded<saveMemory>, nullptr, nullptr, nullptr, napi_default_method, nullptr},
      {"loadMemory", nullptr, guarded<loadMemory>, nullptr, nullptr, nullptr, napi_default_method, nullptr}};
  napi_value constructor;
  check(napi_define_class(env, "SpikeKernel", NAPI_AUTO_LENGTH, guarded<construct>, nullptr, std::size(methods), methods, &constructor),
        "SpikeKernel cannot be defined");
  return constructor;
}

}  // namespace exocortex

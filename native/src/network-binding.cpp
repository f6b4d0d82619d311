// JavaScript's door to the network: reads the plan, checks arguments and lengths, does no arithmetic.
#include "bindings.hpp"
#include "network.hpp"
#include "node-api.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace exocortex {

namespace {

template <typename T>
Span<T> spanOf(napi_env env, napi_value value, const char* name) {
  const View<T> view = toView<T>(env, value, name);
  return {view.values, view.length};
}

class Fields {
 public:
  Fields(napi_env env, napi_value object) : env_(env), object_(object) {}

  napi_value operator[](const char* name) const { return property(env_, object_, name); }
  uint32_t count(const char* name) const {
    const std::size_t value = toCount(env_, (*this)[name], name);
    if (value > UINT32_MAX) throw BadArgument(std::string(name) + " is above 2^32");
    return static_cast<uint32_t>(value);
  }
  int32_t whole(const char* name) const { return static_cast<int32_t>(toNumber(env_, (*this)[name], name)); }
  std::string text(const char* name) const { return toText(env_, (*this)[name], name); }
  template <typename T>
  Span<T> numbers(const char* name) const {
    return spanOf<T>(env_, (*this)[name], name);
  }
  template <typename Read>
  auto list(const char* name, Read read) const {
    return toList(env_, (*this)[name], name, [&](napi_value element) { return read(Fields(env_, element)); });
  }
  std::vector<Span<int32_t>> tables(const char* name) const {
    return toList(env_, (*this)[name], name, [&](napi_value element) { return spanOf<int32_t>(env_, element, name); });
  }
  std::optional<uint32_t> optionalCount(const char* name) const {
    if (isUndefined(env_, (*this)[name])) return std::nullopt;
    return count(name);
  }
  std::optional<Fields> optional(const char* name) const {
    const napi_value value = (*this)[name];
    if (isUndefined(env_, value)) return std::nullopt;
    return Fields(env_, value);
  }

 private:
  napi_env env_;
  napi_value object_;
};

PopulationPlan toPopulation(const Fields& fields) {
  return {fields.count("neurons"),
          fields.text("kernel"),
          fields.tables("initialState"),
          fields.count("receptors"),
          fields.numbers<int32_t>("parameters"),
          fields.tables("tables"),
          fields.whole("randomKey"),
          fields.optionalCount("graded")};
}

std::optional<ShortTermPlan> toShortTerm(const std::optional<Fields>& fields) {
  if (!fields) return std::nullopt;
  return ShortTermPlan{fields->whole("utilisation"), fields->numbers<int32_t>("facilitationFactors"),
                       fields->numbers<int32_t>("recoveryFactors")};
}

std::optional<BlockPlan> toBlock(const std::optional<Fields>& fields) {
  if (!fields) return std::nullopt;
  return BlockPlan{fields->numbers<int32_t>("inputs"), fields->numbers<int32_t>("instructions"),
                   fields->numbers<int32_t>("outputs"), fields->tables("tables")};
}

std::optional<RulePlan> toRule(const std::optional<Fields>& fields) {
  if (!fields) return std::nullopt;
  return RulePlan{toBlock(fields->optional("arrival")),
                  toBlock(fields->optional("firing")),
                  toBlock(fields->optional("step")),
                  fields->tables("senderFactors"),
                  fields->tables("receiverFactors"),
                  fields->numbers<int32_t>("senderAverages"),
                  fields->numbers<int32_t>("receiverAverages"),
                  fields->numbers<int32_t>("variables"),
                  fields->numbers<int32_t>("factors"),
                  fields->count("finerBits"),
                  fields->whole("sign"),
                  fields->count("gateAt"),
                  fields->numbers<uint32_t>("surveyParts")};
}

ProjectionPlan toProjection(const Fields& fields) {
  return {fields.count("from"),
          fields.count("to"),
          fields.count("receptor"),
          fields.count("delaySteps"),
          fields.numbers<uint32_t>("rowStart"),
          fields.numbers<uint32_t>("targets"),
          fields.numbers<int32_t>("weights"),
          toShortTerm(fields.optional("shortTerm")),
          toRule(fields.optional("rule"))};
}

InputPlan toInput(const Fields& fields) {
  return {fields.count("to"), fields.count("receptor"), fields.count("neuronsPerElectrode"), fields.whole("weight")};
}

Vectors toVectors(const std::string& name) {
  if (name == "avx512") return Vectors::avx512;
  if (name == "avx2") return Vectors::avx2;
  if (name == "any") return Vectors::any;
  throw std::invalid_argument("vectors are called avx512, avx2 or any");
}

napi_value construct(napi_env env, napi_callback_info info) {
  requireNew(env, info);
  const Arguments<1> arguments(env, info);
  const Fields fields(env, arguments[0]);
  const NetworkPlan plan{fields.count("stepsPerTick"),
                         fields.count("threads"),
                         toVectors(fields.text("vectors")),
                         fields.count("signalWords"),
                         fields.list("populations", toPopulation),
                         fields.list("projections", toProjection),
                         fields.list("inputs", toInput)};
  wrap(env, arguments.self, std::make_unique<Network>(plan));
  return arguments.self;
}

napi_value toValue(napi_env env, double number) {
  napi_value value;
  check(napi_create_double(env, number, &value), "the result cannot be returned");
  return value;
}

// A copy of its own in JavaScript.
napi_value toArray(napi_env env, const std::vector<int32_t>& values) {
  void* memory = nullptr;
  napi_value buffer;
  napi_value array;
  const std::size_t bytes = values.size() * sizeof(int32_t);
  check(napi_create_arraybuffer(env, bytes, &memory, &buffer), "there is no memory for the result");
  if (bytes > 0) std::memcpy(memory, values.data(), bytes);
  check(napi_create_typedarray(env, napi_int32_array, values.size(), buffer, 0, &array), "the result cannot be returned");
  return array;
}

std::size_t toProjectionIndex(napi_env env, napi_value value, const Network& network) {
  const std::size_t index = toCount(env, value, "projection");
  if (index >= network.projections()) throw BadArgument("there is no such projection");
  return index;
}

napi_value tick(napi_env env, napi_callback_info info) {
  const Arguments<5> arguments(env, info);
  Network& network = unwrap<Network>(env, arguments.self);
  const auto channels = toView<uint16_t>(env, arguments[0], "channels");
  const std::size_t count = toCount(env, arguments[1], "count");
  const auto spikes = toView<uint32_t>(env, arguments[2], "spikes");
  const auto saturation = toView<double>(env, arguments[3], "saturation");
  const auto signals = toView<int32_t>(env, arguments[4], "signals");
  if (channels.length < count) throw BadArgument("channels is shorter than its count");
  if (saturation.length < 4) throw BadArgument("saturation is shorter than 4");
  if (signals.length != network.signalWords()) throw BadArgument("signals are not as many as the network reads");
  const std::vector<uint32_t>& fired = network.tick(channels.values, count, signals.values);
  if (spikes.length < fired.size()) throw BadArgument("spikes is too short");
  std::copy(fired.begin(), fired.end(), spikes.values);
  saturation.values[0] = 0;
  if (const auto found = network.saturation()) {
    saturation.values[0] = static_cast<double>(found->kind);
    saturation.values[1] = found->index;
    saturation.values[2] = found->part;
    saturation.values[3] = static_cast<double>(found->step);
  }
  return toValue(env, static_cast<double>(fired.size()));
}

napi_value weightSum(napi_env env, napi_callback_info info) {
  const Arguments<1> arguments(env, info);
  Network& network = unwrap<Network>(env, arguments.self);
  return toValue(env, static_cast<double>(network.weightSum(toProjectionIndex(env, arguments[0], network))));
}

napi_value weights(napi_env env, napi_callback_info info) {
  const Arguments<1> arguments(env, info);
  Network& network = unwrap<Network>(env, arguments.self);
  return toArray(env, network.weights(toProjectionIndex(env, arguments[0], network)));
}

napi_value stepShape(napi_env env, napi_callback_info info) {
  const Arguments<1> arguments(env, info);
  Network& network = unwrap<Network>(env, arguments.self);
  const std::string shape = network.stepShape(toProjectionIndex(env, arguments[0], network));
  napi_value text;
  check(napi_create_string_utf8(env, shape.data(), shape.size(), &text), "the result cannot be returned");
  return text;
}

napi_value isStepFused(napi_env env, napi_callback_info info) {
  const Arguments<1> arguments(env, info);
  Network& network = unwrap<Network>(env, arguments.self);
  napi_value answer;
  check(napi_get_boolean(env, network.isStepFused(toProjectionIndex(env, arguments[0], network)), &answer), "the result cannot be returned");
  return answer;
}

napi_value readState(napi_env env, napi_callback_info info) {
  const Arguments<4> arguments(env, info);
  Network& network = unwrap<Network>(env, arguments.self);
  const auto neurons = toView<uint32_t>(env, arguments[2], "neurons");
  const auto values = toView<int32_t>(env, arguments[3], "values");
  if (values.length < neurons.length) throw BadArgument("values is too short");
  network.readState(toCount(env, arguments[0], "population"), toCount(env, arguments[1], "variable"), neurons.values,
                    neurons.length, values.values);
  return nullptr;
}

napi_value readSynapses(napi_env env, napi_callback_info info) {
  const Arguments<5> arguments(env, info);
  Network& network = unwrap<Network>(env, arguments.self);
  const auto senders = toView<uint32_t>(env, arguments[2], "senders");
  const auto synapses = toView<uint32_t>(env, arguments[3], "synapses");
  const auto values = toView<int32_t>(env, arguments[4], "values");
  if (senders.length != synapses.length || values.length < synapses.length)
    throw BadArgument("senders, synapses and values are not of one length");
  network.readSynapses(toProjectionIndex(env, arguments[0], network), toCount(env, arguments[1], "array"), senders.values,
                       synapses.values, synapses.length, values.values);
  return nullptr;
}

napi_value setParameters(napi_env env, napi_callback_info info) {
  const Arguments<2> arguments(env, info);
  unwrap<Network>(env, arguments.self)
      .setParameters(toCount(env, arguments[0], "population"), spanOf<int32_t>(env, arguments[1], "parameters"));
  return nullptr;
}

napi_value state(napi_env env, napi_callback_info info) {
  const Arguments<0> arguments(env, info);
  const NetworkState state = unwrap<Network>(env, arguments.self).state();
  napi_value arrays;
  check(napi_create_object(env, &arrays), "the state cannot be returned");
  for (const auto& [name, values] : state.arrays)
    check(napi_set_named_property(env, arrays, name.c_str(), toArray(env, values)), "the state cannot be returned");
  return arrays;
}

napi_value restore(napi_env env, napi_callback_info info) {
  const Arguments<2> arguments(env, info);
  NetworkState state{toCount(env, arguments[0], "step"), {}};
  napi_value names;
  check(napi_get_property_names(env, arguments[1], &names), "the state is not an object");
  for (const auto& name : toList(env, names, "arrays", [&](napi_value each) { return toText(env, each, "a name"); })) {
    const Span<int32_t> values = spanOf<int32_t>(env, property(env, arguments[1], name.c_str()), name.c_str());
    state.arrays[name].assign(values.begin(), values.end());
  }
  unwrap<Network>(env, arguments.self).restore(state);
  return nullptr;
}

napi_value releaseNetwork(napi_env env, napi_callback_info info) {
  release<Network>(env, Arguments<0>(env, info).self);
  return nullptr;
}

}  // namespace

napi_value defineNetwork(napi_env env) {
  const auto method = [](const char* name, napi_callback callback) {
    return napi_property_descriptor{name, nullptr, callback, nullptr, nullptr, nullptr, napi_default_method, nullptr};
  };
  const napi_property_descriptor methods[] = {method("tick", guarded<tick>), method("weightSum", guarded<weightSum>),
                                              method("weights", guarded<weights>), method("state", guarded<state>),
                                              method("readState", guarded<readState>),
                                              method("readSynapses", guarded<readSynapses>),
                                              method("setParameters", guarded<setParameters>),
                                              method("stepShape", guarded<stepShape>), method("isStepFused", guarded<isStepFused>),
                                              method("restore", guarded<restore>), method("release", guarded<releaseNetwork>)};
  napi_value constructor;
  check(napi_define_class(env, "Network", NAPI_AUTO_LENGTH, guarded<construct>, nullptr, std::size(methods), methods, &constructor),
        "Network cannot be defined");
  return constructor;
}

}  // namespace exocortex

// JavaScript's door to the network: reads the plan, checks arguments and lengths, does no arithmetic.
#include "bindings.hpp"
#include "network.hpp"
#include "node-api.hpp"

#include <algorithm>

namespace exocortex {

namespace {

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
  std::vector<T> numbers(const char* name) const {
    return toVector<T>(env_, (*this)[name], name);
  }
  template <typename Read>
  auto list(const char* name, Read read) const {
    return toList(env_, (*this)[name], name, [&](napi_value element) { return read(Fields(env_, element)); });
  }
  std::vector<std::vector<int32_t>> tables(const char* name) const {
    return toList(env_, (*this)[name], name, [&](napi_value element) { return toVector<int32_t>(env_, element, name); });
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
  return {fields.count("neurons"),   fields.text("kernel"),
          fields.count("stateVariables"), fields.count("receptors"),
          fields.numbers<int32_t>("parameters"), fields.whole("randomKey")};
}

std::optional<RulePlan> toRule(const std::optional<Fields>& fields) {
  if (!fields) return std::nullopt;
  return RulePlan{fields->text("kernel"),
                  fields->numbers<int32_t>("parameters"),
                  fields->tables("senderFactors"),
                  fields->tables("receiverFactors"),
                  fields->numbers<uint32_t>("columnStart"),
                  fields->numbers<uint32_t>("synapses"),
                  fields->numbers<uint32_t>("senders")};
}

ProjectionPlan toProjection(const Fields& fields) {
  return {fields.count("from"),
          fields.count("to"),
          fields.count("delaySteps"),
          fields.numbers<uint32_t>("rowStart"),
          fields.numbers<uint32_t>("targets"),
          fields.numbers<int32_t>("weights"),
          toRule(fields.optional("rule"))};
}

InputPlan toInput(const Fields& fields) {
  return {fields.count("to"), fields.count("neuronsPerElectrode"), fields.whole("weight")};
}

napi_value construct(napi_env env, napi_callback_info info) {
  requireNew(env, info);
  const Arguments<1> arguments(env, info);
  const Fields fields(env, arguments[0]);
  NetworkPlan plan{fields.count("stepsPerTick"), fields.numbers<int32_t>("normalTable"),
                   fields.list("populations", toPopulation), fields.list("projections", toProjection),
                   fields.list("inputs", toInput)};
  wrap(env, arguments.self, std::make_unique<Network>(std::move(plan)));
  return arguments.self;
}

napi_value toValue(napi_env env, double number) {
  napi_value value;
  check(napi_create_double(env, number, &value), "the result cannot be returned");
  return value;
}

napi_value tick(napi_env env, napi_callback_info info) {
  const Arguments<4> arguments(env, info);
  Network& network = unwrap<Network>(env, arguments.self);
  const auto channels = toView<uint16_t>(env, arguments[0], "channels");
  const std::size_t count = toCount(env, arguments[1], "count");
  const auto spikes = toView<uint32_t>(env, arguments[2], "spikes");
  const auto saturation = toView<double>(env, arguments[3], "saturation");
  if (channels.length < count) throw BadArgument("channels is shorter than its count");
  if (saturation.length < 4) throw BadArgument("saturation is shorter than 4");
  const std::vector<uint32_t>& fired = network.tick(channels.values, count);
  if (spikes.length < fired.size()) throw BadArgument("spikes is too short");
  std::copy(fired.begin(), fired.end(), spikes.values);
  saturation.values[0] = 0;
  if (const auto& found = network.saturation()) {
    saturation.values[0] = static_cast<double>(found->kind);
    saturation.values[1] = found->index;
    saturation.values[2] = found->neurons;
    saturation.values[3] = static_cast<double>(found->step);
  }
  return toValue(env, static_cast<double>(fired.size()));
}

napi_value weightSum(napi_env env, napi_callback_info info) {
  const Arguments<0> arguments(env, info);
  return toValue(env, static_cast<double>(unwrap<Network>(env, arguments.self).weightSum()));
}

napi_value copyPlasticWeights(napi_env env, napi_callback_info info) {
  const Arguments<1> arguments(env, info);
  const Network& network = unwrap<Network>(env, arguments.self);
  const auto millivolts = toView<float>(env, arguments[0], "millivolts");
  if (millivolts.length != network.plasticSynapses()) throw BadArgument("millivolts is not one per plastic synapse");
  network.copyPlasticWeights(millivolts.values);
  return nullptr;
}

}  // namespace

napi_value defineNetwork(napi_env env) {
  const auto method = [](const char* name, napi_callback callback) {
    return napi_property_descriptor{name, nullptr, callback, nullptr, nullptr, nullptr, napi_default_method, nullptr};
  };
  const napi_property_descriptor methods[] = {method("tick", guarded<tick>), method("weightSum", guarded<weightSum>),
                                              method("copyPlasticWeights", guarded<copyPlasticWeights>)};
  napi_value constructor;
  check(napi_define_class(env, "Network", NAPI_AUTO_LENGTH, guarded<construct>, nullptr, 3, methods, &constructor),
        "Network cannot be defined");
  return constructor;
}

}  // namespace exocortex

// The addon's entry: exports what native/native-addon.ts declares. May be loaded in several threads of one process.
#include "bindings.hpp"
#include "external-buffers.hpp"
#include "thread-priority.hpp"

namespace exocortex {

namespace {

constexpr double interfaceVersion = 10;  // equals nativeInterfaceVersion in native/native-addon.ts

napi_value raisePriority(napi_env env, napi_callback_info) {
  const ThreadPriority priority = raiseThreadPriority();
  napi_value result;
  napi_value applied;
  napi_value reason;
  check(napi_create_object(env, &result), "no object");
  check(napi_get_boolean(env, priority.applied, &applied), "no boolean");
  check(napi_create_string_utf8(env, priority.reason.c_str(), priority.reason.size(), &reason), "no string");
  check(napi_set_named_property(env, result, "applied", applied), "no property");
  check(napi_set_named_property(env, result, "reason", reason), "no property");
  return result;
}

napi_value hookBuffers(napi_env env, napi_callback_info info) {
  const Arguments<1> arguments(env, info);
  const std::string mode = toText(env, arguments[0], "mode");
  if (mode != "forbid" && mode != "copy") throw BadArgument("mode is neither 'forbid' nor 'copy'");
  const auto replaced = hookExternalBuffers(mode == "copy" ? ExternalBuffers::copy : ExternalBuffers::forbid);
  napi_value result;
  check(napi_create_double(env, static_cast<double>(replaced), &result), "no number");
  return result;
}

napi_value exportAll(napi_env env, napi_value exports) {
  napi_value version;
  check(napi_create_double(env, interfaceVersion, &version), "no number");
  const napi_property_descriptor properties[] = {
      {"interfaceVersion", nullptr, nullptr, nullptr, nullptr, version, napi_enumerable, nullptr},
      {"SpikeKernel", nullptr, nullptr, nullptr, nullptr, defineSpikeKernel(env), napi_enumerable, nullptr},
      {"Network", nullptr, nullptr, nullptr, nullptr, defineNetwork(env), napi_enumerable, nullptr},
      {"TickTimer", nullptr, nullptr, nullptr, nullptr, defineTickTimer(env), napi_enumerable, nullptr},
      {"raiseThreadPriority", nullptr, guarded<raisePriority>, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"hookExternalBuffers", nullptr, guarded<hookBuffers>, nullptr, nullptr, nullptr, napi_enumerable, nullptr}};
  check(napi_define_properties(env, exports, sizeof properties / sizeof properties[0], properties), "no exports");
  return exports;
}

}  // namespace

}  // namespace exocortex

NAPI_MODULE_INIT() {
  try {
    return exocortex::exportAll(env, exports);
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
    return nullptr;
  }
}

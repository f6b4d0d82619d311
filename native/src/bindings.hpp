// What the addon consists of.
#pragma once

#include "node-api.hpp"

namespace exocortex {

napi_value defineSpikeKernel(napi_env env);
napi_value defineTickTimer(napi_env env);
napi_value defineNetwork(napi_env env);

}  // namespace exocortex

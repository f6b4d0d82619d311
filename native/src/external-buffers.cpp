// What stands in for `napi_create_external_arraybuffer` in Dawn, and how it gets there on each system.
#include "external-buffers.hpp"

#include "import-slots.hpp"
#include "node-api.hpp"

#include <cstring>

namespace exocortex {

namespace {

napi_status forbidExternal(napi_env, void*, std::size_t, node_api_basic_finalize, void*, napi_value*) {
  return napi_no_external_buffers_allowed;
}

// Dawn keeps the memory until the buffer is unmapped, and what is read does not change while it is mapped for reading: a copy is as good.
// What is written to the copy does not arrive, so buffers must be mapped for reading only.
napi_status copyExternal(napi_env env, void* memory, std::size_t bytes, node_api_basic_finalize finalize, void* hint,
                         napi_value* result) {
  void* copy = nullptr;
  const napi_status status = napi_create_arraybuffer(env, bytes, &copy, result);
  if (status != napi_ok) return status;
  if (bytes > 0) std::memcpy(copy, memory, bytes);
  if (finalize != nullptr) finalize(env, memory, hint);
  return napi_ok;
}

}  // namespace

std::size_t hookExternalBuffers(ExternalBuffers mode) {
  const auto replacement = mode == ExternalBuffers::forbid ? &forbidExternal : &copyExternal;
  return replaceImport("dawn.node", "napi_create_external_arraybuffer", reinterpret_cast<void*>(replacement));
}

}  // namespace exocortex

// Gives another addon, Dawn's, a way to hand out its memory where the running program forbids buffers outside of V8's own memory.
#pragma once

#include <cstddef>

namespace exocortex {

enum class ExternalBuffers {
  // As Electron answers.
  forbid,
  // The memory is copied into a buffer of V8's own.
  copy,
};

// Replaces `napi_create_external_arraybuffer` in every loaded library whose file is called dawn.node, also where it was replaced before.
// Returns in how many places it was. Throws std::runtime_error where the operating system does not let it.
std::size_t hookExternalBuffers(ExternalBuffers mode);

}  // namespace exocortex

// The little of Node-API that the bindings need: checked arguments, and errors that become JavaScript exceptions.
#pragma once

#define NAPI_VERSION 8
#include <node_api.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace exocortex {

// Thrown in C++, arrives in JavaScript as a TypeError: the caller broke the contract of native-addon.ts.
class BadArgument : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void check(napi_status status, const char* what) {
  if (status != napi_ok) throw BadArgument(what);
}

// A view of a caller's typed array; valid during the call.
template <typename T>
struct View {
  T* values;
  std::size_t length;
};

template <typename T>
constexpr napi_typedarray_type arrayType();
template <>
constexpr napi_typedarray_type arrayType<std::int16_t>() { return napi_int16_array; }
template <>
constexpr napi_typedarray_type arrayType<std::uint16_t>() { return napi_uint16_array; }
template <>
constexpr napi_typedarray_type arrayType<std::int32_t>() { return napi_int32_array; }
template <>
constexpr napi_typedarray_type arrayType<std::uint32_t>() { return napi_uint32_array; }
template <>
constexpr napi_typedarray_type arrayType<float>() { return napi_float32_array; }
template <>
constexpr napi_typedarray_type arrayType<double>() { return napi_float64_array; }

template <typename T>
View<T> toView(napi_env env, napi_value value, const char* name) {
  napi_typedarray_type type;
  std::size_t length;
  void* values;
  if (napi_get_typedarray_info(env, value, &type, &length, &values, nullptr, nullptr) != napi_ok ||
      type != arrayType<T>()) {
    throw BadArgument(std::string(name) + " is not a typed array of its type");
  }
  return {static_cast<T*>(values), length};
}

// A copy of a caller's typed array.
template <typename T>
std::vector<T> toVector(napi_env env, napi_value value, const char* name) {
  const View<T> view = toView<T>(env, value, name);
  return {view.values, view.values + view.length};
}

inline double toNumber(napi_env env, napi_value value, const char* name) {
  double number;
  if (napi_get_value_double(env, value, &number) != napi_ok) throw BadArgument(std::string(name) + " is not a number");
  return number;
}

// A count or an index: a whole number from 0 to 2^53.
inline std::size_t toCount(napi_env env, napi_value value, const char* name) {
  const double number = toNumber(env, value, name);
  if (!(number >= 0 && number <= 9007199254740992.0) || number != std::floor(number)) {
    throw BadArgument(std::string(name) + " is not a whole number from 0");
  }
  return static_cast<std::size_t>(number);
}

inline std::string toText(napi_env env, napi_value value, const char* name) {
  std::size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) {
    throw BadArgument(std::string(name) + " is not a text");
  }
  std::string text(length, ' ');
  check(napi_get_value_string_utf8(env, value, text.data(), length + 1, &length), name);
  return text;
}

inline bool isUndefined(napi_env env, napi_value value) {
  napi_valuetype type;
  check(napi_typeof(env, value, &type), "a value has no type");
  return type == napi_undefined;
}

// Every element of an array, read by a function of it.
template <typename Read>
auto toList(napi_env env, napi_value value, const char* name, Read read) {
  std::vector<decltype(read(value))> list;
  uint32_t length;
  if (napi_get_array_length(env, value, &length) != napi_ok) throw BadArgument(std::string(name) + " is not an array");
  for (uint32_t index = 0; index < length; index++) {
    napi_value element;
    check(napi_get_element(env, value, index, &element), name);
    list.push_back(read(element));
  }
  return list;
}

inline napi_value property(napi_env env, napi_value object, const char* name) {
  napi_value value;
  if (napi_get_named_property(env, object, name, &value) != napi_ok) {
    throw BadArgument(std::string(name) + " cannot be read");
  }
  return value;
}

// The arguments of a call to a function of `Count` parameters.
template <std::size_t Count>
struct Arguments {
  napi_value self;
  napi_value values[Count + 1];

  Arguments(napi_env env, napi_callback_info info) {
    std::size_t given = Count;
    check(napi_get_cb_info(env, info, &given, values, &self, nullptr), "the call cannot be read");
    if (given < Count) throw BadArgument("too few arguments");
  }
  napi_value operator[](std::size_t index) const { return values[index]; }
};

// Wraps a binding, so that whatever it throws becomes a JavaScript exception.
template <napi_value (*binding)(napi_env, napi_callback_info)>
napi_value guarded(napi_env env, napi_callback_info info) {
  try {
    return binding(env, info);
  } catch (const std::exception& error) {
    napi_throw_type_error(env, nullptr, error.what());
    return nullptr;
  }
}

// Refuses a call of a class without `new`, which would tie the object to another `this`.
inline void requireNew(napi_env env, napi_callback_info info) {
  napi_value target = nullptr;
  if (napi_get_new_target(env, info, &target) != napi_ok || target == nullptr) {
    throw BadArgument("a native class needs new");
  }
}

// Gives a C++ object to a JavaScript object, which deletes it when collected.
template <typename T>
T& wrap(napi_env env, napi_value self, std::unique_ptr<T> object) {
  const auto finalize = [](napi_env, void* wrapped, void*) { delete static_cast<T*>(wrapped); };
  check(napi_wrap(env, self, object.get(), finalize, nullptr, nullptr), "the object cannot be wrapped");
  return *object.release();
}

// The object that `wrap` gave to `self`. JavaScript itself refuses a method's call on an object of another class.
template <typename T>
T& unwrap(napi_env env, napi_value self) {
  void* wrapped = nullptr;
  check(napi_unwrap(env, self, &wrapped), "the object was not constructed, or it was released");
  return *static_cast<T*>(wrapped);
}

// Deletes that object now: the collector does not see its memory and may take it late. A second time nothing happens.
template <typename T>
void release(napi_env env, napi_value self) {
  void* wrapped = nullptr;
  if (napi_remove_wrap(env, self, &wrapped) == napi_ok) delete static_cast<T*>(wrapped);
}

}  // namespace exocortex

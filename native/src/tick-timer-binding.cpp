// A periodic timer on its own thread that calls JavaScript; late ticks are joined into one call and counted.
#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

#include "bindings.hpp"
#include "deadline.hpp"
#include "node-api.hpp"
#include "thread-priority.hpp"

namespace exocortex {

namespace {

// Everything but `run` happens in the JavaScript thread.
class TickTimer {
 public:
  TickTimer(napi_env env, double periodNs, double hostNowNs)
      : env_(env),
        periodNs_(static_cast<std::int64_t>(periodNs)),
        startNs_(monotonicNs()),
        hostOffsetNs_(hostNowNs - static_cast<double>(startNs_)) {}
  ~TickTimer() { stop(); }
  TickTimer(const TickTimer&) = delete;
  TickTimer& operator=(const TickTimer&) = delete;

  void start(napi_value self, napi_value onTick) {
    napi_value name;
    check(napi_create_string_utf8(env_, "TickTimer", NAPI_AUTO_LENGTH, &name), "no name");
    // A queue of one: while JavaScript has not taken a call, further calls are dropped, and the next one counts them.
    check(napi_create_threadsafe_function(env_, onTick, nullptr, name, 1, 1, nullptr, nullptr, this, callJavaScript,
                                          &call_),
          "onTick is not a function");
    check(napi_create_reference(env_, self, 1, &self_), "the timer cannot be kept");
    check(napi_add_env_cleanup_hook(env_, stopAtExit, this), "the timer cannot be tied to its thread");
    thread_ = std::thread([this] { run(); });
  }

  void stop() {
    if (!thread_.joinable()) return;
    isStopping_ = true;
    thread_.join();
    napi_release_threadsafe_function(call_, napi_tsfn_abort);
    napi_remove_env_cleanup_hook(env_, stopAtExit, this);
    napi_delete_reference(env_, self_);
  }

 private:
  // JavaScript's thread is woken this long before a tick is due and spins for what its waking up leaves of it.
  static constexpr std::int64_t wakeEarlyNs = 100'000;
  // Bounds how long `stop` waits for a timer with a long period.
  static constexpr std::int64_t longestSleepNs = 5'000'000;

  static void stopAtExit(void* timer) { static_cast<TickTimer*>(timer)->stop(); }

  void run() {
    raiseThreadPriority();  // best effort: a busy machine is where it matters
    DeadlineSleeper sleeper;
    std::int64_t tick = 0;
    while (!isStopping_) {
      const std::int64_t nowNs = monotonicNs();
      const std::int64_t wakeNs = dueNs(tick) - wakeEarlyNs;
      sleeper.waitUntil(std::min(wakeNs, nowNs + longestSleepNs));
      if (wakeNs - nowNs > longestSleepNs) continue;
      // Read before the call, which takes care of all ticks that are due by then.
      tick = std::max(tick, lastDueTick(monotonicNs() + wakeEarlyNs)) + 1;
      napi_call_threadsafe_function(call_, nullptr, napi_tsfn_nonblocking);
    }
  }

  std::int64_t dueNs(std::int64_t tick) const { return startNs_ + (tick + 1) * periodNs_; }
  std::int64_t lastDueTick(std::int64_t nowNs) const { return (nowNs - startNs_) / periodNs_ - 1; }

  // `env` is null when the call was still waiting as the timer stopped.
  static void callJavaScript(napi_env env, napi_value onTick, void* context, void*) {
    if (env == nullptr) return;
    TickTimer& timer = *static_cast<TickTimer*>(context);
    if (timer.isStopping_) return;
    const std::int64_t tick = timer.lastDueTick(monotonicNs() + wakeEarlyNs);
    if (tick <= timer.lastTick_) return;
    const std::int64_t missedTicks = tick - timer.lastTick_ - 1;
    timer.lastTick_ = tick;
    const std::int64_t scheduledNs = timer.dueNs(tick);
    std::int64_t actualNs = monotonicNs();
    while (actualNs < scheduledNs) actualNs = monotonicNs();
    const double numbers[] = {static_cast<double>(tick), static_cast<double>(scheduledNs) + timer.hostOffsetNs_,
                              static_cast<double>(actualNs) + timer.hostOffsetNs_, static_cast<double>(missedTicks)};
    napi_value values[4];
    for (int index = 0; index < 4; index++) napi_create_double(env, numbers[index], &values[index]);
    napi_value undefined;
    napi_get_undefined(env, &undefined);
    if (napi_call_function(env, undefined, onTick, 4, values, nullptr) != napi_pending_exception) return;
    napi_value error;
    napi_get_and_clear_last_exception(env, &error);
    napi_fatal_exception(env, error);  // reaches 'uncaughtException', as from any other timer
  }

  const napi_env env_;
  const std::int64_t periodNs_;
  const std::int64_t startNs_;
  const double hostOffsetNs_;  // from this clock to that of process.hrtime
  std::int64_t lastTick_ = -1;
  std::atomic<bool> isStopping_{false};
  napi_threadsafe_function call_ = nullptr;
  napi_ref self_ = nullptr;  // a running timer is not collected
  std::thread thread_;
};

napi_value construct(napi_env env, napi_callback_info info) {
  requireNew(env, info);
  const Arguments<3> arguments(env, info);
  const double periodNs = toNumber(env, arguments[0], "periodNs");
  if (!(periodNs >= 1000 && periodNs <= 1e15)) throw BadArgument("periodNs is not from 1,000 to 1e15");
  const double nowNs = toNumber(env, arguments[1], "nowNs");
  wrap(env, arguments.self, std::make_unique<TickTimer>(env, periodNs, nowNs)).start(arguments.self, arguments[2]);
  return arguments.self;
}

napi_value stop(napi_env env, napi_callback_info info) {
  const Arguments<0> arguments(env, info);
  unwrap<TickTimer>(env, arguments.self).stop();
  return nullptr;
}

}  // namespace

napi_value defineTickTimer(napi_env env) {
  const napi_property_descriptor methods[] = {
      {"stop", nullptr, guarded<stop>, nullptr, nullptr, nullptr, napi_default_method, nullptr}};
  napi_value constructor;
  check(napi_define_class(env, "TickTimer", NAPI_AUTO_LENGTH, guarded<construct>, nullptr, 1, methods, &constructor),
        "TickTimer cannot be defined");
  return constructor;
}

}  // namespace exocortex

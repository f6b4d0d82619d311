// A usual kernel's view of two registers of neurons at once: what one waits for the other computes.
// Products are made in single precision, which is exact here: whole numbers up to 2^24 are held exactly, a fused multiplication and addition is
// rounded once, towards -infinity, and rounding what is rounded so once more to a whole number gives what rounding the exact number gives.
// Included once for each kind of registers, in a namespace in which `registers` are the lanes of lanes-*.hpp and their exact kernels.

constexpr int32_t lanes = 2 * registers::lanes;
static_assert(neuronsAtOnce % lanes == 0);

// Whole numbers of 32 bits that wrap round.
struct Int {
  registers::Int low;
  registers::Int high;

  Int(registers::Int lowOnes, registers::Int highOnes) : low(lowOnes), high(highOnes) {}
  Int(int32_t everywhere) : low(everywhere), high(low) {}
};

struct Bool {
  registers::Bool low;
  registers::Bool high;
};

// Made once and kept: of a number that it knows the compiler makes registers again and again, which costs as much as a sum.
inline Int everywhere(int32_t value) {
  const registers::Int kept = registers::kept(value);
  return {kept, kept};
}

inline Int load(const int32_t* from) { return {registers::load(from), registers::load(from + registers::lanes)}; }
inline void store(int32_t* to, Int value) {
  registers::store(to, value.low);
  registers::store(to + registers::lanes, value.high);
}
inline Int operator+(Int a, Int b) { return {a.low + b.low, a.high + b.high}; }
inline Int operator-(Int a, Int b) { return {a.low - b.low, a.high - b.high}; }
inline Int operator*(Int a, Int b) { return {a.low * b.low, a.high * b.high}; }
inline Int operator&(Int a, Int b) { return {a.low & b.low, a.high & b.high}; }
inline Int operator^(Int a, Int b) { return {a.low ^ b.low, a.high ^ b.high}; }
inline Int operator|(Int a, Int b) { return {a.low | b.low, a.high | b.high}; }
inline Int operator>>(Int a, Int bits) { return {a.low >> bits.low, a.high >> bits.high}; }
inline Int shiftedIn(Int a, Int bits) { return {registers::shiftedIn(a.low, bits.low), registers::shiftedIn(a.high, bits.high)}; }
inline Bool operator<(Int a, Int b) { return {a.low < b.low, a.high < b.high}; }
inline Bool operator<=(Int a, Int b) { return {a.low <= b.low, a.high <= b.high}; }
inline Bool isAtLeastUnsigned(Int a, Int b) {
  return {registers::isAtLeastUnsigned(a.low, b.low), registers::isAtLeastUnsigned(a.high, b.high)};
}
inline Bool operator&(Bool a, Bool b) { return {a.low & b.low, a.high & b.high}; }
inline Bool operator|(Bool a, Bool b) { return {a.low | b.low, a.high | b.high}; }
struct NotBool {
  Bool of;
};
inline NotBool operator!(Bool a) { return {a}; }
inline Bool operator&(NotBool a, Bool b) { return {registers::andNot(b.low, a.of.low), registers::andNot(b.high, a.of.high)}; }
constexpr Bool never{};
inline Int choose(Bool condition, Int yes, Int no) {
  return {registers::choose(condition.low, yes.low, no.low), registers::choose(condition.high, yes.high, no.high)};
}
// Whether any bit is set; hardly ever.
inline bool isAny(Int bits) { return __builtin_expect(registers::isAny(bits.low | bits.high), false); }
// Or any condition holds.
inline bool isAny(Int bits, Bool conditions) {
  return __builtin_expect(registers::isAny(bits.low | bits.high, conditions.low | conditions.high), false);
}

inline Int numbersFrom(int32_t first) { return {registers::numbersFrom(first), registers::numbersFrom(first + registers::lanes)}; }
inline Int mixed(Int value) { return {registers::mixed(value.low), registers::mixed(value.high)}; }
inline Int product(Int a, Int b) { return {registers::product(a.low, b.low), registers::product(a.high, b.high)}; }
inline Int lookup(const int32_t* table, Int index) {
  return {registers::gathered(table, index.low), registers::gathered(table, index.high)};
}

struct Float {
  registers::Float low;
  registers::Float high;

  Float(registers::Float lowOnes, registers::Float highOnes) : low(lowOnes), high(highOnes) {}
  Float(registers::Float everywhere) : low(everywhere), high(everywhere) {}
  Float(float everywhere) : Float(registers::Float(everywhere)) {}
};

constexpr float half = 0.5F;

// Exact up to 2^24.
inline Float floatOf(Int value) { return {registers::floatOf(value.low), registers::floatOf(value.high)}; }
inline Float operator+(Float a, Float b) { return {a.low + b.low, a.high + b.high}; }
inline Float operator-(Float a, Float b) { return {a.low - b.low, a.high - b.high}; }
inline Float operator*(Float a, Float b) { return {a.low * b.low, a.high * b.high}; }
// The rest is rounded towards -infinity: see `roundedDown`. Of what is at most 2^24:
inline Int floorOf(Float value) { return {registers::wholeOf(value.low), registers::wholeOf(value.high)}; }
// a * b + c
inline Float sumDown(Float a, Float b, Float c) {
  return {registers::sum(a.low, b.low, c.low), registers::sum(a.high, b.high, c.high)};
}
inline Int rounded(Float a, Float b) { return floorOf(sumDown(a, b, half)); }
// As they lie in memory, and what lies there so.
inline Int encoded(Float value) { return {registers::encoded(value.low), registers::encoded(value.high)}; }
inline Float decoded(Int value) { return {registers::decoded(value.low), registers::decoded(value.high)}; }

// What simulation/kernel/fixed-point.ts calls a share, of a parameter.
struct Share {
  registers::Float of;
  // 1 - of and 1/2 - unit, both exact, with unit = 2^-(14 + shift).
  registers::Float left;
  registers::Float lessThanHalf;

  // value * mantissa / 2^bits
  int64_t mantissa;
  int32_t bits;

  Share(int32_t itsMantissa, int32_t shift) : Share(itsMantissa, 14 + shift, 1.0F / static_cast<float>(1 << (14 + shift))) {}

 private:
  Share(int32_t itsMantissa, int32_t itsBits, float unit)
      : of(static_cast<float>(itsMantissa) * unit),
        left(1.0F - static_cast<float>(itsMantissa) * unit),
        lessThanHalf(0.5F - unit),
        mantissa(itsMantissa),
        bits(itsBits) {}
};
inline Int share(Int value, const Share& by) { return rounded(floatOf(value), by.of); }
// value - share(value, by): halves of what is left are rounded down, and what is left is a whole multiple of the unit.
inline Int left(Int value, const Share& by) { return floorOf(sumDown(floatOf(value), by.left, by.lessThanHalf)); }
inline Int share(Int value, Int mantissa, int32_t shift) {
  return rounded(floatOf(value), floatOf(mantissa) * (1.0F / static_cast<float>(1 << (14 + shift))));
}

// Of whole numbers, the larger size: of more than 2^24 it may be less, but no less than 2^24.
inline Float larger(Float a, Float b) { return {registers::larger(a.low, b.low), registers::larger(a.high, b.high)}; }
inline Float larger(Float a, Int b) { return larger(a, floatOf(b)); }
// Whether any number is at least as large as the limit or any condition holds; hardly ever.
inline bool isAny(Float sizes, float limit, Bool conditions) {
  const registers::Bool isLarge = registers::Float(limit) <= registers::larger(sizes.low, sizes.high);
  return __builtin_expect(registers::isAny(isLarge, conditions.low | conditions.high), false);
}

// value - share(value - towards, loss) + share(a, gainOfA) + share(b, gainOfB) ..., summed in single precision. Numbers from 2^23 to 2^24 are
// rounded down to whole numbers when another is added, and lie in memory as these and a constant: a sum of `zero` is 0.
// A sum is right if what is shared is smaller than `limit` and the sum is not outside: each gain changes it by less than its part of the margin,
// so that it lay between 2^23 and 2^24 all the time, and the value, of which at least three quarters are left, is below 2^24.
class SumOfShares {
 public:
  template <typename... Shares>
  SumOfShares(int32_t limit, int32_t towards, const Share& loss, const Shares&... gains)
      : SumOfShares(loss, towards * loss.mantissa + (int64_t{1} << (loss.bits - 1)) - 1, (0 + ... + most(limit, gains))) {}

  Float from(Int value) const { return sumDown(floatOf(value), left_, fraction_) + start_; }
  static Float plus(Float sum, Int value, const Share& by) { return sum + sumDown(floatOf(value), by.of, half); }
  // As the sum lies in memory.
  static Int encoded(Float sum) { return usual::encoded(sum); }

  static Int decoded(Int sum) { return sum - zeroEncoded; }

  Bool isOutside(Int sum) const { return isBeyond(sum, most_); }
  // Or reaches the threshold.
  Bool reaches(Int sum, int32_t threshold) const {
    return isBeyond(sum, threshold < -most_ ? -most_ : threshold < most_ ? threshold : most_);
  }

 private:
  static constexpr int32_t zero = 3 << 22;
  static constexpr int32_t zeroEncoded = 0x4b400000;

  // What is left of the value is floor(value * (1 - loss) + constant / 2^bits), the constant's whole part and a fraction of at most 24 bits.
  SumOfShares(const Share& loss, int64_t constant, int32_t margin)
      : left_(loss.left),
        fraction_(static_cast<float>(constant & ((int64_t{1} << loss.bits) - 1)) / static_cast<float>(int64_t{1} << loss.bits)),
        start_(static_cast<float>(zero + (constant >> loss.bits))),
        most_(margin < 1 << 22 ? (1 << 22) - margin : 0) {}

  // More than the share of anything smaller than the limit.
  static int32_t most(int32_t limit, const Share& of) { return static_cast<int32_t>((limit * of.mantissa) >> of.bits) + 2; }
  Bool isBeyond(Int sum, int32_t bound) const { return isAtLeastUnsigned(sum - (zeroEncoded - most_), bound + most_); }

  registers::Float left_;
  registers::Float fraction_;
  registers::Float start_;
  int32_t most_;
};

// (b - c) / 2^27
inline Float difference27(int32_t b, Int c) {
  constexpr float unit = 1.0F / (1 << 27);
  return sumDown(floatOf(c), -unit, static_cast<float>(b) * unit);
}
// a * (b - c) / 2^27 and a half, for a sum that rounds it down.
inline Float product27(Int a, int32_t b, Int c) { return sumDown(floatOf(a), difference27(b, c), half); }

class Fired {
 public:
  Fired() = default;
  explicit Fired(const StepArrays& arrays) : fired_(arrays.fired), flags_(arrays.flags), neurons_(arrays.neurons) {}

  // Without lanes that hold no neuron.
  void add(std::ptrdiff_t first, Bool fires) {
    uint32_t left = registers::bitsOf(fires.low) | registers::bitsOf(fires.high) << registers::lanes;
    if (neurons_ - first < lanes) left &= (1U << (neurons_ - first)) - 1;
    for (; left != 0; left &= left - 1)
      fired_[stepped_.fired++] = static_cast<uint32_t>(first + __builtin_ctz(left));
  }
  // They are listed by the next call of `list`.
  void addLater(std::ptrdiff_t first, Bool fires) {
    registers::storeBits(flags_ + first / 8, fires.low);
    registers::storeBits(flags_ + (first + registers::lanes) / 8, fires.high);
  }
  // Those that were added since the last call; `end` is where the next lanes begin, or behind the last neuron. `fire` is called for each.
  template <typename Fire>
  void list(std::ptrdiff_t end, Fire fire) {
    for (std::ptrdiff_t first = listed_; first < end; first += 64 * wordsAtOnce) {
      const std::ptrdiff_t words = std::min(wordsAtOnce, (end - first + 63) / 64);
      // Where somebody fires: found without a branch, which would mostly be foreseen wrongly where somebody does.
      uint32_t some = 0;
      for (std::ptrdiff_t word = 0; word < words; word++) some |= uint32_t{wordFrom(first + 64 * word) != 0} << word;
      for (; some != 0; some &= some - 1) {
        const std::ptrdiff_t from = first + 64 * __builtin_ctz(some);
        uint64_t left = wordFrom(from);
        if (end - from < 64) left &= (uint64_t{1} << (end - from)) - 1;
        for (; left != 0; left &= left - 1) {
          const std::ptrdiff_t neuron = from + __builtin_ctzll(left);
          fire(neuron);
          fired_[stepped_.fired++] = static_cast<uint32_t>(neuron);
        }
      }
    }
    listed_ = end;
  }
  // What the exact kernel made of some neurons.
  void add(std::ptrdiff_t first, int32_t neurons, const Stepped& few) {
    listed_ = first + lanes;
    for (uint32_t index = 0; index < few.fired; index++) next()[index] += static_cast<uint32_t>(first);
    stepped_.saturated += few.saturated;
    stepped_.fired += few.fired;
    stepped_.unusual += neurons;
  }
  // Where the next one is listed.
  uint32_t* next() const { return fired_ + stepped_.fired; }
  const Stepped& stepped() const { return stepped_; }

 private:
  static constexpr std::ptrdiff_t wordsAtOnce = 32;

  // Of 64 neurons; there is room for all of them, but those behind the last that was added count for nothing.
  uint64_t wordFrom(std::ptrdiff_t neuron) const {
    uint64_t word;
    std::memcpy(&word, flags_ + neuron / 8, sizeof word);
    return word;
  }

  uint32_t* fired_ = nullptr;
  uint8_t* flags_ = nullptr;
  std::ptrdiff_t neurons_ = 0;
  // Where those begin that are listed later.
  std::ptrdiff_t listed_ = 0;
  Stepped stepped_{0, 0};
};

// Lets the kernel that can do everything compute the lanes that begin at `first`.
template <std::size_t states, std::size_t receptors>
__attribute__((noinline)) void stepFew(OneStepKernel kernel, const StepArrays& arrays, std::ptrdiff_t first, Fired& fired) {
  int32_t* state[states];
  int32_t* received[receptors];
  for (std::size_t index = 0; index < states; index++) state[index] = arrays.state[index] + first;
  for (std::size_t index = 0; index < receptors; index++) received[index] = arrays.received[index] + first;
  StepArrays few = arrays;
  few.neurons = static_cast<int32_t>(std::min<std::ptrdiff_t>(lanes, arrays.neurons - first));
  few.state = state;
  few.received = received;
  few.randomKey = static_cast<int32_t>(static_cast<uint32_t>(arrays.randomKey) + static_cast<uint32_t>(first));
  few.fired = fired.next();
  fired.add(first, few.neurons, kernel(few));
}

// A kernel that is not a part of this, so that none of its calculations leaves the time in which numbers are rounded so.
template <StepKernel kernel>
void roundedDown(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const RoundingDown roundingDown;
  if (registers::stepsAtOnce >= steps) return kernel(of, steps, stepped);
  for (uint32_t step = 0; step < steps; step++) kernel(of + step, 1, stepped + step);
}

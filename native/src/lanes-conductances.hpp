// What usual kernels of neurons with conductances need beside lanes-usual.hpp, behind which it is included.

// product27 and shares with |a| up to 2^26 in two pieces. The upper one is a multiple of 8, so that of the lower one's product and the half only multiples
// of 8 units count, which is how exactly they are held: b is at most 2^26 / 7 and at least -3 * 2^26 / 7 units, or it has 15 bits and the
// result loses 17 to 27.
class LargeNumbers {
 public:
  LargeNumbers() : upperPiece_(everywhere(~7)) {}

  Float product27(Int a, int32_t b, Int c) const { return productAndHalf(a, difference27(b, c)); }
  Int share(Int value, const Share& by) const { return floorOf(productAndHalf(value, by.of)); }

 private:
  Float productAndHalf(Int a, Float b) const {
    const Float lower{lowerPieces_.of(a.low), lowerPieces_.of(a.high)};
    return sumDown(floatOf(a & upperPiece_), b, sumDown(lower, b, half));
  }

  Int upperPiece_;
  registers::LowestThreeBits lowerPieces_;
};

// The sum of products27 with the same c between `least` and `most`, in single precision: numbers from 2^23 to 2^24 are rounded down to whole
// numbers when another is added. All a are at least 0 and add up to less than 2^26, so that a sum is less than half of a difference away from
// where it starts, and one unit for each product. `fixed` are the a that are the same for all neurons.
class SumOfProducts {
 public:
  SumOfProducts(std::initializer_list<int32_t> fixed, std::initializer_list<int32_t> towards, int32_t least, int32_t most)
      : below_(halfOf(most - std::min(towards)) + static_cast<int32_t>(towards.size())),
        above_(halfOf(std::max(towards) - least) + static_cast<int32_t>(towards.size())),
        isExact_(std::min(fixed) >= 0 && below_ + above_ < 1 << 23),
        start_(static_cast<float>((1 << 23) + below_)) {}

  bool isExact() const { return isExact_; }

  template <typename... Products>
  Float of(Float first, Products... others) const {
    Float sum = first + start_;
    ((sum = sum + others), ...);
    return sum - start_;
  }

 private:
  static int32_t halfOf(int32_t difference) { return std::max(difference, 0) / 2 + 1; }

  int32_t below_;
  int32_t above_;
  bool isExact_;
  registers::Float start_;
};

// (1 - e^-z) / z: what simulation/models/interpolate.ts calls a relaxation, of z from 0 to below 2^26, in whole multiples of 2^-15.
class Relaxation {
 public:
  explicit Relaxation(const int32_t* table) : entries_(table) {}

  // What falls at most is the fall of an entry times less than 17, in pieces of 2^-19 rounded down.
  Float at(Int z) const {
    const Int entry{entries_.at(registers::shiftedDown<19>(z.low)), entries_.at(registers::shiftedDown<19>(z.high))};
    const Float from = decoded(entry & withoutFall_);
    const Float distance = decoded((z & inEntry_) | sixteen_);
    return sumDown(sumDown(from - decoded(entry), distance, half) + from, 1.0F / 0x8000, -256.0F);
  }

 private:
  registers::First128 entries_;
  Int withoutFall_ = everywhere(~0x7f0000);
  // In units of the fall, which is decoded times 2^16: 2^-12 is 16 entries, and 2^-35 is the unit of z.
  Int inEntry_ = everywhere(0x7ffff);
  Int sixteen_ = everywhere(0x39800000);
};
inline Int share(Float value, Float by) { return rounded(value, by); }

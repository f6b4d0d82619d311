// Lists the neurons that fire of those that an exact kernel computes at once.
// Included once for each kind of lanes, in the namespace of lanes-*.hpp.

class Fired {
 public:
  explicit Fired(const StepArrays& arrays) : next_(arrays.fired) {}

  void add(std::ptrdiff_t first, Bool fires) {
    for (uint32_t left = bitsOf(fires); left != 0; left &= left - 1)
      *next_++ = static_cast<uint32_t>(first + __builtin_ctz(left));
  }
  // Without lanes that hold no neuron.
  uint32_t list(const StepArrays& arrays) const {
    const uint32_t* end = next_;
    while (end != arrays.fired && end[-1] >= static_cast<uint32_t>(arrays.neurons)) end--;
    return static_cast<uint32_t>(end - arrays.fired);
  }

 private:
  uint32_t* next_;
};

// In how many of the neurons that are there; hardly ever in any.
inline int32_t countOf(Bool condition, std::ptrdiff_t neurons) {
  const uint32_t bits = bitsOf(condition);
  if (__builtin_expect(bits == 0, true)) return 0;
  const uint32_t there = neurons >= lanes ? (1U << lanes) - 1 : (1U << neurons) - 1;
  return __builtin_popcount(bits & there);
}

// The loop of a shape, all steps for some synapses and then for the next ones.
// Included once for each kind of lanes, after lane-loops.hpp, in the namespace of synapse-lanes-*.hpp.

// So many synapses before they are read they are asked for; measured from 256 to 2048.
constexpr uint32_t expectedAhead = 512;

// What can be known of a shape before there are numbers.
template <typename Shape>
struct ShapeFacts {
  static constexpr const auto& steps = Shape::steps;

  static constexpr std::size_t registers() {
    std::size_t last = 0;
    for (const auto& step : steps) {
      for (const std::size_t reg : {step.a, step.b, step.c, step.into, step.second}) last = reg > last ? reg : last;
    }
    return last + 1;
  }

  // By a step before the `at`th.
  static constexpr bool isComputed(std::size_t at, std::size_t reg) {
    for (std::size_t before = 0; before < at; before++) {
      const auto& step = steps[before];
      if (step.sink == Sink::place && (step.into == reg || (step.kind == LaneKind::fetchTwo && step.second == reg))) return true;
    }
    return false;
  }

  static constexpr bool gathers() {
    for (const auto& step : steps) {
      if (step.kind == LaneKind::fetchTwo || step.sourceB == LaneSource::gathered) return true;
    }
    return false;
  }

  // Whether a register lies side by side in memory when a step reads it.
  static constexpr bool isRead(std::size_t reg) {
    for (std::size_t at = 0; at < steps.size(); at++) {
      const auto& step = steps[at];
      const bool isA = readsA(step) && step.sourceA == LaneSource::beside && step.a == reg;
      const bool isB = readsB(step) && step.kind != LaneKind::fetchTwo && step.sourceB == LaneSource::beside && step.b == reg;
      const bool isC = readsC(step) && step.c == reg;
      if ((isA || isB || isC) && !isComputed(at, reg)) return true;
    }
    return false;
  }
};

// The numbers of a step, in all lanes. What is not shifted is rounded too, by nothing.
struct StepNumbers {
  EXOCORTEX_INLINE explicit StepNumbers(const LaneStep& step)
      : product(step.half, step.shift), low(step.low), high(step.high), left(step.left), shift(step.shift),
        rightFirst(step.right > 0 ? step.right - 1 : 0), rightLast(step.right > 0 ? 1 : 0) {}

  EXOCORTEX_INLINE Int roundedRight(Int value) const {
    return shiftedRight(plus(shiftedRight(value, rightFirst), Int(rightLast)), rightLast);
  }

  Product product;
  Int low;
  Int high;
  int32_t left;
  int32_t shift;
  int32_t rightFirst;
  int32_t rightLast;
};

template <std::size_t value>
using Number = std::integral_constant<std::size_t, value>;

// Some synapses on their way through the steps.
template <typename Shape, typename There>
class FusedLanes {
 public:
  using Facts = ShapeFacts<Shape>;
  static constexpr std::size_t registers = Facts::registers();

  EXOCORTEX_INLINE FusedLanes(const int32_t* const* from, const Int* everywhere, const uint32_t* places, uint32_t first, There there)
      : from_(from), everywhere_(everywhere), places_(places), first_(first), there_(there) {}

  // The result of the `at`th step; those of two that are fetched are kept.
  template <std::size_t at>
  EXOCORTEX_INLINE Int result(const StepNumbers& numbers) {
    constexpr LaneShape step = Facts::steps[at];
    if constexpr (step.kind == LaneKind::fetchTwo) {
      const Two two = gatherTwo(from_[step.b], places_ + first_, there_);
      values_[step.second] = two.second;
      return two.first;
    } else if constexpr (step.kind == LaneKind::sum) {
      Int term = read<at, step.b, step.sourceB>();
      if constexpr (step.isProduct) term = numbers.product.of(beside<at, step.a>(), term);
      if constexpr (step.joint == Joint::alone) return term;
      else {
        const Int c = numbers.roundedRight(beside<at, step.c>());
        if constexpr (step.joint == Joint::plus) return plus(c, term);
        else if constexpr (step.joint == Joint::minus) return minus(c, term);
        else return minus(term, c);
      }
    } else if constexpr (step.kind == LaneKind::shiftLeft) return shiftedLeft(beside<at, step.a>(), numbers.shift);
    else if constexpr (step.kind == LaneKind::shiftRight) return rounded(beside<at, step.a>(), numbers.shift);
    else {
      const Int a = read<at, step.a, step.sourceA>();
      const Int b = read<at, step.b, step.sourceB>();
      if constexpr (step.kind == LaneKind::lower) return lower(a, b);
      else if constexpr (step.kind == LaneKind::higher) return higher(a, b);
      else if constexpr (step.kind == LaneKind::below) return below(a, b);
      else {
        static_assert(step.kind == LaneKind::atMost, "there is no fused loop with such a step");
        return atMost(a, b);
      }
    }
  }

  EXOCORTEX_INLINE void keep(std::size_t reg, Int value) { values_[reg] = value; }

 private:
  template <std::size_t at, std::size_t reg, LaneSource source>
  EXOCORTEX_INLINE Int read() const {
    if constexpr (source == LaneSource::everywhere) return everywhere_[reg];
    else if constexpr (source == LaneSource::gathered) return gather(from_[reg], places_ + first_, there_);
    else return beside<at, reg>();
  }
  template <std::size_t at, std::size_t reg>
  EXOCORTEX_INLINE Int beside() const {
    if constexpr (Facts::isComputed(at, reg)) return values_[reg];
    else return load(from_[reg] + first_, there_);
  }

  const int32_t* const* from_;
  const Int* everywhere_;
  const uint32_t* places_;
  uint32_t first_;
  There there_;
  Int values_[registers];
};

template <typename Shape, std::size_t... at, std::size_t... reg>
EXOCORTEX_INLINE void carryOutShape(const LaneStep* steps, const uint32_t* registers, const LanePiece& piece,
                                    std::index_sequence<at...>, std::index_sequence<reg...>) {
  using Facts = ShapeFacts<Shape>;
  const StepNumbers numbers[] = {StepNumbers(steps[at])...};
  const int32_t* from[] = {piece.registers[registers[reg]]...};
  int32_t* into[] = {piece.results[registers[reg]]...};
  Int everywhere[sizeof...(reg)];
  const auto spread = [&](auto number) EXOCORTEX_INLINE_LAMBDA {
    constexpr LaneShape step = Facts::steps[number];
    if constexpr (step.sourceA == LaneSource::everywhere) everywhere[step.a] = Int(*from[step.a]);
    if constexpr (step.sourceB == LaneSource::everywhere) everywhere[step.b] = Int(*from[step.b]);
  };
  (spread(Number<at>{}), ...);
  Beyond beyond[sizeof...(at)];
  const uint32_t* places = piece.places;
  forEach(piece.first, piece.count, [&](uint32_t first, auto there) EXOCORTEX_INLINE_LAMBDA {
    // What does little but read memory is faster by itself. Beyond the last row nothing comes of it.
    if constexpr (Facts::gathers()) {
      const auto expect = [&](auto number) EXOCORTEX_INLINE_LAMBDA {
        if constexpr (Facts::isRead(number)) EXOCORTEX_PREFETCH_MANY(from[number] + first + expectedAhead);
      };
      (expect(Number<reg>{}), ...);
      EXOCORTEX_PREFETCH_MANY(places + first + expectedAhead);
    }
    FusedLanes<Shape, decltype(there)> lanes(from, everywhere, places, first, there);
    const auto carryOutOne = [&](auto number) EXOCORTEX_INLINE_LAMBDA {
      constexpr LaneShape step = Facts::steps[number];
      const StepNumbers& own = numbers[number];
      const Int result = lanes.template result<number>(own);
      if constexpr (step.sink == Sink::place) lanes.keep(step.into, result);
      else {
        const Int within = lower(higher(result, own.low), own.high);
        if constexpr (step.sink == Sink::variable) beyond[number].add(first, within, result, there);
        store(into[step.into] + first, shiftedLeft(within, own.left), there);
      }
    };
    (carryOutOne(Number<at>{}), ...);
  });
  const auto note = [&](auto number) EXOCORTEX_INLINE_LAMBDA {
    if constexpr (Facts::steps[number].sink == Sink::variable) {
      Stored& stored = piece.stored[steps[number].output];
      stored.firstBeyond = std::min(stored.firstBeyond, beyond[number].first());
    }
  };
  (note(Number<at>{}), ...);
}

template <std::size_t shape>
void carryOutFused(const LaneStep* steps, const uint32_t* registers, const LanePiece& piece) {
  using Shape = FusedShape<shape>;
  carryOutShape<Shape>(steps, registers, piece, std::make_index_sequence<Shape::steps.size()>{},
                       std::make_index_sequence<ShapeFacts<Shape>::registers()>{});
}

template <std::size_t... shape>
constexpr std::array<FusedLoop, sizeof...(shape)> fusedLoopsOf(std::index_sequence<shape...>) {
  return {carryOutFused<shape>...};
}

FusedLoop fusedLoop(std::size_t shape) {
  constexpr auto loops = fusedLoopsOf(std::make_index_sequence<fusedShapes>{});
  return loops[shape];
}

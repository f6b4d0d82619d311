// The loops of learning rules' steps, one for each kind and each sources of numbers.
// Included once for each kind of lanes, in the namespace of synapse-lanes-*.hpp.

// Most vector units shift 64 bits only without sign: what a product loses beyond these bits takes another shift. Lanes whose products
// take any have one type for both.
constexpr int32_t nearShiftMost = 32;

struct Everywhere {
  Int value;
  template <typename There>
  EXOCORTEX_INLINE Int at(uint32_t, There) const {
    return value;
  }
};

struct Beside {
  const int32_t* of;
  template <typename There>
  EXOCORTEX_INLINE Int at(uint32_t first, There there) const {
    return load(of + first, there);
  }
};

struct Gathered {
  const int32_t* of;
  const uint32_t* places;
  template <typename There>
  EXOCORTEX_INLINE Int at(uint32_t first, There there) const {
    return gather(of, places + first, there);
  }
};

EXOCORTEX_INLINE Int rounded(Int value, int32_t bits) {
  return shiftedRight(plus(shiftedRight(value, bits - 1), Int(1)), 1);
}

struct Rounded {
  Beside of;
  int32_t bits;
  template <typename There>
  EXOCORTEX_INLINE Int at(uint32_t first, There there) const {
    return rounded(of.at(first, there), bits);
  }
};

struct Shifted {
  Beside of;
  int32_t bits;
  template <typename There>
  EXOCORTEX_INLINE Int at(uint32_t first, There there) const {
    return shiftedLeft(of.at(first, there), bits);
  }
};

// `Rounding`: Product or FarProduct.
template <typename B, typename Rounding>
struct Multiplied {
  Beside a;
  B b;
  Rounding product;
  template <typename There>
  EXOCORTEX_INLINE Int at(uint32_t first, There there) const {
    return product.of(a.at(first, there), b.at(first, there));
  }
};

template <typename C, typename Term>
struct Sum {
  C c;
  Term term;
  template <typename There>
  EXOCORTEX_INLINE Int at(uint32_t first, There there) const {
    return plus(c.at(first, there), term.at(first, there));
  }
};

template <typename A, typename B>
struct Difference {
  A a;
  B b;
  template <typename There>
  EXOCORTEX_INLINE Int at(uint32_t first, There there) const {
    return minus(a.at(first, there), b.at(first, there));
  }
};

template <typename A, typename B, typename Compute>
struct Pair {
  A a;
  B b;
  Compute compute;
  template <typename There>
  EXOCORTEX_INLINE Int at(uint32_t first, There there) const {
    return compute(a.at(first, there), b.at(first, there));
  }
};

template <typename Value>
EXOCORTEX_INLINE void keep(const LaneStep& step, const LanePiece& piece, Value value) {
  int32_t* into = piece.results[step.into];
  forEach(piece.first, piece.count, [=](uint32_t first, auto there) EXOCORTEX_INLINE_LAMBDA { store(into + first, value.at(first, there), there); });
}

template <typename Value>
EXOCORTEX_INLINE void keepWeights(const LaneStep& step, const LanePiece& piece, Value value) {
  int32_t* into = piece.results[step.into];
  const Int low(step.low), high(step.high);
  const int32_t left = step.left;
  forEach(piece.first, piece.count, [=](uint32_t first, auto there) EXOCORTEX_INLINE_LAMBDA {
    store(into + first, shiftedLeft(lower(higher(value.at(first, there), low), high), left), there);
  });
}

template <typename Value>
EXOCORTEX_INLINE void keepVariable(const LaneStep& step, const LanePiece& piece, Value value) {
  int32_t* into = piece.results[step.into];
  const Int low(step.low), high(step.high);
  const int32_t left = step.left;
  Beyond beyond;
  forEach(piece.first, piece.count, [=, &beyond](uint32_t first, auto there) EXOCORTEX_INLINE_LAMBDA {
    const Int result = value.at(first, there);
    const Int within = lower(higher(result, low), high);
    beyond.add(first, within, result, there);
    store(into + first, shiftedLeft(within, left), there);
  });
  Stored& stored = piece.stored[step.output];
  if (beyond.first() < stored.firstBeyond) stored.firstBeyond = beyond.first();
}

template <typename Value>
EXOCORTEX_INLINE void keepWhere(const LaneStep& step, const LanePiece& piece, Value value) {
  if (step.sink == Sink::weight) keepWeights(step, piece, value);
  else if (step.sink == Sink::variable) keepVariable(step, piece, value);
  else keep(step, piece, value);
}

template <typename Term, typename C>
EXOCORTEX_INLINE void joinWith(const LaneStep& step, const LanePiece& piece, Term term, C c) {
  if (step.joint == Joint::plus) keepWhere(step, piece, Sum<C, Term>{c, term});
  else if (step.joint == Joint::minus) keepWhere(step, piece, Difference<C, Term>{c, term});
  else keepWhere(step, piece, Difference<Term, C>{term, c});
}

template <typename Term>
EXOCORTEX_INLINE void join(const LaneStep& step, const LanePiece& piece, Term term) {
  if (step.joint == Joint::alone) return keepWhere(step, piece, term);
  const Beside c{piece.registers[step.c]};
  if (step.right == 0) joinWith(step, piece, term, c);
  else joinWith(step, piece, term, Rounded{c, step.right});
}

template <typename B>
EXOCORTEX_INLINE void sumWith(const LaneStep& step, const LanePiece& piece, B b) {
  const Beside a{piece.registers[step.a]};
  if (!step.isProduct) return join(step, piece, b);
  if constexpr (!std::is_same_v<Product, FarProduct>) {
    if (step.shift > nearShiftMost) return join(step, piece, Multiplied<B, FarProduct>{a, b, FarProduct(step.half, step.shift)});
  }
  join(step, piece, Multiplied<B, Product>{a, b, Product(step.half, step.shift)});
}

EXOCORTEX_INLINE void sum(const LaneStep& step, const LanePiece& piece) {
  const int32_t* b = piece.registers[step.b];
  if (step.sourceB == LaneSource::everywhere) sumWith(step, piece, Everywhere{Int(*b)});
  else if (step.sourceB == LaneSource::beside) sumWith(step, piece, Beside{b});
  else sumWith(step, piece, Gathered{b, piece.places});
}

template <typename Compute>
EXOCORTEX_INLINE void pair(const LaneStep& step, const LanePiece& piece, Compute compute) {
  const int32_t* a = piece.registers[step.a];
  const int32_t* b = piece.registers[step.b];
  if (step.sourceA == LaneSource::everywhere) keep(step, piece, Pair<Everywhere, Beside, Compute>{{Int(*a)}, {b}, compute});
  else if (step.sourceB == LaneSource::everywhere)
    keep(step, piece, Pair<Beside, Everywhere, Compute>{{a}, {Int(*b)}, compute});
  else keep(step, piece, Pair<Beside, Beside, Compute>{{a}, {b}, compute});
}

// From the straight pieces of a table.
struct Looked {
  Beside of;
  const int32_t* table;
  Int low;
  Int high;
  int32_t shift;
  Product product;
  template <typename There>
  EXOCORTEX_INLINE Int at(uint32_t first, There there) const {
    const Int distance = minus(lower(higher(of.at(first, there), low), high), low);
    const Int piece = shiftedRight(distance, shift);
    const Int from = gatherEach(table, piece);
    const Int rest = both(distance, Int((1 << shift) - 1));
    return plus(from, product.of(minus(gatherEach(table + 1, piece), from), rest));
  }
};

EXOCORTEX_INLINE void fetchTwo(const LaneStep& step, const LanePiece& piece) {
  const int32_t* of = piece.registers[step.b];
  const uint32_t* places = piece.places;
  int32_t* into = piece.results[step.into];
  int32_t* second = piece.results[step.second];
  forEach(piece.first, piece.count, [=](uint32_t first, auto there) EXOCORTEX_INLINE_LAMBDA {
    const Two two = gatherTwo(of, places + first, there);
    store(into + first, two.first, there);
    store(second + first, two.second, there);
  });
}

EXOCORTEX_INLINE void carryOutStep(const LaneStep& step, const LanePiece& piece) {
  const Beside a{piece.registers[step.a]};
  const int32_t shift = step.shift;
  switch (step.kind) {
    case LaneKind::fetchTwo:
      return fetchTwo(step, piece);
    case LaneKind::sum:
      return sum(step, piece);
    case LaneKind::lower:
      return pair(step, piece, [](Int x, Int y) EXOCORTEX_INLINE_LAMBDA { return lower(x, y); });
    case LaneKind::higher:
      return pair(step, piece, [](Int x, Int y) EXOCORTEX_INLINE_LAMBDA { return higher(x, y); });
    case LaneKind::below:
      return pair(step, piece, [](Int x, Int y) EXOCORTEX_INLINE_LAMBDA { return below(x, y); });
    case LaneKind::atMost:
      return pair(step, piece, [](Int x, Int y) EXOCORTEX_INLINE_LAMBDA { return atMost(x, y); });
    case LaneKind::shiftLeft:
      return keep(step, piece, Shifted{a, shift});
    case LaneKind::shiftRight:
      return keep(step, piece, Rounded{a, shift});
    case LaneKind::look:
      return keep(step, piece, Looked{a, step.table, Int(step.low), Int(step.high), shift, Product(step.half, shift)});
  }
}

// What the loops of lane-loops.hpp are used for.
// Included once for each kind of lanes that has registers of its own, after lane-loops.hpp, in the namespace of synapse-lanes-*.hpp.

void carryOutSteps(const std::vector<LaneStep>& steps, const LanePiece& piece) {
  const Expected& expected = piece.expected;
  LanePiece part = piece;
  for (uint32_t first = 0; first < piece.count; first += piece.together) {
    for (std::size_t row = 0; first < expected.count && row < expected.length; row++)
      prefetchRow(expected.rows[row] + first, std::min(piece.together, expected.count - first));
    part.first = first;
    part.count = std::min(first + piece.together, piece.count);
    for (const LaneStep& step : steps) carryOutStep(step, part);
  }
}

void gatherPlaces(const int32_t* of, const uint32_t* places, int32_t* into, uint32_t count) {
  const int32_t* numbers = reinterpret_cast<const int32_t*>(places);
  // Beyond the last place the first number is read, and not stored.
  forEach(0, count, [=](uint32_t first, auto there) EXOCORTEX_INLINE_LAMBDA {
    store(into + first, gatherEach(of, load(numbers + first, there)), there);
  });
}

// Written by `npx vitest run --project unit tests/conformance/fused-steps.test.ts -u` from the catalogue of learning rules.
#pragma once

#include "lane-shapes.hpp"

#include <array>

namespace exocortex {

// clopath-stdp
template <>
struct FusedShape<0> {
  static constexpr std::array<LaneShape, 1> steps{{
    {LaneKind::sum, true, LaneSource::beside, LaneSource::gathered, Joint::plus, Sink::weight, 0, 1, 2, 3, 0},
  }};
};

// reward-stdp, three-factor-hebb
template <>
struct FusedShape<1> {
  static constexpr std::array<LaneShape, 2> steps{{
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::weight, 0, 1, 2, 3, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::variable, 0, 4, 0, 5, 0},
  }};
};

// exploratory-hebb
template <>
struct FusedShape<2> {
  static constexpr std::array<LaneShape, 3> steps{{
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 0, 1, 0, 2, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::weight, 0, 3, 4, 5, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::gathered, Joint::plus, Sink::variable, 6, 7, 2, 8, 0},
  }};
};

// btsp
template <>
struct FusedShape<3> {
  static constexpr std::array<LaneShape, 11> steps{{
    {LaneKind::sum, false, LaneSource::beside, LaneSource::gathered, Joint::alone, Sink::place, 0, 0, 0, 1, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 2, 1, 0, 3, 0},
    {LaneKind::higher, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 3, 4, 0, 5, 0},
    {LaneKind::lower, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 5, 6, 0, 7, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::everywhere, Joint::from, Sink::place, 0, 6, 8, 9, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 7, 9, 0, 10, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 1, 11, 0, 12, 0},
    {LaneKind::higher, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 12, 4, 0, 13, 0},
    {LaneKind::lower, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 13, 14, 0, 15, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::place, 8, 15, 10, 16, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::plus, Sink::weight, 0, 8, 16, 17, 0},
  }};
};

// btsp
template <>
struct FusedShape<4> {
  static constexpr std::array<LaneShape, 11> steps{{
    {LaneKind::sum, false, LaneSource::beside, LaneSource::gathered, Joint::alone, Sink::place, 0, 0, 0, 1, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 2, 1, 0, 3, 0},
    {LaneKind::higher, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 3, 4, 0, 5, 0},
    {LaneKind::lower, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 5, 6, 0, 7, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::everywhere, Joint::from, Sink::place, 0, 8, 9, 10, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 10, 7, 0, 11, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 1, 12, 0, 13, 0},
    {LaneKind::higher, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 13, 4, 0, 14, 0},
    {LaneKind::lower, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 14, 15, 0, 16, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::place, 9, 16, 11, 17, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::plus, Sink::weight, 0, 9, 17, 18, 0},
  }};
};

// btsp
template <>
struct FusedShape<5> {
  static constexpr std::array<LaneShape, 11> steps{{
    {LaneKind::sum, false, LaneSource::beside, LaneSource::gathered, Joint::alone, Sink::place, 0, 0, 0, 1, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 2, 1, 0, 3, 0},
    {LaneKind::higher, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 3, 4, 0, 5, 0},
    {LaneKind::lower, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 5, 6, 0, 7, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::everywhere, Joint::from, Sink::place, 0, 8, 9, 10, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 7, 10, 0, 11, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 1, 12, 0, 13, 0},
    {LaneKind::higher, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 13, 4, 0, 14, 0},
    {LaneKind::lower, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 14, 15, 0, 16, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::place, 9, 16, 11, 17, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::plus, Sink::weight, 0, 9, 17, 18, 0},
  }};
};

// btsp
template <>
struct FusedShape<6> {
  static constexpr std::array<LaneShape, 11> steps{{
    {LaneKind::sum, false, LaneSource::beside, LaneSource::gathered, Joint::alone, Sink::place, 0, 0, 0, 1, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 2, 1, 0, 3, 0},
    {LaneKind::higher, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 3, 4, 0, 5, 0},
    {LaneKind::lower, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 5, 6, 0, 7, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::everywhere, Joint::from, Sink::place, 0, 8, 9, 10, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 1, 11, 0, 12, 0},
    {LaneKind::higher, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 12, 4, 0, 13, 0},
    {LaneKind::lower, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 13, 14, 0, 15, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 10, 7, 0, 16, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::place, 9, 15, 16, 17, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::plus, Sink::weight, 0, 9, 17, 18, 0},
  }};
};

// btsp
template <>
struct FusedShape<7> {
  static constexpr std::array<LaneShape, 12> steps{{
    {LaneKind::sum, false, LaneSource::beside, LaneSource::gathered, Joint::alone, Sink::place, 0, 0, 0, 1, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 2, 1, 0, 3, 0},
    {LaneKind::higher, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 3, 4, 0, 5, 0},
    {LaneKind::lower, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 5, 6, 0, 7, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::everywhere, Joint::from, Sink::place, 0, 8, 9, 10, 0},
    {LaneKind::shiftRight, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 7, 0, 0, 11, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 10, 11, 0, 12, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 1, 13, 0, 14, 0},
    {LaneKind::higher, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 14, 4, 0, 15, 0},
    {LaneKind::lower, false, LaneSource::beside, LaneSource::everywhere, Joint::alone, Sink::place, 15, 16, 0, 17, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::place, 9, 17, 12, 18, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::plus, Sink::weight, 0, 9, 18, 19, 0},
  }};
};

// e-prop-lif
template <>
struct FusedShape<8> {
  static constexpr std::array<LaneShape, 4> steps{{
    {LaneKind::fetchTwo, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 0, 0, 0, 1, 2},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::from, Sink::place, 3, 2, 4, 5, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::weight, 4, 1, 6, 7, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 5, 8, 4, 9, 0},
  }};
};

// e-prop-alif
template <>
struct FusedShape<9> {
  static constexpr std::array<LaneShape, 7> steps{{
    {LaneKind::fetchTwo, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 0, 0, 0, 1, 2},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::minus, Sink::place, 3, 4, 5, 6, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 6, 2, 0, 7, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::from, Sink::place, 0, 7, 8, 9, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::weight, 8, 1, 10, 11, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 3, 12, 7, 13, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 9, 14, 8, 15, 0},
  }};
};

// e-prop-alif
template <>
struct FusedShape<10> {
  static constexpr std::array<LaneShape, 8> steps{{
    {LaneKind::fetchTwo, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 0, 0, 0, 1, 2},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::minus, Sink::place, 3, 4, 5, 6, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 6, 2, 0, 7, 0},
    {LaneKind::shiftRight, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 8, 0, 0, 9, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::place, 0, 9, 7, 10, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::weight, 8, 1, 11, 12, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 3, 13, 7, 14, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 10, 15, 9, 16, 0},
  }};
};

// e-prop-alif
template <>
struct FusedShape<11> {
  static constexpr std::array<LaneShape, 8> steps{{
    {LaneKind::fetchTwo, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 0, 0, 0, 1, 2},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::minus, Sink::place, 3, 4, 5, 6, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 6, 2, 0, 7, 0},
    {LaneKind::shiftRight, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 8, 0, 0, 9, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::place, 0, 9, 7, 10, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::weight, 8, 1, 11, 12, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 3, 13, 7, 14, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 10, 15, 8, 16, 0},
  }};
};

// e-prop-alif
template <>
struct FusedShape<12> {
  static constexpr std::array<LaneShape, 7> steps{{
    {LaneKind::fetchTwo, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 0, 0, 0, 1, 2},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::minus, Sink::place, 3, 4, 5, 6, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 6, 2, 0, 7, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::place, 0, 8, 7, 9, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::weight, 8, 1, 10, 11, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 3, 12, 7, 13, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 9, 14, 8, 15, 0},
  }};
};

// superspike
template <>
struct FusedShape<13> {
  static constexpr std::array<LaneShape, 7> steps{{
    {LaneKind::fetchTwo, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 0, 0, 0, 1, 2},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::from, Sink::place, 3, 2, 4, 5, 0},
    {LaneKind::shiftRight, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 6, 0, 0, 7, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::place, 0, 7, 4, 8, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::plus, Sink::weight, 6, 1, 9, 10, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 5, 11, 4, 12, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 8, 13, 6, 14, 0},
  }};
};

// superspike
template <>
struct FusedShape<14> {
  static constexpr std::array<LaneShape, 7> steps{{
    {LaneKind::fetchTwo, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 0, 0, 0, 1, 2},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::from, Sink::place, 3, 2, 4, 5, 0},
    {LaneKind::shiftRight, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 4, 0, 0, 6, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::from, Sink::place, 0, 6, 7, 8, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::plus, Sink::weight, 7, 1, 9, 10, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 5, 11, 6, 12, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 8, 13, 7, 14, 0},
  }};
};

// superspike
template <>
struct FusedShape<15> {
  static constexpr std::array<LaneShape, 8> steps{{
    {LaneKind::fetchTwo, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 0, 0, 0, 1, 2},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::from, Sink::place, 3, 2, 4, 5, 0},
    {LaneKind::shiftRight, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 4, 0, 0, 6, 0},
    {LaneKind::shiftRight, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 7, 0, 0, 8, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::place, 0, 8, 6, 9, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::plus, Sink::weight, 7, 1, 10, 11, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 5, 12, 6, 13, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 9, 14, 8, 15, 0},
  }};
};

// superspike
template <>
struct FusedShape<16> {
  static constexpr std::array<LaneShape, 7> steps{{
    {LaneKind::fetchTwo, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 0, 0, 0, 1, 2},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::from, Sink::place, 3, 2, 4, 5, 0},
    {LaneKind::shiftRight, false, LaneSource::beside, LaneSource::beside, Joint::alone, Sink::place, 6, 0, 0, 7, 0},
    {LaneKind::sum, false, LaneSource::beside, LaneSource::beside, Joint::minus, Sink::place, 0, 7, 4, 8, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::beside, Joint::plus, Sink::weight, 6, 1, 9, 10, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 5, 11, 4, 12, 0},
    {LaneKind::sum, true, LaneSource::beside, LaneSource::everywhere, Joint::plus, Sink::variable, 8, 13, 7, 14, 0},
  }};
};

constexpr std::size_t fusedShapes = 17;

}  // namespace exocortex

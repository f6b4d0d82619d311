// What belongs to one board: fill in before it is flashed, and write the same serial number and token into the station's settings.
#pragma once

#include <limits.hpp>

// The host finds the board by the serial number that USB shows; this one is in its identity and self-test. Both must be the same.
constexpr char serialNumber[] = "rig-1";
// Who has it may stimulate. 16 to 38 characters; never the one that is printed here.
constexpr char token[] = "change this token";

// Of the current source: 16 bits over +-163.84 uA. A step of 5 nA is exact in both.
constexpr int32_t nanoampsPerStep = 5;
// Of the sense amplifier's converter, which is read at the end of each phase.
constexpr int32_t senseNanoampsPerBit = 100;
constexpr int32_t senseZero = 2048;
// Electrodes' amplifiers in front of converters of 12 bits.
constexpr uint32_t nanovoltsPerBit = 1000;

// One electrode at a time: the current source has a switch with sixteen ways.
constexpr exocortex::Limits limits = {
    100000,    // amplitude, nA
    20000000,  // charge per phase, fC
    1000,      // phase, us
    100,       // interphase gap, us
    200,       // rate per electrode, Hz
    500,       // lease, ms
    10000,     // compliance, mV
    1,         // simultaneous electrodes
    800,       // rate of all electrodes, Hz
};

// Pins of a Teensy 4.1.
constexpr uint8_t relayPin = 2;           // high: the electrodes are connected to the current source
constexpr uint8_t alivePin = 3;           // toggled by the loop; a monostable opens the relay 50 ms after the last edge
constexpr uint8_t emergencyStopPin = 4;   // normally closed to ground: a broken wire is a press
constexpr uint8_t shortPin = 5;           // high: all electrodes are shorted to ground
constexpr uint8_t referencePin = 6;       // high: the current flows into the reference resistor instead
constexpr uint8_t muxPins[4] = {7, 8, 9, 12};
constexpr uint8_t dacSelectPin = 10;
constexpr uint8_t digitalOutputPins[4] = {28, 29, 30, 31};
constexpr uint8_t digitalInputPins[4] = {32, 33, 34, 35};
constexpr uint8_t sensePin = 41;
constexpr uint8_t electrodePins[16] = {14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 38, 39};

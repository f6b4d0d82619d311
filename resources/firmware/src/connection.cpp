// Puts frames together; of a frame with a hole nothing is used.
#include "connection.hpp"

#include <string.h>

namespace exocortex {

Connection::Arrival Connection::take(const ReportHeader& header, const uint8_t* payload, std::size_t payloadBytes,
                                     uint32_t& broken) {
  const uint16_t ahead = static_cast<uint16_t>(header.sequence - expected_);
  if (ahead >= 0x8000) return Arrival::repeated;
  expected_ = static_cast<uint16_t>(header.sequence + 1);
  if (isArriving_ && (ahead > 0 || header.isFirst)) {
    isArriving_ = false;
    broken++;
  }
  if (header.isFirst) {
    frameBytes_ = 0;
    isArriving_ = true;
  }
  if (!isArriving_ || frameBytes_ + payloadBytes > hostFrameMaxBytes) {
    isArriving_ = false;
    broken++;
    return Arrival::partial;
  }
  memcpy(frame_ + frameBytes_, payload, payloadBytes);
  frameBytes_ += payloadBytes;
  isArriving_ = !header.isLast;
  return header.isLast ? Arrival::whole : Arrival::partial;
}

}  // namespace exocortex

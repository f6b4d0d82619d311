// The layout of a report: flags, connection, counter, length, payload, zeros, CRC-32 over all before it.
#include "report.hpp"

#include <string.h>

#include "crc32.hpp"
#include "little-endian.hpp"
#include "messages.hpp"

namespace exocortex {

namespace {

constexpr uint8_t firstFlag = 1 << 4;
constexpr uint8_t lastFlag = 1 << 5;

}  // namespace

bool readReport(const uint8_t* report, std::size_t reportBytes, ReportHeader& header, const uint8_t*& payload,
                std::size_t& payloadBytes) {
  const std::size_t sealedBytes = reportBytes - checksumBytes;
  if (ByteReader(report + sealedBytes).u32() != crc32(report, sealedBytes)) return false;
  ByteReader reader(report);
  const uint8_t flags = reader.u8();
  header.channel = flags & 3;
  header.kind = static_cast<ReportKind>((flags >> 2) & 3);
  header.isFirst = (flags & firstFlag) != 0;
  header.isLast = (flags & lastFlag) != 0;
  header.connection = reader.u8();
  header.sequence = reader.u16();
  payloadBytes = reader.u16();
  payload = report + reportHeaderBytes;
  if (flags >= lastFlag << 1 || header.channel >= roleCount || header.kind >= reportKinds) return false;
  return payloadBytes <= reportBytes - reportOverheadBytes;
}

void sealReport(uint8_t* report, std::size_t reportBytes, const ReportHeader& header, std::size_t payloadBytes) {
  ByteWriter writer(report);
  const int flags = header.channel | header.kind << 2 | (header.isFirst ? firstFlag : 0) | (header.isLast ? lastFlag : 0);
  writer.u8(static_cast<uint8_t>(flags));
  writer.u8(header.connection);
  writer.u16(header.sequence);
  writer.u16(static_cast<uint16_t>(payloadBytes));
  const std::size_t usedBytes = reportHeaderBytes + payloadBytes;
  const std::size_t sealedBytes = reportBytes - checksumBytes;
  memset(report + usedBytes, 0, sealedBytes - usedBytes);
  ByteWriter(report + sealedBytes).u32(crc32(report, sealedBytes));
}

}  // namespace exocortex

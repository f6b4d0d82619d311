// The board's core as a program on the computer: over standard input and output, over a local socket, or as a HID device of the kernel
// (Linux, /dev/uhid).
//
//   host-board stepped|real-time|uhid REPORT_BYTES SERIAL TOKEN
//   host-board socket REPORT_BYTES SERIAL TOKEN PATH
//
// Records on standard input and output: u8 kind, u16 length, bytes. In: 0 a report, 1 device time in us (stepped only), 2 a command
// for the emulation in words. Out: 0 a report, 1 (stepped only) all that a record has led to has been sent. Through the socket the same
// for each of its clients: every one gets all reports, as every handle of a HID device does, and 1 says that its report has been taken.
// On standard output it then tells 2: u16 digital outputs and u64 us, when they were set by the computer's monotonic clock.
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <sstream>
#include <string>

#ifdef __linux__
#include <linux/uhid.h>
#endif

#include "../src/device.hpp"
#include "board-socket.hpp"
#include "descriptor.hpp"
#include "faulty-line.hpp"
#include "simulated-board.hpp"

namespace {

using namespace exocortex;

constexpr uint8_t recordReport = 0, recordTime = 1, recordCommand = 2, recordDone = 1, recordOutputs = 2;
constexpr uint32_t vendorId = 0x1209, productId = 0xec01;
constexpr uint64_t startMicroseconds = 1000000;

uint64_t monotonicMicroseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1000000 + static_cast<uint64_t>(now.tv_nsec) / 1000;
}

// Answers whether all was written.
bool writeAll(int file, const uint8_t* bytes, std::size_t length) {
  while (length > 0) {
    const ssize_t written = write(file, bytes, length);
    if (written <= 0) return false;
    bytes += written;
    length -= static_cast<std::size_t>(written);
  }
  return true;
}

class Program {
 public:
  Program(const std::string& mode, std::size_t reportBytes, const std::string& serial, const std::string& token, const std::string& path)
      : mode_(mode), reportBytes_(reportBytes), serial_(serial), token_(token), socket_(path), line_(reportBytes, [this](const uint8_t* report) { deliver(report); }) {
    board_.now = startMicroseconds;
    const Limits limits = {100000, 20000000, 1000, 100, 500, 1000, 10000, 16, 3200};
    const BoardSettings settings = {serial_.c_str(), "exocortex-hid-rig/1", "Emulated HID rig",
                                    reinterpret_cast<const uint8_t*>(token_.data()), token_.size(), 16, 195, 8, reportBytes,
                                    limits, mode == "stepped" ? 1 : monotonicMicroseconds(), 0};
    device_ = std::make_unique<Device>(board_, settings);
    offset_ = monotonicMicroseconds() - startMicroseconds;
    if (mode == "socket") board_.onOutputs = [this](uint16_t outputs) { tellOutputs(outputs); };
  }

  int run() {
    if (mode_ == "uhid" && !plug()) return 1;
    if (mode_ == "socket" && !socket_.open()) {
      std::fprintf(stderr, "host-board: the socket cannot be opened\n");
      return 1;
    }
    while (isRunning_) {
      std::vector<pollfd> files = {{STDIN_FILENO, POLLIN, 0}, {uhid_, POLLIN, 0}};
      if (board_.now >= heldUntil_) socket_.watch(files);
      waitFor(files.data(), files.size());
      if (files[0].revents != 0 && !readInput()) return 0;
      if (uhid_ >= 0 && files[1].revents != 0) readUhid();
      socket_.read(files, [this](uint8_t kind, const uint8_t* bytes, std::size_t length) {
        if (kind == recordReport && length == reportBytes_) takeReport(bytes);
      });
      if (mode_ != "stepped") work();
    }
    return 0;
  }

 private:
  void work() {
    board_.now = monotonicMicroseconds() - offset_;
    device_->poll();
    acquire();
    if (board_.now < stalledUntil_) return;
    flush();
  }

  // All samples that are due.
  void acquire() {
    if (!device_->isStarted()) return;
    if (acquisitionStart_ == 0) acquisitionStart_ = board_.now;
    int16_t values[electrodesMax];
    for (;;) {
      const uint64_t due = acquisitionStart_ + nextSample_ * 1000000 / board_.sampleRateHz();
      if (due > board_.now) return;
      for (uint16_t channel = 0; channel < electrodesMax; channel++) values[channel] = hasTissue_ ? SimulatedBoard::tissueAt(nextSample_, channel) : SimulatedBoard::valueOf(nextSample_, channel);
      device_->addSample(nextSample_, values, due, board_.readConfiguration().digitalInputs);
      nextSample_++;
      if (board_.now >= stalledUntil_) flush();
    }
  }

  // Until something arrives, but not longer than until a sample may be due.
  void waitFor(pollfd* files, nfds_t count) const {
    if (mode_ == "stepped") {
      poll(files, count, -1);
      return;
    }
#ifdef __linux__
    const timespec wait = {0, device_->isStarted() ? 50000 : 500000};
    ppoll(files, count, &wait, nullptr);
#else
    poll(files, count, 1);
#endif
  }

  void flush() {
    while (const uint8_t* report = device_->nextReport()) {
      line_.send(report);
      device_->reportSent();
    }
  }

  bool readInput() {
    uint8_t chunk[65536];
    const ssize_t length = read(STDIN_FILENO, chunk, sizeof chunk);
    if (length <= 0) return false;
    input_.append(reinterpret_cast<const char*>(chunk), static_cast<std::size_t>(length));
    std::size_t at = 0;
    while (input_.size() - at >= 3) {
      const uint8_t* record = reinterpret_cast<const uint8_t*>(input_.data()) + at;
      const std::size_t bytes = ByteReader(record + 1).u16();
      if (input_.size() - at < 3 + bytes) break;
      takeRecord(record[0], record + 3, bytes);
      at += 3 + bytes;
    }
    input_.erase(0, at);
    return true;
  }

  void takeRecord(uint8_t kind, const uint8_t* bytes, std::size_t length) {
    if (kind == recordReport && length == reportBytes_) takeReport(bytes);
    if (kind == recordTime && length == 8) board_.now = ByteReader(bytes).u64();
    if (kind == recordCommand) command(std::string(reinterpret_cast<const char*>(bytes), length));
    if (mode_ != "stepped") return;
    device_->poll();
    flush();
    writeRecord(recordDone, nullptr, 0);
  }

  void takeReport(const uint8_t* report) {
    if (mode_ != "stepped") board_.now = monotonicMicroseconds() - offset_;
    device_->take(report);
    if (mode_ != "stepped" && board_.now >= stalledUntil_) flush();
  }

  void command(const std::string& text) {
    std::istringstream words(text);
    std::string word;
    int64_t number = 1;
    words >> word >> number;
    const int count = static_cast<int>(number);
    if (word == "lose") line_.toLose = count;
    if (word == "repeat") line_.toRepeat = count;
    if (word == "damage") line_.toDamage = count;
    if (word == "delay") line_.toDelay = count;
    if (word == "lie") line_.toLie = count;
    if (word == "press") board_.isPressed = count != 0;
    if (word == "scale") board_.scalePermille = number;
    if (word == "hold") heldUntil_ = board_.now + static_cast<uint64_t>(number) * 1000;
    if (word == "tissue") hasTissue_ = count != 0;
    if (word == "flood") line_.toFlood = count;
    if (word == "stall") stalledUntil_ = board_.now + static_cast<uint64_t>(number) * 1000;
    if (word == "unplug") unplug();
    if (word == "plug") plug();
  }

  void deliver(const uint8_t* report) {
    if (mode_ == "uhid") {
      sendUhid(report);
    } else if (mode_ == "socket") {
      socket_.send(recordReport, report, reportBytes_);
    } else {
      writeRecord(recordReport, report, reportBytes_);
    }
  }

  // The outputs have changed, with the computer's own time of it: a cable to another emulation.
  void tellOutputs(uint16_t outputs) {
    uint8_t bytes[10];
    ByteWriter writer(bytes);
    writer.u16(outputs);
    writer.u64(board_.now + offset_);
    writeRecord(recordOutputs, bytes, sizeof bytes);
  }

  void writeRecord(uint8_t kind, const uint8_t* bytes, std::size_t length) {
    std::string record = {static_cast<char>(kind), static_cast<char>(length), static_cast<char>(length >> 8)};
    record.append(reinterpret_cast<const char*>(bytes), length);
    if (!writeAll(STDOUT_FILENO, reinterpret_cast<const uint8_t*>(record.data()), record.size())) isRunning_ = false;
  }

#ifdef __linux__
  bool plug() {
    uhid_ = open("/dev/uhid", O_RDWR | O_CLOEXEC);
    if (uhid_ < 0) {
      std::fprintf(stderr, "host-board: /dev/uhid cannot be opened\n");
      return false;
    }
    const std::vector<uint8_t> descriptor = reportDescriptor(static_cast<uint16_t>(reportBytes_));
    uhid_event event = {};
    event.type = UHID_CREATE2;
    std::snprintf(reinterpret_cast<char*>(event.u.create2.name), sizeof event.u.create2.name, "Exocortex HID rig %u",
                  static_cast<unsigned>(reportBytes_));
    std::snprintf(reinterpret_cast<char*>(event.u.create2.uniq), sizeof event.u.create2.uniq, "%s", serial_.c_str());
    event.u.create2.rd_size = static_cast<uint16_t>(descriptor.size());
    std::memcpy(event.u.create2.rd_data, descriptor.data(), descriptor.size());
    event.u.create2.bus = 3;  // USB
    event.u.create2.vendor = vendorId;
    event.u.create2.product = productId;
    return writeAll(uhid_, reinterpret_cast<const uint8_t*>(&event), sizeof event);
  }

  void unplug() {
    socket_.close();
    if (mode_ != "uhid") {
      isRunning_ = false;
      return;
    }
    close(uhid_);
    uhid_ = -1;
    device_->linkLost();
  }

  void readUhid() {
    uhid_event event;
    if (read(uhid_, &event, sizeof event) <= 0 || event.type != UHID_OUTPUT) return;
    // The number of the report, which the host's library puts in front, is 0: reports have none.
    const std::size_t extra = event.u.output.size - reportBytes_;
    if (extra <= 1) takeReport(event.u.output.data + extra);
  }

  void sendUhid(const uint8_t* report) {
    if (uhid_ < 0) return;
    uhid_event event;
    event.type = UHID_INPUT2;
    event.u.input2.size = static_cast<uint16_t>(reportBytes_);
    std::memcpy(event.u.input2.data, report, reportBytes_);
    writeAll(uhid_, reinterpret_cast<const uint8_t*>(&event), offsetof(uhid_event, u.input2.data) + reportBytes_);
  }
#else
  bool plug() {
    std::fprintf(stderr, "host-board: this system has no uhid\n");
    return false;
  }
  void unplug() {
    socket_.close();
    isRunning_ = false;
  }
  void readUhid() {}
  void sendUhid(const uint8_t*) {}
#endif

  const std::string mode_;
  const std::size_t reportBytes_;
  const std::string serial_;
  const std::string token_;
  SimulatedBoard board_;
  BoardSocket socket_;
  FaultyLine line_;
  std::unique_ptr<Device> device_;
  std::string input_;
  bool isRunning_ = true;
  int uhid_ = -1;
  bool hasTissue_ = false;
  // Of the computer's clock over the board's.
  uint64_t offset_ = 0;
  uint64_t stalledUntil_ = 0;
  // Until then reports of the socket's clients are not taken.
  uint64_t heldUntil_ = 0;
  uint64_t acquisitionStart_ = 0;
  uint64_t nextSample_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  const std::string mode = count == 5 || count == 6 ? arguments[1] : "";
  const long reportBytes = count == 5 || count == 6 ? std::strtol(arguments[2], nullptr, 10) : 0;
  const bool isMode = count == 6 ? mode == "socket" : mode == "stepped" || mode == "real-time" || mode == "uhid";
  if (!isMode || reportBytes < static_cast<long>(reportBytesMin) || reportBytes > static_cast<long>(reportBytesMax) ||
      std::strlen(arguments[4]) > tokenMaxBytes) {
    std::fprintf(stderr, "host-board stepped|real-time|uhid REPORT_BYTES SERIAL TOKEN, or socket REPORT_BYTES SERIAL TOKEN PATH\n");
    return 2;
  }
  const std::string path = count == 6 ? arguments[5] : "";
  return Program(mode, static_cast<std::size_t>(reportBytes), arguments[3], arguments[4], path).run();
}

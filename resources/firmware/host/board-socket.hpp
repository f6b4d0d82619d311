// A local socket in the place of USB: its clients are the handles of the board that programs have open. Runs on the computer.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "../src/little-endian.hpp"

// Where the system has no such flag, a client that is gone must not end the program by other means than this.
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

namespace exocortex {

class BoardSocket {
 public:
  using Take = std::function<void(uint8_t kind, const uint8_t* bytes, std::size_t length)>;

  explicit BoardSocket(const std::string& path) : path_(path) {}

  bool open() {
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (path_.empty() || path_.size() >= sizeof address.sun_path) return false;
    std::memcpy(address.sun_path, path_.c_str(), path_.size());
    listener_ = socket(AF_UNIX, SOCK_STREAM, 0);
    return listener_ >= 0 && bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && listen(listener_, 8) == 0;
  }

  // All handles end at once, and nobody finds the board any more.
  void close() {
    for (Client& client : clients_) ::close(client.file);
    clients_.clear();
    if (listener_ < 0) return;
    ::close(listener_);
    listener_ = -1;
    unlink(path_.c_str());
  }

  // Adds what is to be waited for.
  void watch(std::vector<pollfd>& files) const {
    if (listener_ < 0) return;
    files.push_back({listener_, POLLIN, 0});
    for (const Client& client : clients_) files.push_back({client.file, POLLIN, 0});
  }

  // Takes what has arrived where `files` say so, and answers each record when it has been taken.
  void read(const std::vector<pollfd>& files, const Take& take) {
    for (const pollfd& file : files) {
      if (file.revents == 0) continue;
      if (file.fd == listener_) accept();
      for (std::size_t index = 0; index < clients_.size(); index++)
        if (clients_[index].file == file.fd && !readFrom(clients_[index], take)) {
          ::close(file.fd);
          clients_.erase(clients_.begin() + static_cast<std::ptrdiff_t>(index));
          break;
        }
    }
  }

  // A client that does not read for a while loses reports, as a handle does whose queue in the system is full.
  void send(uint8_t kind, const uint8_t* bytes, std::size_t length) {
    for (Client& client : clients_) write(client, kind, bytes, length);
  }

 private:
  static constexpr uint8_t recordTaken = 1;
  static constexpr std::size_t headerBytes = 3;
  // Of a whole record that the system has taken in part.
  static constexpr std::size_t waitingBytesMax = 1 << 20;

  struct Client {
    int file;
    std::string input;
    std::string waiting;
  };

  void accept() {
    const int file = ::accept(listener_, nullptr, nullptr);
    if (file < 0) return;
    fcntl(file, F_SETFL, O_NONBLOCK);
    clients_.push_back({file, "", ""});
  }

  // Answers false when the client is gone.
  bool readFrom(Client& client, const Take& take) {
    uint8_t chunk[65536];
    const ssize_t length = ::read(client.file, chunk, sizeof chunk);
    if (length < 0) return errno == EAGAIN || errno == EINTR;
    if (length == 0) return false;
    client.input.append(reinterpret_cast<const char*>(chunk), static_cast<std::size_t>(length));
    std::size_t at = 0;
    while (client.input.size() - at >= headerBytes) {
      const uint8_t* record = reinterpret_cast<const uint8_t*>(client.input.data()) + at;
      const std::size_t bytes = ByteReader(record + 1).u16();
      if (client.input.size() - at < headerBytes + bytes) break;
      take(record[0], record + headerBytes, bytes);
      write(client, recordTaken, nullptr, 0);
      at += headerBytes + bytes;
    }
    client.input.erase(0, at);
    return true;
  }

  static void write(Client& client, uint8_t kind, const uint8_t* bytes, std::size_t length) {
    if (client.waiting.size() < waitingBytesMax) {
      client.waiting += {static_cast<char>(kind), static_cast<char>(length), static_cast<char>(length >> 8)};
      if (length > 0) client.waiting.append(reinterpret_cast<const char*>(bytes), length);
    }
    // A client that is gone is noticed when it is read from.
    const ssize_t written = ::send(client.file, client.waiting.data(), client.waiting.size(), MSG_NOSIGNAL);
    if (written > 0) client.waiting.erase(0, static_cast<std::size_t>(written));
  }

  const std::string path_;
  int listener_ = -1;
  std::vector<Client> clients_;
};

}  // namespace exocortex

// A pseudo-terminal whose other end is this program's standard input and output: what is written to it comes out, what is put in is read from it.
// Prints the terminal's path first. When its input ends it ends, and with it the terminal: as when a plug is pulled.
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace {

bool copy(int from, int to) {
  char bytes[4096];
  const ssize_t count = read(from, bytes, sizeof bytes);
  for (ssize_t at = 0; at < count;) {
    const ssize_t written = write(to, bytes + at, static_cast<size_t>(count - at));
    if (written <= 0) return false;
    at += written;
  }
  return count > 0;
}

}  // namespace

int main() {
  const int near = posix_openpt(O_RDWR | O_NOCTTY);
  if (near < 0 || grantpt(near) != 0 || unlockpt(near) != 0) return 1;
  const char* path = ptsname(near);
  if (path == nullptr) return 1;
  // Held open: without anybody at the other end, reading here fails.
  const int far = open(path, O_RDWR | O_NOCTTY);
  termios settings{};
  if (far < 0 || tcgetattr(far, &settings) != 0) return 1;
  cfmakeraw(&settings);
  if (tcsetattr(far, TCSANOW, &settings) != 0) return 1;
  std::printf("%s\n", path);
  std::fflush(stdout);
  pollfd ends[] = {{STDIN_FILENO, POLLIN, 0}, {near, POLLIN, 0}};
  while (poll(ends, 2, -1) > 0) {
    if (ends[0].revents != 0 && !copy(STDIN_FILENO, near)) return 0;
    if (ends[1].revents != 0 && !copy(near, STDOUT_FILENO)) return 0;
  }
  return 1;
}

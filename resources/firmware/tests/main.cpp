// All tests of the core. Ends with 0 when every check held.
#include "check.hpp"

void testParts();
void testDevice();

int main() {
  testParts();
  testDevice();
  std::printf("%d checks, %d failures\n", checks, failures);
  return failures == 0 ? 0 : 1;
}

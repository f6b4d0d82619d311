// The only place where the written-out kernels are compiled.
#include "kernels.hpp"

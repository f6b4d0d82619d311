// Imported functions on Linux: slots of the global offset table, which the relocations of a library name. Linux only.
#if defined(__linux__)

#include "import-slots.hpp"

#include <cstdint>
#include <cstring>
#include <elf.h>
#include <link.h>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace exocortex {

namespace {

struct Search {
  const std::string& library;
  const std::string& function;
  void* replacement;
  std::size_t replaced;
  bool isRefused;
};

// A page of the table may be read-only once the library is loaded; it stays as it was found.
bool write(void** slot, void* value, bool isReadOnly) {
  const auto pageBytes = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto page = reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(slot) & ~(pageBytes - 1));
  if (mprotect(page, pageBytes, PROT_READ | PROT_WRITE) != 0) return false;
  *slot = value;
  if (isReadOnly) mprotect(page, pageBytes, PROT_READ);
  return true;
}

#if defined(__aarch64__)
constexpr uint32_t jumpSlot = R_AARCH64_JUMP_SLOT;
constexpr uint32_t dataSlot = R_AARCH64_GLOB_DAT;
#elif defined(__x86_64__)
constexpr uint32_t jumpSlot = R_X86_64_JUMP_SLOT;
constexpr uint32_t dataSlot = R_X86_64_GLOB_DAT;
#else
#error "The relocations of this processor are not known."
#endif

bool isWithinReadOnly(const dl_phdr_info& info, std::uintptr_t address) {
  for (int index = 0; index < info.dlpi_phnum; index++) {
    const auto& header = info.dlpi_phdr[index];
    if (header.p_type != PT_GNU_RELRO) continue;
    const std::uintptr_t start = info.dlpi_addr + header.p_vaddr;
    if (address >= start && address < start + header.p_memsz) return true;
  }
  return false;
}

int visit(dl_phdr_info* info, std::size_t, void* data) {
  auto& search = *static_cast<Search*>(data);
  if (!endsWith(info->dlpi_name, search.library)) return 0;
  const ElfW(Dyn)* dynamic = nullptr;
  for (int index = 0; index < info->dlpi_phnum; index++) {
    if (info->dlpi_phdr[index].p_type == PT_DYNAMIC)
      dynamic = reinterpret_cast<const ElfW(Dyn)*>(info->dlpi_addr + info->dlpi_phdr[index].p_vaddr);
  }
  if (dynamic == nullptr) return 0;
  const ElfW(Sym)* symbols = nullptr;
  const char* names = nullptr;
  const ElfW(Rela)* tables[2] = {nullptr, nullptr};
  std::size_t bytes[2] = {0, 0};
  for (; dynamic->d_tag != DT_NULL; dynamic++) {
    const ElfW(Addr) value = dynamic->d_un.d_ptr;
    switch (dynamic->d_tag) {
      case DT_SYMTAB: symbols = reinterpret_cast<const ElfW(Sym)*>(value); break;
      case DT_STRTAB: names = reinterpret_cast<const char*>(value); break;
      case DT_JMPREL: tables[0] = reinterpret_cast<const ElfW(Rela)*>(value); break;
      case DT_PLTRELSZ: bytes[0] = dynamic->d_un.d_val; break;
      case DT_RELA: tables[1] = reinterpret_cast<const ElfW(Rela)*>(value); break;
      case DT_RELASZ: bytes[1] = dynamic->d_un.d_val; break;
      default: break;
    }
  }
  if (symbols == nullptr || names == nullptr) return 0;
  for (int table = 0; table < 2; table++) {
    for (std::size_t index = 0; tables[table] != nullptr && index < bytes[table] / sizeof(ElfW(Rela)); index++) {
      const ElfW(Rela)& relocation = tables[table][index];
      const uint32_t type = ELF64_R_TYPE(relocation.r_info);
      if (type != jumpSlot && type != dataSlot) continue;
      if (search.function != names + symbols[ELF64_R_SYM(relocation.r_info)].st_name) continue;
      const std::uintptr_t slot = info->dlpi_addr + relocation.r_offset;
      if (write(reinterpret_cast<void**>(slot), search.replacement, isWithinReadOnly(*info, slot))) search.replaced++;
      else search.isRefused = true;
    }
  }
  return 0;
}

}  // namespace

std::size_t replaceImport(const std::string& library, const std::string& function, void* replacement) {
  Search search{library, function, replacement, 0, false};
  dl_iterate_phdr(visit, &search);
  if (search.isRefused) throw std::runtime_error("The system does not let " + function + " be replaced in " + library);
  return search.replaced;
}

}  // namespace exocortex

#endif

// Imported functions on macOS: pointers in the sections of lazy and of other symbol pointers. macOS only; not yet run.
#if defined(__APPLE__)

#include "import-slots.hpp"

#include <cstdint>
#include <cstring>
#include <mach-o/dyld.h>
#include <mach-o/loader.h>
#include <mach-o/nlist.h>
#include <mach/mach.h>
#include <stdexcept>
#include <unistd.h>

namespace exocortex {

namespace {

// A page of constant pointers is closed once they are bound; it stays as it was found.
void write(void** slot, void* value, bool isConstant) {
  const auto pageBytes = static_cast<std::uintptr_t>(getpagesize());
  const auto page = static_cast<vm_address_t>(reinterpret_cast<std::uintptr_t>(slot) & ~(pageBytes - 1));
  if (isConstant && vm_protect(mach_task_self(), page, pageBytes, 0, VM_PROT_READ | VM_PROT_WRITE | VM_PROT_COPY) !=
                        KERN_SUCCESS) {
    throw std::runtime_error("The system does not let an import be replaced");
  }
  *slot = value;
  if (isConstant) vm_protect(mach_task_self(), page, pageBytes, 0, VM_PROT_READ);
}

std::size_t replaceIn(const mach_header_64* header, std::intptr_t slide, const std::string& function,
                      void* replacement) {
  const segment_command_64* linkedit = nullptr;
  const symtab_command* symbolTable = nullptr;
  const dysymtab_command* indirectTable = nullptr;
  const auto forEachCommand = [header](auto use) {
    auto command = reinterpret_cast<const load_command*>(header + 1);
    for (uint32_t index = 0; index < header->ncmds; index++) {
      use(command);
      command = reinterpret_cast<const load_command*>(reinterpret_cast<const char*>(command) + command->cmdsize);
    }
  };
  forEachCommand([&](const load_command* command) {
    if (command->cmd == LC_SYMTAB) symbolTable = reinterpret_cast<const symtab_command*>(command);
    if (command->cmd == LC_DYSYMTAB) indirectTable = reinterpret_cast<const dysymtab_command*>(command);
    if (command->cmd != LC_SEGMENT_64) return;
    const auto segment = reinterpret_cast<const segment_command_64*>(command);
    if (std::strcmp(segment->segname, SEG_LINKEDIT) == 0) linkedit = segment;
  });
  if (linkedit == nullptr || symbolTable == nullptr || indirectTable == nullptr) return 0;
  const auto base = static_cast<std::uintptr_t>(slide) + linkedit->vmaddr - linkedit->fileoff;
  const auto symbols = reinterpret_cast<const nlist_64*>(base + symbolTable->symoff);
  const auto names = reinterpret_cast<const char*>(base + symbolTable->stroff);
  const auto indirect = reinterpret_cast<const uint32_t*>(base + indirectTable->indirectsymoff);
  // Symbols of C begin with an underscore.
  const std::string symbol = "_" + function;
  std::size_t replaced = 0;
  forEachCommand([&](const load_command* command) {
    if (command->cmd != LC_SEGMENT_64) return;
    const auto segment = reinterpret_cast<const segment_command_64*>(command);
    const bool isConstant = std::strcmp(segment->segname, "__DATA_CONST") == 0;
    const auto sections = reinterpret_cast<const section_64*>(segment + 1);
    for (uint32_t index = 0; index < segment->nsects; index++) {
      const uint32_t type = sections[index].flags & SECTION_TYPE;
      if (type != S_LAZY_SYMBOL_POINTERS && type != S_NON_LAZY_SYMBOL_POINTERS) continue;
      const auto slots = reinterpret_cast<void**>(static_cast<std::uintptr_t>(slide) + sections[index].addr);
      for (std::size_t slot = 0; slot < sections[index].size / sizeof(void*); slot++) {
        const uint32_t number = indirect[sections[index].reserved1 + slot];
        if ((number & (INDIRECT_SYMBOL_ABS | INDIRECT_SYMBOL_LOCAL)) != 0) continue;
        if (symbol != names + symbols[number].n_un.n_strx) continue;
        write(slots + slot, replacement, isConstant);
        replaced++;
      }
    }
  });
  return replaced;
}

}  // namespace

std::size_t replaceImport(const std::string& library, const std::string& function, void* replacement) {
  std::size_t replaced = 0;
  for (uint32_t image = 0; image < _dyld_image_count(); image++) {
    const char* name = _dyld_get_image_name(image);
    if (name == nullptr || !endsWith(name, library)) continue;
    const auto header = reinterpret_cast<const mach_header_64*>(_dyld_get_image_header(image));
    replaced += replaceIn(header, _dyld_get_image_vmaddr_slide(image), function, replacement);
  }
  return replaced;
}

}  // namespace exocortex

#endif

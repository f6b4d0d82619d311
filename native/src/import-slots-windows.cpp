// Imported functions on Windows: the import address table of a library. Windows only; not yet run.
//
// Dawn's file imports from `node.exe` by that name and is not loaded by a program of another name, as Electron's is. There a library called
// node.exe that forwards to the program must be loaded first, by its full path; without it this finds no dawn.node and answers 0.
#if defined(_WIN32)

#include "import-slots.hpp"

#define NOMINMAX
#include <windows.h>
// After windows.h, which they need.
#include <psapi.h>

#include <cstring>
#include <stdexcept>
#include <vector>

#pragma comment(lib, "psapi.lib")

namespace exocortex {

namespace {

std::size_t replaceIn(HMODULE library, const std::string& function, void* replacement) {
  auto* base = reinterpret_cast<unsigned char*>(library);
  const auto* dos = reinterpret_cast<const IMAGE_DOS_HEADER*>(base);
  const auto* headers = reinterpret_cast<const IMAGE_NT_HEADERS*>(base + dos->e_lfanew);
  const auto& directory = headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT];
  if (directory.VirtualAddress == 0) return 0;
  std::size_t replaced = 0;
  for (auto* from = reinterpret_cast<const IMAGE_IMPORT_DESCRIPTOR*>(base + directory.VirtualAddress); from->Name != 0;
       from++) {
    if (from->OriginalFirstThunk == 0) continue;
    const auto* names = reinterpret_cast<const IMAGE_THUNK_DATA*>(base + from->OriginalFirstThunk);
    auto* slots = reinterpret_cast<IMAGE_THUNK_DATA*>(base + from->FirstThunk);
    for (; names->u1.AddressOfData != 0; names++, slots++) {
      if (IMAGE_SNAP_BY_ORDINAL(names->u1.Ordinal)) continue;
      const auto* name = reinterpret_cast<const IMAGE_IMPORT_BY_NAME*>(base + names->u1.AddressOfData);
      if (function != name->Name) continue;
      DWORD before;
      if (!VirtualProtect(&slots->u1.Function, sizeof(void*), PAGE_READWRITE, &before))
        throw std::runtime_error("Windows does not let " + function + " be replaced");
      slots->u1.Function = reinterpret_cast<ULONG_PTR>(replacement);
      VirtualProtect(&slots->u1.Function, sizeof(void*), before, &before);
      replaced++;
    }
  }
  return replaced;
}

}  // namespace

std::size_t replaceImport(const std::string& library, const std::string& function, void* replacement) {
  std::vector<HMODULE> modules(1024);
  DWORD bytes = 0;
  const DWORD room = static_cast<DWORD>(modules.size() * sizeof(HMODULE));
  if (!EnumProcessModules(GetCurrentProcess(), modules.data(), room, &bytes))
    throw std::runtime_error("Windows does not tell which libraries are loaded");
  modules.resize(bytes < room ? bytes / sizeof(HMODULE) : modules.size());
  std::size_t replaced = 0;
  for (const HMODULE module : modules) {
    char name[MAX_PATH];
    const DWORD length = GetModuleFileNameA(module, name, MAX_PATH);
    if (!endsWith(std::string(name, length), library)) continue;
    replaced += replaceIn(module, function, replacement);
  }
  return replaced;
}

}  // namespace exocortex

#endif

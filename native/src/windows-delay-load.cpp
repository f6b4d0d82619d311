// Binds Node-API to the program that loads the addon, whatever it is called: node.exe or Electron's. Windows only.
#if defined(_WIN32)

#define NOMINMAX
#include <windows.h>
// After windows.h, which it needs.
#include <delayimp.h>

#include <cstring>

static FARPROC WINAPI useRunningProgram(unsigned int event, DelayLoadInfo* info) {
  if (event != dliNotePreLoadLibrary || _stricmp(info->szDll, "node.exe") != 0) return nullptr;
  return reinterpret_cast<FARPROC>(GetModuleHandleW(nullptr));
}

ExternC const PfnDliHook __pfnDliNotifyHook2 = useRunningProgram;

#endif
